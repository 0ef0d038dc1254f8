"""The rows of a MOT file as columns, checked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec

import numpy as np
from numpy.typing import NDArray

from boxreel.errors import FormatError
from boxreel.formats.base import Source

COLUMNS = (6, 7, 9, 10)
LONG = 1 << 20
"""Characters from which on a file is worth the time that Arrow takes to load."""


@dataclass
class Table:
    """The rows of a MOT file, by track, then frame.

    Attributes
    ----------
    source : Source
        Where they come from.
    lines : ndarray of int64, shape (n,)
        1-based line of each row.
    columns : int
        How many columns the file has.
    frames, tracks : ndarray of int64, shape (n,)
        0-based frames; track ids, positive.
    boxes : ndarray of float64, shape (n, 5)
        x, y, w, h in pixels; rotation 0.
    confidence, classes, visibility : ndarray of float64, shape (n,)
        Columns 7 to 9; 1, -1 and 1 where the file has none.
    """

    source: Source
    lines: NDArray[np.int64]
    columns: int
    frames: NDArray[np.int64]
    tracks: NDArray[np.int64]
    boxes: NDArray[np.float64]
    confidence: NDArray[np.float64]
    classes: NDArray[np.float64]
    visibility: NDArray[np.float64]

    def refuse(self, bad: NDArray[np.bool_], message: Callable[[int], str]) -> None:
        """Raise a FormatError with the line of the first row in `bad` (n,)."""
        _refuse(self.source, self.lines, bad, message)

    def place(self, rows: NDArray[np.bool_]) -> str:
        """Name the line of the first row in `rows` (n,)."""
        return f"line {self.lines[rows].min()}" if rows.any() else ""


def read_table(source: Source, frame_base: int, pixel_base: float) -> Table:
    """Read and check the rows of a MOT file.

    Ids start at 1: an id 0 shifts all, a row with id -1 gets an id of its own.

    Parameters
    ----------
    source
        The file.
    frame_base, pixel_base
        Number of the first frame, coordinate of the picture's top-left corner.

    Raises
    ------
    FormatError
        Naming the line of the first row that is wrong.
    """
    values = _quick(source.text)
    lines = np.arange(1, len(values) + 1)
    if not len(values):
        texts = source.text.split("\n")
        lines = np.array([i for i, t in enumerate(texts, 1) if t.strip()], np.int64)
        values = _numbers(source, texts, lines)
    frame, identity, width, height = (values[:, i] for i in (0, 1, 4, 5))

    def refuse(bad: NDArray[np.bool_], message: Callable[[int], str]) -> None:
        _refuse(source, lines, bad, message)

    refuse(~np.all(np.isfinite(values), axis=1), lambda i: "nan and inf are no values")
    broken = [(one != np.trunc(one)) | (np.abs(one) >= 1e15) for one in values.T[:2]]
    refuse(
        broken[0] | broken[1],
        lambda i: f"frame {frame[i]:g} and id {identity[i]:g} must be integers",
    )
    refuse(
        frame < frame_base,
        lambda i: (
            f"frame {frame[i]:g} comes before frame_base={frame_base}; "
            "pass the number of the first frame as frame_base="
        ),
    )
    refuse(identity < -1, lambda i: f"id {identity[i]:g} is negative")
    refuse(
        (width <= 0) | (height <= 0),
        lambda i: f"width {width[i]:g} and height {height[i]:g} must be positive",
    )
    frames = frame.astype(np.int64) - frame_base
    tracks = _identities(source, identity.astype(np.int64))
    order = np.lexsort((frames, tracks))
    lines, frames, tracks = (column[order] for column in (lines, frames, tracks))
    twice = (np.diff(tracks) == 0) & (np.diff(frames) == 0)
    _refuse(
        source,
        lines[1:],
        twice,
        lambda i: (
            f"frame {frame[order[i]]:g} has id {identity[order[i]]:g} twice, "
            f"already on line {lines[i]}"
        ),
    )
    boxes = np.zeros((len(values), 5))
    for side in range(4):
        boxes[:, side] = values[:, 2 + side].take(order)
    boxes[:, :2] -= pixel_base
    columns = values.shape[1]
    one = np.ones(len(values))
    if columns == 10:
        place = (values[:, 7:] != -1).any(axis=1).take(order)
        if place.any():
            source.notes.dropped(
                "columns 8 to 10 (position in 3-D)",
                f"line {lines[place].min()}",
                int(place.sum()),
            )
    return Table(
        source=source,
        lines=lines,
        columns=columns,
        frames=frames,
        tracks=tracks,
        boxes=boxes,
        confidence=values[:, 6].take(order) if columns > 6 else one,
        classes=values[:, 7].take(order) if columns == 9 else -one,
        visibility=values[:, 8].take(order) if columns == 9 else one,
    )


def _quick(text: str) -> NDArray[np.float64]:
    """Return the values of a long file with a row on every line; none of others.

    Arrow, where it is installed, reads several times as fast as numpy; what it does
    not take is left to `_numbers`, which says what is wrong.
    """
    nothing = np.empty((0, 9))
    if len(text) < LONG or find_spec("pyarrow") is None:
        return nothing
    from pyarrow import BufferReader, csv, float64, lib

    columns = text[: text.find("\n")].count(",") + 1
    names = [str(i) for i in range(columns)]
    try:
        table = csv.read_csv(
            BufferReader(text.encode()),
            csv.ReadOptions(column_names=names),
            csv.ParseOptions(quote_char=False, ignore_empty_lines=False),
            csv.ConvertOptions(
                column_types=dict.fromkeys(names, float64()), null_values=[]
            ),
        )
    except lib.ArrowInvalid:
        return nothing
    if columns not in COLUMNS:
        return nothing
    values = np.empty((columns, table.num_rows))
    for row, column in zip(values, table.columns, strict=True):
        row[:] = column.to_numpy()
    return values.T


def _numbers(
    source: Source, texts: Sequence[str], lines: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Return the values (n, columns), or say which line has none."""
    if len(lines) == 0:
        return np.empty((0, 9))
    rows = [texts[line - 1] for line in lines.tolist()]
    try:
        values: NDArray[np.float64] = np.loadtxt(
            rows, delimiter=",", comments=None, ndmin=2
        )
    except ValueError as error:
        raise _first_bad(source, rows, lines) or source.error(str(error)) from None
    if values.shape[1] not in COLUMNS:
        raise source.error(
            f"{values.shape[1]} columns; MOT files have {COLUMNS}", int(lines[0])
        )
    return values


