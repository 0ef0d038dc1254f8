"""Dense tracks become editable: few keyframes between which boxes move."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from boxreel.errors import AnnotationError
from boxreel.geometry import paired_iou
from boxreel.model.fewest import fewest
from boxreel.model.interpolate import dense, runs_of
from boxreel.model.keyframe import Source, source_index
from boxreel.model.keyframes import Bools
from boxreel.model.track import Track

ROWS_AT_ONCE = 1 << 20
"""Keyframes of tracks that are worked on together."""


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
    if not 0 < min_iou <= 1:
        raise AnnotationError(
            f"min_iou is {min_iou}: give a least overlap over 0 and up to 1, as 0.9"
        )
    kept_sources = np.array([source_index(source) for source in keep], np.uint8)
    result: list[Track] = []
    worst = 1.0
    for some in _batches(tracks):
        thinned = _thinned(some, min_iou, kept_sources)
        worst = min(worst, _worst(some, thinned))
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
) -> list[Track]:
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
    stays = fixed | fewest(columns["frames"], columns["boxes"], spans, min_iou)
    return [
        track if part.all() else replace(track, keyframes=track.keyframes.picked(part))
        for track, part in zip(tracks, np.split(stays, ends[:-1]), strict=True)
    ]


def _changes(columns: Mapping[str, npt.NDArray[Any]]) -> Bools:
    """Rows where the state changes, and those beside an absence."""
    outside, hold = columns["outside"], columns["hold"]
    changes = outside | hold
    changes[:-1] |= outside[1:]
    changes[1:] |= outside[:-1] | hold[:-1]
    for name in ("occluded", "sources"):
        changes[1:] |= columns[name][1:] != columns[name][:-1]
    return np.asarray(changes)


def _worst(before: Sequence[Track], after: Sequence[Track]) -> float:
    """Least overlap over every frame of tracks before and after."""
    pairs = [
        (old, new) for old, new in zip(before, after, strict=True) if old is not new
    ]
    worst = 1.0
    for old, new in pairs:
        first, last = (int(old.keyframes.frames[i]) for i in (0, -1))
        frames = np.arange(first, last + 1)
        a, b = (dense(runs_of([track]), frames).box for track in (old, new))
        worst = min(worst, float(paired_iou(a, b).min()))
    return worst
