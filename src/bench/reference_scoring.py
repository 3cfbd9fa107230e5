"""The other side of the races: view entropy, view divergence and superpixel overlap in plain PyTorch, the O(F^2) way.

For each destination frame the points of all frames are projected, and that once for each of the three: this is how the
published code goes about it. Written from the method's description. Geometry in float32, like the published code; pixels
without depth and points behind the camera are left out, as our side does.

Reads DIR/{depth,poses,intrinsics,superpixels,probabilities}.npy; takes the commands `entropy`, `divergence`, `overlap`,
`points` and `quit` as lines, and answers each with `seconds N`. Results go to DIR/theirs-*.npy after the clock has stopped.
"""

import os
import sys
import time

import numpy as np
import torch


class Scene:
    def __init__(self, folder, with_probabilities):
        def load(name):
            return torch.from_numpy(np.load(f"{folder}/{name}.npy"))

        self.folder = folder
        self.depth = load("depth")
        self.frames, self.height, self.width = self.depth.shape
        self.pixels = self.height * self.width
        self.poses = load("poses")
        self.intrinsics = load("intrinsics")
        self.superpixels = load("superpixels").to(torch.int64).reshape(self.frames, self.pixels)
        self.threshold = float(np.load(f"{folder}/threshold.npy")[0])
        if with_probabilities:
            # The classes of a pixel side by side, so that a point is one read; done before the clock starts.
            volume = load("probabilities").reshape(self.frames, -1, self.pixels)
            self.classes = volume.shape[1]
            self.probabilities = volume.permute(0, 2, 1).reshape(-1, self.classes).contiguous()
        depth = self.depth.clone()
        depth[~(torch.isfinite(depth) & (depth > 0))] = float("nan")
        self.known = depth
        self.world = torch.cat([self.back_projected(f) for f in range(self.frames)], dim=1)

    def camera(self, frame):
        fx, fy, cx, cy = self.intrinsics[frame].tolist()
        k = torch.eye(4, dtype=torch.float64)
        k[0, 0], k[1, 1], k[0, 2], k[1, 2] = fx, fy, cx, cy
        return k

    def back_projected(self, frame):
        """World points of a frame's pixels: float32 [4, pixels]; NaN where depth is unknown."""
        y, x = torch.meshgrid(torch.arange(self.height), torch.arange(self.width), indexing="ij")
        d = self.known[frame].reshape(-1).double()
        rays = torch.stack([x.reshape(-1) * d, y.reshape(-1) * d, d, torch.ones_like(d)])
        return (self.poses[frame] @ torch.linalg.inv(self.camera(frame)) @ rays).float()

    def hits(self, target):
        """Points of all frames that land on the target: their rows in the scene, and the target's pixels."""
        matrix = (self.camera(target) @ torch.linalg.inv(self.poses[target])).float()
        p = matrix @ self.world
        x = torch.round(p[0] / p[2])
        y = torch.round(p[1] / p[2])
        inside = (x >= 0) & (x < self.width) & (y >= 0) & (y < self.height)
        rows = torch.nonzero(inside).squeeze(1)
        pixels = (y[rows] * self.width + x[rows]).to(torch.int64)
        own = self.world[:3, target * self.pixels : (target + 1) * self.pixels]
        near = (self.world[:3, rows] - own[:, pixels]).square().sum(0).sqrt() < self.threshold
        near &= p[2, rows] > 0
        return rows[near], pixels[near]

    def gathered(self, rows):
        """Probabilities of points: float32 [points, classes]."""
        return self.probabilities.index_select(0, rows)

    def summed(self, pixels, values):
        """Sums over the points of each pixel: float32 [pixels, classes]."""
        index = pixels[:, None].expand(-1, self.classes)
        return torch.zeros(self.pixels, self.classes).scatter_add_(0, index, values)

    def means(self, target, score):
        sizes = torch.bincount(self.superpixels[target])
        return torch.bincount(self.superpixels[target], weights=score.double()) / sizes


def entropy(scene):
    maps, means = [], []
    for target in range(scene.frames):
        rows, pixels = scene.hits(target)
        total = scene.summed(pixels, scene.gathered(rows))
        q = total / total.sum(1, keepdim=True)
        score = torch.nan_to_num(-(q * torch.log2(q + 1e-12)).sum(1), nan=0.0)
        maps.append(score)
        means.append(scene.means(target, score))
    return {"entropy": torch.stack(maps)}


def divergence(scene):
    maps, means = [], []
    for target in range(scene.frames):
        rows, pixels = scene.hits(target)
        own = scene.probabilities[target * scene.pixels : (target + 1) * scene.pixels]
        ratio = (scene.gathered(rows) + 1e-8) / (own[pixels] + 1e-8)
        total = scene.summed(pixels, torch.log2(ratio))
        count = torch.bincount(pixels, minlength=scene.pixels).clamp(min=1)
        score = -(own * total / count[:, None]).sum(1)
        maps.append(score)
        means.append(scene.means(target, score))
    return {"divergence": torch.stack(maps)}


def overlap(scene):
    """Share of each superpixel that each superpixel of each frame covers: the entries above zero."""
    most = int(scene.superpixels.max()) + 1
    keys, coverage = [], []
    for target in range(scene.frames):
        rows, pixels = scene.hits(target)
        landed = scene.superpixels[target][pixels]
        source = rows // scene.pixels * most + scene.superpixels.reshape(-1)[rows]
        for superpixel in range(int(scene.superpixels[target].max()) + 1):
            size = int((scene.superpixels[target] == superpixel).sum())
            covering, count = torch.unique(source[landed == superpixel], return_counts=True)
            keys.append((target * most + superpixel) * scene.frames * most + covering)
            coverage.append(count / max(size, 1))
    return {"overlap-keys": torch.cat(keys).double(), "overlap-coverage": torch.cat(coverage)}


def points(scene):
    """How many points land on each pixel, and the sum of their rows: tells where both sides see the same points."""
    counts, sums = [], []
    for target in range(scene.frames):
        rows, pixels = scene.hits(target)
        counts.append(torch.bincount(pixels, minlength=scene.pixels))
        sums.append(torch.zeros(scene.pixels, dtype=torch.int64).index_add_(0, pixels, rows) % 1_000_003)
    return {"counts": torch.stack(counts).float(), "sums": torch.stack(sums).float()}


def main():
    folder, with_probabilities = sys.argv[1], sys.argv[2] == "scoring"
    torch.set_num_threads(len(os.sched_getaffinity(0)))
    scene = Scene(folder, with_probabilities)
    print(f"ready PyTorch {torch.__version__}, {torch.get_num_threads()} threads", flush=True)
    commands = {f.__name__: f for f in (entropy, divergence, overlap, points)}
    for line in sys.stdin:
        command = line.strip()
        if command == "quit":
            return
        start = time.perf_counter()
        results = commands[command](scene)
        seconds = time.perf_counter() - start
        for name, values in results.items():
            np.save(f"{folder}/theirs-{name}.npy", values.numpy())
        print(f"seconds {seconds}", flush=True)


if __name__ == "__main__":
    main()
