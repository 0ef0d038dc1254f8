"""Tidy tables, a row a frame and object: CSV, Parquet and Arrow files."""

from __future__ import annotations

import csv
import io
from functools import partial
from pathlib import PurePath
from typing import Any

import numpy as np

from boxreel.errors import AnnotationError
from boxreel.formats import dense
from boxreel.formats.base import Format, Source, Target
from boxreel.model import Annotation
from boxreel.model.columns import NAMES, RowError, columns_of, recognised
from boxreel.model.detections import Classes, rows_of_columns
from boxreel.model.tables import dense_columns, library

DERIVED = ("time", "source")
"""Columns of boxreel's own tables that are not read back."""


def sniff(head: str) -> bool:
    """Tell whether the first line names a column of frames and those of boxes."""
    try:
        names = _split(head.lstrip().split("\n", 1)[0])
        recognised({name: np.zeros(0) for name in names})
    except (AnnotationError, csv.Error):
        return False
    return True


def _split(line: str) -> list[str]:
    return next(csv.reader([line.strip("\r")], delimiter=_delimiter(line)), [])


def _delimiter(line: str) -> str:
    return max(",;\t", key=line.count)


def parse(
    source: Source, *, classes: Classes = None, frame_base: int = 0
) -> Annotation:
    """Read a CSV.

    Parameters
    ----------
    source
        The file. Its columns may have the usual names: frame, track_id, x1, y1, x2,
        y2, score, class_name and their like.
    classes
        Names by number of class, where a column has numbers.
    frame_base
        Number of the first frame in the file.

    Raises
    ------
    FormatError
        Naming the line of what cannot stand.
    """
    return _parse(source, *_columns(source), classes, frame_base)


def parse_binary(
    source: Source, *, classes: Classes = None, frame_base: int = 0
) -> Annotation:
    """Read Parquet or Arrow: as `parse`, but errors name the row, counted from 0."""
    return _parse(source, _binary(source), None, classes, frame_base)


def _parse(
    source: Source,
    columns: dict[str, Any],
    lines: list[int] | None,
    classes: Classes,
    frame_base: int,
) -> Annotation:
    try:
        rows, names = rows_of_columns(recognised(columns), classes, frame_base)
    except RowError as error:
        if lines is None:
            raise
        raise source.error(error.why, lines[error.row]) from error
    used = {name for aliases in NAMES.values() for name in aliases} | set(DERIVED)
    for name in columns:
        if name.strip().lower() not in used:
            source.notes.dropped(f"column {name!r}")
    source.notes.dropped("column 'source'", count=int("source" in columns))
    video = source.video_of(
        name=PurePath(source.path).stem,
        size=None,
        frame_count=None,
        fps=None,
        extent=dense.extent_of(rows.boxes),
        last_frame=int(rows.frames.max(initial=-1)),
    )

    def place(number: int) -> str:
        return f"row {number}" if lines is None else f"line {lines[number]}"

    return dense.annotation_of(source, rows, names, video, place=place)


def _columns(source: Source) -> tuple[dict[str, Any], list[int]]:
    """Return the columns of a CSV, and the line that each of its rows begins on."""
    delimiter = _delimiter(source.text.lstrip().split("\n", 1)[0])
    reader = csv.reader(io.StringIO(source.text, newline=""), delimiter=delimiter)
    rows, lines, end = [], [], 0
    try:
        for row in reader:
            if row:
                rows.append(row)
                lines.append(end + 1)
            end = reader.line_num
    except csv.Error as error:
        raise source.error(str(error), reader.line_num) from error
    header = rows[0] if rows else []
    for row, line in zip(rows[1:], lines[1:], strict=True):
        if len(row) != len(header):
            raise source.error(f"{len(row)} fields, not {len(header)}", line)
    columns = {
        name: np.array([row[i] for row in rows[1:]], dtype=object)
        for i, name in enumerate(header)
    }
    return columns, lines[1:]


def _binary(source: Source) -> dict[str, Any]:
    library("pyarrow")
    from pyarrow import ArrowException, ipc, parquet

    try:
        with source.open() as file:
            parquet_file = file.read(4) == b"PAR1"
            file.seek(0)
            if parquet_file:
                table = parquet.read_table(file)
            else:
                table = ipc.open_file(file).read_all()
        table.validate(full=True)  # its offsets would be followed anywhere
        return columns_of(table)
    except (ArrowException, OSError, ValueError) as error:
        raise source.error(f"damaged: {error}") from error


def dump_csv(annotation: Annotation, target: Target) -> str:
    """Write CSV: the columns of `Annotation.to_pandas`, numbers in full.

    Parameters
    ----------
    annotation, target
        The labels and the file.
    """
    columns = _written(annotation, target)
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    values = (column.tolist() for column in columns.values())
    writer.writerows(
        ["" if value != value else value for value in row]
        for row in zip(*values, strict=True)
    )
    return text.getvalue()


def dump_binary(annotation: Annotation, target: Target, *, kind: str) -> bytes:
    """Write Parquet or Arrow: the columns of `Annotation.to_pandas`."""
    arrow = library("pyarrow")
    table, buffer = arrow.table(_written(annotation, target)), io.BytesIO()
    if kind == "parquet":
        from pyarrow import parquet

        parquet.write_table(table, buffer)
    else:
        with arrow.ipc.new_file(buffer, table.schema) as writer:
            writer.write_table(table)
    return buffer.getvalue()


def _written(annotation: Annotation, target: Target) -> dict[str, Any]:
    boxes = annotation.dense()
    holds = ("rotation", "scores", "occluded", "ids")
    dense.note_losses(annotation, boxes, target, holds=holds)
    target.notes.counts["boxes"] = len(boxes)
    return dense_columns(annotation)


FORMAT = Format("csv", (".csv",), sniff, parse, dump_csv)
PARQUET = Format(
    name="parquet",
    extensions=(".parquet",),
    sniff=lambda head: head.startswith("PAR1"),
    parse=parse_binary,
    dump=partial(dump_binary, kind="parquet"),
)
ARROW = Format(
    name="arrow",
    extensions=(".arrow", ".feather"),
    sniff=lambda head: head.startswith("ARROW1"),
    parse=parse_binary,
    dump=partial(dump_binary, kind="arrow"),
)
