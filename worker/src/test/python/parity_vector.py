"""Writes ../resources/parity/<backbone>.json: what reference_network.py makes, in float64, of weights, images and labels by
formula.

Run from this folder with PyTorch (2.7.1 made the stored files): python parity_vector.py
NetworkParityTest has the same formulas in Java and compares.
"""

import json
import math
import pathlib
import zlib

import numpy as np
import torch
import torch.nn.functional as F

from reference_network import DeepLab

FRAMES, CLASSES, HEIGHT, WIDTH = 4, 5, 50, 70
SAMPLES = 64
RATE, HEAD_FACTOR, MOMENTUM, DECAY = 1e-3, 10, 0.9, 5e-4


def uniform(name, count):
    """Numbers in [-0.5, 0.5) by the tensor's name and their index: multiples of 2^-24, so exact in float32."""
    x = (np.arange(count, dtype=np.uint64) * 2654435761 + zlib.crc32(name.encode())) % 2**32
    x ^= x >> 16
    x = x * 0x85EBCA6B % 2**32
    x ^= x >> 13
    return (x >> 8).astype(np.float64) / 2**24 - 0.5


def weight(name, shape):
    u = uniform(name, math.prod(shape))
    if len(shape) == 4:
        u = u * math.sqrt(24.0 / (shape[1] * shape[2] * shape[3]))
    elif name.endswith(("running_mean", "bias")):
        u = u * 0.25
    else:
        u = u + 1
    return torch.from_numpy(u.astype(np.float32)).reshape(shape)


def spread(tensor):
    flat = tensor.detach().flatten()
    step = flat.numel() // SAMPLES
    return [float(flat[i * step]) for i in range(SAMPLES)]


def write(name):
    net = DeepLab(CLASSES, name)
    for module in net.modules():
        if isinstance(module, (torch.nn.Dropout, torch.nn.Dropout2d)):
            module.p = 0.0
    state = {n: weight(n, t.shape) for n, t in net.state_dict().items() if not n.endswith("num_batches_tracked")}
    net.load_state_dict(state, strict=False)
    net.double()
    images = torch.from_numpy(
        (uniform("images", FRAMES * 3 * HEIGHT * WIDTH) * 4).astype(np.float32)).reshape(FRAMES, 3, HEIGHT, WIDTH).double()
    draws = torch.from_numpy(((uniform("labels", FRAMES * HEIGHT * WIDTH) + 0.5) * (CLASSES + 1)).astype(np.int64))
    labels = torch.where(draws == CLASSES, 255, draws).reshape(FRAMES, HEIGHT, WIDTH)

    result = {"names": list(state)}
    net.eval()
    with torch.no_grad():
        result["evaluationLogits"] = spread(net(images))

    net.train()
    backbone = [p for n, p in net.named_parameters() if n.startswith("backbone.")]
    head = [p for n, p in net.named_parameters() if not n.startswith("backbone.")]
    optimizer = torch.optim.SGD(
        [{"params": backbone}, {"params": head, "lr": RATE * HEAD_FACTOR}], RATE, MOMENTUM, weight_decay=DECAY)
    losses = []
    for step in range(3):
        for group, factor in zip(optimizer.param_groups, (1, HEAD_FACTOR)):
            group["lr"] = RATE * factor * (0.1 if step == 2 else 1)
        optimizer.zero_grad()
        logits = net(images)
        loss = F.cross_entropy(logits, labels, ignore_index=255)
        loss.backward()
        losses.append(float(loss))
        if step == 0:
            result["trainingLogits"] = spread(logits)
            result["gradients"] = {
                n: [float(p.grad.norm()), float(p.grad.flatten()[0])] for n, p in net.named_parameters()}
            result["statistics"] = {n: float(t.norm()) for n, t in net.state_dict().items() if ".running_" in n}
        optimizer.step()
    result["losses"] = losses
    target = pathlib.Path(__file__).parent.parent / "resources" / "parity" / f"{name}.json"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(result, indent=0) + "\n")


if __name__ == "__main__":
    write("MobileNetV2")
    write("EfficientNetLite0")
