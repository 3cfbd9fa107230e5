"""Writes ../resources/parity/lite0_package.json: features of PyPI's efficientnet-lite-pytorch 0.1.0, in float64, of weights
and an image by the formulas of parity_vector.py.

The package ends at a thirty-second of the image. Its network is changed in place to what DeepLabv3+ stands on: the stride of
the 192-channel stage is dropped and the 320-channel stage dilated by 2. Run from this folder: python lite0_vector.py
"""

import json
import pathlib

import torch
from efficientnet_lite_pytorch import EfficientNet
from torch import nn

from parity_vector import uniform, weight

SIZE, SAMPLES = 64, 48
LOW_BLOCKS, DROPPED_STRIDE, DILATED = 3, 11, 15


def own_name(name):
    """The name of a tensor in the worker's network; None for one that it does not have."""
    parts = name.split(".")
    if parts[0] in ("_conv_stem", "_bn0"):
        return f"backbone.features.0.{'01'[parts[0] == '_bn0']}.{parts[-1]}"
    if parts[0] != "_blocks":
        return None
    block, layer = int(parts[1]), parts[2]
    layers = {"_expand_conv": "0.0", "_bn0": "0.1", "_depthwise_conv": "1.0", "_bn1": "1.1", "_project_conv": "2", "_bn2": "3"}
    if block == 0:
        layers = {"_depthwise_conv": "0.0", "_bn1": "0.1", "_project_conv": "1", "_bn2": "2"}
    return f"backbone.features.{block + 1}.conv.{layers[layer]}.{parts[-1]}"


def main():
    net = EfficientNet.from_name("efficientnet-lite0", image_size=SIZE)
    state = net.state_dict()
    names = {n: own_name(n) for n in state if own_name(n) and not n.endswith("num_batches_tracked")}
    net.load_state_dict({n: weight(own, state[n].shape) for n, own in names.items()}, strict=False)
    net._blocks[DROPPED_STRIDE]._depthwise_conv.stride = (1, 1)
    for block in net._blocks[DROPPED_STRIDE:DILATED]:
        block._depthwise_conv.static_padding = nn.ZeroPad2d(2)
    net._blocks[DILATED]._depthwise_conv.dilation = (2, 2)
    net._blocks[DILATED]._depthwise_conv.static_padding = nn.ZeroPad2d(2)
    net.double().eval()
    x = torch.from_numpy(uniform("image", 3 * SIZE * SIZE) * 4).reshape(1, 3, SIZE, SIZE)
    result = {"size": SIZE, "names": sorted(names.values())}
    with torch.no_grad():
        x = net._swish(net._bn0(net._conv_stem(x)))
        for i, block in enumerate(net._blocks):
            x = block(x)
            if i + 1 in (LOW_BLOCKS, len(net._blocks)):
                flat = x.flatten()
                result["low" if i + 1 == LOW_BLOCKS else "high"] = {
                    "shape": list(x.shape), "norm": float(x.norm()),
                    "samples": [float(flat[k * (flat.numel() // SAMPLES)]) for k in range(SAMPLES)]}
    target = pathlib.Path(__file__).parent.parent / "resources" / "parity" / "lite0_package.json"
    target.write_text(json.dumps(result, indent=0) + "\n")


if __name__ == "__main__":
    main()
