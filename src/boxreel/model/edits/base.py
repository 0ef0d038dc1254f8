"""What every edit is: a value that applies to an annotation and travels as JSON."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import MISSING, dataclass, fields, replace
from operator import is_
from typing import Any, ClassVar, Final, NamedTuple, TypeAlias

from boxreel.errors import AnnotationError, EditError
from boxreel.model.annotation import Annotation
from boxreel.model.checks import (
    as_bool,
    as_frame,
    as_int,
    as_positive,
    as_text,
    as_value,
)
from boxreel.model.events import Event
from boxreel.model.interpolate import checked_frames
from boxreel.model.json import (
    attribute_from_json,
    attribute_to_json,
    event_from_json,
    event_to_json,
    label_from_json,
    label_to_json,
    track_from_json,
    track_to_json,
)
from boxreel.model.keyframe import as_score, source_index
from boxreel.model.keyframes import Keyframes
from boxreel.model.labels import Label, unique_attributes
from boxreel.model.plain import (
    REQUIRED,
    box_to_json,
    fields_of,
    list_of,
    number_to_json,
    value_to_json,
)
from boxreel.model.track import Track
from boxreel.shapes.box import Box

TrackId: TypeAlias = int
EventId: TypeAlias = int
Group: TypeAlias = int
Frame: TypeAlias = int
Note: TypeAlias = str


class FieldType(NamedTuple):
    """How the fields of one type are checked, written and read."""

    check: Callable[[Any, str], Any]
    write: Callable[[Any], Any] = lambda value: value
    read: Callable[[Any], Any] = lambda value: value


@dataclass(frozen=True)
class Edit(ABC):
    """A change of an annotation, as a value.

    Fields are checked when an edit is made, whether they suit an annotation when it is
    applied. Ranges are half-open, ``[start, stop)``; `stop` None means to the end of
    the video.

    Raises
    ------
    EditError
        A field of the wrong kind.
    """

    kind: ClassVar[str]
    """Name of the kind of edit on the wire."""

    def __init_subclass__(cls) -> None:
        cls.kind = re.sub(r"(?<=.)(?=[A-Z])", "_", cls.__name__).lower()
        KINDS[cls.kind] = cls

    def __post_init__(self) -> None:
        try:
            for field in fields(self):
                value = getattr(self, field.name)
                if value is not None or field.default is not None:
                    checked = _type(field.type).check(value, field.name)
                    object.__setattr__(self, field.name, checked)
        except EditError:
            raise
        except AnnotationError as error:
            raise EditError(f"{self.kind}: {error}") from None

    def apply(self, annotation: Annotation) -> Annotation:
        """Make the annotation that this edit leads to.

        Raises
        ------
        EditError
            It does not suit the annotation.
        """
        try:
            return self._apply(annotation)
        except EditError:
            raise
        except AnnotationError as error:
            raise EditError(str(error)) from error

    @abstractmethod
    def _apply(self, annotation: Annotation) -> Annotation:
        """Do the work of `apply`."""

    def describe(self) -> str:
        """Say in a few words what it does, as in "undo box of #2 at 132"."""
        return self._text()

    @abstractmethod
    def _text(self) -> str:
        """Make the text of `describe`."""

    def to_json(self) -> dict[str, Any]:
        """Write the edit as a plain dict, without fields that have their default."""
        written: dict[str, Any] = {"kind": self.kind}
        for field in fields(self):
            value = getattr(self, field.name)
            if field.default is MISSING or value != field.default:
                plain = None if value is None else _type(field.type).write(value)
                written[field.name] = plain
        return written


KINDS: Final[dict[str, type[Edit]]] = {}


def edit_from_json(data: Any) -> Edit:
    """Read an edit.

    Raises
    ------
    EditError
        It is none.

    Examples
    --------
    >>> edit_from_json({"kind": "split_track", "track": 1, "frame": 20})
    SplitTrack(track=1, frame=20, new_track=None)
    """
    kind = data.get("kind") if isinstance(data, dict) else None
    cls = KINDS.get(kind) if isinstance(kind, str) else None
    if cls is None:
        raise EditError(
            f"{data!r:.100} is no edit: its kind must be one of {', '.join(KINDS)}"
        )
    defaults = {
        field.name: REQUIRED if field.default is MISSING else field.default
        for field in fields(cls)
    }
    given = {name: value for name, value in data.items() if name != "kind"}
    try:
        values = fields_of(given, f"{kind} edit", defaults)
        for field in fields(cls):
            if values[field.name] is not None:
                values[field.name] = _type(field.type).read(values[field.name])
    except EditError:
        raise
    except AnnotationError as error:
        raise EditError(f"{kind}: {error}") from error
    return cls(**values)


def changed(annotation: Annotation, track: Track, keyframes: Keyframes) -> Annotation:
    """Give a track other keyframes; without a change the annotation stays the same."""
    if keyframes == track.keyframes:
        return annotation
    return annotation.with_track(replace(track, keyframes=keyframes))


def with_events(annotation: Annotation, change: Callable[[Event], Event]) -> Annotation:
    """Change events; without a change the annotation stays the same."""
    events = tuple(map(change, annotation.events))
    if all(map(is_, events, annotation.events)):
        return annotation
    return annotation.with_parts(events=events)


def counted(tracks: int, events: int) -> str:
    """Count tracks and events in words.

    Examples
    --------
    >>> counted(12, 1), counted(0, 2)
    ('12 tracks and 1 event', '2 events')
    """
    counts = ((tracks, "track"), (events, "event"))
    return " and ".join(
        f"{number} {noun}{'' if number == 1 else 's'}"
        for number, noun in counts
        if number
    )


def track_of(annotation: Annotation, id: int) -> Track:
    """Find a track.

    Raises
    ------
    EditError
        There is none of that id.
    """
    track = annotation.tracks.get(id)
    if track is None:
        ids = [*map(str, annotation.tracks)]
        known = ", ".join([*ids[:10], "..."][: len(ids)]) or "none"
        raise EditError(f"no track #{id}: tracks are {known}")
    return track


def check_frame(annotation: Annotation, frame: int) -> None:
    """Raise AnnotationError unless the video has this frame."""
    checked_frames([frame], annotation.video.frame_count)


def range_in(annotation: Annotation, start: int, stop: int | None) -> tuple[int, int]:
    """Fill in the end of a range.

    Raises
    ------
    EditError
        It is empty or not within the video.
    """
    count = annotation.video.frame_count
    end = count if stop is None else stop
    if not start < end <= count:
        raise EditError(
            f"frames [{start}, {end}) are no range of the video: "
            f"give 0 <= start < stop <= {count}"
        )
    return start, end


def range_text(start: int, stop: int | None) -> str:
    """Name a range for `Edit.describe`."""
    return f"from {start}" if stop is None else f"in {start} to {stop - 1}"


def _is(cls: type) -> Callable[[Any, str], Any]:
    def check(value: Any, what: str) -> Any:
        if not isinstance(value, cls):
            raise EditError(f"{what} must be a {cls.__name__}, not {value!r:.100}")
        return value

    return check


def _edits(value: Any, what: str) -> tuple[Edit, ...]:
    check = _is(Edit)
    edits = tuple(check(edit, "an edit of a batch") for edit in list_of(value, what))
    if not edits:
        raise EditError(f"{what} is empty: a batch has at least one edit")
    return edits


def _ids(value: Any, what: str) -> tuple[int, ...]:
    ids = tuple(as_positive(id, f"one of {what}") for id in list_of(value, what))
    if not ids or len(set(ids)) < len(ids):
        raise EditError(f"{what} are {ids}: give at least one id, and none twice")
    return ids


def _note(value: Any, what: str) -> str:
    if not isinstance(value, str):
        raise EditError(f"{what} must be a text, not {value!r:.100}")
    return value


def _source(value: Any, what: str) -> Any:
    source_index(value)
    return value


def _type(annotation: Any) -> FieldType:
    return _TYPES[str(annotation).removesuffix(" | None")]


_TYPES: Final = {
    "TrackId": FieldType(as_positive),
    "EventId": FieldType(as_positive),
    "Group": FieldType(as_positive),
    "Frame": FieldType(as_frame),
    "Note": FieldType(_note),
    "int": FieldType(as_int),
    "bool": FieldType(as_bool),
    "str": FieldType(as_text),
    "float": FieldType(lambda value, what: as_score(value), number_to_json),
    "Source": FieldType(_source),
    "Value": FieldType(as_value, value_to_json),
    "Box": FieldType(lambda value, what: Box.of(value), box_to_json),
    "Track": FieldType(_is(Track), track_to_json, track_from_json),
    "Label": FieldType(_is(Label), label_to_json, label_from_json),
    "Event": FieldType(_is(Event), event_to_json, event_from_json),
    "tuple[TrackId, ...]": FieldType(_ids, lambda ids: [*ids]),
    "tuple[Attribute, ...]": FieldType(
        lambda value, what: unique_attributes(list_of(value, what), "the clip"),
        lambda attributes: [*map(attribute_to_json, attributes)],
        lambda data: [*map(attribute_from_json, list_of(data, "attributes"))],
    ),
    "tuple[Edit, ...]": FieldType(
        _edits,
        lambda edits: [edit.to_json() for edit in edits],
        lambda data: [edit_from_json(edit) for edit in list_of(data, "edits")],
    ),
}
