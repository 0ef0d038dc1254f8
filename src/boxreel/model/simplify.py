"""Dense tracks become editable: few keyframes between which boxes move."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from numbers import Real
from typing import Any

import numpy as np
import numpy.typing as npt

from boxreel.errors import AnnotationError
from boxreel.geometry import paired_iou
from boxreel.model.fewest import fewest
from boxreel.model.keyframe import Source, source_index
from boxreel.model.keyframes import Bools, Floats, Ints
from boxreel.model.track import Track
from boxreel.shapes.box import deltas, moved

ROWS_AT_ONCE = 1 << 20
"""Keyframes of tracks that are worked on together."""

FRAMES_AT_ONCE = 1 << 15
"""Frames of which the overlap is looked at together, so that they stay in the cache."""


@dataclass(frozen=True)
class Simplified:
    """What simplifying did.

    Attributes
    ----------
    before, after
        Keyframes there were and are.
    worst_iou
        Least overlap of a box with the one it was before, over every frame; 1 where
        nothing changed.
    """

    before: int
    after: int
    worst_iou: float

    def __str__(self) -> str:
        return (
            f"{self.before:,} boxes -> {self.after:,} keyframes, "
            f"worst IoU {self.worst_iou:.2f}"
        )


def simplified(
    tracks: Sequence[Track], min_iou: float, keep: Collection[Source]
) -> tuple[list[Track], Simplified]:
    """Leave out keyframes that movement between the others makes up for.

    Parameters
    ----------
    tracks
        Of one video.
    min_iou
        Least overlap, in (0, 1], that a box has on every frame with the one it was.
    keep
        Sources whose keyframes stay.

    Returns
    -------
    list of Track, Simplified
        The tracks in their order, those that nothing was left out of as they were;
        and what was done.

    Raises
    ------
    AnnotationError
        A bound or a source that is none.

    Notes
    -----
    Where an object comes or goes, is occluded or not, holds or changes its source, all
    keyframes stay: no frame's state changes, and no frame's presence. A keyframe that
    stays keeps its box and its score.

    Examples
    --------
    >>> from boxreel.model import Keyframes
    >>> table = Keyframes(range(9), [[4 * f, 0, 40, 20] for f in range(9)])
    >>> tracks, done = simplified([Track(1, "car", table)], 0.9, keep=())
    >>> tracks[0].keyframes.frames.tolist(), str(done)
    ([0, 8], '9 boxes -> 2 keyframes, worst IoU 1.00')
    """
    given: object = min_iou
    number = isinstance(given, Real) and not isinstance(given, bool)
    if not (number and 0 < min_iou <= 1):
        raise AnnotationError(
            f"min_iou is {min_iou!r}: give a least overlap over 0 and up to 1, as 0.9"
        )
    kept_sources = np.array([source_index(source) for source in keep], np.uint8)
    result: list[Track] = []
    worst = 1.0
    for some in _batches(tracks):
        thinned, strays = _thinned(some, min_iou, kept_sources)
        worst = min(worst, strays)
        result += thinned
    before = sum(len(track.keyframes) for track in tracks)
    after = sum(len(track.keyframes) for track in result)
    return result, Simplified(before, after, worst)


def _batches(tracks: Sequence[Track]) -> list[list[Track]]:
    batches: list[list[Track]] = []
    rows = ROWS_AT_ONCE
    for track in tracks:
        rows += len(track.keyframes)
        if rows > ROWS_AT_ONCE:
            batches.append([])
            rows = len(track.keyframes)
        batches[-1].append(track)
    return batches


def _thinned(
    tracks: Sequence[Track], min_iou: float, kept_sources: npt.NDArray[np.uint8]
) -> tuple[list[Track], float]:
    """Return the tracks with fewer keyframes, and the least overlap with their own."""
    tables = [track.keyframes for track in tracks]
    ends = np.cumsum([len(table) for table in tables])
    columns = {
        name: np.concatenate([getattr(table, name) for table in tables])
        for name in tables[0].columns()
    }
    fixed = np.isin(columns["sources"], kept_sources) | _changes(columns)
    fixed[ends - 1] = fixed[ends[:-1]] = fixed[0] = True
    at = np.flatnonzero(fixed)
    spans = np.stack([at[:-1], at[1:]], axis=1)[np.diff(at) > 1]
    frames, boxes = columns["frames"], columns["boxes"]
    stays = fixed | fewest(frames, boxes, spans, min_iou)
    thinned = [
        track if part.all() else replace(track, keyframes=track.keyframes.picked(part))
        for track, part in zip(tracks, np.split(stays, ends[:-1]), strict=True)
    ]
    turn = np.repeat(np.arange(len(tables)), [len(table) for table in tables])
    return thinned, _worst(frames + turn * (frames.max() + 1), boxes, stays)


def _changes(columns: Mapping[str, npt.NDArray[Any]]) -> Bools:
    """Rows where the state changes, and those beside an absence."""
    outside, hold = columns["outside"], columns["hold"]
    changes = outside | hold
    changes[:-1] |= outside[1:]
    changes[1:] |= outside[:-1] | hold[:-1]
    for name in ("occluded", "sources"):
        changes[1:] |= columns[name][1:] != columns[name][:-1]
    return np.asarray(changes)


def _worst(frames: Ints, boxes: Floats, stays: Bools) -> float:
    """Least overlap of boxes with the way between those that stay, on every frame.

    Frames go on from track to track; none is there twice.
    """
    kept = np.flatnonzero(stays)
    thin = np.diff(kept) > 1
    starts, stops = kept[:-1][thin], kept[1:][thin]
    between = frames[stops] - frames[starts] - 1
    worst = 1.0
    for some in np.array_split(
        np.arange(len(starts)), between.sum() // FRAMES_AT_ONCE + 1
    ):
        count = between[some]
        first, last = (np.repeat(rows[some], count) for rows in (starts, stops))
        passed = np.arange(count.sum()) - np.repeat(count.cumsum() - count, count) + 1
        at = frames[first] + passed
        row = np.minimum(first + passed, last)
        if (frames[row] == at).all():  # a row a frame
            was = boxes[row]
        else:
            row = frames.searchsorted(at, side="right") - 1
            was = _between(frames, boxes, row, row + 1, at)
        iou = paired_iou(was, _between(frames, boxes, first, last, at))
        worst = min(worst, float(iou.min(initial=1)))
    return worst


def _between(frames: Ints, boxes: Floats, start: Ints, stop: Ints, at: Ints) -> Floats:
    """Boxes on frames between two rows each."""
    a, b = boxes[start].T, boxes[stop].T
    t = (at - frames[start]) / (frames[stop] - frames[start])
    return moved(a, deltas(a, b), t).T
