"""A trainer of one's own: TRAIN by PyTorch, by the stage contract that own-trainer.md describes."""

import datetime
import io
import json
import os
import pathlib
import posixpath
import signal
import sys
import time

import numpy as np
import torch
from torch import nn

import dataset
import store as stores

PASSES = 5
# Failures that no further attempt can help, and what the round's condition calls them.
REASONS = {ValueError: "InvalidDataset", FloatingPointError: "TrainingDiverged"}
EXIT_BAD_DATA = 65
EXIT_TERMINATED = 143


def network(classes):
    """A few convolutions; put your own here. Float32 [n, 3, height, width] to logits [n, classes, height, width]."""

    def block(inputs, outputs, dilation):
        return [
            nn.Conv2d(inputs, outputs, 3, padding=dilation, dilation=dilation),
            nn.GroupNorm(4, outputs),
            nn.ReLU(),
        ]

    layers = block(3, 16, 1) + block(16, 32, 2) + block(32, 32, 4) + block(32, 32, 8)
    return nn.Sequential(*layers, nn.Dropout2d(0.2), nn.Conv2d(32, classes, 1))


def tensor(rgb):
    """uint8 [n, height, width, 3] to float32 [n, 3, height, width]."""
    return torch.from_numpy(rgb).permute(0, 3, 1, 2).float() / 127.5 - 1


def train(model, images, targets, parameters):
    """Yields epoch, iterations and mean loss after every epoch."""
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-2)
    loss_of = nn.CrossEntropyLoss(ignore_index=dataset.VOID)
    batch, iterations = parameters["batchSize"], 0
    for epoch in range(1, parameters["epochs"] + 1):
        model.train()
        losses = []
        for chosen in torch.randperm(len(images)).split(batch):
            loss = loss_of(model(tensor(images[chosen.numpy()])), torch.from_numpy(targets[chosen.numpy()]).long())
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
            iterations += 1
        yield epoch, iterations, float(np.mean(losses))


@torch.no_grad()
def probabilities(model, rgb, passes):
    """float32 [classes, height, width]: the mean of dropout passes, or one pass without dropout."""
    model.eval()
    for layer in model.modules():
        if isinstance(layer, nn.Dropout2d):
            layer.train(passes > 1)
    return torch.stack([model(tensor(rgb[None])).softmax(1)[0] for _ in range(passes)]).mean(0).numpy()


def measure(model, scenes, classes):
    """Confusion matrix (rows are the truth), accuracy and mean IoU over the classes that occur; None without truth."""
    matrix = np.zeros((classes, classes), np.int64)
    for scene in scenes:
        for rgb, truth in zip(scene.color, scene.truth if scene.truth is not None else []):
            known = truth != dataset.VOID
            found = probabilities(model, rgb, 1).argmax(0)
            np.add.at(matrix, (truth[known], found[known]), 1)
    if not matrix.any():
        return None
    union = matrix.sum(0) + matrix.sum(1) - np.diag(matrix)
    return {
        "confusion": matrix.tolist(),
        "accuracy": float(np.trace(matrix) / max(1, matrix.sum())),
        "meanIoU": float((np.diag(matrix)[union > 0] / union[union > 0]).mean()),
    }


def labeled_frames(scenes, maps):
    """Images and label maps of the frames that have a label."""
    found = [
        (scene.color[n], maps[scene.name, frame])
        for scene in scenes
        for n, frame in enumerate(scene.frames)
        if (scene.name, frame) in maps
    ]
    if not found:
        raise ValueError("The label set has no labeled frame of the train split: nothing to train on")
    images, targets = zip(*found)
    return np.stack(images), np.stack(targets)


def predictions(model, scenes, publish):
    """Publishes every frame's probabilities as float16, and the list of them."""
    files = {}
    for scene in scenes:
        files[scene.name] = {}
        for frame, rgb in zip(scene.frames, scene.color):
            name = f"predictions/{scene.name}/{frame}.npy"
            ref = publish(name, npy(probabilities(model, rgb, PASSES).astype("<f2")))
            # Names are relative to the list, so that the files can be moved together.
            files[scene.name][frame] = {"name": name, "bytes": ref["bytes"], "sha256": ref["sha256"]}
    return publish("predictions.json", to_json({"version": 1, "passes": PASSES, "scenes": files}))


def npy(array):
    out = io.BytesIO()
    np.save(out, array)
    return out.getvalue()


def state(model):
    out = io.BytesIO()
    torch.save(model.state_dict(), out)
    return out.getvalue()


def to_json(value):
    return json.dumps(value, sort_keys=True).encode()


