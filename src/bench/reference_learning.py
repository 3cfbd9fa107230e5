"""The other side of the learning comparison: the same network and schedule in plain PyTorch.

Takes lines: `train SEED EPOCHS MILESTONE RATE` begins with start.safetensors and answers `seconds N`; `test` answers
`mIoU N`, over the classes that occur in truth or prediction; `quit`. Arguments: the folder of reference_network.py,
the folder of the frames (training-rgb.bin and training-labels.bin, test-rgb.bin and test-labels.bin), the backbone, the
frames' width and height, and the batch.
"""

import json
import math
import os
import pathlib
import struct
import sys
import time

import numpy as np
import torch
import torch.nn.functional as F

sys.path.insert(0, sys.argv[1])
from reference_network import DeepLab

WIDTH, HEIGHT, BATCH = map(int, sys.argv[4:7])
CLASSES, VOID = 13, 255
HEAD_FACTOR, MOMENTUM, DECAY = 10, 0.9, 5e-4
MEAN, DEVIATION = torch.tensor([0.485, 0.456, 0.406]), torch.tensor([0.229, 0.224, 0.225])


def frames(folder, name):
    rgb = np.fromfile(folder / f"{name}-rgb.bin", np.uint8).reshape(-1, HEIGHT, WIDTH, 3)
    labels = np.fromfile(folder / f"{name}-labels.bin", np.uint8).reshape(-1, HEIGHT, WIDTH)
    images = torch.from_numpy(rgb).float().div(255).sub(MEAN).div(DEVIATION).permute(0, 3, 1, 2).contiguous()
    return images, torch.from_numpy(labels).long()


def read_safetensors(file):
    data = file.read_bytes()
    (size,) = struct.unpack("<Q", data[:8])
    tensors = {}
    for name, entry in json.loads(data[8:8 + size]).items():
        if name != "__metadata__":
            begin, end = (8 + size + offset for offset in entry["data_offsets"])
            tensors[name] = torch.frombuffer(bytearray(data[begin:end]), dtype=torch.float32).reshape(entry["shape"])
    return tensors


def blur(image, sigma):
    radius = math.ceil(3 * sigma)
    if radius == 0:
        return image
    kernel = torch.exp(-torch.arange(-radius, radius + 1.0) ** 2 / (2 * sigma * sigma))
    kernel = (kernel / kernel.sum()).expand(3, 1, 1, -1)
    padded = F.pad(image[None], (radius,) * 4, mode="replicate")
    return F.conv2d(F.conv2d(padded, kernel, groups=3), kernel.transpose(2, 3), groups=3)[0]


def augmented(image, labels):
    flip, soften, sigma = torch.rand(3).tolist()
    if flip < 0.5:
        image, labels = image.flip(2), labels.flip(1)
    return (blur(image, sigma) if soften < 0.5 else image), labels


class Side:
    def __init__(self, folder, backbone):
        self.folder = folder
        self.images, self.labels = frames(folder, "training")
        self.net = DeepLab(CLASSES, backbone)

    def train(self, seed, epochs, milestone, rate):
        torch.manual_seed(int(seed))
        rate = float(rate)
        missing = self.net.load_state_dict(read_safetensors(self.folder / "start.safetensors"), strict=False).missing_keys
        assert all(name.endswith("num_batches_tracked") for name in missing), missing
        groups = [[p for n, p in self.net.named_parameters() if n.startswith("backbone.") == own] for own in (True, False)]
        optimizer = torch.optim.SGD(
            [{"params": groups[0]}, {"params": groups[1], "lr": rate * HEAD_FACTOR}], rate, MOMENTUM, weight_decay=DECAY)
        schedule = torch.optim.lr_scheduler.MultiStepLR(optimizer, [int(milestone)])
        self.net.train()
        for _ in range(int(epochs)):
            for batch in torch.randperm(len(self.images)).split(BATCH):
                pairs = [augmented(self.images[i], self.labels[i]) for i in batch]
                optimizer.zero_grad()
                logits = self.net(torch.stack([image for image, _ in pairs]))
                loss = F.cross_entropy(logits, torch.stack([labels for _, labels in pairs]), ignore_index=VOID)
                loss.backward()
                optimizer.step()
            schedule.step()

    @torch.no_grad()
    def mean_iou(self):
        self.net.eval()
        confusion = torch.zeros(CLASSES * CLASSES, dtype=torch.long)
        for image, labels in zip(*frames(self.folder, "test")):
            known = labels != VOID
            cells = labels[known] * CLASSES + self.net(image[None])[0].argmax(0)[known]
            confusion += torch.bincount(cells, minlength=CLASSES * CLASSES)
        confusion = confusion.reshape(CLASSES, CLASSES).double()
        union = confusion.sum(0) + confusion.sum(1) - confusion.diag()
        return float((confusion.diag() / union)[union > 0].mean())


def main():
    torch.set_num_threads(len(os.sched_getaffinity(0)))
    side = Side(pathlib.Path(sys.argv[2]), sys.argv[3])
    print(f"ready PyTorch {torch.__version__}, {torch.get_num_threads()} threads", flush=True)
    for line in sys.stdin:
        command, *arguments = line.split()
        if command == "quit":
            return
        start = time.perf_counter()
        if command == "train":
            side.train(*arguments)
            print(f"seconds {time.perf_counter() - start}", flush=True)
        else:
            print(f"mIoU {side.mean_iou()}", flush=True)


if __name__ == "__main__":
    main()
