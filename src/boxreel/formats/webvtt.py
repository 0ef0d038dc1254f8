"""WebVTT: events as cues, with times to the millisecond.

What is written has metadata in its cues: a JSON object a line, with the label and the
attributes of the event. Cues of other tools are texts.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from boxreel.formats.base import Format, Source, Target, note_unsaid
from boxreel.formats.safe_json import Place, read_json
from boxreel.formats.times import edges_of, frames_of, times_of
from boxreel.model import Annotation, Event, Label

ARROW = "-->"
TIME = re.compile(r"(?:(\d{2,6}):)?([0-5]\d):([0-5]\d)\.(\d{3})")


def sniff(head: str) -> bool:
    """Tell whether the first line is that of WebVTT."""
    return re.match(r"WEBVTT([ \t\r\n]|$)", head) is not None


def parse(source: Source, *, label: str = "caption") -> Annotation:
    """Read the cues of WebVTT as events.

    Parameters
    ----------
    source
        The file. The video must be given: cues have times, no frames.
    label
        Label of cues that do not say theirs; what they say is their attribute "text".

    Returns
    -------
    Annotation
        Events only. An event is on the frames shown from a cue's start until its end.

    Raises
    ------
    FormatError
        Naming the line, for a cue that cannot stand.
    """
    video = source.video
    if video is None:
        raise source.error("cues have times, no frames; pass video=")
    if not sniff(source.text):
        raise source.error("does not begin with WEBVTT", 1)
    edges = edges_of(video)
    found, names = [], []
    for line, block in _blocks(source.text):
        if line == 1:
            continue
        at = next((i for i, text in enumerate(block[:2]) if ARROW in text), None)
        if at is None:
            if not re.match(r"(NOTE|STYLE|REGION)\b", block[0]):
                raise source.error(f"no time of a cue in {block[0][:60]!r}", line)
            source.notes.dropped(f"block {block[0].split()[0]}", f"line {line}")
            continue
        start, stop = _span(source, block[at], line + at, edges)
        name, values = _said(source, block[at + 1 :], line + at + 1, label)
        names.append(block[0] if at else "")
        found.append((name, start, stop, values))
    ids = [int(name) if re.fullmatch(r"[1-9]\d{0,14}", name) else 0 for name in names]
    if len(set(ids)) < len(ids) or 0 in ids:
        ids = list(range(1, len(ids) + 1))
        source.notes.guessed("numbers of events, from the order", count=len(ids))
    events = [
        Event(number, name, start, stop, (), values)
        for number, (name, start, stop, values) in zip(ids, found, strict=True)
    ]
    used = dict.fromkeys(event.label for event in events)
    labels = tuple(Label(name, use="event") for name in used)
    return Annotation(video, labels, {}, tuple(events))


def _blocks(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the 1-based first line and the lines of each block."""
    block: list[str] = []
    lines = re.split(r"\r\n|\r|\n", text)
    for line, one in enumerate([*lines, ""], 1):
        if one.strip():
            block.append(one)
        elif block:
            yield line - len(block), block
            block = []


def _span(
    source: Source, text: str, line: int, edges: NDArray[np.float64]
) -> tuple[int, int]:
    before, after = text.split(ARROW, 1)
    settings = after.split()
    ends = []
    for one in (before.strip(), settings[0] if settings else ""):
        match = TIME.fullmatch(one)
        if match is None:
            raise source.error(f"{one[:60]!r} is no time like 00:01:02.500", line)
        hours, minutes, seconds, rest = (int(part or 0) for part in match.groups())
        ends.append(((hours * 60 + minutes) * 60 + seconds) * 1000 + rest)
    if ends[1] <= ends[0]:
        raise source.error("the cue ends before it starts", line)
    source.notes.dropped("settings of cues", f"line {line}", len(settings) - 1)
    return frames_of(source, ends[0], ends[1], edges, line)


def _said(
    source: Source, lines: list[str], line: int, label: str
) -> tuple[str, dict[str, Any]]:
    """Return the label and the attributes of a cue."""
    text = "\n".join(lines)
    if re.match(r'\s*\{\s*"label"', text):
        here = Source(f"{source.path}, line {line}", text)
        cue = Place(here, read_json(here))
        values = cue.at("attributes").of(dict) if cue.has("attributes") else {}
        return cue.text("label"), values
    source.notes.guessed(
        f"label {label!r}: the cue is a text; pass label=", f"line {line}"
    )
    return label, {"text": text} if text else {}


def dump(annotation: Annotation, target: Target) -> str:
    """Write events as cues of metadata.

    Parameters
    ----------
    annotation
        The labels. Tracks are not written.
    target
        The file.
    """
    edges = edges_of(annotation.video)
    lines = ["WEBVTT", ""]
    for event in annotation.events:
        ends = times_of(event, edges, target)
        said: dict[str, object] = {"label": event.label}
        if event.attributes:
            said["attributes"] = dict(event.attributes)
        text = json.dumps(said).replace(">", "\\u003e")
        times = f" {ARROW} ".join(_time(end) for end in ends)
        lines += [str(event.id), times, text, ""]
    _note_losses(annotation, target)
    return "\n".join(lines)


def _time(milliseconds: int) -> str:
    seconds, rest = divmod(milliseconds, 1000)
    minutes, seconds = divmod(seconds, 60)
    return f"{minutes // 60:02}:{minutes % 60:02}:{seconds:02}.{rest:03}"


def _note_losses(annotation: Annotation, target: Target) -> None:
    lost = target.notes.lost
    note_unsaid(annotation, target.notes, events=True)
    lost("tracks and their boxes", count=len(annotation.tracks))
    used = {event.label for event in annotation.events}
    unused = sum(label.name not in used for label in annotation.labels)
    lost("labels without events", count=unused)
    declared = sum(bool(one.color or one.attributes) for one in annotation.labels)
    lost("colours and attributes declared by labels", count=declared)


FORMAT = Format(
    name="webvtt", extensions=(".vtt",), sniff=sniff, parse=parse, dump=dump
)
