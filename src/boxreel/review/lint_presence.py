"""Lint of presence and identity: what is there too short, twice, or as another."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

import numpy as np

from boxreel.geometry import hull, rotated_iou
from boxreel.metrics import Overlaps
from boxreel.model import Annotation, Box, Track, edits
from boxreel.model.edits import Edit
from boxreel.review.findings import Finding, LintKind

TWIN_IOU: Final = 0.8
TWIN_FRAMES: Final = 5
JOIN_IOU: Final = 0.3
SECONDS: Final = 1.0


def _spans(annotation: Annotation, track: Track) -> list[tuple[int, int]]:
    end = annotation.video.frame_count
    return [(start, end if stop is None else stop) for start, stop in track.spans()]


def single_frames(annotation: Annotation) -> Iterator[Finding]:
    """Find tracks of one frame."""
    for track in annotation.tracks.values():
        ((start, stop), *more) = _spans(annotation, track)
        if stop - start == 1 and not more and annotation.video.frame_count > 1:
            repair = edits.RemoveTrack(track.id)
            text = f"only on frame {start}"
            yield Finding("single_frame", start, stop, track.id, None, text, repair)


def holes(annotation: Annotation) -> Iterator[Finding]:
    """Find absences of one frame."""
    for track in annotation.tracks.values():
        for (_, start), (stop, _) in pairwise(_spans(annotation, track)):
            if stop - start == 1:
                repair = edits.SetOutside(track.id, start, stop, outside=False)
                text = "absent on one frame"
                yield Finding("hole", start, stop, track.id, None, text, repair)


def outside_picture(annotation: Annotation) -> Iterator[Finding]:
    """Find boxes of which no part is in the picture."""
    video = annotation.video
    boxes = annotation.dense()
    left, top, right, bottom = hull(boxes.box).T
    gone = (right <= 0) | (bottom <= 0) | (left >= video.width) | (top >= video.height)
    for id, start, stop in _runs(boxes.track[gone], boxes.frame[gone]):
        whole = (boxes.track == id).sum() == stop - start
        repair: Edit = edits.SetOutside(id, start, stop)
        if whole:
            repair = edits.RemoveTrack(id)
        text = f"not in the picture for {stop - start} frames"
        yield Finding("outside_picture", start, stop, id, None, text, repair)


def twins(annotation: Annotation) -> Iterator[Finding]:
    """Find pairs of tracks of one label that lie on each other."""
    boxes = annotation.dense()
    both = Overlaps.of(boxes, boxes, annotation.video.frame_count)
    ids = both.truth.ids
    near = (both.pair[0] < both.pair[1]) & (both.iou > TWIN_IOU)
    width = len(ids) + 1
    pair = both.pair[0][near] * width + both.pair[1][near]
    for code, start, stop in _runs(pair, both.frame[near]):
        one, two = (int(ids[place]) for place in divmod(code, width))
        labels = {annotation.tracks[id].label for id in (one, two)}
        if len(labels) > 1 or stop - start < TWIN_FRAMES:
            continue
        shorter = min(one, two, key=lambda id: (boxes.track == id).sum())
        repair: Edit = edits.SetOutside(shorter, start, stop)
        if (boxes.track == shorter).sum() <= stop - start:
            repair = edits.RemoveTrack(shorter)
        text = f"the same as #{two} for {stop - start} frames"
        yield Finding("twin", start, stop, one, two, text, repair)


def reuses(annotation: Annotation) -> Iterator[Finding]:
    """Find tracks that return after a while somewhere else."""
    least = SECONDS * annotation.video.fps
    for track in annotation.tracks.values():
        for (_, stop), (start, _) in pairwise(_spans(annotation, track)):
            before, after = track.at(stop - 1), track.at(start)
            if start - stop <= least or before is None or after is None:
                continue
            far = _distance(before, after) / max(before.w, before.h, after.w, after.h)
            if far > 2:
                repair = edits.SplitTrack(track.id, start)
                text = f"back after {start - stop} frames, {far:.1f} sizes away"
                yield Finding("id_reuse", stop, start, track.id, None, text, repair)


def breaks(annotation: Annotation) -> Iterator[Finding]:
    """Find tracks that begin where another one ended."""
    within = SECONDS * annotation.video.fps
    spans = {id: _spans(annotation, t) for id, t in annotation.tracks.items()}
    starts = sorted((each[0][0], id) for id, each in spans.items())
    frames = np.array([start for start, _ in starts])
    for id, each in spans.items():
        stop = each[-1][1]
        low, high = np.searchsorted(frames, (stop, stop + within + 1))
        for start, other in starts[low:high]:
            yield from _break(annotation, id, other, stop, start)


def _break(
    annotation: Annotation, id: int, other: int, stop: int, start: int
) -> Iterator[Finding]:
    track, later = annotation.tracks[id], annotation.tracks[other]
    before, after = track.at(stop - 1), later.at(start)
    if before is None or after is None or _leaves(annotation, before):
        return
    iou = float(rotated_iou(np.array([before.row]), np.array([after.row]))[0, 0])
    if iou <= JOIN_IOU:
        return
    merge: Edit = edits.MergeTracks(id, other)
    if start > stop:
        present = edits.SetOutside(id, stop, start, outside=False)
        merge = edits.Batch((merge, present))
    same = track.label == later.label
    kind: LintKind = "broken_identity" if same else "class_flip"
    text = f"#{other} begins {start - stop} frames after, IoU {iou:.2f}"
    if not same:
        text += f", as {later.label}"
    yield Finding(kind, stop - 1, start + 1, id, other, text, merge)


def _leaves(annotation: Annotation, box: Box) -> bool:
    """Whether a box reaches the border, where objects leave for good."""
    video = annotation.video
    left, top, right, bottom = hull(np.array([box.row]))[0].tolist()
    inside = left > 1 and top > 1 and right < video.width - 1
    return not (inside and bottom < video.height - 1)


def _distance(a: Box, b: Box) -> float:
    across = (a.x + a.w / 2) - (b.x + b.w / 2)
    return float(np.hypot(across, (a.y + a.h / 2) - (b.y + b.h / 2)))


def _runs(keys: np.ndarray, frames: np.ndarray) -> Iterator[tuple[int, int, int]]:
    """Find runs of consecutive frames of each key."""
    order = np.lexsort((frames, keys))
    keys, frames = keys[order], frames[order]
    cuts = np.flatnonzero((np.diff(keys) != 0) | (np.diff(frames) != 1)) + 1
    for run in np.split(np.arange(len(keys)), cuts) if len(keys) else ():
        yield int(keys[run[0]]), int(frames[run[0]]), int(frames[run[-1]]) + 1
