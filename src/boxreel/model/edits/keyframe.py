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
from boxreel.model.track import Track
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
        index = _keyframe_at(track, self.frame)
        return changed(annotation, track, track.keyframes.removed(index))

    def _text(self) -> str:
        return f"removal of keyframe {self.frame} of #{self.track}"


@dataclass(frozen=True)
class MoveKeyframe(Edit):
    """Move a keyframe in time, as far as its neighbours leave room.

    Parameters
    ----------
    track, frame
        Which one.
    to
        The frame it comes to, after the keyframe before it and before the one after
        it. To move several to later frames, move the last one first.

    Examples
    --------
    >>> MoveKeyframe(2, 132, 140).describe()
    'keyframe 132 of #2 to 140'
    """

    track: TrackId
    frame: Frame
    to: Frame

    def _apply(self, annotation: Annotation) -> Annotation:
        track = track_of(annotation, self.track)
        index = _keyframe_at(track, self.frame)
        check_frame(annotation, self.to)
        frames = track.keyframes.frames.tolist()
        for neighbour in frames[:index][-1:] + frames[index + 1 :][:1]:
            if (neighbour < self.frame) != (
                neighbour < self.to
            ) or neighbour == self.to:
                raise EditError(
                    f"keyframe {self.frame} of track #{track.id} cannot move to "
                    f"{self.to}: it would meet or pass the keyframe at {neighbour}"
                )
        return changed(annotation, track, track.keyframes.moved(index, self.to))

    def _text(self) -> str:
        return f"keyframe {self.frame} of #{self.track} to {self.to}"


def _keyframe_at(track: Track, frame: int) -> int:
    """Index of the keyframe on a frame; EditError where there is none."""
    if not track.keyframes.has(frame):
        raise EditError(f"track #{track.id} has no keyframe at {frame}")
    return track.keyframes.index_at(frame)
