"""ELAN's .eaf: events as annotations on tiers, with times in whole milliseconds.

A label is a tier, and a second one where its events overlap, as a tier has one
annotation at a time. Each attribute is a tier of texts below it, ``name@tier``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count
from typing import Any
from xml.etree.ElementTree import Element
from xml.sax.saxutils import escape, quoteattr

from boxreel.formats.base import Format, Source, Target, note_unsaid
from boxreel.formats.safe_xml import holdable, line_of, read_elements
from boxreel.formats.times import edges_of, frames_of, times_of
from boxreel.model import Annotation, Event, Label

EVENTS, TEXTS = "boxreel-events", "boxreel-attributes"
"""Kinds of tiers ("linguistic types") of ours."""

SCHEMA = "http://www.mpi.nl/tools/elan/EAFv3.0.xsd"


def sniff(head: str) -> bool:
    """Tell whether the root is an annotation document of ELAN's."""
    return re.search(r"<ANNOTATION_DOCUMENT[\s>]", head) is not None


def parse(source: Source) -> Annotation:
    """Read the annotations that have times as events.

    Parameters
    ----------
    source
        The file. The video must be given: annotations have times, no frames.

    Returns
    -------
    Annotation
        Events only; their label is the tier, what an annotation says is the attribute
        "text", and what those below it say are attributes of their tiers' names.

    Raises
    ------
    FormatError
        Naming the line, for what cannot stand.
    """
    if source.video is None:
        raise source.error("annotations have times, no frames; pass video=")
    root = read_elements(source, "", lambda _: None)
    if root.tag != "ANNOTATION_DOCUMENT":
        raise source.error(f"the root is <{root.tag:.60}>, not <ANNOTATION_DOCUMENT>")
    edges = edges_of(source.video)
    times = _times(source, root)
    found: list[tuple[int, int, str, dict[str, Any]]] = []
    known: dict[str, dict[str, Any]] = {}
    for tier in root.findall("TIER"):
        label = _label(tier)
        for one in tier.findall("ANNOTATION/ALIGNABLE_ANNOTATION"):
            begin, end = (
                _moment(source, one, f"TIME_SLOT_REF{i}", times) for i in (1, 2)
            )
            if end <= begin:
                raise source.error("the annotation ends before it starts", line_of(one))
            start, stop = frames_of(source, begin, end, edges, line_of(one))
            text = one.findtext("ANNOTATION_VALUE") or ""
            said: dict[str, Any] = {"text": text} if text else {}
            known[one.get("ANNOTATION_ID", "")] = said
            found.append((start, stop, label, said))
    for tier in root.findall("TIER"):
        for one in tier.findall("ANNOTATION/REF_ANNOTATION"):
            parent = known.get(one.get("ANNOTATION_REF", ""))
            if parent is None:
                place = f"line {line_of(one)}"
                source.notes.dropped("annotation of what has no time", place)
            else:
                parent[_attribute(tier)] = one.findtext("ANNOTATION_VALUE") or ""
    found.sort(key=lambda row: row[:2])
    events = [
        Event(number, label, start, stop, (), said)
        for number, (start, stop, label, said) in enumerate(found, 1)
    ]
    used = dict.fromkeys(event.label for event in events)
    labels = tuple(Label(name, use="event") for name in used)
    return Annotation(source.video, labels, {}, tuple(events))


def _times(source: Source, root: Element) -> dict[str, int]:
    """Return the milliseconds of each time slot that says them."""
    found = {}
    for slot in root.findall("TIME_ORDER/TIME_SLOT"):
        value = slot.get("TIME_VALUE")
        if value is not None:
            if not re.fullmatch(r"\d{1,12}", value):
                raise source.error(f"{value[:60]!r} is no time", line_of(slot))
            found[slot.get("TIME_SLOT_ID", "")] = int(value)
    return found


def _moment(source: Source, one: Element, name: str, times: dict[str, int]) -> int:
    slot = one.get(name, "")
    if slot not in times:
        raise source.error(f"{name}={slot[:60]!r} has no time", line_of(one))
    return times[slot]


def _label(tier: Element) -> str:
    name = tier.get("TIER_ID") or "unnamed"
    ours = tier.get("LINGUISTIC_TYPE_REF") == EVENTS
    return re.sub(r"(?s)(.)#\d+$", r"\1", name) if ours else name


def _attribute(tier: Element) -> str:
    name, parent = tier.get("TIER_ID") or "unnamed", tier.get("PARENT_REF", "")
    return name.removesuffix(f"@{parent}") or name


