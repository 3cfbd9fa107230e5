"""What TRAIN is given: the prepared scenes, and the labels so far."""

import io
import json
import posixpath
import struct
import zipfile
import zlib

import numpy as np

VOID = 255


class Scene:
    """A scene of the prepared data set: its frames' names, and color uint8 [frames, height, width, 3]."""

    def __init__(self, store, manifest_key, entry):
        def fetch(kind):
            file = entry["files"][kind]
            key = posixpath.normpath(posixpath.join(posixpath.dirname(manifest_key), file["name"]))
            return store.fetch({"key": key, "sha256": file["sha256"]})

        self.name = entry["name"]
        self.frames = [frame["name"] for frame in json.loads(fetch("cameras"))["frames"]]
        self.color = np.load(io.BytesIO(fetch("color")))
        # uint8 [frames, height, width], the ground truth: for measuring, and for training with full supervision alone.
        self.truth = np.load(io.BytesIO(fetch("labels"))) if "labels" in entry["files"] else None


def scenes(store, manifest_ref, split):
    """The classes, and the scenes of a split: train, validation or test."""
    manifest = json.loads(store.fetch(manifest_ref))
    entries = [entry for entry in manifest["scenes"] if entry["split"].lower() == split]
    return manifest["classes"], [Scene(store, manifest_ref["key"], entry) for entry in entries]


def labels(content):
    """Label maps by (scene, frame): uint8 [height, width], 255 where nothing is labeled."""
    maps = {}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        # What the oracle said comes first (scene/frame.png); carried over and pseudo labels only fill what is left.
        for name in sorted(archive.namelist(), key=lambda n: (n.count("/"), n.startswith("pseudo/"), n)):
            if name.endswith(".png"):
                scene, frame = name.removesuffix(".png").split("/")[-2:]
                png = grey_png(archive.read(name))
                known = maps.setdefault((scene, frame), np.full_like(png, VOID))
                known[known == VOID] = png[known == VOID]
    return maps


def truth(scenes):
    """All labels of the scenes, as full supervision has them."""
    return {
        (scene.name, frame): labels
        for scene in scenes
        if scene.truth is not None
        for frame, labels in zip(scene.frames, scene.truth)
    }


def grey_png(content):
    """Decodes an 8-bit grey PNG without interlacing, which is what label maps are."""
    width, height, depth, color, _, _, interlace = struct.unpack(">IIBBBBB", content[16:29])
    if (depth, color, interlace) != (8, 0, 0):
        raise ValueError("A label map is an 8-bit grey PNG without interlacing")
    data, offset = b"", 8
    while offset < len(content):
        (length,) = struct.unpack(">I", content[offset : offset + 4])
        if content[offset + 4 : offset + 8] == b"IDAT":
            data += content[offset + 8 : offset + 8 + length]
        offset += 12 + length
    lines = np.frombuffer(zlib.decompress(data), np.uint8).reshape(height, width + 1)
    image = np.zeros((height + 1, width + 1), np.int32)  # A row above and a column to the left, of zeros.
    for y, (kind, *line) in enumerate(lines.tolist(), start=1):
        for x, value in enumerate(line, start=1):
            left, up, corner = int(image[y, x - 1]), int(image[y - 1, x]), int(image[y - 1, x - 1])
            guess = (0, left, up, (left + up) // 2, paeth(left, up, corner))[kind]
            image[y, x] = (value + guess) & 0xFF
    return image[1:, 1:].astype(np.uint8)


def paeth(left, up, corner):
    estimate = left + up - corner
    return min((left, up, corner), key=lambda near: abs(estimate - near))
