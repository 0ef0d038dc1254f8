"""Document: the parts of an annotation, checked once, and copies of it that differ."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final, TypeVar

from boxreel.errors import AnnotationError
from boxreel.model.checks import Value, all_of, as_positive, checked_values
from boxreel.model.events import Event
from boxreel.model.labels import Attribute, Label, unique_attributes
from boxreel.model.track import Track
from boxreel.model.validate import (
    by_id,
    check_events,
    check_keyframes,
    check_labels,
    checked_notes,
    in_order,
)
from boxreel.model.video_info import VideoInfo

D = TypeVar("D", bound="Document")


@dataclass(frozen=True, init=False, repr=False)
class Document:
    """What an `Annotation` consists of; see there."""

    video: VideoInfo
    labels: tuple[Label, ...]
    tracks: MappingProxyType[int, Track] = field(hash=False)
    events: tuple[Event, ...]
    attributes: MappingProxyType[str, Value] = field(hash=False)
    declared: tuple[Attribute, ...]
    notes: MappingProxyType[int, str] = field(hash=False)
    next_id: int = field(compare=False)
    label_version: int = field(compare=False)

    def __init__(
        self,
        video: VideoInfo,
        labels: Iterable[Label] = (),
        tracks: Mapping[int, Track] | Iterable[Track] = (),
        events: Iterable[Event] = (),
        attributes: Mapping[str, Value] = MappingProxyType({}),
        declared: Iterable[Attribute] = (),
        notes: Mapping[int, str] = MappingProxyType({}),
        next_id: int | None = None,
        label_version: int = 1,
    ) -> None:
        sorted_tracks = by_id(tracks)
        least_id = next(reversed(sorted_tracks), 0) + 1
        self.__dict__.update(
            video=VideoInfo.of(video),
            labels=all_of(Label, labels),
            tracks=MappingProxyType(sorted_tracks),
            events=all_of(Event, events),
            attributes=checked_values(attributes, "the clip"),
            declared=unique_attributes(declared, "the clip"),
            notes=checked_notes(notes, VideoInfo.of(video)),
            next_id=max(
                as_positive(least_id if next_id is None else next_id, "next_id"),
                least_id,
            ),
            label_version=as_positive(label_version, "the version of the label set"),
        )
        check_labels(self.labels)
        known = {label.name for label in self.labels}
        check_events(self.events, known, self.tracks, self.video)
        for track in self.tracks.values():
            if track.label not in known:
                self.label(track.label)
            check_keyframes(track, self.video)

    def label(self, name: str) -> Label:
        """Find a label by its name.

        Raises
        ------
        AnnotationError
            No such label.

        Examples
        --------
        >>> from boxreel.model import Annotation
        >>> video = VideoInfo.constant("street.mp4", 1920, 1080, 300, fps=30)
        >>> Annotation.for_video(video, labels=["car"]).label("car").name
        'car'
        """
        for label in self.labels:
            if label.name == name:
                return label
        known = ", ".join(repr(label.name) for label in self.labels) or "none"
        raise AnnotationError(
            f"unknown label {name!r}: labels are {known}; add it first"
        )

    @property
    def next_event_id(self) -> int:
        """Id that a new event gets: one more than the largest, 1 for the first."""
        return max((event.id for event in self.events), default=0) + 1

    @property
    def next_group(self) -> int:
        """Number that a new group of tracks gets, 1 for the first."""
        return max((track.group or 0 for track in self.tracks.values()), default=0) + 1

    def with_new_track(self: D, track: Track) -> D:
        """Add a track; raise AnnotationError where id, label or frames do not fit."""
        if track.id in self.tracks:
            raise AnnotationError(
                f"there is a track #{track.id} already: give a free id"
            )
        self.label(track.label)
        check_keyframes(track, self.video)
        return self.with_track(track)

    def with_track(self: D, track: Track) -> D:
        """Put a track in place of the one of its id; nothing else is looked at."""
        return self.with_tracks([track])

    def with_tracks(self: D, changed: Iterable[Track]) -> D:
        """Put tracks in place of those of their ids; nothing else is looked at."""
        new = {track.id: track for track in changed}
        tracks = self.tracks | new
        if len(tracks) > len(self.tracks):
            tracks = in_order(tracks)
        next_id = max(self.next_id, max(new, default=0) + 1)
        return self.with_parts(tracks=MappingProxyType(tracks), next_id=next_id)

    def without_track(self: D, id: int) -> D:
        """Leave a track out; events that name it are for the caller to mend."""
        tracks = self.tracks.copy()
        del tracks[id]
        return self.with_parts(tracks=MappingProxyType(tracks))

    def with_parts(self: D, **parts: Any) -> D:
        """Make a copy with other parts, which are taken as they are.

        Other labels, or other attributes declared for the clip, are a new version of
        the label set.
        """
        self.__dict__.pop("_runs", None)  # the past, kept for undo, need not hold it
        if "labels" in parts or "declared" in parts:
            parts["label_version"] = self.label_version + 1
        copy = object.__new__(type(self))
        copy.__dict__.update({name: getattr(self, name) for name in PARTS} | parts)
        return copy

    def __reduce__(self) -> tuple[Any, ...]:
        plain = {name: getattr(self, name) for name in PARTS}
        for name in ("tracks", "attributes", "notes"):
            plain[name] = dict(plain[name])
        return type(self), tuple(plain.values())


PARTS: Final = (*Document.__dataclass_fields__,)
