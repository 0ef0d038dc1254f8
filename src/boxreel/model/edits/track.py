"""Edits of whole tracks, and several edits as one."""

from __future__ import annotations

from dataclasses import dataclass, replace

from boxreel.errors import EditError
from boxreel.model.annotation import Annotation
from boxreel.model.edits.base import Edit, Group, TrackId, track_of, with_events
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
        freed = with_events(annotation, lambda event: event.without_track(self.track))
        return freed.without_track(self.track)

    def _text(self) -> str:
        return f"removal of #{self.track}"


@dataclass(frozen=True)
class SetTrackId(Edit):
    """Give a track another id, which must be free; its events follow.

    Examples
    --------
    >>> SetTrackId(2, 7).describe()
    'id of #2: #7'
    """

    track: TrackId
    id: TrackId

    def _apply(self, annotation: Annotation) -> Annotation:
        track = track_of(annotation, self.track)
        if self.id == track.id:
            return annotation
        if self.id in annotation.tracks:
            raise EditError(
                f"there is a track #{self.id} already: choose a free id, "
                "or merge or swap the two"
            )
        renamed = with_events(
            annotation, lambda event: event.with_track_renamed(track.id, self.id)
        )
        return renamed.without_track(track.id).with_track(replace(track, id=self.id))

    def _text(self) -> str:
        return f"id of #{self.track}: #{self.id}"


@dataclass(frozen=True)
class SetGroup(Edit):
    """Put tracks into a group, or take them out of any.

    A group is a pair, or an activity: its tracks keep their ids. To make one object of
    several tracks, merge them.

    Parameters
    ----------
    tracks
        Their ids.
    group
        A positive number, `Annotation.next_group` for a new group; None for none.

    Examples
    --------
    >>> SetGroup((2, 5), 1).describe(), SetGroup((2, 5)).describe()
    ('group 1 of #2, #5', 'ungrouping of #2, #5')
    """

    tracks: tuple[TrackId, ...]
    group: Group | None = None

    def _apply(self, annotation: Annotation) -> Annotation:
        tracks = [track_of(annotation, id) for id in self.tracks]
        changed = [
            replace(track, group=self.group)
            for track in tracks
            if track.group != self.group
        ]
        return annotation.with_tracks(changed) if changed else annotation

    def _text(self) -> str:
        what = "ungrouping" if self.group is None else f"group {self.group}"
        many = len(self.tracks) > 3
        named = ", ".join(f"#{id}" for id in self.tracks)
        return f"{what} of {f'{len(self.tracks)} tracks' if many else named}"


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
