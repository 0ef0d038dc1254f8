"""UA-DETRAC's XML of a sequence: read, not written."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from boxreel.formats.base import Format, Source
from boxreel.formats.gathered import Gathered
from boxreel.formats.safe_xml import LINE, line_of, read_elements
from boxreel.model import Annotation

SIZE = (960, 540)
"""Of all of its pictures (https://detrac-db.rit.albany.edu)."""

SIDES = ("left", "top", "width", "height")


def sniff(head: str) -> bool:
    """Tell whether it is a sequence with lists of targets."""
    begins = r"<sequence\s[^>]*name=.*<(ignored_region|frame\s|target_list)"
    return re.search(begins, head, re.DOTALL) is not None


def parse(source: Source, *, frame_base: int = 1) -> Annotation:
    """Read the targets of a sequence; their type is the label.

    Parameters
    ----------
    source
        The file.
    frame_base
        Number of the first frame in the file.

    Raises
    ------
    FormatError
        Naming the line.
    """
    found = Gathered(source, size=SIZE if source.video is None else None)

    def read_frame(frame: Element) -> None:
        number = _number(source, frame, "num")
        if number % 1:
            raise source.error(f"frame {number:g} is no whole number", line_of(frame))
        found.seen.append(int(number) - frame_base)
        for target in frame.iter("target"):
            _add(found, int(number) - frame_base, target)

    root = read_elements(source, "frame", read_frame)
    found.name = root.get("name", "")
    ignored = root.findall("ignored_region/box")
    source.notes.dropped(
        "regions to ignore",
        f"line {line_of(ignored[0])}" if ignored else "",
        len(ignored),
    )
    return found.annotation()


def _add(found: Gathered, frame: int, target: Element) -> None:
    box, said = target.find("box"), target.find("attribute")
    place = f"line {line_of(target)}"
    if box is None:
        raise found.source.error("a target without a box", line_of(target))
    sides = [_number(found.source, box, side) for side in SIDES]
    values = {} if said is None else {n: v for n, v in said.items() if n != LINE}
    label = values.pop("vehicle_type", "")
    if target.find("occlusion") is not None:
        found.source.notes.dropped("regions that are occluded", place)
    found.add(place, frame, target.get("id"), label, sides, said=values)


def _number(source: Source, element: Element, name: str) -> float:
    text = element.get(name, "").strip()
    if not re.fullmatch(r"[-+]?\d{1,12}(\.\d{0,20})?", text, re.ASCII):
        raise source.error(
            f"{name} of <{element.tag}> should be a number, not {text[:60]!r}",
            line_of(element),
        )
    return float(text)


FORMAT = Format("detrac", (), sniff, parse, dump=None)
