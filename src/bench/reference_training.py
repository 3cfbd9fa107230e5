"""The other side of the training race: the same network in plain PyTorch, on frames of noise.

Takes lines and answers each with `seconds N`: `train` (an iteration: forward, cross entropy without void, backward, SGD),
`infer` (one frame), `dropout` (one frame as the published code samples it: 20 whole passes with channel dropout for view
entropy, and 20 more for view divergence), `quit`. Arguments: the folder of reference_network.py, the batch size, and the
backbone.
"""

import os
import sys
import time

import torch
import torch.nn.functional as F

sys.path.insert(0, sys.argv[1])
from reference_network import DeepLab

CLASSES, HEIGHT, WIDTH = 40, 240, 320
PASSES = 20


class Side:
    def __init__(self, batch, backbone):
        torch.manual_seed(1)
        self.net = DeepLab(CLASSES, backbone)
        backbone = [p for n, p in self.net.named_parameters() if n.startswith("backbone.")]
        head = [p for n, p in self.net.named_parameters() if not n.startswith("backbone.")]
        self.optimizer = torch.optim.SGD(
            [{"params": backbone}, {"params": head, "lr": 4e-3}], 4e-4, 0.9, weight_decay=5e-4)
        self.images = torch.randn(batch, 3, HEIGHT, WIDTH)
        self.labels = torch.randint(0, CLASSES, (batch, HEIGHT, WIDTH))
        self.frame = torch.randn(1, 3, HEIGHT, WIDTH)

    def train(self):
        self.net.train()
        self.optimizer.zero_grad()
        loss = F.cross_entropy(self.net(self.images), self.labels, ignore_index=255)
        loss.backward()
        self.optimizer.step()
        loss.item()

    @torch.no_grad()
    def infer(self):
        self.net.eval()
        F.softmax(self.net(self.frame), 1)

    @torch.no_grad()
    def dropout(self):
        self.net.eval()
        for _ in range(2):
            mean = 0
            for _ in range(PASSES):
                low, high = self.net.backbone(self.frame)
                low, high = F.dropout2d(low, 0.25, True), F.dropout2d(high, 0.25, True)
                logits = self.net.decoder(self.net.aspp(high), low)
                logits = F.interpolate(logits, size=(HEIGHT, WIDTH), mode="bilinear", align_corners=True)
                mean = mean + F.softmax(logits, 1) / PASSES


def main():
    torch.set_num_threads(len(os.sched_getaffinity(0)))
    side = Side(int(sys.argv[2]), sys.argv[3])
    print(f"ready PyTorch {torch.__version__}, {torch.get_num_threads()} threads", flush=True)
    for line in sys.stdin:
        command = line.strip()
        if command == "quit":
            return
        start = time.perf_counter()
        getattr(side, command)()
        print(f"seconds {time.perf_counter() - start}", flush=True)


if __name__ == "__main__":
    main()
