"""Edits that add or remove whole tracks, and several edits as one."""

from __future__ import annotations

from dataclasses import dataclass

from boxreel.model.annotation import Annotation
from boxreel.model.edits.base import Edit, TrackId, track_of
from boxreel.model.track import Track


@dataclass(frozen=True)
class AddTrack(Edit):
    """Add a track under a free id.

    Examples
    --------
    >>> from boxreel.model import Keyframes
    >>> AddTrack(Track(3, "car", Keyframes([0], [[10, 20, 40, 30]]))).describe()
    'new car #3'
    """

    track: Track

    def _apply(self, annotation: Annotation) -> Annotation:
        return annotation.with_new_track(self.track)

    def _text(self) -> str:
        return f"new {self.track.label} #{self.track.id}"


@dataclass(frozen=True)
class RemoveTrack(Edit):
    """Remove a track, also from the events it takes part in.

    Examples
    --------
    >>> RemoveTrack(2).describe()
    'removal of #2'
    """

    track: TrackId

    def _apply(self, annotation: Annotation) -> Annotation:
        track_of(annotation, self.track)
        events = tuple(event.without_track(self.track) for event in annotation.events)
        return annotation.without_track(self.track).with_parts(events=events)

    def _text(self) -> str:
        return f"removal of #{self.track}"


@dataclass(frozen=True)
class Batch(Edit):
    """Several edits in order as one: all of them, or none where one cannot be applied.

    Examples
    --------
    >>> Batch((RemoveTrack(2), RemoveTrack(5))).describe()
    '2 edits'
    """

    edits: tuple[Edit, ...]

    def _apply(self, annotation: Annotation) -> Annotation:
        return annotation.apply(*self.edits)

    def _text(self) -> str:
        if len(self.edits) == 1:
            return self.edits[0].describe()
        return f"{len(self.edits)} edits"
