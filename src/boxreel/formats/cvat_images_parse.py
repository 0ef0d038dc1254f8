"""Read CVAT for images 1.1."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from xml.etree.ElementTree import Element

from boxreel.formats.base import Source
from boxreel.formats.cvat_parse import assembled
from boxreel.formats.cvat_rows import Rows, numbers_of
from boxreel.formats.safe_xml import line_of, read_elements
from boxreel.model import Annotation

TRACK_ID = "track_id"
"""Attribute in which the id of a box's track is kept, as Datumaro does."""

FRAME, OUTSIDE = 1, 8
"""Where the numbers of a box have these."""


@dataclass
class Found:
    """The boxes of one object, in the order of the file."""

    element: dict[str, str]
    line: int
    numbers: list[list[float]] = field(default_factory=list)
    said: dict[str, list[tuple[int, str, int]]] = field(
        default_factory=lambda: defaultdict(list)
    )


def parse(source: Source, *, frame_base: int = 0) -> Annotation:
    """Read CVAT for images 1.1.

    Parameters
    ----------
    source
        The file. The id of an image is the number of its frame.
    frame_base
        Number of the first frame in the file.

    Returns
    -------
    Annotation
        Every box is a keyframe. Boxes with the same attribute "track_id" are a track;
        those without are objects of one frame. Ids are one higher if one is 0.

    Raises
    ------
    FormatError
        Naming the line, for damaged XML and for a value that cannot stand.
    """
    tracks: dict[int, Found] = {}
    loose: list[Found] = []
    sizes: set[tuple[str, str]] = set()
    last = -1

    def keep(image: Element) -> None:
        nonlocal last
        frame = _frame(source, image, frame_base)
        last = max(last, frame)
        sizes.add((image.get("width", ""), image.get("height", "")))
        for shape in image:
            if shape.tag == "box":
                _keep_box(source, shape, frame, tracks, loose)
            else:
                what = f"{shape.tag}: only boxes are read"
                source.notes.dropped(what, f"line {line_of(shape)}")

    root = read_elements(source, "image", keep)
    if root.tag != "annotations":
        raise source.error(f"the root element is <{root.tag}>, not <annotations>")
    if root.find("track") is not None:
        raise source.error("these are CVAT's tracks; pass format='cvat'")
    place = f"line {loose[0].line}" if loose else ""
    what = "boxes without an id are objects of one frame"
    source.notes.guessed(what, place, len(loose))
    first = max(tracks, default=0) + 1
    found = {number + int(0 in tracks): one for number, one in tracks.items()}
    found |= {first + int(0 in tracks) + i: one for i, one in enumerate(loose)}
    video = source.video_of(
        name=(root.findtext("meta//source") or root.findtext("meta/*/name") or "")
        or PurePath(source.path).stem,
        size=_size(source, sizes),
        frame_count=_count(root, last),
        fps=None,
        extent=_extent(found.values()),
        last_frame=last,
    )
    rows = [_rows(one, video.frame_count) for one in found.values()]
    annotation = assembled(source, root, [*found], rows, video)
    source.notes.counts["boxes"] = sum(len(one.numbers) for one in found.values())
    labels = [
        replace(
            label,
            attributes=tuple(a for a in label.attributes if a.name != TRACK_ID),
        )
        for label in annotation.labels
    ]
    return Annotation(video, labels, annotation.tracks)


def _frame(source: Source, image: Element, base: int) -> int:
    text = image.get("id", "")
    if not re.fullmatch(r"\d{1,12}", text):
        raise source.error(f"image id={text[:60]!r} is no number", line_of(image))
    if int(text) < base:
        message = f"image {text} comes before frame_base={base}"
        raise source.error(message, line_of(image))
    return int(text) - base


def _keep_box(
    source: Source,
    box: Element,
    frame: int,
    tracks: dict[int, Found],
    loose: list[Found],
) -> None:
    line = line_of(box)
    box.attrib |= {"frame": str(frame), "keyframe": "1"}
    values = [
        (child.get("name", ""), child.text or "", line_of(child))
        for child in box.iterfind("attribute")
    ]
    id = next((text for name, text, _ in values if name == TRACK_ID), "")
    if re.fullmatch(r"\d{1,15}", id):
        one = tracks.setdefault(int(id), Found(dict(box.attrib), line))
        if one.element.get("label") != box.get("label"):
            source.notes.dropped("class changes inside a track", f"line {line}")
    else:
        one = Found(dict(box.attrib), line)
        loose.append(one)
    one.numbers.append(numbers_of(source, box))
    for name, text, where in values:
        if name != TRACK_ID:
            one.said[name].append((frame, text, where))


def _rows(found: Found, frame_count: int) -> Rows:
    """Return the rows, with one outside wherever the next frame has no box."""
    rows: list[list[float]] = []
    found.numbers.sort(key=lambda row: row[FRAME])
    following = [row[FRAME] for row in found.numbers[1:]]
    for row, after in zip(found.numbers, [*following, frame_count], strict=True):
        rows.append(row)
        if row[FRAME] + 1 < after:
            gone = row.copy()
            gone[FRAME], gone[OUTSIDE] = row[FRAME] + 1, 1
            rows.append(gone)
    return Rows.of(found.element, found.line, rows, found.said)


def _size(source: Source, sizes: set[tuple[str, str]]) -> tuple[int, int] | None:
    if len(sizes) > 1:
        listed = ", ".join(f"{w}x{h}" for w, h in sorted(sizes)[:5])
        raise source.error(f"the images have different sizes, {listed}: no video's")
    for width, height in sizes:
        if re.fullmatch(r"[1-9]\d{0,6} [1-9]\d{0,6}", f"{width} {height}"):
            return int(width), int(height)
    return None


def _count(root: Element, last: int) -> int | None:
    for path, more in (("stop_frame", 1), ("size", 0)):
        text = (root.findtext(f"meta//{path}") or "").strip()
        if re.fullmatch(r"\d{1,9}", text) and int(text) + more > last:
            return int(text) + more
    return None


def _extent(found: Iterable[Found]) -> tuple[float, float]:
    corners = [(row[4], row[5]) for one in found for row in one.numbers]
    return (
        max((right for right, _ in corners), default=1.0),
        max((bottom for _, bottom in corners), default=1.0),
    )
