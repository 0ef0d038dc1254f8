"""Keyframes: the columnar table that a track consists of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from boxreel.errors import AnnotationError
from boxreel.model.keyframe import SOURCES, Keyframe, source_index
from boxreel.model.show import keyframes_sheet
from boxreel.shapes.box import Box, checked_rows, deltas, moved

Ints: TypeAlias = npt.NDArray[np.int64]
Floats: TypeAlias = npt.NDArray[np.float64]
Bools: TypeAlias = npt.NDArray[np.bool_]
Bytes: TypeAlias = npt.NDArray[np.uint8]


@dataclass(frozen=True, init=False, eq=False, repr=False, slots=True)
class Keyframes:
    """Keyframes of one track, as read-only columns sorted by frame.

    Parameters
    ----------
    frames
        ``(n,)`` 0-based frames, strictly increasing, stored as int64.
    boxes
        ``(n, 4)`` or ``(n, 5)``: x, y, w, h in pixels and rotation in degrees,
        stored as float64 ``(n, 5)``.
    outside, occluded, hold
        ``(n,)`` bool, or one for all; see `Keyframe`.
    sources
        ``(n,)`` indices into `SOURCES`, stored as uint8, or one name for all.
    scores
        ``(n,)`` confidences, stored as float64 with NaN for none, or one for all.

    Raises
    ------
    AnnotationError
        Frames that are no integers, negative, unsorted or doubled, boxes that are
        none, or columns of unequal length.

    Examples
    --------
    >>> table = Keyframes([0, 30], [[10, 20, 40, 30], [60, 22, 44, 33]])
    >>> table
    2 keyframes on frames 0 to 30
    frame   x   y   w   h  rotation  outside  occluded  hold  source  score
        0  10  20  40  30         0                            human
       30  60  22  44  33         0                            human
    >>> table[1].box
    Box(x=60.0, y=22.0, w=44.0, h=33.0, rotation=0.0)
    """

    frames: Ints
    boxes: Floats
    outside: Bools
    occluded: Bools
    hold: Bools
    sources: Bytes
    scores: Floats

    def __init__(
        self,
        frames: npt.ArrayLike,
        boxes: npt.ArrayLike,
        outside: npt.ArrayLike = False,
        occluded: npt.ArrayLike = False,
        hold: npt.ArrayLike = False,
        sources: npt.ArrayLike = "human",
        scores: npt.ArrayLike = np.nan,
    ) -> None:
        checked = _checked_frames(frames)
        rows = checked_rows(boxes, checked.tolist())
        if len(rows) != len(checked):
            raise AnnotationError(_unequal(len(rows), "boxes", len(checked)))
        if isinstance(sources, str):
            sources = source_index(sources)
        self._store(
            frames=checked,
            boxes=rows,
            outside=_flags(outside, "outside", len(checked)),
            occluded=_flags(occluded, "occluded", len(checked)),
            hold=_flags(hold, "hold", len(checked)),
            sources=_checked_sources(sources, len(checked)),
            scores=_checked_scores(scores, len(checked)),
        )

    @classmethod
    def of(cls, rows: Sequence[Keyframe]) -> Keyframes:
        """Make the table of some keyframes in any order.

        Raises
        ------
        AnnotationError
            Two are on one frame.

        Examples
        --------
        >>> rows = [Keyframe(9, Box(0, 0, 1, 1)), Keyframe(3, Box(0, 0, 1, 1))]
        >>> Keyframes.of(rows).frames.tolist()
        [3, 9]
        """
        rows = sorted(rows, key=lambda row: row.frame)
        return cls(
            frames=np.array([row.frame for row in rows], dtype=np.int64),
            boxes=np.array([row.box.row for row in rows]),
            outside=np.array([row.outside for row in rows], dtype=np.bool_),
            occluded=np.array([row.occluded for row in rows], dtype=np.bool_),
            hold=np.array([row.hold for row in rows], dtype=np.bool_),
            sources=np.array([SOURCES.index(row.source) for row in rows], np.uint8),
            scores=np.array([row.score for row in rows], dtype=np.float64),
        )

    @classmethod
    def cut(
        cls, bounds: Sequence[int], columns: Mapping[str, npt.NDArray[Any]]
    ) -> Iterator[Keyframes]:
        """Make the tables of many tracks, whose rows stand one track after the other.

        Parameters
        ----------
        bounds
            Where each table begins, and the end of the last.
        columns
            All columns by name, in the types they are stored in. Boxes are as of
            `checked_rows`; the frames of each table are in order, from 0 on, none of
            them twice: that is not checked.

        Raises
        ------
        AnnotationError
            A score that is infinite.

        Examples
        --------
        >>> whole = Keyframes([0, 9, 12], [[10, 20, 40, 30]] * 3)
        >>> [len(table) for table in Keyframes.cut([0, 2, 3], whole.columns())]
        [2, 1]
        """
        scores = _checked_scores(columns["scores"], len(columns["frames"]))
        whole = cls._trusted({**columns, "scores": scores})
        for start, stop in pairwise(bounds):
            yield whole.slice(start, stop)

    @classmethod
    def _trusted(cls, columns: Mapping[str, npt.NDArray[Any]]) -> Keyframes:
        """Make a table of columns that are known to be in order."""
        table = object.__new__(cls)
        table._store(**columns)
        return table

    def _store(self, **columns: npt.NDArray[Any]) -> None:
        for name, column in columns.items():
            column.setflags(write=False)
            object.__setattr__(self, name, column)

    def columns(self) -> dict[str, npt.NDArray[Any]]:
        """All columns by name."""
        return {name: getattr(self, name) for name in self.__slots__}

    def __len__(self) -> int:
        return len(self.frames)

    def __getitem__(self, index: int) -> Keyframe:
        score = float(self.scores[index])
        return Keyframe(
            frame=int(self.frames[index]),
            box=Box(*self.boxes[index].tolist()),
            outside=bool(self.outside[index]),
            occluded=bool(self.occluded[index]),
            hold=bool(self.hold[index]),
            source=SOURCES[self.sources[index]],
            score=None if score != score else score,
        )

    def __iter__(self) -> Iterator[Keyframe]:
        return (self[index] for index in range(len(self)))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Keyframes):
            return NotImplemented
        if self is other:
            return True
        mine, others = self.columns(), other.columns()
        scores = mine.pop("scores"), others.pop("scores")
        return np.array_equal(*scores, equal_nan=True) and all(
            np.array_equal(column, others[name]) for name, column in mine.items()
        )

    def __hash__(self) -> int:
        return hash((self.frames.tobytes(), self.boxes.tobytes()))

    def __reduce__(self) -> tuple[Any, ...]:
        return Keyframes, tuple(self.columns().values())

    def __repr__(self) -> str:
        return keyframes_sheet(self).text()

    def _repr_html_(self) -> str:
        return keyframes_sheet(self).html()

    def index_at(self, frame: int) -> int:
        """Index of the last keyframe at or before a frame, -1 when there is none."""
        return int(self.frames.searchsorted(frame, side="right")) - 1

    def has(self, frame: int) -> bool:
        """Whether there is a keyframe on the frame itself."""
        index = self.index_at(frame)
        return index >= 0 and int(self.frames[index]) == frame

    def present_at(self, frame: int) -> bool:
        """Whether the object is present on a frame."""
        index = self.index_at(frame)
        return index >= 0 and not self.outside[index]

    def row_at(self, frame: int) -> Floats:
        """Geometry on a frame, ``(5,)``, whether the object is present or not.

        Before the first keyframe it is that one's.
        """
        index = max(self.index_at(frame), 0)
        start = int(self.frames[index])
        if frame <= start or index + 1 == len(self) or self.hold[index]:
            box: Floats = self.boxes[index]
            return box
        a, b = self.boxes[index, :, None], self.boxes[index + 1, :, None]
        t = np.array([(frame - start) / (int(self.frames[index + 1]) - start)])
        return moved(a, deltas(a, b), t).reshape(-1)

    def slice(self, start: int, stop: int | None = None) -> Keyframes:
        """Rows from index `start` up to index `stop`."""
        return self._trusted(
            {name: column[start:stop] for name, column in self.columns().items()}
        )

    def on(self, frame: int) -> Keyframes:
        """Take the row on a frame, if there is one."""
        return self.before(frame + 1).after(frame - 1)

    def before(self, frame: int) -> Keyframes:
        """Rows before a frame."""
        return self.slice(0, self.index_at(frame - 1) + 1)

    def after(self, frame: int) -> Keyframes:
        """Rows after a frame."""
        return self.slice(self.index_at(frame) + 1)

    def then(self, other: Keyframes) -> Keyframes:
        """Append the rows of `other`, all of which must lie after these."""
        others = other.columns()
        return self._trusted(
            {
                name: np.concatenate([column, others[name]])
                for name, column in self.columns().items()
            }
        )

    def put(self, row: Keyframe) -> Keyframes:
        """Rows with `row` inserted, or in place of the one on its frame."""
        return self.before(row.frame).then(self.of([row])).then(self.after(row.frame))

    def pinned(self, frame: int, **state: bool) -> Keyframes:
        """Rows with a keyframe on `frame` that changes no box, given another state.

        It takes geometry and state as they are in force there, except for the flags
        given as `state`.
        """
        index = max(self.index_at(frame), 0)
        row = self.slice(index, index + 1).columns()
        row["frames"] = np.array([frame], dtype=np.int64)
        row["boxes"] = self.row_at(frame)[None].copy()
        for flag, value in state.items():
            row[flag] = np.array([value])
        return self.before(frame).then(self._trusted(row)).then(self.after(frame))

    def removed(self, index: int) -> Keyframes:
        """Rows without the one at an index."""
        return self.slice(0, index).then(self.slice(index + 1))

    def picked(self, rows: Bools) -> Keyframes:
        """Rows where a mask of shape ``(n,)`` is true."""
        return self._trusted(
            {name: column[rows] for name, column in self.columns().items()}
        )

    def filled(self, flag: str, start: int, stop: int, value: bool) -> Keyframes:
        """Rows with a flag set from index `start` up to index `stop`."""
        columns = self.columns()
        columns[flag] = columns[flag].copy()
        columns[flag][start:stop] = value
        return self._trusted(columns)

    def moved(self, index: int, frame: int) -> Keyframes:
        """Rows with the one at an index on another frame between its neighbours."""
        frames = self.frames.copy()
        frames[index] = frame
        return self._trusted(self.columns() | {"frames": frames})

    def shifted(self, by: int) -> Keyframes:
        """Rows moved by some frames."""
        return self._trusted(self.columns() | {"frames": self.frames + by})


def _checked_frames(values: Any) -> Ints:
    frames = np.asarray(values)
    if frames.ndim != 1 or (len(frames) and frames.dtype.kind not in "iu"):
        raise AnnotationError(
            f"the frames of keyframes must be integers, not {values!r:.100}"
        )
    frames = np.array(frames, dtype=np.int64)
    if len(frames) and frames[0] < 0:
        raise AnnotationError(f"frame is {frames[0]}; frames are counted from 0")
    stalled = np.flatnonzero(np.diff(frames) <= 0)
    if len(stalled):
        before, after = frames[stalled[0]], frames[stalled[0] + 1]
        raise AnnotationError(
            f"two keyframes on frame {after}: leave one out"
            if before == after
            else f"keyframes must be sorted by frame, but {after} follows {before}"
        )
    return frames


def _flags(values: Any, name: str, count: int) -> Bools:
    flags = np.asarray(values)
    if flags.dtype != np.bool_ and flags.size:
        raise AnnotationError(f"{name} must be true or false, not {values!r:.100}")
    return _column(flags, name, count).astype(np.bool_)


def _checked_sources(values: Any, count: int) -> Bytes:
    sources = np.asarray(values)
    if sources.size and (
        sources.dtype.kind not in "iu" or sources.min() < 0 or sources.max() >= 4
    ):
        raise AnnotationError(
            f"sources must be one of {', '.join(SOURCES)} "
            f"or their indices 0 to 3, not {values!r:.100}"
        )
    return _column(sources, "sources", count).astype(np.uint8)


def _checked_scores(values: Any, count: int) -> Floats:
    scores = np.asarray(values)
    if scores.size and (scores.dtype.kind not in "iuf" or np.isinf(scores).any()):
        raise AnnotationError(f"a score must be a finite number, not {values!r:.100}")
    return _column(scores, "scores", count).astype(np.float64)


def _column(values: npt.NDArray[Any], name: str, count: int) -> npt.NDArray[Any]:
    if values.ndim == 0:
        return np.full(count, values)
    if values.shape != (count,):
        raise AnnotationError(_unequal(len(values), name, count))
    return values


def _unequal(given: int, name: str, count: int) -> str:
    return f"{given} {name} for {count} frames: give one a frame"
