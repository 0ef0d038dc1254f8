"""Edits of ranges of frames: presence, occlusion, and whether the box moves."""

from __future__ import annotations

from dataclasses import dataclass

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
        return _on_life(annotation, self, "occluded", self.occluded)

    def _text(self) -> str:
        what = "occluded" if self.occluded else "visible"
        return f"{what} of #{self.track} {range_text(self.start, self.stop)}"


@dataclass(frozen=True)
class SetHold(Edit):
    """Let the box stay, or move, on a range: interpolation off, or on.

    Held, a box stays from each keyframe to the next. All other frames stay as they
    are, and so does every keyframe.

    Examples
    --------
    >>> SetHold(2, 10, 20).describe()
    'hold of #2 in 10 to 19'
    """

    track: TrackId
    start: Frame
    stop: Frame | None = None
    hold: bool = True

    def _apply(self, annotation: Annotation) -> Annotation:
        return _on_life(annotation, self, "hold", self.hold)

    def _text(self) -> str:
        what = "hold" if self.hold else "motion"
        return f"{what} of #{self.track} {range_text(self.start, self.stop)}"


def _on_life(
    annotation: Annotation, edit: SetOccluded | SetHold, flag: str, value: bool
) -> Annotation:
    """Set a flag on what lies of a range after the start of the track."""
    track = track_of(annotation, edit.track)
    start, stop = range_in(annotation, edit.start, edit.stop)
    if stop <= track.start:
        raise EditError(
            f"track #{track.id} starts at {track.start}: "
            f"nothing of it lies in [{start}, {stop})"
        )
    start, end = max(start, track.start), annotation.video.frame_count
    keyframes = _flagged(track.keyframes, flag, start, stop, value, end)
    return changed(annotation, track, keyframes)


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
