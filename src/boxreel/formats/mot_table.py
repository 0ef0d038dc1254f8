"""The rows of a MOT file as columns, checked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib.util import find_spec
from io import SEEK_END
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from boxreel.errors import FormatError
from boxreel.formats.base import Source

COLUMNS = (6, 7, 9, 10)
LONGEST_ROW = 1 << 12
LONG = 1 << 20
"""Bytes from which on a file is worth the time that Arrow takes to load."""

Column: TypeAlias = NDArray[np.float64] | NDArray[np.int64]


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
        x, y, w, h in pixels; rotation 0. In memory one column after the other.
    confidence, classes, visibility : ndarray of float64 or int64, shape (n,)
        Columns 7 to 9; 1, -1 and 1 where the file has none.
    """

    source: Source
    lines: NDArray[np.int64]
    columns: int
    frames: NDArray[np.int64]
    tracks: NDArray[np.int64]
    boxes: NDArray[np.float64]
    confidence: Column
    classes: Column
    visibility: Column

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
    values = _quick(source)
    if values:
        lines = np.arange(1, len(values[0]) + 1)
    else:
        texts = source.text.split("\n")
        lines = np.array([i for i, t in enumerate(texts, 1) if t.strip()], np.int64)
        values = _numbers(source, texts, lines)
    frame, identity, width, height = (values[i] for i in (0, 1, 4, 5))

    def refuse(bad: NDArray[np.bool_], message: Callable[[int], str]) -> None:
        _refuse(source, lines, bad, message)

    wild = [~np.isfinite(column) for column in values if column.dtype.kind == "f"]
    if wild:
        bad = np.logical_or.reduce(wild)
        refuse(bad, lambda i: "nan and inf are no values")
    refuse(
        _broken(frame) | _broken(identity),
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
    frames = frame.astype(np.int64, copy=False) - frame_base
    tracks = _identities(source, identity.astype(np.int64, copy=False))
    order = np.lexsort((_short(frames), _short(tracks)))
    lines, frames, tracks = (one.take(order) for one in (lines, frames, tracks))
    twice = (tracks[1:] == tracks[:-1]) & (frames[1:] == frames[:-1])
    _refuse(
        source,
        lines[1:],
        twice,
        lambda i: (
            f"frame {frame[order[i]]:g} has id {identity[order[i]]:g} twice, "
            f"already on line {lines[i]}"
        ),
    )
    sides = np.zeros((5, len(lines)))
    _sorted_into(values[2:6], order, sides)
    sides[:2] += 0.0 - pixel_base  # -0.0 becomes 0.0
    columns = len(values)
    one = np.ones(len(lines))
    if columns == 10:
        place = np.any([column != -1 for column in values[7:]], axis=0)[order]
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
        boxes=sides.T,
        confidence=_taken(values[6], order) if columns > 6 else one,
        classes=_taken(values[7], order) if columns == 9 else -one,
        visibility=_taken(values[8], order) if columns == 9 else one,
    )


def _sorted_into(
    columns: Sequence[Column], order: NDArray[np.int64], out: NDArray[np.float64]
) -> None:
    """Put columns in another order into rows of `out`: together, as numpy lets them."""

    def put(column: Column, row: NDArray[np.float64]) -> None:
        column.astype(np.float64, copy=False).take(order, out=row, mode="clip")

    with ThreadPoolExecutor() as pool:
        list(pool.map(put, columns, out))


def _short(numbers: NDArray[np.int64]) -> NDArray[np.int64] | NDArray[np.uint16]:
    """Return numbers from 0 on in 16 bits if they fit: NumPy sorts those by digits."""
    return numbers.astype(np.uint16) if numbers.max(initial=0) < 1 << 16 else numbers


def _taken(column: NDArray[Any], order: NDArray[np.int64]) -> NDArray[Any]:
    """Return a column in another order: most often one that is the same throughout."""
    same = len(column) and column.min() == column.max()
    return column if same else column.take(order)


def _quick(source: Source) -> list[Column]:
    """Return the columns of a long file with a row on every line; none of others.

    Arrow, where it is installed, reads several times as fast as numpy; what it does
    not take is left to `_numbers`, which says what is wrong.
    """
    with source.open() as file:
        columns = file.readline(LONGEST_ROW).count(b",") + 1
        if file.seek(0, SEEK_END) < LONG or find_spec("pyarrow") is None:
            return []
        from pyarrow import ChunkedArray, csv, float64, int64, lib

        file.seek(0)
        try:
            table = csv.read_csv(
                file,
                csv.ReadOptions(column_names=[str(i) for i in range(columns)]),
                csv.ParseOptions(quote_char=False, ignore_empty_lines=False),
                csv.ConvertOptions(null_values=[]),
            )
        except (lib.ArrowInvalid, OSError):
            return []
    numbers = {*table.schema.types} <= {float64(), int64()}
    if columns not in COLUMNS or not numbers:
        return []
    with ThreadPoolExecutor() as pool:  # Arrow lets others go on
        return list(pool.map(ChunkedArray.to_numpy, table.columns))


def _numbers(
    source: Source, texts: Sequence[str], lines: NDArray[np.int64]
) -> list[Column]:
    """Return the columns, or say which line has none."""
    if len(lines) == 0:
        return [np.empty(0)] * 9
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
    return [*np.ascontiguousarray(values.T)]


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
    """Whether NumPy, too, takes a text for a number: Python takes more."""
    try:
        float(text)
    except ValueError:
        return False
    return text.isascii() and "_" not in text


def _broken(column: Column) -> NDArray[np.bool_]:
    """Mark what is no integer, or too large for one."""
    wide = (column >= 10**15) | (column <= -(10**15))
    return wide if column.dtype.kind == "i" else wide | (column != np.trunc(column))


def _identities(source: Source, tracks: NDArray[np.int64]) -> NDArray[np.int64]:
    if tracks.min(initial=1) > 0:
        return tracks
    if (tracks == 0).any():
        source.notes.guessed("ids start at 0 in the file; each is one higher here")
        tracks = np.where(tracks >= 0, tracks + 1, tracks)
    nobody = tracks == -1
    if nobody.any():
        source.notes.guessed(
            "rows without an id (-1) are tracks of one frame; link=True links them",
            count=int(nobody.sum()),
        )
        start = tracks.max(initial=0) + 1
        tracks = tracks.copy()
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
