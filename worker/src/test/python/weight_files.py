"""Writes ../resources/weights/*: small files that WeightFilesTest reads. Run from this folder with PyTorch 2.7.1."""

import argparse
import os
import pathlib
from collections import OrderedDict

import numpy
import torch

TARGET = pathlib.Path(__file__).parent.parent / "resources" / "weights"


class Malicious:
    def __reduce__(self):
        return os.system, ("touch /tmp/a-pickle-ran-this",)


def main():
    TARGET.mkdir(parents=True, exist_ok=True)
    ramp = torch.arange(24, dtype=torch.float32).reshape(2, 3, 4) / 8
    state = OrderedDict()
    state["ramp"] = ramp
    state["transposed"] = ramp.transpose(0, 2)
    state["row"] = ramp[1, 1:]
    state["half"] = torch.tensor([0.5, -1.5]).half()
    state["bfloat"] = torch.tensor([0.5, -1.5]).bfloat16()
    state["double"] = torch.tensor(2.25, dtype=torch.float64)
    state["parameter"] = torch.nn.Parameter(torch.tensor([3.0]))
    state["num_batches_tracked"] = torch.tensor(7)
    state._metadata = OrderedDict(version=1)
    torch.save(state, TARGET / "tensors.pth")
    torch.save({"epoch": 3, "state_dict": {"row": ramp[1, 1:].clone()}}, TARGET / "nested.pth")
    torch.save({"row": ramp[0], "evil": Malicious()}, TARGET / "malicious.pth")
    torch.save(state, TARGET / "legacy.pth", _use_new_zipfile_serialization=False)
    torch.save({"row": ramp[0], "evil": Malicious()}, TARGET / "malicious-legacy.pth", _use_new_zipfile_serialization=False)
    torch.save(checkpoint(), TARGET / "checkpoint.pth")
    torch.save(torch.nn.Linear(1, 1), TARGET / "module.pth")


def checkpoint():
    """As training scripts keep it: options, an optimizer's state, a moving average."""
    net = torch.nn.Linear(2, 1)
    with torch.no_grad():
        net.weight.copy_(torch.tensor([[1.0, 2.0]]))
        net.bias.zero_()
    average = torch.optim.swa_utils.AveragedModel(net)
    optimizer = torch.optim.Adam(net.parameters())
    schedule = torch.optim.lr_scheduler.MultiStepLR(optimizer, [3])
    net(torch.ones(1, 2)).sum().backward()
    optimizer.step()
    return {
        "epoch": 3,
        "args": argparse.Namespace(lr=0.1, size=torch.Size([2]), device=torch.device("cpu"), out=pathlib.PurePosixPath("o")),
        "best": numpy.float64(0.5),
        "model_state": net.half().state_dict(),
        "optimizer": optimizer.state_dict(),
        "lr_scheduler": schedule.state_dict(),
        "model_ema": average.state_dict(),
    }


if __name__ == "__main__":
    main()
