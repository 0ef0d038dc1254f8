"""Events: labelled spans of frames."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from boxreel.errors import AnnotationError
from boxreel.model.checks import (
    Value,
    as_frame,
    as_positive,
    as_text,
    checked_values,
)


@dataclass(frozen=True, slots=True)
class Event:
    """Something that is said of a span of frames, without a box.

    What happens over a while, a class of the whole clip, a tag on one frame and a text
    that is spoken are all events: they differ in their span, and a text is the value of
    an attribute.

    Parameters
    ----------
    id
        Positive, unique among the document's events.
    label
        Name of its label.
    start, stop
        Its frames, half-open: `stop` is the first frame after it.
    tracks
        Ids of the tracks that take part.
    attributes
        Values by name.

    Raises
    ------
    AnnotationError
        An empty span, or a value of the wrong kind.

    Examples
    --------
    >>> Event(1, "crossing", 30, 90, tracks=(2, 5))
    Event(1, 'crossing', frames 30 to 89, tracks 2, 5)
    """

    id: int
    label: str
    start: int
    stop: int
    tracks: tuple[int, ...] = ()
    attributes: Mapping[str, Value] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "id", as_positive(self.id, "the id of an event"))
        what = f"event {self.id}"
        as_text(self.label, f"the label of {what}")
        object.__setattr__(self, "start", as_frame(self.start, f"start of {what}"))
        object.__setattr__(self, "stop", as_frame(self.stop, f"stop of {what}"))
        if self.start >= self.stop:
            raise AnnotationError(
                f"{what} has the frames [{self.start}, {self.stop}): "
                "stop is the first frame after it and must lie after start"
            )
        tracks = tuple(
            as_positive(track, f"a track of {what}") for track in self.tracks
        )
        if len(set(tracks)) < len(tracks):
            raise AnnotationError(f"{what} names a track twice: {tracks}")
        object.__setattr__(self, "tracks", tracks)
        object.__setattr__(self, "attributes", checked_values(self.attributes, what))

    def without_track(self, id: int) -> Event:
        """Take a track out of it."""
        if id not in self.tracks:
            return self
        return replace(
            self, tracks=tuple(other for other in self.tracks if other != id)
        )

    def with_track_renamed(self, old: int, new: int) -> Event:
        """Let another track take the part of one, or share its own."""
        if old not in self.tracks:
            return self
        renamed = dict.fromkeys(new if id == old else id for id in self.tracks)
        return replace(self, tracks=tuple(renamed))

    def __reduce__(self) -> tuple[Any, ...]:
        values = (self.id, self.label, self.start, self.stop, self.tracks)
        return Event, (*values, dict(self.attributes))

    def __repr__(self) -> str:
        tracks = ", tracks " + ", ".join(map(str, self.tracks)) if self.tracks else ""
        return (
            f"Event({self.id}, {self.label!r}, "
            f"frames {self.start} to {self.stop - 1}{tracks})"
        )
