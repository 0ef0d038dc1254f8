"""Frames and boxes that Python wants a person to look at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from boxreel.model import Boxes
from boxreel.model.columns import is_missing

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_BOX = ("x", "y", "w", "h")


@dataclass(frozen=True, eq=False)
class Marks:
    """Ranges of frames to step through, and boxes to see there.

    Attributes
    ----------
    name
        What they are.
    spans
        Half-open ranges in order: start, stop, the id of a track or None, a text.
    frames, boxes
        ``(n,)`` int64 and ``(n, 5)`` float64: on which frame there is a box, and its
        x, y, w, h in pixels and rotation in degrees.
    """

    name: str = ""
    spans: tuple[tuple[int, int, int | None, str], ...] = ()
    frames: Ints = field(default_factory=lambda: np.empty(0, np.int64))
    boxes: Floats = field(default_factory=lambda: np.empty((0, 5)))


def marks_of(what: Any, frame_count: int, name: str = "") -> Marks:
    """Return what a person is to look at.

    Parameters
    ----------
    what
        Frames from 0: one, many, or a bool for each frame of the video. A table
        (DataFrame, dict of columns, `Boxes`) with the column ``frame``, or ``start``
        and ``stop`` of half-open ranges; if there are any, its columns ``track`` (ids),
        ``text``, and ``x, y, w, h`` with ``rotation`` (boxes in pixels). None for
        nothing. Frames that follow each other are one place to look at, unless the
        track or the text changes.
    frame_count
        Number of frames of the video.
    name
        What they are, such as ``"low score"``.

    Raises
    ------
    TypeError
        If it is none of these.
    ValueError
        If a frame lies outside the video, or a box has no size.

    Examples
    --------
    >>> marks_of([3, 4, 9], 50).spans
    ((3, 5, None, ''), (9, 10, None, ''))
    >>> marks_of({"frame": [3, 4], "track": [1, 2]}, 50).spans
    ((3, 4, 1, ''), (4, 5, 2, ''))
    """
    table = _table(what, frame_count)
    if "frame" in table:
        start = _integers(table["frame"], "frame")
        stop = start + 1
    elif "start" in table and "stop" in table:
        start = _integers(table["start"], "start")
        stop = _integers(table["stop"], "stop")
    else:
        raise TypeError(
            "a table of marks has a column frame, or start and stop; this one has "
            + (", ".join(map(repr, table)) or "none")
        )
    for low, high in zip(start.tolist(), stop.tolist(), strict=True):
        if not 0 <= low < high <= frame_count:
            where = f"frame {low}" if high == low + 1 else f"frames [{low}, {high})"
            raise ValueError(f"there is no {where}: the video has {frame_count} frames")
    tracks = _tracks(table.get("track"), len(start))
    texts = _texts(table.get("text"), len(start))
    spans = _joined(zip(start.tolist(), stop.tolist(), tracks, texts, strict=True))
    frames, boxes = _boxes(table, start)
    return Marks(name, spans, frames, boxes)


def _table(what: Any, frame_count: int) -> dict[str, Any]:
    """Return columns by name."""
    if what is None:
        return {"frame": []}
    if isinstance(what, Boxes):
        return dict(what.columns())
    if hasattr(what, "columns") or isinstance(what, Mapping):
        return {str(name): what[name] for name in getattr(what, "columns", what)}
    if isinstance(what, str) or not np.ndim(what) <= 1:
        raise TypeError(f"frames, a table of them or None, not {what!r:.60}")
    frames = np.atleast_1d(np.asarray(what if np.ndim(what) else [what]))
    if frames.dtype != bool:
        return {"frame": frames}
    if len(frames) != frame_count:
        raise ValueError(
            f"{len(frames)} bools for {frame_count} frames; give one for each frame"
        )
    return {"frame": np.flatnonzero(frames)}


def _integers(values: Any, name: str) -> Ints:
    column = np.asarray(values)
    if len(column) == 0:
        return np.empty(0, np.int64)
    if column.dtype.kind not in "iu":
        raise TypeError(f"{name} must be integers, not {column.dtype}")
    return column.astype(np.int64)


def _tracks(values: Any, count: int) -> list[int | None]:
    if values is None:
        return [None] * count
    return [None if is_missing(value) else int(value) for value in values]


def _texts(values: Any, count: int) -> list[str]:
    if values is None:
        return [""] * count
    return ["" if is_missing(value) else str(value) for value in values]


def _joined(
    rows: Iterable[tuple[int, int, int | None, str]],
) -> tuple[tuple[int, int, int | None, str], ...]:
    """Join ranges that touch and have the same track and text; sort by start."""
    ordered = sorted(rows, key=lambda row: (row[2] or 0, row[3], row[0]))
    joined: list[tuple[int, int, int | None, str]] = []
    for start, stop, track, text in ordered:
        last = joined[-1] if joined else None
        if last and last[2:] == (track, text) and start <= last[1]:
            joined[-1] = (last[0], max(stop, last[1]), track, text)
        else:
            joined.append((start, stop, track, text))
    return tuple(sorted(joined, key=lambda row: (row[0], row[2] or 0)))


def _boxes(table: Mapping[str, Any], frames: Ints) -> tuple[Ints, Floats]:
    if "frame" not in table or not all(name in table for name in _BOX):
        return Marks().frames, Marks().boxes
    columns = [np.asarray(table[name], np.float64) for name in _BOX]
    turned = table.get("rotation", np.zeros(len(frames)))
    boxes = np.column_stack([*columns, np.asarray(turned, np.float64)])
    there = np.isfinite(boxes).all(axis=1)
    flat = there & ~(boxes[:, 2:4] > 0).all(axis=1)
    if flat.any():
        row = int(np.flatnonzero(flat)[0])
        raise ValueError(f"row {row} has no size: w, h = {boxes[row, 2:4].tolist()}")
    return frames[there], boxes[there]
