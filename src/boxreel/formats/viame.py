"""VIAME CSV, as VIAME and DIVE write it: one row a box, frames count from 0.

Columns: id, picture or time, frame, left, top, right, bottom, confidence, length, then
pairs of a species and its confidence, then cells like ``(atr) name value``.
"""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Iterator
from pathlib import PurePath
from typing import Any

import numpy as np

from boxreel.formats import dense
from boxreel.formats import dive_terms as terms
from boxreel.formats.attributes import columns_of_attributes
from boxreel.formats.base import Format, Source, Target
from boxreel.model import Annotation, Track
from boxreel.model.rows import NOBODY, Rows

HEADER = (
    "# 1: Detection or Track-id,2: Video or Image Identifier,"
    "3: Unique Frame Identifier,4-7: Img-bbox(TL_x,TL_y,BR_x,BR_y),"
    "8: Detection or Length Confidence,9: Target Length (0 or -1 if invalid),"
    "10-11+: Repeated Species,Confidence Pairs or Attributes"
)
MAX_NUMBER = 1e9
NUMBER = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?")
CELL = re.compile(r"\((atr|trk-atr|kp|poly|hole|note)\) (\S*)\s?(.*)", re.DOTALL)
ROW = re.compile(r"\d+,(?:|[^,\n]*[^\d.,\n-][^,\n]*),\d+(?:,-?[\d.eE+-]+){4},")


def sniff(head: str) -> bool:
    """Tell whether it begins with VIAME's comments, or a row with a picture's name."""
    known = re.match(r"# (1: Detection or Track-id|metadata\b)", head)
    return known is not None or ROW.match(head) is not None


def parse(source: Source, *, frame_base: int = 0) -> Annotation:
    """Read VIAME CSV.

    Parameters
    ----------
    source
        The file.
    frame_base
        Number of the first frame in the file.

    Returns
    -------
    Annotation
        The label of a row is its surest species, the score how sure. Confidences are
        no scores where all are 1. The attribute "occluded" says whether a box is, and
        "rotation", in radians counterclockwise, how it is turned. Ids are one higher
        if one is 0.

    Raises
    ------
    FormatError
        Naming the line, for a row that cannot stand.
    """
    about: dict[str, float] = {}
    values: list[tuple[int, int, list[float], str, float]] = []
    said: list[dict[str, Any]] = []
    of_track: dict[int, dict[str, Any]] = {}
    lines: list[int] = []
    for line, row in _rows(source):
        if row[0].startswith("#"):
            about |= _metadata(row)
            continue
        frame, id, corners = _numbers(source, row, line)
        label, score, rest = _species(source, row, line)
        attributes = _attributes(source, rest, line, of_track.setdefault(id, {}))
        values.append((frame - frame_base, id, corners, label, score))
        said.append(attributes)
        lines.append(line)
    for (_, id, *_), attributes in zip(values, said, strict=True):
        for name, value in of_track[id].items():
            attributes.setdefault(name, value)
    names = tuple(dict.fromkeys(label for *_, label, _ in values))
    rows = _table(values, said, names, lines)
    size = (int(about.get("width", 0)), int(about.get("height", 0)))
    video = source.video_of(
        name=PurePath(source.path).stem,
        size=size if min(size) > 0 else None,
        frame_count=int(about.get("frames", 0)) or None,
        fps=about.get("fps") or None,
        extent=dense.extent_of(rows.boxes),
        last_frame=int(rows.frames.max(initial=-1)),
    )
    kept = [{k: v for k, v in one.items() if k not in terms.RESERVED} for one in said]
    return dense.annotation_of(
        source,
        rows,
        names,
        video,
        place=lambda line: f"line {line}",
        attributes=columns_of_attributes(kept),
    )


