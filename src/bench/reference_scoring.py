"""The other side of the races: view entropy, view divergence and superpixel overlap in plain PyTorch, the O(F^2) way.

The published code's way, step by step, in a program of our own: for each destination frame, and once for each of the
three, all points of the scene are projected by one matrix product, chosen by masks, back-projected and compared; it counts
which frames the points are of; their predictions are taken by a mask over the whole scene and added up by pixel
(`index_add_`); entropy goes class by class and superpixels one by one. Nothing is tuned beyond that. Geometry in float32,
like the published code's; pixels without depth and points behind the camera are left out, as our side does.

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
        y, x = torch.meshgrid(torch.arange(self.height), torch.arange(self.width), indexing="ij")
        x, y = x.reshape(-1).float(), y.reshape(-1).float()
        self.world = torch.cat([self.to_world(x, y, depth[f].reshape(-1), f) for f in range(self.frames)], dim=1)
        self.frame_of = torch.arange(self.frames, dtype=torch.int32).repeat_interleave(self.pixels)

    def camera(self, frame):
        fx, fy, cx, cy = self.intrinsics[frame].tolist()
        k = torch.eye(4, dtype=torch.float64)
        k[0, 0], k[1, 1], k[0, 2], k[1, 2] = fx, fy, cx, cy
        return k

    def to_world(self, x, y, depth, frame):
        """World points of pixels of a frame: float32 [4, pixels]; NaN where depth is unknown."""
        points = torch.stack([x * depth, y * depth, depth, torch.ones_like(depth)])
        return self.poses[frame].float() @ (torch.linalg.inv(self.camera(frame)).float() @ points)

    def hits(self, target):
        """Points of all frames that land on the target: a mask over the scene's points, and the target's pixels."""
        camera = self.camera(target).float() @ torch.linalg.inv(self.poses[target]).float()
        projected = (camera @ self.world).transpose(0, 1)[:, :3]
        mask = projected[:, 2] > 0
        projected = torch.round(projected / projected[:, 2:3])
        x, y = projected[:, 0], projected[:, 1]
        mask &= ~torch.isnan(projected[:, 2]) & (x >= 0) & (x < self.width) & (y >= 0) & (y < self.height)
        x, y = x[mask], y[mask]
        depth = self.known[target][y.long(), x.long()]
        seen = self.to_world(x, y, depth, target).transpose(0, 1)[:, :3]
        near = torch.norm(self.world.transpose(0, 1)[:, :3][mask] - seen, dim=1) < self.threshold
        mask[mask.clone()] = near
        return mask, (y[near] * self.width + x[near]).long()

    def sources(self, mask):
        """How much of the target each source frame covers."""
        frames, counts = torch.unique(self.frame_of[mask], return_counts=True)
        return dict(zip(frames.tolist(), (counts / self.pixels).tolist()))

    def means(self, target, score):
        """Mean score of each superpixel."""
        score, regions = score.numpy(), self.superpixels[target].numpy()
        return {region: score[regions == region].mean() for region in np.unique(regions).tolist()}


def entropy(scene):
    maps, means = [], []
    for target in range(scene.frames):
        mask, pixels = scene.hits(target)
        scene.sources(mask)
        q = torch.zeros(scene.pixels, scene.classes)
        q.index_add_(0, pixels, scene.probabilities[mask])
        q = q / q.sum(dim=1).view(-1, 1)
        q[torch.isnan(q)] = 0
        score = torch.zeros(scene.pixels)
        for c in range(scene.classes):
            score = score - q[:, c] * torch.log2(q[:, c] + 1e-12)
        maps.append(score)
        means.append(scene.means(target, score))
    return {"entropy": torch.stack(maps)}


def divergence(scene):
    maps, means = [], []
    for target in range(scene.frames):
        mask, pixels = scene.hits(target)
        scene.sources(mask)
        own = scene.probabilities[scene.frame_of == target]
        ratio = torch.log2((scene.probabilities[mask] + 1e-8) / (own[pixels] + 1e-8))
        total = torch.zeros(scene.pixels, scene.classes)
        total.index_add_(0, pixels, ratio)
        count = torch.zeros(scene.pixels)
        count.index_add_(0, pixels, torch.ones(len(pixels)))
        total = total / count.view(-1, 1)
        total[torch.isnan(total)] = 0
        score = -(own * total).sum(dim=1)
        maps.append(score)
        means.append(scene.means(target, score))
    return {"divergence": torch.stack(maps)}


def overlap(scene):
    """Share of each superpixel that each superpixel of each frame covers: the entries above zero."""
    most = int(scene.superpixels.max()) + 1
    keys, coverage = [], []
    for target in range(scene.frames):
        mask, pixels = scene.hits(target)
        triples = torch.stack(
            [scene.superpixels[target][pixels], scene.frame_of[mask], scene.superpixels.reshape(-1)[mask]], dim=1
        )
        found, counts = torch.unique(triples.int(), dim=0, return_counts=True)
        sizes = torch.bincount(scene.superpixels[target])
        for index, (own, frame, other) in enumerate(found.tolist()):
            keys.append((target * most + own) * scene.frames * most + frame * most + other)
            coverage.append(float(counts[index]) / int(sizes[own]))
    return {"overlap-keys": torch.tensor(keys).double(), "overlap-coverage": torch.tensor(coverage)}


def points(scene):
    """How many points land on each pixel, and the sum of their rows: tells where both sides see the same points."""
    counts, sums = [], []
    for target in range(scene.frames):
        mask, pixels = scene.hits(target)
        rows = torch.nonzero(mask).squeeze(1)
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
