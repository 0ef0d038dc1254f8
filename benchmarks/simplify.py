"""`Annotation.simplify` on a million boxes: `python benchmarks/simplify.py`.

Tracks as they come: ground truth of people and cars, whose boxes are smooth, and what a
detector makes of them, with noise of some pixels and one box in fifty off by more. One
numpy pass that looks at every number of the same boxes once is the yardstick. On small
tracks the number of keyframes stands beside the least there can be, which the shortest
path over every pair of boxes gives.
"""

from __future__ import annotations

import statistics
import time

import numpy as np

from boxreel.geometry import paired_iou
from boxreel.model import Keyframes, Track
from boxreel.model.fewest import fewest
from boxreel.model.simplify import simplified

TRACKS, FRAMES, ROUNDS, MIN_IOU = 2_000, 500, 3, 0.9
NOISES = {"ground truth": 0.0, "detector, 1 px": 1.0, "detector, 3 px": 3.0}


def walk(rng, count, noise):
    """Boxes (count, 5) of an object that changes its pace now and then."""
    knots = max(3, count // 60)
    at = np.linspace(0, count, knots)
    pace = rng.normal(0, 3, (knots, 2))
    steps = np.stack([np.interp(np.arange(count), at, p) for p in pace.T], axis=1)
    x, y = 800 + np.cumsum(steps, axis=0).T
    h = 140 * np.exp(np.interp(np.arange(count), at, rng.normal(0, 0.3, knots)))
    boxes = np.stack([x, y, 0.45 * h, h, np.zeros(count)], axis=1)
    boxes[:, :4] += rng.normal(0, noise, (count, 4))
    boxes[:, :4] += (rng.random((count, 1)) < 0.02) * rng.normal(
        0, 3 * noise, (count, 4)
    )
    boxes[:, 2:4] = np.maximum(boxes[:, 2:4], 8)
    return boxes


def least(boxes):
    """Fewest keyframes there can be, every pair of boxes tried."""
    steps = np.full(len(boxes), len(boxes))
    steps[0] = 1
    for i in range(len(boxes)):
        for j in range(i + 1, len(boxes)):
            t = np.arange(1, j - i)[:, None] / (j - i)
            way = boxes[i] + (boxes[j] - boxes[i]) * t
            if (
                steps[i] + 1 < steps[j]
                and (paired_iou(way, boxes[i + 1 : j]) >= MIN_IOU).all()
            ):
                steps[j] = steps[i] + 1
    return int(steps[-1])


def seconds(work):
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        result = work()
        times.append(time.perf_counter() - start)
    return statistics.median(times), result


def main():
    rng = np.random.default_rng(0)
    for name, noise in NOISES.items():
        rows = [walk(rng, FRAMES, noise) for _ in range(TRACKS)]
        tracks = [
            Track(i, "car", Keyframes(np.arange(FRAMES), boxes, sources="import"))
            for i, boxes in enumerate(rows, 1)
        ]
        count = TRACKS * FRAMES
        every = np.concatenate(rows)
        once, _ = seconds(lambda every=every: paired_iou(every, every).min())
        took, (_, done) = seconds(lambda tracks=tracks: simplified(tracks, MIN_IOU, ()))
        small = [walk(rng, 90, noise) for _ in range(12)]
        ends = np.array([[0, 89]])
        ours = sum(int(fewest(np.arange(90), b, ends, MIN_IOU).sum()) for b in small)
        best = sum(map(least, small))
        print(
            f"{name:<16} {count / took:>11,.0f} boxes/s  {took / once:5.1f} x one pass"
            f"  {done}; small ones {ours} keyframes, least {best}"
        )


if __name__ == "__main__":
    main()
