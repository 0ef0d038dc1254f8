"""What a document says besides its video and its tracks, as plain JSON and back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

from boxreel.errors import AnnotationError
from boxreel.model.checks import Value
from boxreel.model.events import Event
from boxreel.model.json import (
    Json,
    attribute_from_json,
    attribute_to_json,
    event_from_json,
    event_to_json,
    label_from_json,
    label_to_json,
)
from boxreel.model.labels import Attribute, Label
from boxreel.model.plain import list_of, mapping_of, value_to_json

if TYPE_CHECKING:
    from boxreel.model.annotation import Annotation


def parts_to_json(annotation: Annotation, before: Annotation | None = None) -> Json:
    """Write all parts, or only those that are not the very same objects as `before`.

    Examples
    --------
    >>> from boxreel.model import Annotation, VideoInfo
    >>> video = VideoInfo.constant("street.mp4", 1920, 1080, 300, fps=30)
    >>> old = Annotation.for_video(video, labels=["car"])
    >>> parts_to_json(old.with_parts(notes={7: "a crash"}), old)
    {'notes': [[7, 'a crash']]}
    """
    return {
        name: write(getattr(annotation, name))
        for name, write in _WRITERS.items()
        if before is None or getattr(annotation, name) is not getattr(before, name)
    }


def labels_from_json(data: Any) -> list[Label]:
    """Read a label set."""
    return [label_from_json(label) for label in list_of(data, "labels")]


def events_from_json(data: Any) -> list[Event]:
    """Read events."""
    return [event_from_json(event) for event in list_of(data, "events")]


def declared_from_json(data: Any) -> list[Attribute]:
    """Read declarations of attributes."""
    return [attribute_from_json(item) for item in list_of(data, "declared")]


def values_from_json(data: Any) -> Mapping[str, Value]:
    """Read the values of the clip's attributes."""
    return mapping_of(data, "attributes of the clip")


def notes_from_json(data: Any) -> dict[int, str]:
    """Read the notes on frames.

    Raises
    ------
    AnnotationError
        Not pairs of frame and text, or two notes on one frame.

    Examples
    --------
    >>> notes_from_json([[7, "a crash"]])
    {7: 'a crash'}
    """
    pairs = list_of(data, "notes")
    try:
        notes = {frame: text for frame, text in pairs}  # noqa: C416 - checks the pairs
    except (TypeError, ValueError):
        raise AnnotationError(
            f"notes are {data!r:.100}: give pairs of frame and text"
        ) from None
    if len(notes) < len(pairs):
        raise AnnotationError("there are two notes on one frame: put them together")
    return notes


def _each(write: Callable[[Any], Json]) -> Callable[[Any], list[Json]]:
    return lambda items: [write(item) for item in items]


_WRITERS: Final[dict[str, Callable[[Any], Any]]] = {
    "labels": _each(label_to_json),
    "label_version": int,
    "declared": _each(attribute_to_json),
    "attributes": lambda values: {
        name: value_to_json(value) for name, value in values.items()
    },
    "notes": lambda notes: [[frame, text] for frame, text in notes.items()],
    "events": _each(event_to_json),
    "next_id": int,
}
