"""Writes ../resources/weights/*: small files that WeightFilesTest reads. Run from this folder with PyTorch 2.7.1."""

import os
import pathlib
from collections import OrderedDict

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


if __name__ == "__main__":
    main()
