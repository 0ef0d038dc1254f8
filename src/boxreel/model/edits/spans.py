"""Edits of where a track lies in time, and of a box that is kept for a while."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from boxreel.errors import EditError
from boxreel.model.annotation import Annotation
from boxreel.model.edits.base import (
    Edit,
    Frame,
    TrackId,
    changed,
    check_frame,
    range_in,
    range_text,
    track_of,
)
from boxreel.model.keyframes import Floats, Keyframes


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
        if self.by == 0:
            return annotation
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
            begun = track.keyframes.pinned(start).on(start)
            keyframes = begun.then(keyframes.after(start))
        return changed(annotation, track, keyframes)

    def _text(self) -> str:
        return f"trim of #{self.track} {range_text(self.start, self.stop)}"


@dataclass(frozen=True)
class Propagate(Edit):
    """Keep the box of a frame, as it is, on a range; all other frames stay.

    The object is present on all of the range, and the keyframes there give way.

    Parameters
    ----------
    track, frame
        Which box; the object must be present there.
    stop, start
        The range ``[start, stop)``; it begins at `frame` by default.

    Examples
    --------
    >>> Propagate(2, 132, 140).describe()
    'box of #2 at 132 kept in 132 to 139'
    """

    track: TrackId
    frame: Frame
    stop: Frame | None = None
    start: Frame | None = None

    def _apply(self, annotation: Annotation) -> Annotation:
        track = track_of(annotation, self.track)
        check_frame(annotation, self.frame)
        start, stop = range_in(annotation, self._start, self.stop)
        old = track.keyframes
        if not old.present_at(self.frame):
            raise EditError(
                f"track #{track.id} is absent at {self.frame}: "
                "choose a frame with a box to propagate"
            )
        row = (
            old.pinned(self.frame, hold=True).on(self.frame).shifted(start - self.frame)
        )
        keyframes = headed(old, start, row.boxes[0]).then(row)
        if stop < annotation.video.frame_count:
            following = old.pinned(stop, outside=not old.present_at(stop))
            keyframes = keyframes.then(following.after(stop - 1))
        return changed(annotation, track, keyframes)

    @property
    def _start(self) -> int:
        return self.frame if self.start is None else self.start

    def _text(self) -> str:
        kept = range_text(self._start, self.stop)
        return f"box of #{self.track} at {self.frame} kept {kept}"


def ended(keyframes: Keyframes, stop: int) -> Keyframes:
    """Rows before a frame, and an outside one there if the object would go on."""
    head = keyframes.before(stop)
    if keyframes.present_at(stop - 1):
        return keyframes.pinned(stop, outside=True).before(stop + 1)
    return head


def headed(keyframes: Keyframes, frame: int, following: Floats) -> Keyframes:
    """Rows before a frame, such that none of their boxes moves with what follows."""
    head = keyframes.before(frame)
    if not keyframes.present_at(frame - 1):
        return head
    last = len(head) - 1
    if len(head) == len(keyframes) or head.hold[last]:
        return head.filled("hold", last, last + 1, True)
    if np.array_equal(keyframes.row_at(frame), following):
        return head
    return keyframes.pinned(frame - 1).before(frame)
