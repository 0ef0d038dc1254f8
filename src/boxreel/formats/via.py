"""Files of the VGG Image Annotator 2, JSON and CSV: read, not written."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import Any

from boxreel.errors import FormatError
from boxreel.formats.base import Format, Source
from boxreel.formats.coco_parse import natural
from boxreel.formats.gathered import Gathered
from boxreel.formats.safe_json import Place, read_json
from boxreel.model import Annotation

SIDES = ("x", "y", "width", "height")
IDS = ("track", "track_id", "id", "object_id")
LABELS = ("label", "class", "type", "name", "category")
REGION = "region_shape_attributes"


def sniff(head: str) -> bool:
    """Tell whether it has a project's settings, or the columns of regions."""
    return (
        re.search(rf'\A\s*\{{.*"_via_settings"\s*:|\A[^\n]*{REGION}', head, re.DOTALL)
        is not None
    )


def parse(source: Source) -> Annotation:
    """Read the rectangles of pictures, which are frames in the order of their names.

    Of the attributes of a region one called track or id is its id, one called label,
    class, type, name or category its label: if there is none, the only text.

    Raises
    ------
    FormatError
        Naming the place.
    """
    regions = _of_json(source) if source.text.lstrip()[:1] == "{" else _of_csv(source)
    names = sorted({name for name, _, _, _ in regions}, key=natural)
    frame_of = {name: frame for frame, name in enumerate(names)}
    source.notes.guessed("frames, from the order of the pictures' names")
    found = Gathered(source, seen=[*range(len(names))])
    for name, place, shape, said in regions:
        if shape is None:
            continue
        if shape.of(dict).get("name") != "rect":
            source.notes.dropped("shapes that are no rectangle", place)
            continue
        said = dict(said)
        known = [key for key in IDS if said.get(key) not in (None, "")]
        id = said.pop(known[0]) if known else None
        texts = [key for key in said if isinstance(said[key], str)]
        key = next((key for key in LABELS if key in texts), None)
        if key is None and len(texts) == 1:
            key = texts[0]
        label = said.pop(key) if key else ""
        whole = re.sub(r"\.0+\Z", "", str(id)) if id is not None else None
        sides = [shape.number(side) for side in SIDES]
        found.add(place, frame_of[name], whole, label, sides, said=said)
    return found.annotation()


Region = tuple[str, str, Place | None, dict[str, Any]]
"""Picture, place, shape (None for a picture without one) and attributes."""


def _of_json(source: Source) -> list[Region]:
    pictures = Place(source, read_json(source)).at("_via_img_metadata")
    found: list[Region] = []
    for key in pictures.of(dict):
        one = pictures.at(key)
        name = one.text("filename")
        found.append((name, one.path, None, {}))
        for region in one.each("regions"):
            said = region.at("region_attributes").of(dict)
            found.append((name, region.path, region.at("shape_attributes"), said))
    return found


def _of_csv(source: Source) -> list[Region]:
    rows = csv.DictReader(io.StringIO(source.text, newline=""))
    found: list[Region] = []
    try:
        for row in rows:
            place, name = f"line {rows.line_num}", row.get("filename")
            if not name:
                raise source.error("a row without a filename", rows.line_num)
            shape, said = (
                _cell(source, row.get(column), rows.line_num)
                for column in (REGION, "region_attributes")
            )
            region = Place(source, shape, place) if shape else None
            found.append((name, place, region, said))
    except csv.Error as error:
        raise source.error(str(error), rows.line_num) from error
    return found


def _cell(source: Source, text: str | None, line: int) -> dict[str, Any]:
    """Return the object that a cell of the table is."""
    try:
        value = read_json(Source(source.path, text or "{}"))
    except FormatError as error:
        raise source.error(f"{text!r:.60} is no object of JSON", line) from error
    if not isinstance(value, dict):
        raise source.error(f"{json.dumps(value)[:60]} is no object of JSON", line)
    return value


FORMAT = Format("via", (), sniff, parse, dump=None)
