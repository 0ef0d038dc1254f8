"""Dense boxes: the keyframes of many tracks interpolated at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from boxreel.errors import AnnotationError
from boxreel.model.boxes import Boxes
from boxreel.model.keyframes import Bools, Bytes, Floats, Ints
from boxreel.model.track import Track
from boxreel.shapes.box import deltas, moved

ROWS_AT_ONCE: Final = 16_384  # so that the columns worked on stay in the cache


@dataclass(frozen=True, eq=False, slots=True)
class Runs:
    """What each keyframe says of the frames up to the next, for many tracks at once.

    All columns have one entry a keyframe, tracks one after the other.

    Parameters
    ----------
    track
        Track id.
    start, stop
        Frames governed, half-open; those of a track's last keyframe have no end.
    length
        Frames until the box has made its way; infinite where it stays.
    box, delta
        ``(5, k)``: box set out from, and how far each column goes.
    outside, occluded, source, score
        As of `Keyframes`.
    labels
        Label of each track by its id.
    """

    track: Ints
    start: Ints
    stop: Ints
    length: Floats
    box: Floats
    delta: Floats
    outside: Bools
    occluded: Bools
    source: Bytes
    score: Floats
    labels: Mapping[int, str]


def runs_of(tracks: Sequence[Track]) -> Runs:
    """Lay the keyframes of some tracks end to end.

    Examples
    --------
    >>> from boxreel.model import Keyframes
    >>> table = Keyframes([3, 9], [[0, 0, 1, 1], [6, 0, 1, 1]])
    >>> runs = runs_of([Track(1, "car", table)])
    >>> runs.length.tolist(), runs.delta[0].tolist()
    ([6.0, inf], [6.0, 0.0])
    """
    tables = [track.keyframes for track in tracks]
    counts = np.array([len(table) for table in tables], dtype=np.int64)
    start = _joined([table.frames for table in tables], np.int64)
    box = np.concatenate([np.empty((0, 5)), *(table.boxes for table in tables)]).T
    stays = _joined([table.hold for table in tables], np.bool_)
    last = counts.cumsum() - 1
    stays[last] = True
    stop = np.append(start[1:], 0)
    length = np.where(stays, np.inf, stop - start)
    stop[last] = np.iinfo(np.int64).max
    following = np.concatenate([box[:, 1:], box[:, :1]], axis=1)
    return Runs(
        track=np.repeat(np.array([track.id for track in tracks], np.int64), counts),
        start=start,
        stop=stop,
        length=length,
        box=box,
        delta=deltas(box, np.where(stays, box, following)),
        outside=_joined([table.outside for table in tables], np.bool_),
        occluded=_joined([table.occluded for table in tables], np.bool_),
        source=_joined([table.sources for table in tables], np.uint8),
        score=_joined([table.scores for table in tables], np.float64),
        labels=MappingProxyType({track.id: track.label for track in tracks}),
    )


def dense(runs: Runs, frames: Ints) -> Boxes:
    """Interpolate on the given frames.

    Parameters
    ----------
    runs
        Keyframes of the tracks.
    frames
        0-based frames, strictly increasing.

    Returns
    -------
    Boxes
        Those present, track by track, each in the order of frames; every value is,
        bit for bit, what `Track.at` gives.

    Examples
    --------
    >>> from boxreel.model import Keyframes
    >>> table = Keyframes([3, 9], [[0, 0, 1, 1], [6, 0, 1, 1]])
    >>> dense(runs_of([Track(1, "car", table)]), np.arange(2, 6)).x.tolist()
    [0.0, 1.0, 2.0]
    """
    low = frames.searchsorted(runs.start)
    counts = np.where(runs.outside, 0, frames.searchsorted(runs.stop) - low)
    used = np.flatnonzero(counts)
    low, counts = low[used], counts[used]
    ends = counts.cumsum()
    total = int(ends[-1]) if len(ends) else 0
    frame = np.empty(total, dtype=np.int64)
    box = np.empty((5, total))
    for part in _parts(ends):
        rows = slice(
            int(ends[part.start] - counts[part.start]), int(ends[part.stop - 1])
        )
        run, count = used[part], counts[part]
        first = np.repeat(low[part] - (ends[part] - count), count)
        frame[rows] = frames[first + np.arange(rows.start, rows.stop)]
        passed = frame[rows] - np.repeat(runs.start[run], count)
        box[:, rows] = moved(
            np.repeat(runs.box[:, run], count, axis=1),
            np.repeat(runs.delta[:, run], count, axis=1),
            passed / np.repeat(runs.length[run], count),
        )
    keyframe = np.zeros(total, dtype=np.bool_)
    keyframe[ends - counts] = frames[low] == runs.start[used]
    return Boxes(
        frame=frame,
        track=np.repeat(runs.track[used], counts),
        box=box.T,
        occluded=np.repeat(runs.occluded[used], counts),
        keyframe=keyframe,
        source=np.repeat(runs.source[used], counts),
        score=np.repeat(runs.score[used], counts),
        labels=runs.labels,
    )


def checked_frames(frames: Iterable[int] | None, count: int) -> Ints:
    """Bring frames of a video into order, each once; None stands for all.

    Raises
    ------
    AnnotationError
        No integers, or a frame that a video of `count` frames does not have.

    Examples
    --------
    >>> checked_frames([5, 3, 5], 300).tolist()
    [3, 5]
    """
    if frames is None:
        return np.arange(count)
    if not isinstance(frames, Iterable):
        raise AnnotationError(f"frames must be several, as [{frames!r:.100}]")
    given = frames if isinstance(frames, np.ndarray) else np.array([*frames])
    if given.ndim != 1 or (given.size and given.dtype.kind not in "iu"):
        raise AnnotationError(f"frames must be integers, not {frames!r:.100}")
    wanted = np.unique(given.astype(np.int64))
    for frame in (*wanted[:1], *wanted[-1:]):
        if not 0 <= frame < count:
            raise AnnotationError(
                f"frame {frame} is not in the video: its frames are 0 to {count - 1}"
            )
    return wanted


def _parts(ends: Ints) -> Iterator[slice]:
    """Cut runs that end at these rows into slices of not too many rows."""
    start = 0
    while start < len(ends):
        row = ends[start] + ROWS_AT_ONCE
        stop = max(start + 1, int(ends.searchsorted(row)))
        yield slice(start, stop)
        start = stop


def _joined(columns: list[npt.NDArray[Any]], dtype: npt.DTypeLike) -> npt.NDArray[Any]:
    return np.concatenate([np.empty(0, dtype), *columns])
