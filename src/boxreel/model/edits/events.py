"""Edits of events: labelled spans of frames without a box."""

from __future__ import annotations

from dataclasses import dataclass

from boxreel.errors import EditError
from boxreel.model.annotation import Annotation
from boxreel.model.checks import same_value
from boxreel.model.edits.base import Edit, EventId, with_events
from boxreel.model.events import Event
from boxreel.model.validate import check_event


@dataclass(frozen=True)
class AddEvent(Edit):
    """Add an event under a free id, such as `Annotation.next_event_id`.

    Examples
    --------
    >>> AddEvent(Event(1, "crossing", 30, 90)).describe()
    'new crossing event'
    """

    event: Event

    def _apply(self, annotation: Annotation) -> Annotation:
        event = self.event
        if any(known.id == event.id for known in annotation.events):
            raise EditError(f"there is an event {event.id} already: give a free id")
        _check(annotation, event, None)
        return annotation.with_parts(events=(*annotation.events, event))

    def _text(self) -> str:
        return f"new {self.event.label} event"


@dataclass(frozen=True)
class SetEvent(Edit):
    """Put an event in place of the one of its id: moved, resized, relabelled, ...

    Examples
    --------
    >>> SetEvent(Event(1, "crossing", 30, 95)).describe()
    'change of event 1'
    """

    event: Event

    def _apply(self, annotation: Annotation) -> Annotation:
        old = _event_of(annotation, self.event.id)
        _check(annotation, self.event, old)
        if self.event == old and _same_values(self.event, old):
            return annotation
        return with_events(
            annotation, lambda event: self.event if event is old else event
        )

    def _text(self) -> str:
        return f"change of event {self.event.id}"


@dataclass(frozen=True)
class RemoveEvent(Edit):
    """Remove an event.

    Examples
    --------
    >>> RemoveEvent(1).describe()
    'removal of event 1'
    """

    event: EventId

    def _apply(self, annotation: Annotation) -> Annotation:
        old = _event_of(annotation, self.event)
        events = tuple(event for event in annotation.events if event is not old)
        return annotation.with_parts(events=events)

    def _text(self) -> str:
        return f"removal of event {self.event}"


def _event_of(annotation: Annotation, id: int) -> Event:
    for event in annotation.events:
        if event.id == id:
            return event
    ids = [str(event.id) for event in annotation.events]
    known = ", ".join([*ids[:10], "..."][: len(ids)]) or "none"
    raise EditError(f"no event {id}: events are {known}")


def _check(annotation: Annotation, event: Event, old: Event | None) -> None:
    """Check an event, and those of its values that `old` does not have already."""
    labels = {label.name for label in annotation.labels}
    check_event(event, labels, annotation.tracks, annotation.video)
    label = annotation.label(event.label)
    for name, value in event.attributes.items():
        if old is None or not same_value(old.attributes.get(name), value):
            label.check_steps(name, [(0, value)])


def _same_values(event: Event, other: Event) -> bool:
    return all(
        same_value(value, other.attributes[name])
        for name, value in event.attributes.items()
    )
