"""Edits of single keyframes."""

from __future__ import annotations

from dataclasses import dataclass

from boxreel.errors import EditError
from boxreel.model.annotation import Annotation
from boxreel.model.edits.base import (
    Edit,
    Frame,
    TrackId,
    changed,
    check_frame,
    track_of,
)
from boxreel.model.keyframe import Keyframe, Source
from boxreel.shapes.box import Box


@dataclass(frozen=True)
class SetKeyframe(Edit):
    """Insert a keyframe, or replace the one on its frame.

    Parameters
    ----------
    track, frame, box
        Where; the box may be given as 4 or 5 numbers.
    outside
        None makes the object present: drawing it brings it back.
    occluded, hold
        None leaves them as they are in force on that frame; before the track's start
        `occluded` is that of its first keyframe, `hold` is off.
    source, score
        Who made it, and with which confidence.

    Examples
    --------
    >>> edit = SetKeyframe(2, 132, (10, 20, 40, 30))
    >>> edit.describe()
    'box of #2 at 132'
    >>> edit.to_json()
    {'kind': 'set_keyframe', 'track': 2, 'frame': 132, 'box': [10, 20, 40, 30]}
    """

    track: TrackId
    frame: Frame
    box: Box
    outside: bool | None = None
    occluded: bool | None = None
    hold: bool | None = None
    source: Source = "human"
    score: float | None = None

    def _apply(self, annotation: Annotation) -> Annotation:
        track = track_of(annotation, self.track)
        check_frame(annotation, self.frame)
        started = self.frame >= track.start
        if self.outside and not started:
            raise EditError(
                f"track #{track.id} starts at {track.start}: "
                f"it is absent at {self.frame} already"
            )
        keyframes = track.keyframes
        state = keyframes[max(keyframes.index_at(self.frame), 0)]
        row = Keyframe(
            frame=self.frame,
            box=self.box,
            outside=bool(self.outside),
            occluded=state.occluded if self.occluded is None else self.occluded,
            hold=started and state.hold if self.hold is None else self.hold,
            source=self.source,
            score=self.score,
        )
        return changed(annotation, track, keyframes.put(row))

    def _text(self) -> str:
        return f"box of #{self.track} at {self.frame}"


@dataclass(frozen=True)
class RemoveKeyframe(Edit):
    """Remove the keyframe on a frame, but not the last at which the object is present.

    Examples
    --------
    >>> RemoveKeyframe(2, 132).describe()
    'removal of keyframe 132 of #2'
    """

    track: TrackId
    frame: Frame

    def _apply(self, annotation: Annotation) -> Annotation:
        track = track_of(annotation, self.track)
        keyframes = track.keyframes
        if not keyframes.has(self.frame):
            raise EditError(f"track #{track.id} has no keyframe at {self.frame}")
        index = keyframes.index_at(self.frame)
        return changed(annotation, track, keyframes.removed(index))

    def _text(self) -> str:
        return f"removal of keyframe {self.frame} of #{self.track}"


@dataclass(frozen=True)
class SetHold(Edit):
    """Let the box stay, or move, from the keyframe at or before a frame to the next.

    Examples
    --------
    >>> SetHold(2, 132, True).describe()
    'hold of #2 at 132'
    """

    track: TrackId
    frame: Frame
    hold: bool

    def _apply(self, annotation: Annotation) -> Annotation:
        track = track_of(annotation, self.track)
        check_frame(annotation, self.frame)
        index = track.keyframes.index_at(self.frame)
        if index < 0:
            raise EditError(
                f"track #{track.id} starts at {track.start}: "
                f"it has no keyframe at or before {self.frame}"
            )
        if bool(track.keyframes.hold[index]) == self.hold:
            return annotation
        keyframes = track.keyframes.filled("hold", index, index + 1, self.hold)
        return changed(annotation, track, keyframes)

    def _text(self) -> str:
        return f"{'hold' if self.hold else 'motion'} of #{self.track} at {self.frame}"
