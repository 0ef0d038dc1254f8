"""Edits of who is who: splitting, merging and swapping tracks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from boxreel.errors import EditError
from boxreel.model.annotation import Annotation
from boxreel.model.edits.attributes import merged_steps
from boxreel.model.edits.base import (
    Edit,
    Frame,
    TrackId,
    changed,
    check_frame,
    track_of,
    with_events,
)
from boxreel.model.edits.spans import ended, headed
from boxreel.model.keyframes import Keyframes
from boxreel.model.labels import Label
from boxreel.model.track import Steps, Track, step_value


@dataclass(frozen=True)
class SplitTrack(Edit):
    """End a track at a frame and let a new one go on from there.

    The earlier part keeps the id, the events and the note; both have the label and the
    group. No box changes on any frame.

    Parameters
    ----------
    track, frame
        Where; the object must be present there, and have begun before.
    new_track
        Id of the later part; the next free one by default.

    Examples
    --------
    >>> SplitTrack(2, 132).describe()
    'split of #2 at 132'
    """

    track: TrackId
    frame: Frame
    new_track: TrackId | None = None

    def _apply(self, annotation: Annotation) -> Annotation:
        track, frame = track_of(annotation, self.track), self.frame
        check_frame(annotation, frame)
        id = annotation.next_id if self.new_track is None else self.new_track
        if id in annotation.tracks:
            raise EditError(
                f"#{id} cannot be the id of the new track: give a free positive one"
            )
        if frame <= track.start or not track.keyframes.present_at(frame):
            raise EditError(
                f"track #{track.id} cannot be split at {frame}: choose a frame after "
                f"its start {track.start} where it is present"
            )
        earlier = replace(
            track,
            keyframes=ended(track.keyframes, frame),
            attributes=_map_steps(track, lambda steps: _before(steps, frame)),
        )
        later = replace(
            track,
            id=id,
            note="",
            keyframes=_from(track.keyframes, frame),
            attributes=_map_steps(track, lambda steps: _in_force(steps, frame)),
        )
        return annotation.with_track(earlier).with_track(later)

    def _text(self) -> str:
        return f"split of #{self.track} at {self.frame}"


@dataclass(frozen=True)
class MergeTracks(Edit):
    """Make one track of two that follow each other.

    The result has the id and the label of `track`. Before the later one starts it is
    as the earlier, from there on as the later, attributes included; an attribute that
    is fixed for the track is the earlier one's. Where the earlier one has ended before
    the later one starts, the object is absent. Events then name `track` for `other`;
    both notes are kept.

    Examples
    --------
    >>> MergeTracks(2, 5).describe()
    'merge of #2 and #5'
    """

    track: TrackId
    other: TrackId

    def _apply(self, annotation: Annotation) -> Annotation:
        track, other = (
            track_of(annotation, self.track),
            track_of(annotation, self.other),
        )
        _check_two(track, other, "merged")
        a, b = (track, other) if track.start <= other.start else (other, track)
        _check_apart(a, b)
        head = headed(a.keyframes, b.start, b.keyframes.boxes[0])
        label = annotation.label(track.label)
        merged = replace(
            track,
            keyframes=head.then(b.keyframes),
            attributes=_joined_attributes(label, a, b),
            group=other.group if track.group is None else track.group,
            note="\n".join(note for note in (track.note, other.note) if note),
        )
        return (
            with_events(
                annotation,
                lambda event: event.with_track_renamed(other.id, track.id),
            )
            .without_track(other.id)
            .with_track(merged)
        )

    def _text(self) -> str:
        return f"merge of #{self.track} and #{self.other}"


@dataclass(frozen=True)
class SwapTracks(Edit):
    """Exchange the keyframes of two tracks from a frame on.

    Labels and attributes stay with the ids.

    Examples
    --------
    >>> SwapTracks(2, 5, 132).describe()
    'swap of #2 and #5 at 132'
    """

    track: TrackId
    other: TrackId
    frame: Frame

    def _apply(self, annotation: Annotation) -> Annotation:
        track, other = (
            track_of(annotation, self.track),
            track_of(annotation, self.other),
        )
        check_frame(annotation, self.frame)
        _check_two(track, other, "swapped")
        a, b, frame = track.keyframes, other.keyframes, self.frame
        swapped = changed(annotation, track, _joined(a, b, frame))
        return changed(swapped, other, _joined(b, a, frame))

    def _text(self) -> str:
        return f"swap of #{self.track} and #{self.other} at {self.frame}"


def _check_two(track: Track, other: Track, done: str) -> None:
    if track is other:
        raise EditError(
            f"track #{track.id} cannot be {done} with itself: give two tracks"
        )


def _check_apart(a: Track, b: Track) -> None:
    present = a.keyframes.frames[~a.keyframes.outside]
    if present[-1] >= b.start:
        raise EditError(
            f"tracks #{a.id} and #{b.id} overlap: #{b.id} starts at {b.start}, "
            f"#{a.id} still has a keyframe at {present[-1]}; split or trim first"
        )


def _joined(a: Keyframes, b: Keyframes, frame: int) -> Keyframes:
    """Take `a` before the frame and `b` from there on."""
    if b.frames[0] > frame:
        return ended(a, frame).then(b)
    return headed(a, frame, b.row_at(frame)).then(_from(b, frame))


def _from(keyframes: Keyframes, frame: int) -> Keyframes:
    """Rows from a frame on, beginning with one on the frame itself."""
    return keyframes.pinned(frame).after(frame - 1)


def _joined_attributes(label: Label, a: Track, b: Track) -> Mapping[str, Steps]:
    fixed = {item.name for item in label.attributes if item.per == "track"}
    joined = {}
    for name in {**a.attributes, **b.attributes}:
        first, second = a.attributes.get(name, ()), b.attributes.get(name, ())
        if name in fixed:
            joined[name] = first or second
        else:
            here = ((b.start, step_value(second, b.start)),)
            after = tuple(step for step in second if step[0] > b.start)
            joined[name] = merged_steps(_before(first, b.start) + here + after)
    return joined


def _map_steps(track: Track, change: Callable[[Steps], Steps]) -> Mapping[str, Steps]:
    return {name: change(steps) for name, steps in track.attributes.items()}


def _before(steps: Steps, frame: int) -> Steps:
    return tuple(step for step in steps if step[0] < frame)


def _in_force(steps: Steps, frame: int) -> Steps:
    """Take the step in force on a frame and those after it."""
    begun = sum(at <= frame for at, _ in steps)
    return merged_steps(steps[max(begun - 1, 0) :])
