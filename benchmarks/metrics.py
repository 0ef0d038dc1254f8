"""Numbers and errors of predictions, beside TrackEval's numbers on the same boxes.

    python -m benchmarks.metrics

What is timed of ours starts with the boxes of every frame in arrays and ends with all
numbers and all errors. TrackEval's time is that of its three metrics
alone: its tables of overlaps are made before.
"""

import contextlib
import io
from time import perf_counter

import numpy as np

import boxreel as br
from boxreel.metrics import Overlaps
from boxreel.metrics.parts import parts
from boxreel.model import VideoInfo
from boxreel.review.comparison import Comparison

with contextlib.redirect_stdout(io.StringIO()):
    import trackeval


def walks(frames, tracks, seed=0):
    """Truth and predictions: crowded paths, boxes that shake, gaps, switches, noise."""
    rng = np.random.default_rng(seed)
    size = rng.uniform(30, 90, (tracks, 2))
    start, pace = rng.uniform(0, 1500, (tracks, 2)), rng.normal(0, 2, (tracks, 2))
    walk = start[None] + pace[None] * np.arange(frames)[:, None, None]
    walk = np.abs((walk % 3000) - 1500)
    there = rng.random((frames, tracks)) > 0.05
    names = (
        np.arange(1, tracks + 1)
        + np.cumsum(rng.random((frames, tracks)) < 0.004, axis=0) * tracks
    )
    truth, seen = [], []
    for frame in range(frames):
        box = np.column_stack([walk[frame], size])
        here = np.flatnonzero(there[frame])
        truth.append(rows(frame, here + 1, box[here]))
        got = here[rng.random(len(here)) < 0.93]
        off = box[got] + rng.normal(0, 4, (len(got), 4))
        false = np.column_stack(
            [rng.uniform(0, 1500, (2, 2)), rng.uniform(30, 90, (2, 2))]
        )
        seen.append(rows(frame, names[frame, got], off))
        seen.append(rows(frame, 10**6 + frame // 50 * 2 + np.arange(2), false))
    return np.concatenate(truth), np.concatenate(seen)


def rows(frame, ids, boxes):
    count = len(ids)
    filled = np.full((count, 1), frame), ids[:, None], boxes, np.ones((count, 1))
    return np.concatenate([*filled, np.zeros((count, 1))], axis=1)


def annotation(table, frames):
    video = VideoInfo.constant("street.mp4", 1600, 1600, frames, fps=30)
    return br.Annotation.from_detections(video, table, classes={0: "person"})


def ours(truth, seen, frames):
    """Numbers and all errors, as `compare` finds them."""
    overlaps = Overlaps.of(truth, seen, frames)
    apart = tuple(parts(overlaps, "label"))
    found = Comparison(None, None, 0.5, "label", overlaps, apart)
    return found.evaluation.total.numbers(), len(found.errors)


def theirs(data):
    quiet = {"PRINT_CONFIG": False}
    metrics = trackeval.metrics
    found = {}
    for metric in (metrics.CLEAR(quiet), metrics.Identity(quiet), metrics.HOTA()):
        found |= metric.eval_sequence(data)
    return found


def frame_by_frame(boxes, frames, name, data):
    """What TrackEval takes of one side."""
    order = np.lexsort((boxes.track, boxes.frame))
    cuts = np.searchsorted(boxes.frame[order], np.arange(1, frames))
    ids, track = np.unique(boxes.track, return_inverse=True)
    data[f"{name}_ids"] = np.split(track[order], cuts)
    data[f"num_{name}_ids"], data[f"num_{name}_dets"] = len(ids), len(boxes)
    return np.split(boxes.box[order, :4], cuts)


def best(function, *args, times=3):
    taken = []
    for _ in range(times):
        begin = perf_counter()
        with contextlib.redirect_stdout(io.StringIO()):
            result = function(*args)
        taken.append(perf_counter() - begin)
    return min(taken), result


def main():
    for frames, tracks in ((500, 30), (5000, 100)):
        truth, seen = (annotation(t, frames).dense() for t in walks(frames, tracks))
        data = {"num_timesteps": frames}
        boxes = [
            frame_by_frame(side, frames, name, data)
            for name, side in (("gt", truth), ("tracker", seen))
        ]
        data["similarity_scores"] = [
            trackeval.datasets._base_dataset._BaseDataset._calculate_box_ious(
                a, b, box_format="xywh"
            )
            for a, b in zip(*boxes, strict=True)
        ]
        mine, (numbers, errors) = best(ours, truth, seen, frames)
        other, found = best(theirs, data, times=2)
        assert abs(numbers["HOTA"] - found["HOTA"].mean()) < 1e-12
        assert abs(numbers["MOTA"] - found["MOTA"]) < 1e-12
        print(
            f"{frames} frames x {tracks}: numbers and {errors:,} errors "
            f"{1000 * mine:.0f} ms, TrackEval's numbers {1000 * other:.0f} ms, "
            f"{mine / other:.2f} of it"
        )


if __name__ == "__main__":
    main()