def dump(annotation: Annotation, target: Target) -> str:
    """Write events as annotations of ELAN's.

    Parameters
    ----------
    annotation
        The labels. Tracks are not written.
    target
        The file.

    Raises
    ------
    FormatError
        If a text holds a character that XML cannot hold.
    """
    edges = edges_of(annotation.video)
    tiers: list[tuple[str, list[Event]]] = []
    for label in annotation.labels:
        tiers += _tiers(
            label.name, [e for e in annotation.events if e.label == label.name]
        )
    slots: list[int] = []
    body = []
    numbers = count(1)
    for name, events in tiers:
        first = {id(event): f"a{next(numbers)}" for event in events}
        inside = []
        for event in events:
            slots += times_of(event, edges, target)
            refs = (
                f'TIME_SLOT_REF1="ts{len(slots) - 1}" TIME_SLOT_REF2="ts{len(slots)}"'
            )
            key = first[id(event)]
            inside.append(
                f'<ALIGNABLE_ANNOTATION ANNOTATION_ID="{key}" {refs}>'
                f"{_value(event.attributes.get('text'))}</ALIGNABLE_ANNOTATION>"
            )
        body += _tier(name, f'LINGUISTIC_TYPE_REF="{EVENTS}"', inside)
        for attribute in _attributes(events):
            below = [
                f'<REF_ANNOTATION ANNOTATION_ID="a{next(numbers)}" '
                f'ANNOTATION_REF="{first[id(event)]}">'
                f"{_value(event.attributes[attribute])}</REF_ANNOTATION>"
                for event in events
                if event.attributes.get(attribute) is not None
            ]
            kind = f'LINGUISTIC_TYPE_REF="{TEXTS}" PARENT_REF={_quoted(name)}'
            body += _tier(f"{attribute}@{name}", kind, below)
    _note_losses(annotation, [e for _, events in tiers for e in events], target)
    return holdable("\n".join([*_head(annotation, slots), *body, *TAIL, ""]), target)


def _tiers(label: str, events: list[Event]) -> Iterator[tuple[str, list[Event]]]:
    """Yield the tiers of a label: no two events of one overlap."""
    lanes: list[list[Event]] = []
    for event in sorted(events, key=lambda one: (one.start, one.stop)):
        free = (lane for lane in lanes if lane[-1].stop <= event.start)
        lane = next(free, None)
        if lane is None:
            lanes.append(lane := [])
        lane.append(event)
    marked = re.search(r"(?s).#\d+$", label) is not None
    for number, lane in enumerate(lanes, 1):
        yield (f"{label}#{number}" if number > 1 or marked else label), lane


def _attributes(events: list[Event]) -> list[str]:
    names = dict.fromkeys(name for event in events for name in event.attributes)
    return [name for name in names if name != "text"]


def _tier(name: str, kind: str, inside: list[str]) -> list[str]:
    rows = [f"<ANNOTATION>{one}</ANNOTATION>" for one in inside]
    return [f"<TIER {kind} TIER_ID={_quoted(name)}>", *rows, "</TIER>"]


def _quoted(text: str) -> str:
    return quoteattr(text, {"\r": "&#13;", "\n": "&#10;", "\t": "&#9;"})


def _value(value: Any) -> str:
    text = str(value).lower() if isinstance(value, bool) else str(value)
    said = "" if value is None else escape(text, {"\r": "&#13;"})
    return f"<ANNOTATION_VALUE>{said}</ANNOTATION_VALUE>"


def _head(annotation: Annotation, slots: list[int]) -> list[str]:
    name = _quoted(annotation.video.name)
    rows = (
        f'<TIME_SLOT TIME_SLOT_ID="ts{number}" TIME_VALUE="{value}"/>'
        for number, value in enumerate(slots, 1)
    )
    return [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<ANNOTATION_DOCUMENT AUTHOR="" DATE="1970-01-01T00:00:00+00:00" FORMAT="3.0" '
        'VERSION="3.0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
        f'xsi:noNamespaceSchemaLocation="{SCHEMA}">',
        '<HEADER MEDIA_FILE="" TIME_UNITS="milliseconds">',
        f'<MEDIA_DESCRIPTOR MEDIA_URL={name} MIME_TYPE="video/*" '
        f"RELATIVE_MEDIA_URL={name}/>",
        "</HEADER>",
        "<TIME_ORDER>",
        *rows,
        "</TIME_ORDER>",
    ]


TAIL = (
    f'<LINGUISTIC_TYPE GRAPHIC_REFERENCES="false" LINGUISTIC_TYPE_ID="{EVENTS}" '
    'TIME_ALIGNABLE="true"/>',
    '<LINGUISTIC_TYPE CONSTRAINTS="Symbolic_Association" GRAPHIC_REFERENCES="false" '
    f'LINGUISTIC_TYPE_ID="{TEXTS}" TIME_ALIGNABLE="false"/>',
    '<CONSTRAINT DESCRIPTION="1-1 association with a parent annotation" '
    'STEREOTYPE="Symbolic_Association"/>',
    "</ANNOTATION_DOCUMENT>",
)


def _note_losses(annotation: Annotation, written: list[Event], target: Target) -> None:
    lost = target.notes.lost
    note_unsaid(annotation, target.notes, events=True)
    lost("tracks and their boxes", count=len(annotation.tracks))
    used = {event.label for event in annotation.events}
    unused = sum(label.name not in used for label in annotation.labels)
    lost("labels without events", count=unused)
    declared = sum(bool(one.color or one.attributes) for one in annotation.labels)
    lost("colours and attributes declared by labels", count=declared)
    ids = [e.id for e in sorted(written, key=lambda one: (one.start, one.stop))]
    lost("numbers of events", count=int(ids != list(range(1, len(ids) + 1))))
    for event in annotation.events:
        place = f"event {event.id}"
        plain = [v for v in event.attributes.values() if not isinstance(v, str)]
        lost("attributes that are no text", place, len(plain))
        empty = event.attributes.get("text") == ""
        lost("a text that is empty", place, int(empty))


FORMAT = Format(name="elan", extensions=(".eaf",), sniff=sniff, parse=parse, dump=dump)