def _table(
    values: list[tuple[int, int, list[float], str, float]],
    said: list[dict[str, Any]],
    names: tuple[str, ...],
    lines: list[int],
) -> Rows:
    ids = np.array([value[1] for value in values], dtype=np.int64)
    corners = np.array([value[2] for value in values], dtype=np.float64).reshape(-1, 4)
    angles = [terms.to_degrees(one.get("rotation")) for one in said]
    sides = (corners[:, :2], corners[:, 2:] - corners[:, :2])
    code = {name: number for number, name in enumerate(names)}
    scores = np.array([value[4] for value in values], dtype=np.float64)
    return Rows(
        frames=np.array([value[0] for value in values], dtype=np.int64),
        ids=np.where(ids >= 0, ids + int((ids == 0).any()), NOBODY),
        boxes=np.column_stack([*sides, np.array(angles, dtype=np.float64)]),
        codes=np.array([code[value[3]] for value in values], dtype=np.int64),
        occluded=np.array([one.get("occluded") is True for one in said], dtype=bool),
        scores=terms.scores_of(scores),
        numbers=np.array(lines, dtype=np.int64),
    )


def _rows(source: Source) -> Iterator[tuple[int, list[str]]]:
    """Yield the 1-based line on which a row ends, and its cells."""
    reader = csv.reader(io.StringIO(source.text, newline=""))
    try:
        for row in reader:
            if row:
                yield reader.line_num, row
    except csv.Error as error:
        raise source.error(str(error), reader.line_num) from error


def _metadata(row: list[str]) -> dict[str, float]:
    """Return the numbers that a comment says, as ``fps: 30``."""
    found = {}
    for cell in row[1:] if row[0] == "# metadata" else []:
        name, _, value = cell.partition(":")
        if NUMBER.fullmatch(value.strip()) and 0 < float(value) < MAX_NUMBER:
            found[name.strip().lower()] = float(value)
    return found


def _numbers(source: Source, row: list[str], line: int) -> tuple[int, int, list[float]]:
    if len(row) < 9:
        raise source.error(f"{len(row)} columns; VIAME has 9 and more", line)
    for name, cell in (("id", row[0]), ("frame", row[2])):
        if not re.fullmatch(r"\d{1,15}|-1", cell.strip()):
            raise source.error(f"{cell[:60]!r} is no {name}", line)
    try:
        corners = [float(cell) for cell in row[3:7]]
    except ValueError as error:
        raise source.error(str(error), line) from None
    sides, turned = terms.in_order(corners)
    source.notes.guessed(terms.TURNED, f"line {line}", turned)
    return int(row[2]), int(row[0]), sides


def _species(source: Source, row: list[str], line: int) -> tuple[str, float, list[str]]:
    """Return the surest species, how sure, and the cells after the pairs."""
    pairs = []
    at = 9
    while at < len(row) and not CELL.match(row[at]):
        if row[at]:
            sure = row[at + 1] if at + 1 < len(row) else ""
            pairs.append((row[at], _confidence(source, sure, line)))
        at += 2
    if not pairs:
        pairs = [(terms.UNKNOWN, _confidence(source, row[7] or "1", line))]
    source.notes.dropped("less sure species", f"line {line}", len(pairs) - 1)
    label, score = max(pairs, key=lambda pair: pair[1])
    return label, score, row[at:]


def _confidence(source: Source, cell: str, line: int) -> float:
    if not NUMBER.fullmatch(cell.strip()) or not math.isfinite(float(cell)):
        raise source.error(f"{cell[:60]!r} is no confidence", line)
    return float(cell)


def _attributes(
    source: Source, cells: list[str], line: int, of_track: dict[str, Any]
) -> dict[str, Any]:
    """Return the attributes of a box; add those of its track to `of_track`."""
    found: dict[str, Any] = {}
    for cell in cells:
        match = CELL.match(cell)
        kind, name, text = match.groups() if match else ("", "", "")
        if kind in ("atr", "trk-atr") and name and text:
            (found if kind == "atr" else of_track)[name] = _value(text)
        elif cell:
            what = f"({kind})" if match else "cells without a meaning"
            source.notes.dropped(what, f"line {line}")
    return found