def _first_bad(
    source: Source, rows: Sequence[str], lines: NDArray[np.int64]
) -> FormatError | None:
    columns = len(rows[0].split(","))
    for row, line in zip(rows, lines.tolist(), strict=True):
        fields = row.split(",")
        if len(fields) != columns:
            return source.error(
                f"{len(fields)} columns where the first row has {columns}", line
            )
        wrong = next((field for field in fields if not _is_number(field)), None)
        if wrong is not None:
            return source.error(f"{wrong.strip()[:60]!r} is not a number", line)
    return None


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _identities(source: Source, tracks: NDArray[np.int64]) -> NDArray[np.int64]:
    if (tracks == 0).any():
        source.notes.guessed("ids start at 0 in the file; each is one higher here")
        tracks = np.where(tracks >= 0, tracks + 1, tracks)
    nobody = tracks == -1
    if nobody.any():
        source.notes.guessed(
            "rows without an id (-1) are tracks of one frame", count=int(nobody.sum())
        )
        start = tracks.max(initial=0) + 1
        tracks[nobody] = start + np.arange(nobody.sum())
    return tracks


def _refuse(
    source: Source,
    lines: NDArray[np.int64],
    bad: NDArray[np.bool_],
    message: Callable[[int], str],
) -> None:
    if bad.any():
        i = int(np.flatnonzero(bad)[np.argmin(lines[bad])])
        raise source.error(message(i), int(lines[i]))
