"""Lint of movement: jumps, bends between far keyframes, crossings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np

from boxreel.metrics import Overlaps
from boxreel.model import Annotation, Boxes, Track, edits
from boxreel.model.edits import Edit
from boxreel.model.keyframes import Floats, Ints
from boxreel.review.findings import Finding

UNUSUAL: Final = 5.0
"""Times of what is usual for a track from which a step is a jump."""

OFF: Final = 0.25
"""Part of its size that a box may lie off between keyframes."""

MEET: Final = 0.5
"""Overlap from which two tracks meet."""

BEFORE: Final = 5
"""Frames over which the movement before and after a meeting is taken."""


def jumps(annotation: Annotation) -> Iterator[Finding]:
    """Find steps that are far too long, and sizes that change at once."""
    boxes = annotation.dense()
    for id, rows in _tracks(boxes):
        frames, box = boxes.frame[rows], boxes.box[rows]
        follows = np.diff(frames) == 1
        if not follows.any():
            continue
        step = np.linalg.norm(np.diff(_middles(box), axis=0), axis=1)
        size = np.maximum(box[:, 2], box[:, 3])
        usual = np.median(step[follows])
        far = follows & (step > size[:-1]) & (step > UNUSUAL * usual)
        for at in np.flatnonzero(far).tolist():
            frame = int(frames[at + 1])
            text = f"{step[at]:.0f} pixels in one frame, usually {usual:.1f}"
            split = edits.SplitTrack(id, frame)
            yield Finding("teleport", frame, frame + 1, id, None, text, split)
        grows = np.abs(np.diff(np.log2(box[:, 2] * box[:, 3])))
        usual = np.median(grows[follows])
        sudden = follows & (grows > 1) & (grows > UNUSUAL * usual)
        for at in np.flatnonzero(sudden).tolist():
            frame = int(frames[at + 1])
            repair = _without(annotation.tracks[id], frame)
            text = f"area changes {2 ** grows[at]:.1f} times in one frame"
            yield Finding("size_jump", frame, frame + 1, id, None, text, repair)


def _without(track: Track, frame: int) -> Edit | None:
    """Remove a keyframe on which alone the size is another one."""
    table = track.keyframes
    index = table.index_at(frame)
    if not table.has(frame) or index in (0, len(table) - 1):
        return None
    before, here, after = (
        float(np.log2(table.boxes[i, 2] * table.boxes[i, 3]))
        for i in (index - 1, index, index + 1)
    )
    odd = min(abs(here - before), abs(here - after)) > abs(before - after)
    return edits.RemoveKeyframe(track.id, frame) if odd else None


def drift_risks(annotation: Annotation) -> Iterator[Finding]:
    """Find keyframes so far apart that the way between them may bend.

    A cubic through both keyframes with the speeds before and after lies off a line by
    an eighth of the difference of speeds times the frames, in the middle.
    """
    for track in annotation.tracks.values():
        table = track.keyframes
        if len(table) < 4:
            continue
        frames = table.frames.astype(np.float64)
        speed = np.diff(_middles(table.boxes), axis=0) / np.diff(frames)[:, None]
        size = np.maximum(table.boxes[:, 2], table.boxes[:, 3])[1:-2]
        length = np.diff(frames)[1:-1]
        off = length * np.linalg.norm(speed[2:] - speed[:-2], axis=1) / 8 / size
        still = table.outside[:-1] | table.hold[:-1]
        off[still[:-2] | still[1:-1] | still[2:]] = 0
        for at in np.flatnonzero(off > OFF).tolist():
            start, stop = table.frames[at + 1 : at + 3].tolist()
            text = (
                f"may lie off by {off[at]:.2f} of its size near {(start + stop) // 2}"
            )
            yield Finding("drift_risk", start, stop, track.id, None, text, None)


def crossings(annotation: Annotation) -> Iterator[Finding]:
    """Find two tracks that meet and then go on as the other one did."""
    boxes = annotation.dense()
    both = Overlaps.of(boxes, boxes, annotation.video.frame_count)
    near = np.flatnonzero((both.pair[0] < both.pair[1]) & (both.iou > MEET))
    ids = both.truth.ids
    width = len(ids) + 1
    code = both.pair[0][near] * width + both.pair[1][near]
    order = np.lexsort((both.frame[near], code))
    code, near = code[order], near[order]
    frame = both.frame[near]
    cuts = np.flatnonzero((np.diff(code) != 0) | (np.diff(frame) > BEFORE)) + 1
    for run in np.split(np.arange(len(near)), cuts) if len(near) else ():
        one, two = (int(ids[place]) for place in divmod(int(code[run[0]]), width))
        start, stop = int(frame[run[0]]), int(frame[run[-1]]) + 1
        at = int(frame[run[both.iou[near[run]].argmax()]])
        yield from _crossing(annotation, one, two, start, stop, at)


def _crossing(
    annotation: Annotation, one: int, two: int, start: int, stop: int, at: int
) -> Iterator[Finding]:
    a, b = annotation.tracks[one], annotation.tracks[two]
    if a.label != b.label:
        return
    speeds = [
        _speed(track, first, first + BEFORE)
        for first in (start - BEFORE, stop - 1)
        for track in (a, b)
    ]
    a0, b0, a1, b1 = speeds
    if a0 is None or b0 is None or a1 is None or b1 is None:
        return
    stays = np.linalg.norm(a1 - a0) + np.linalg.norm(b1 - b0)
    changes = np.linalg.norm(b1 - a0) + np.linalg.norm(a1 - b0)
    if stays > 1 and changes < stays / 2:
        text = f"meets #{two}; movement goes on better exchanged"
        swap = edits.SwapTracks(one, two, at)
        yield Finding("crossing", start, stop, one, two, text, swap)


def _speed(track: Track, first: int, last: int) -> Floats | None:
    boxes = [track.at(frame) if frame >= 0 else None for frame in (first, last)]
    if boxes[0] is None or boxes[1] is None:
        return None
    ends = _middles(np.array([box.row for box in boxes if box is not None]))
    return np.asarray((ends[1] - ends[0]) / (last - first))


def _middles(box: Floats) -> Floats:
    return np.asarray(box[:, :2] + box[:, 2:4] / 2)


def _tracks(boxes: Boxes) -> Iterator[tuple[int, Ints]]:
    """Rows of each track, in the order of frames, as `Annotation.dense` has them."""
    cuts = np.flatnonzero(np.diff(boxes.track)) + 1
    for rows in np.split(np.arange(len(boxes)), cuts) if len(boxes) else ():
        yield int(boxes.track[rows[0]]), rows
