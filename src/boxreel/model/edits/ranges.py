"""Edits of ranges of frames: presence, occlusion, and where a track lies in time."""

from __future__ import annotations

from dataclasses import dataclass, replace

from boxreel.errors import EditError
from boxreel.model.annotation import Annotation
from boxreel.model.edits.base import (
    Edit,
    Frame,
    TrackId,
    changed,
    range_in,
    range_text,
    track_of,
)
from boxreel.model.keyframes import Keyframes


@dataclass(frozen=True)
class SetOutside(Edit):
    """Make an object absent, or present, on a range.

    All geometry stays, and so does presence on every other frame. From the track's
    first keyframe on, absence moves the start; presence before it extends the first
    box back.

    Examples
    --------
    >>> SetOutside(2, 10, 20).describe()
    'outside of #2 in 10 to 19'
    """

    track: TrackId
    start: Frame
    stop: Frame | None = None
    outside: bool = True

    def _apply(self, annotation: Annotation) -> Annotation:
        track = track_of(annotation, self.track)
        start, stop = range_in(annotation, self.start, self.stop)
        end = annotation.video.frame_count
        keyframes = _flagged(track.keyframes, "outside", start, stop, self.outside, end)
        return changed(annotation, track, keyframes)

    def _text(self) -> str:
        what = "outside" if self.outside else "inside"
        return f"{what} of #{self.track} {range_text(self.start, self.stop)}"


@dataclass(frozen=True)
class SetOccluded(Edit):
    """Mark an object as occluded, or visible, on a range; all other frames stay.

    Examples
    --------
    >>> SetOccluded(2, 10).describe()
    'occluded of #2 from 10'
    """

    track: TrackId
    start: Frame
    stop: Frame | None = None
    occluded: bool = True

    def _apply(self, annotation: Annotation) -> Annotation:
        track = track_of(annotation, self.track)
        start, stop = range_in(annotation, self.start, self.stop)
        if stop <= track.start:
            raise EditError(
                f"track #{track.id} starts at {track.start}: "
                f"nothing of it lies in [{start}, {stop})"
            )
        start, end = max(start, track.start), annotation.video.frame_count
        keyframes = _flagged(
            track.keyframes, "occluded", start, stop, self.occluded, end
        )
        return changed(annotation, track, keyframes)

    def _text(self) -> str:
        what = "occluded" if self.occluded else "visible"
        return f"{what} of #{self.track} {range_text(self.start, self.stop)}"


@dataclass(frozen=True)
class ShiftTrack(Edit):
    """Let a whole track happen some frames later, or earlier where `by` is negative.

    Attribute steps move along, except for those on frame 0, which say how it begins.

    Examples
    --------
    >>> ShiftTrack(2, -5).describe()
    'shift of #2 by -5'
    """

    track: TrackId
    by: int

    def _apply(self, annotation: Annotation) -> Annotation:
        track = track_of(annotation, self.track)
        keyframes = track.keyframes.frames
        for frame in (int(keyframes[0]), int(keyframes[-1])):
            self._moved(frame, annotation)
        attributes = {
            name: tuple(
                # a later step that arrives at frame 0 takes the place of the one there
                {
                    self._moved(frame, annotation) if frame else 0: value
                    for frame, value in steps
                }.items()
            )
            for name, steps in track.attributes.items()
        }
        shifted = track.keyframes.shifted(self.by)
        return annotation.with_track(
            replace(track, keyframes=shifted, attributes=attributes)
        )

    def _moved(self, frame: int, annotation: Annotation) -> int:
        count = annotation.video.frame_count
        if not 0 <= frame + self.by < count:
            raise EditError(
                f"track #{self.track} cannot move by {self.by}: "
                f"frame {frame} would leave the video of {count} frames"
            )
        return frame + self.by

    def _text(self) -> str:
        return f"shift of #{self.track} by {self.by}"


@dataclass(frozen=True)
class TrimTrack(Edit):
    """Cut an object's presence to a range; within it nothing changes.

    Examples
    --------
    >>> TrimTrack(2, 10, 20).describe()
    'trim of #2 in 10 to 19'
    """

    track: TrackId
    start: Frame
    stop: Frame | None = None

    def _apply(self, annotation: Annotation) -> Annotation:
        track = track_of(annotation, self.track)
        start, stop = range_in(annotation, self.start, self.stop)
        keyframes = track.keyframes
        if stop < annotation.video.frame_count:
            keyframes = ended(keyframes, stop)
        if start > track.start:
            begun = track.keyframes.pinned(start).before(start + 1)
            begun = begun.slice(len(begun) - 1)
            keyframes = begun.then(keyframes.after(start))
        return changed(annotation, track, keyframes)

    def _text(self) -> str:
        return f"trim of #{self.track} {range_text(self.start, self.stop)}"


def ended(keyframes: Keyframes, stop: int) -> Keyframes:
    """Rows before a frame, and an outside one there if the object would go on."""
    head = keyframes.before(stop)
    if keyframes.present_at(stop - 1):
        return keyframes.pinned(stop, outside=True).before(stop + 1)
    return head


def _flagged(
    keyframes: Keyframes, flag: str, start: int, stop: int, value: bool, end: int
) -> Keyframes:
    """Set a flag on ``[start, stop)``, and nowhere else before frame `end`."""

    def in_force(frame: int) -> bool:
        index = keyframes.index_at(frame)
        if index < 0:
            return flag == "outside"
        return bool(getattr(keyframes, flag)[index])

    result = keyframes
    if stop < end and in_force(stop) != value:
        result = result.pinned(stop, **{flag: not value})
    if in_force(start) != value:
        result = result.pinned(start, **{flag: value})
    first = result.index_at(start - 1) + 1
    last = result.index_at(stop - 1) + 1
    if (getattr(result, flag)[first:last] == value).all():
        return result
    return result.filled(flag, first, last, value)
