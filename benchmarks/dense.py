"""Dense boxes against numpy.interp, column by column: `python benchmarks/dense.py`.

Both make frame, track and the five columns of the box, for the frames on which each
track is present. numpy.interp is given the rotation unwrapped beforehand, outside the
timing. `Annotation.dense` also says what is occluded or a keyframe, source and score.
"""

from __future__ import annotations

import statistics
import time

import numpy as np

from boxreel.model import Annotation, Keyframes, Label, Track, VideoInfo

TRACKS, FRAMES, KEYFRAMES, ROUNDS = 1_000, 10_000, 20, 7


def made(rng):
    video = VideoInfo.constant("bench", 1920, 1080, FRAMES, fps=30)
    tracks = []
    for id in range(1, TRACKS + 1):
        frames = np.sort(rng.choice(FRAMES, KEYFRAMES, replace=False))
        boxes = np.column_stack(
            [
                rng.uniform(0, 1800, KEYFRAMES),
                rng.uniform(0, 1000, KEYFRAMES),
                rng.uniform(5, 200, (KEYFRAMES, 2)),
                rng.uniform(-179, 180, KEYFRAMES),
            ]
        )
        outside = rng.random(KEYFRAMES) < 0.15
        outside[0] = False
        tracks.append(Track(id, "car", Keyframes(frames, boxes, outside)))
    return Annotation(video, [Label("car")], tracks)


def unwrapped(annotation):
    turns = (
        np.unwrap(t.keyframes.boxes[:, 4], period=360)
        for t in annotation.tracks.values()
    )
    return [*turns]


def by_interp(annotation, rotations):
    every = np.arange(FRAMES)
    frames, tracks, columns = [], [], [[] for _ in range(5)]
    for track, rotation in zip(annotation.tracks.values(), rotations, strict=True):
        table = track.keyframes
        present = np.zeros(FRAMES, dtype=bool)
        for start, stop in track.spans():
            present[start:stop] = True
        frames.append(every[present])
        tracks.append(np.full(len(frames[-1]), track.id))
        for column, values in zip(columns, (*table.boxes.T[:4], rotation), strict=True):
            column.append(np.interp(every, table.frames, values)[present])
    return (
        np.concatenate(frames),
        np.concatenate(tracks),
        *map(np.concatenate, columns),
    )


def seconds(work):
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def check(annotation, rotations, rng):
    boxes = annotation.dense()
    frame, track, *columns = by_interp(annotation, rotations)
    assert np.array_equal(boxes.frame, frame)
    assert np.array_equal(boxes.track, track)
    for ours, theirs in zip(boxes.box.T[:4], columns[:4], strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=0, atol=1e-9)
    turn = np.abs(boxes.rotation - columns[4]) % 360
    assert np.minimum(turn, 360 - turn).max() < 1e-9
    for row in rng.choice(len(boxes), 2_000):
        box = annotation.tracks[int(boxes.track[row])].at(int(boxes.frame[row]))
        assert np.array(box.row).tobytes() == boxes.box[row].tobytes()
    return len(boxes)


def main():
    rng = np.random.default_rng(0)
    annotation = made(rng)
    rotations = unwrapped(annotation)
    rows = check(annotation, rotations, rng)
    fresh = [
        Annotation(annotation.video, annotation.labels, annotation.tracks)
        for _ in range(ROUNDS)
    ]
    ours, theirs = [], []
    for copy in fresh:  # a fresh one has nothing prepared yet
        theirs.append(seconds(lambda: by_interp(annotation, rotations)))
        ours.append(seconds(copy.dense))
    a, b = statistics.median(ours), statistics.median(theirs)
    print(f"{TRACKS} tracks x {FRAMES} frames, {rows} boxes, median of {ROUNDS}")
    print(f"{'Annotation.dense':<22}{a:8.3f} s {a / rows * 1e9:6.1f} ns a box")
    print(f"{'numpy.interp':<22}{b:8.3f} s {b / rows * 1e9:6.1f} ns a box")
    print(f"{'ratio':<22}{b / a:8.2f} times as fast")
    print("2000 boxes drawn at random equal Track.at bit for bit")


if __name__ == "__main__":
    main()
