"""boxreel's own format: JSON, exact, a track a line so that diffs read well."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from boxreel.errors import AnnotationError, VideoMismatchError
from boxreel.formats.ahead import journal_is_ahead
from boxreel.formats.base import MAX_FRAMES, Format, Source, Target
from boxreel.formats.files import Content
from boxreel.formats.safe_json import read_json
from boxreel.model import Annotation, Event, Label, VideoInfo
from boxreel.model.json import (
    event_from_json,
    label_from_json,
    track_from_json,
    track_to_json,
    video_from_json,
    video_to_json,
)
from boxreel.model.match import REMEDY, mismatch
from boxreel.model.parts import (
    declared_from_json,
    notes_from_json,
    parts_to_json,
    values_from_json,
)

NAME = "boxreel"
VERSION = 2
KEYS = (
    *("format", "version", "video", "tracks", "labels", "label_version"),
    *("events", "attributes", "declared", "notes", "next_id"),
)

T = TypeVar("T")


def sniff(head: str) -> bool:
    """Tell whether it is a JSON object that says it is boxreel's."""
    says = re.search(rf'"format"\s*:\s*"{NAME}"', head)
    return head.lstrip().startswith("{") and says is not None


def dump(annotation: Annotation, target: Target) -> str:
    """Write everything, exactly.

    Parameters
    ----------
    annotation
        The labels.
    target
        The file; nothing is lost.
    """
    parts = parts_to_json(annotation)
    written = {
        "video": _json(video_to_json(annotation.video)),
        "labels": _lines(parts.pop("labels")),
        "events": _lines(parts.pop("events")),
        **{key: _json(value) for key, value in parts.items() if value},
        "tracks": _lines(map(track_to_json, annotation.tracks.values())),
    }
    body = ",\n".join(f'"{key}": {value}' for key, value in written.items())
    text = f'{{"format": "{NAME}", "version": {VERSION},\n{body}}}\n'
    return re.sub("[\ud800-\udfff]", lambda lone: f"\\u{ord(lone[0]):04x}", text)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _lines(values: Iterable[object]) -> str:
    lines = ",\n".join(map(_json, values))
    return f"[\n{lines}\n]" if lines else "[]"


def parse(source: Source) -> Annotation:
    """Read the native format.

    Parameters
    ----------
    source
        The file. The video that it says it belongs to must be the one given.

    Raises
    ------
    FormatError
        If it is damaged or of a newer version; names line and column.
    VideoMismatchError
        If it belongs to another video; says what differs.
    """
    document = _document(source)
    stated = _convert(source, _video, document.get("video"), "video")
    video = stated if source.video is None else _same(source, stated, source.video)

    def listed(key: str, convert: Callable[[Any], T]) -> list[T]:
        values = document.get(key)
        if not isinstance(values, list):
            raise source.error(f"{key!r} should be a list")
        return [
            _convert(source, convert, value, key, index)
            for index, value in enumerate(values)
        ]

    def optional(key: str, convert: Callable[[Any], T], default: T) -> T:
        if key not in document:
            return default
        return _convert(source, convert, document[key], key)

    tracks = listed("tracks", track_from_json)
    first: dict[int, int] = {}
    for index, track in enumerate(tracks):
        if first.setdefault(track.id, index) != index:
            raise source.error(
                f"there is a track #{track.id} already; ids are unique",
                _line(source.text, "tracks", index),
            )
    labels = listed("labels", label_from_json)
    events = listed("events", event_from_json)
    if document["version"] == 1:
        labels += _undeclared(labels, events)
    _note_newer(source)
    empty = Annotation(video, labels)
    for index, track in enumerate(tracks):
        _convert(source, empty.with_new_track, track, "tracks", index)
    return Annotation(
        video=video,
        labels=labels,
        tracks=tracks,
        events=events,
        attributes=optional("attributes", values_from_json, {}),
        declared=optional("declared", declared_from_json, []),
        notes=optional("notes", notes_from_json, {}),
        next_id=document.get("next_id"),
        label_version=document.get("label_version", 1),
    )


def _note_newer(source: Source) -> None:
    """Say so where changes are in the journal and not in the label file."""
    content = source.content
    if isinstance(content, Content) and journal_is_ahead(content):
        source.notes.dropped(
            "the newest changes: they are in the journal beside this file, and not in "
            f"it yet; boxreel.restore({source.path!r}) has them"
        )


def _undeclared(labels: list[Label], events: list[Event]) -> list[Label]:
    """Labels that events have without being declared, as version 1 allowed."""
    known = {label.name for label in labels}
    names = dict.fromkeys(event.label for event in events if event.label not in known)
    return [Label(name, use="event") for name in names]


def _document(source: Source) -> dict[str, Any]:
    document = read_json(source)
    if not isinstance(document, dict) or document.get("format") != NAME:
        raise source.error(f'this is not a boxreel file: "format" is not "{NAME}"')
    version = document.get("version")
    if type(version) is not int or version < 1:
        raise source.error(f"version {version!r} is not a positive integer")
    if version > VERSION:
        raise source.error(
            f"written by a newer boxreel (version {version}, this one reads up to "
            f"{VERSION}); upgrade boxreel to open it"
        )
    for key in document:
        if key not in KEYS:
            source.notes.dropped(f"unknown entry {key!r}")
    return document


def _convert(
    source: Source,
    convert: Callable[[Any], T],
    value: Any,
    key: str,
    index: int | None = None,
) -> T:
    """Convert a value, with its place in the message if it cannot stand."""
    try:
        return convert(value)
    except (TypeError, ValueError) as error:
        line = None if index is None else _line(source.text, key, index)
        place = key if index is None else f"{key}[{index}]"
        raise source.error(f"{place}: {error}", line) from error


def _line(text: str, key: str, index: int) -> int | None:
    """Return the line of an entry, if the file is laid out as `dump` does."""
    lines = text.split("\n")
    opening = f'"{key}": ['
    if opening not in lines:
        return None
    return lines.index(opening) + 2 + index


def _video(data: Any) -> VideoInfo:
    """Read the video, after a look at how long it claims to be."""
    try:
        frames = 1 + sum(count for _, count in data["ticks"][1:])
    except (KeyError, TypeError, ValueError):
        frames = 0
    if frames > MAX_FRAMES:
        raise AnnotationError(f"{frames:,} frames are more than {MAX_FRAMES:,}")
    return video_from_json(data)


def _same(source: Source, stated: VideoInfo, video: VideoInfo) -> VideoInfo:
    """Return the given video if the labels belong to it."""
    if found := mismatch(stated, video):
        raise VideoMismatchError(
            f"{source.path} holds labels of {stated.name!r}, not of {video.name!r}: "
            f"{found}; read without video=, {REMEDY}"
        )
    return video


FORMAT = Format(
    name=NAME,
    extensions=(".json",),
    sniff=sniff,
    parse=parse,
    dump=dump,
)
