"""Read YOLO labels of a video."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import PurePath, PurePosixPath
from typing import Literal

import numpy as np

from boxreel.formats import dense
from boxreel.formats.base import Source
from boxreel.model import Annotation
from boxreel.model.rows import NOBODY, Rows

NAMES = ("data.yaml", "dataset.yaml", "obj.names", "classes.txt")
TRACKED = "labels_tracks"
"""Folder of the labels that have an id."""

Sixth = Literal["id", "score"]


def parse(
    source: Source,
    *,
    classes: Sequence[str] | Mapping[int, str] | None = None,
    frame_base: int | None = None,
    sixth: Sixth | None = None,
    clip: str | None = None,
) -> Annotation:
    """Read a folder of YOLO labels, one file a frame.

    Parameters
    ----------
    source
        The folder; its video must be given, as boxes are fractions of the picture.
    classes
        Names by number from 0; None for those of ``data.yaml`` or ``obj.names``.
    frame_base
        Number of the first frame in names of files. None: 1 for ``clip_1.txt``, as
        ultralytics writes, 0 where numbers are padded, as in ``frame_000000.txt``.
    sixth
        What the last of six columns is; None to tell by the numbers. Of seven, the
        sixth is a score and the last an id.
    clip
        Name of the files before the number, where there are several.

    Raises
    ------
    FormatError
        Naming file and line, for what cannot stand.
    """
    if source.video is None:
        raise source.error("YOLO boxes are fractions of the picture; pass video=")
    frames = _frames(source, clip, frame_base)
    values, frame, places = _rows(source, frames)
    names = _names(source, classes)
    columns = {len(row) for row in values}
    if len(columns) > 1:
        raise source.error(
            f"lines have {sorted(columns)} columns; give those of one kind"
        )
    width = columns.pop() if columns else 5
    table = np.array(values, dtype=np.float64).reshape(-1, width)
    ids = np.full(len(table), NOBODY, dtype=np.int64)
    scores = np.full(len(table), np.nan)
    if width == 6 and _sixth(source, table[:, 5], sixth) == "id":
        ids = table[:, 5].astype(np.int64)
    elif width == 6:
        scores = table[:, 5]
    elif width == 7:
        scores, ids = table[:, 5], table[:, 6].astype(np.int64)
    codes = table[:, 0].astype(np.int64)
    for code in np.unique(codes).tolist():
        if code not in names:
            names[code] = f"class {code}"
            source.notes.guessed("names of classes; pass classes=")
    kinds = sorted(names)
    labels = tuple(dict.fromkeys(names[code] for code in kinds))
    size = np.array([source.video.width, source.video.height], dtype=np.float64)
    boxes = np.zeros((len(table), 5))
    boxes[:, 2:4] = table[:, 3:5] * size
    boxes[:, :2] = table[:, 1:3] * size - boxes[:, 2:4] / 2
    rows = Rows(
        frames=np.array(frame, dtype=np.int64),
        ids=np.where(ids >= 0, ids + int((ids == 0).any()), NOBODY),
        boxes=boxes,
        codes=np.array([labels.index(names[c]) for c in codes.tolist()], np.int64),
        occluded=np.zeros(len(table), dtype=bool),
        scores=scores,
        numbers=np.arange(len(table)),
    )
    return dense.annotation_of(
        source, rows, labels, source.video, place=lambda number: places[number]
    )


def _frames(source: Source, clip: str | None, frame_base: int | None) -> dict[str, int]:
    """Return the frame of each label file."""
    found: dict[str, list[tuple[str, str]]] = {}
    for member in source.beside:
        match = re.fullmatch(r"(.*?)_?(\d{1,9})\.txt", PurePosixPath(member).name)
        if match:
            found.setdefault(match[1], []).append((member, match[2]))
    if clip is None and len(found) > 1 and source.video is not None:
        clip = PurePath(source.video.name).stem
    if clip is None and len(found) == 1:
        clip = next(iter(found))
    if clip not in found:
        known = ", ".join(map(repr, sorted(found)[:10]))
        raise source.error(f"holds labels of several clips; pass clip=, one of {known}")
    numbers = found[clip]
    if frame_base is None:
        padded = len({len(digits) for _, digits in numbers}) == 1
        frame_base = 0 if padded and len(numbers[0][1]) > 1 else 1
        source.notes.guessed(f"files are numbered from {frame_base}; pass frame_base=")
    frames = {member: int(digits) - frame_base for member, digits in numbers}
    first: dict[int, str] = {}
    for member, frame in frames.items():
        if first.setdefault(frame, member) != member:
            raise source.error(f"{first[frame]} and {member} are of one frame")
    return frames


def _rows(
    source: Source, frames: Mapping[str, int]
) -> tuple[list[list[float]], list[int], list[str]]:
    values, frame, places = [], [], []
    for member, number in frames.items():
        for line, text in enumerate(source.beside[member].split("\n"), 1):
            fields = text.split()
            place = f"{member}, line {line}"
            if len(fields) > 7:
                source.notes.dropped("polygons", place)
                continue
            if not fields:
                continue
            try:
                row = [float(field) for field in fields]
            except ValueError as error:
                raise source.error(f"{place}: {error}") from None
            whole = [row[0], *row[6:]]
            if len(row) < 5 or any(n % 1 != 0 or not abs(n) < 1e9 for n in whole):
                raise source.error(f"{place}: {text.strip()[:60]!r} is no label")
            values.append(row)
            frame.append(number)
            places.append(place)
    return values, frame, places


def _sixth(source: Source, column: np.ndarray, sixth: Sixth | None) -> Sixth:
    whole = bool(np.isfinite(column).all() and (column % 1 == 0).all())
    if sixth is None and all(
        TRACKED in PurePosixPath(m).parts or m.endswith(NAMES) for m in source.beside
    ):
        sixth = "id"
    if sixth is None:
        sixth = "id" if whole and (column > 1).any() else "score"
        source.notes.guessed(f"the sixth column is the {sixth}; pass sixth=")
    elif sixth not in ("id", "score"):
        raise source.error(f"sixth is {sixth!r}: choose 'id' or 'score'")
    if sixth == "id" and not (whole and (np.abs(column) < 1e9).all()):
        raise source.error("the sixth column holds no ids; pass sixth='score'")
    return sixth


def _names(
    source: Source, classes: Sequence[str] | Mapping[int, str] | None
) -> dict[int, str]:
    if classes is not None:
        return dict(classes if isinstance(classes, Mapping) else enumerate(classes))
    for member, text in source.beside.items():
        name = PurePosixPath(member).name
        if name in NAMES:
            lines = [line for line in text.split("\n") if line.strip()]
            if not name.endswith(".yaml"):
                return {i: line.strip() for i, line in enumerate(lines)}
            return names_of_yaml(text)
    return {}


def names_of_yaml(text: str) -> dict[int, str]:
    r"""Return the names of classes in a dataset's YAML, in any of its three forms.

    Examples
    --------
    >>> names_of_yaml("nc: 2\nnames: [car, 'van']\n")
    {0: 'car', 1: 'van'}
    >>> names_of_yaml("names:\n  0: car\n  2: van\ntrain: a\n")
    {0: 'car', 2: 'van'}
    """
    start = re.search(r"^names:[ \t]*(.*)$", text, re.MULTILINE)
    if start is None:
        return {}
    if start[1].startswith("["):
        listed = start[1].strip().strip("[]").split(",")
        return {i: _unquoted(name) for i, name in enumerate(listed)}
    found: dict[int, str] = {}
    for line in text[start.end() :].split("\n")[1:]:
        match = re.fullmatch(r"\s*(?:-|(\d{1,6}):)\s+(.*)", line)
        if match is None:
            break
        found[int(match[1]) if match[1] else len(found)] = _unquoted(match[2])
    return found


def _unquoted(text: str) -> str:
    text = text.strip()
    if text[:1] == '"':
        try:
            return str(json.loads(text))
        except ValueError:
            return text.strip('"')
    return text.strip("'")