def processors():
    """Processors that the container may use; PyTorch alone would start a thread for each of the node's."""
    try:
        quota, period = pathlib.Path("/sys/fs/cgroup/cpu.max").read_text().split()
        return max(1, int(quota) // int(period))
    except (OSError, ValueError):  # No such limit.
        return len(os.sched_getaffinity(0))


def report(store, attempt_folder, done, total, message):
    """What the round's status shows while this runs."""
    now = datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    content = to_json({"done": done, "total": total, "unit": "epochs", "message": message, "updated": now})
    try:
        store.put(posixpath.join(attempt_folder, "progress-00000.json"), content)
    except OSError as e:  # Not worth an attempt.
        print(f"progress was not written: {e}", flush=True)


def run(request, store, result_folder):
    """Does the work and returns what the result says of it."""
    torch.manual_seed(request["seed"])
    torch.set_num_threads(processors())
    owner = request["owner"]
    attempt_folder = posixpath.join(result_folder, f"{owner['name']}-{owner['uid'][:8]}-{request['attempt']}")

    def publish(name, content):
        return store.publish(posixpath.join(attempt_folder, name), content)

    classes, scenes = dataset.scenes(store, request["inputs"]["dataset"], "train")
    given = request["inputs"].get("labels")  # Not there with full supervision.
    maps = dataset.labels(store.fetch(given)) if given else dataset.truth(scenes)
    images, targets = labeled_frames(scenes, maps)
    print(f"{len(images)} labeled frames of {len(scenes)} scenes, {len(classes)} classes", flush=True)
    model = network(len(classes))
    epochs = request["parameters"]["epochs"]
    history = ["epoch,iterations,loss,learningRate,validationMeanIoU,validationAccuracy"]
    for epoch, iterations, loss in train(model, images, targets, request["parameters"]):
        history.append(f"{epoch},{iterations},{loss},0.01,NaN,NaN")
        print(f"epoch {epoch}: loss {loss:.3f}", flush=True)
        report(store, attempt_folder, epoch, epochs, f"epoch {epoch} of {epochs}, loss {loss:.3f}")
        if not np.isfinite(loss):
            raise FloatingPointError(f"The loss is {loss} after epoch {epoch}: lower the learning rate")
    _, test_scenes = dataset.scenes(store, request["inputs"]["dataset"], "test")
    test = measure(model, test_scenes, len(classes))
    artifacts = {
        "model": publish("model.pt", state(model)),
        "history": publish("history.csv", ("\n".join(history) + "\n").encode()),
        "metrics": publish("metrics.json", to_json({"test": test})),
        "predictions": predictions(model, scenes, publish),
    }
    metrics = {"loss": loss}
    if test is not None:
        metrics |= {"testMeanIoU": test["meanIoU"], "testAccuracy": test["accuracy"]}
    return artifacts, metrics


def main():
    began = time.monotonic()
    request = json.loads(pathlib.Path(os.environ["VIEWAL_REQUEST_FILE"]).read_text())
    digest = os.environ["VIEWAL_REQUEST_DIGEST"]
    store = stores.open_store(request["store"], os.environ.get("VIEWAL_CREDENTIALS_DIR"))
    owner = request["owner"]
    # Whoever asks for the same has the same digest, and finds what is there.
    result_folder = posixpath.join(request["store"]["prefix"], owner["namespace"], "results", "train", digest)
    result_key = posixpath.join(result_folder, "result.json")
    if store.get(result_key) is not None:
        print("committed before; nothing to do")
        return
    print(f"PyTorch {torch.__version__}: attempt {request['attempt']} for round {owner['name']}", flush=True)
    artifacts, metrics = run(request, store, result_folder)
    print(", ".join(f"{name} {value:.3f}" for name, value in metrics.items()))
    result = {
        "version": request["version"],
        "stage": "TRAIN",
        "shard": 0,
        "shards": 1,
        "madeBy": owner,
        "attempt": request["attempt"],
        "requestDigest": digest,
        "inputs": {name: ref["sha256"] for name, ref in request["inputs"].items()},
        "artifacts": artifacts,
        "metrics": {**metrics, "seconds": time.monotonic() - began},
        "facts": {"device": "cpu", "trainer": "own-trainer example"},
    }
    won = store.put_if_absent(result_key, to_json(result))  # The commit: before it nothing is read, after it all is.
    if not won and store.get(result_key) is None:
        raise RuntimeError("The store refused the result and has none: try again")
    print("committed" if won else "another attempt was first")


if __name__ == "__main__":
    # The first process of a container ignores SIGTERM unless it says otherwise, and would hold up a suspend.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(EXIT_TERMINATED))
    try:
        main()
    except tuple(REASONS) as e:  # Anything else is retried (exit code 1).
        reason = next(reason for kind, reason in REASONS.items() if isinstance(e, kind))
        log = os.environ.get("VIEWAL_TERMINATION_LOG")
        if log:
            pathlib.Path(log).write_bytes(to_json({"reason": reason, "message": str(e)}))
        sys.stderr.write(f"{e}\n")
        sys.exit(EXIT_BAD_DATA)