def _value(text: str) -> str | float | bool:
    if text in ("true", "false"):
        return text == "true"
    number = NUMBER.fullmatch(text) is not None and math.isfinite(float(text))
    return float(text) if number else text


def dump(annotation: Annotation, target: Target, *, frame_base: int = 0) -> str:
    """Write VIAME CSV: every frame of every track a row, numbers in full.

    Parameters
    ----------
    annotation
        The labels.
    target
        The file.
    frame_base
        Number of the first frame in the file.

    Raises
    ------
    FormatError
        If a label begins like a cell of VIAME's, as "(atr) ".
    """
    boxes, video = annotation.dense(), annotation.video
    holds = ("rotation", "occluded", "scores", "ids", "attributes")
    dense.note_losses(annotation, boxes, target, holds=holds, reserved=terms.RESERVED)
    for label in annotation.labels:
        if CELL.match(label.name):
            raise target.error(f"{label.name[:60]!r} is a cell of VIAME's; rename it")
    terms.note_scores(boxes.score, target)
    text = io.StringIO(newline="")
    text.write(f"{HEADER}\r\n# metadata,fps: {video.fps!r},width: {video.width},")
    text.write(f"height: {video.height},frames: {video.frame_count}\r\n")
    writer = csv.writer(text)
    times = [_time(one) for one in (video.times - video.times[0]).tolist()]
    tracks = annotation.tracks
    kept = {id: _held(track, target) for id, track in tracks.items()}
    corners = np.column_stack([boxes.box[:, :2], boxes.box[:, :2] + boxes.box[:, 2:4]])
    table = (boxes.frame, boxes.track, corners, boxes.rotation, boxes.occluded)
    for frame, id, sides, angle, occluded, score in zip(
        *(column.tolist() for column in (*table, boxes.score)), strict=True
    ):
        sure = 1.0 if score != score else score
        row = [id, times[frame], frame + frame_base, *map(repr, sides), sure, -1]
        row += [boxes.labels[id], sure]
        row += ["(atr) occluded true"] if occluded else []
        row += [f"(atr) rotation {terms.to_radians(angle)!r}"] if angle else []
        writer.writerow(row + _cells(tracks[id], kept[id], frame))
    target.notes.counts["boxes"] = len(boxes)
    return text.getvalue()


def _held(track: Track, target: Target) -> list[str]:
    """Return the names of the attributes that cells can hold; note the others."""
    kept = []
    for name, steps in track.attributes.items():
        place = f"#{track.id}"
        if name in terms.RESERVED:
            continue
        if name.split() != [name]:
            target.notes.lost(f"attribute {name!r}: names have no blanks", place)
            continue
        kept.append(name)
        for _, value in steps:
            back = _value(_text(value)) if _plain(value) else None
            exact = value is None or (back == value and type(back) is _kind(value))
            target.notes.lost(
                f"attribute {name!r}: values that are empty, of several lines, or read "
                "as something else",
                place,
                int(not exact),
            )
    return kept


def _kind(value: Any) -> type:
    return float if type(value) is int else type(value)


def _plain(value: Any) -> bool:
    """Whether a value is a cell without line breaks, which DIVE needs."""
    return value is not None and re.fullmatch(r"[^\r\n]+", _text(value)) is not None


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _cells(track: Track, names: list[str], frame: int) -> list[str]:
    found = []
    for name in names:
        steps = track.attributes[name]
        value = track.attribute_at(name, frame)
        if _plain(value):
            constant = len(steps) == 1 and steps[0][0] <= track.start
            kind = "trk-atr" if constant else "atr"
            found.append(f"({kind}) {name} {_text(value)}")
    return found


def _time(seconds: float) -> str:
    whole, micro = divmod(round(seconds * 1e6), 1_000_000)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}.{micro:06}"


FORMAT = Format(
    name="viame", extensions=(".viame.csv",), sniff=sniff, parse=parse, dump=dump
)
