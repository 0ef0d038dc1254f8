"""Labels moved to another copy of their video, by the times of its frames."""

from __future__ import annotations

import warnings
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from types import MappingProxyType
from typing import Any, Final

import numpy as np

from boxreel.errors import AnnotationError, BoxreelWarning
from boxreel.model.annotation import Annotation
from boxreel.model.events import Event
from boxreel.model.keyframes import Bools, Floats, Ints, Keyframes
from boxreel.model.match import as_annotation
from boxreel.model.track import Steps, Track
from boxreel.model.video_info import VideoInfo
from boxreel.shapes.box import deltas, moved

TOLERANCE: Final = 0.25
"""Pixels or degrees by which a box may be off before it gets a keyframe of its own."""


def realign(
    annotation: Annotation, video: Any, *, offset: float | None = None
) -> Annotation:
    """Move labels to a copy of their video that was trimmed or encoded anew.

    Each frame of the copy gets the labels of the frame that the original shows at the
    same time. Boxes are scaled where the copy is; keyframes are added where it leaves
    out or repeats frames unevenly, so that no box is off by more than 0.25 pixels.

    Parameters
    ----------
    annotation
        The labels of the original.
    video
        The copy: a video, or a `VideoInfo`.
    offset
        Seconds that the original is ahead: a copy that was cut out from 60 s on and
        now begins at 0 has an offset of 60. By default 0, or what makes the first
        frames meet where both have the same frames in the same rhythm.

    Returns
    -------
    Annotation
        Of the copy. Ids, labels and attributes stay.

    Raises
    ------
    AnnotationError
        The two have no time in common, or pictures of another shape.
    TypeError
        `annotation` is none.

    Warns
    -----
    BoxreelWarning
        What could not be moved, as it lies outside the copy.

    Examples
    --------
    >>> video = VideoInfo.constant("street.mp4", 1920, 1080, 300, fps=30)
    >>> labels = Annotation.for_video(video, labels=["car"])
    >>> labels = labels.add_track("car", {0: (10, 20, 40, 30), 30: (60, 22, 44, 33)})
    >>> copy = VideoInfo.constant("small.mp4", 960, 540, 150, fps=15)
    >>> realign(labels, copy).keyframes().frame.tolist()
    [0, 15]
    """
    as_annotation(annotation, "annotation")
    copy = VideoInfo.of(video)
    match = _matched(annotation.video, copy, offset)
    scale = _scale(annotation.video, copy)
    tracks = {
        id: _track(track, match, scale) for id, track in annotation.tracks.items()
    }
    kept = {id: track for id, track in tracks.items() if track is not None}
    events = [_event(event, match, kept) for event in annotation.events]
    result = replace(
        annotation,
        video=copy,
        tracks=MappingProxyType(kept),
        events=tuple(event for event in events if event is not None),
        notes=MappingProxyType(_notes(annotation.notes, match)),
    )
    lost = [*_lost(annotation, result, match)]
    if lost:
        text = f"{annotation.video.name} moved to {copy.name}: {'; '.join(lost)}"
        warnings.warn(text, BoxreelWarning, stacklevel=2)
    return result


@dataclass(frozen=True)
class Match:
    """Which frame of the original each frame of a copy shows.

    Parameters
    ----------
    frames
        ``(n,)`` frame of the original, never falling; where there is none, the last
        before, or 0.
    found
        ``(n,)`` whether there is one.
    """

    frames: Ints
    found: Bools

    def first_from(self, frame: int) -> int | None:
        """First frame of the copy that shows `frame` of the original or a later one."""
        shown = np.flatnonzero(self.found & (self.frames >= frame))
        return int(shown[0]) if len(shown) else None

    @property
    def first(self) -> int:
        """Frame of the original that is shown first."""
        return int(self.frames[self.found][0])

    @property
    def last(self) -> int:
        """Frame of the original that is shown last."""
        return int(self.frames[self.found][-1])

    @property
    def stop(self) -> int:
        """Frame of the copy after the last one that shows the original."""
        return int(np.flatnonzero(self.found)[-1]) + 1


def _matched(original: VideoInfo, copy: VideoInfo, offset: float | None) -> Match:
    step, step_of_copy = (_step(info) for info in (original, copy))
    shorter = min(step, step_of_copy)
    slack = 0.499 * shorter if np.isfinite(shorter) else 1.0  # both of one frame
    if offset is None:
        offset = _rhythm_offset(original, copy, slack)
    times = copy.times + offset + slack
    last_before = np.searchsorted(original.times, times, side="right") - 1
    found = (last_before >= 0) & (times < original.times[-1] + step)
    if not found.any():
        spans = (
            f"{info.name} lasts from {info.times[0]:.3f} to {info.times[-1]:.3f} s"
            for info in (original, copy)
        )
        hint = f"with offset={offset:g} they never meet; state another"
        raise AnnotationError(f"{' and '.join(spans)}: {hint}")
    frames = np.maximum.accumulate(np.where(found, last_before, 0))
    return Match(frames.astype(np.int64), found)


def _rhythm_offset(original: VideoInfo, copy: VideoInfo, slack: float) -> float:
    """Make first frames meet where both have the same frames in the same rhythm."""
    if original.frame_count != copy.frame_count:
        return 0.0
    shifts = original.times - copy.times
    same = bool((np.abs(shifts - shifts[0]) < slack).all())
    return float(shifts[0]) if same else 0.0


def _step(info: VideoInfo) -> float:
    """Seconds that frames are usually shown; without end for a single one."""
    steps = np.diff(info.times)
    return float(np.median(steps)) if len(steps) else float("inf")


def _scale(original: VideoInfo, copy: VideoInfo) -> float:
    across, down = copy.width / original.width, copy.height / original.height
    if abs(across * original.height - copy.height) > max(1, 0.01 * copy.height):
        sizes = (f"{i.name} is {i.width}x{i.height}" for i in (original, copy))
        hint = "boxes cannot follow a crop or a stretch; scale the copy evenly"
        raise AnnotationError(f"{', '.join(sizes)}: {hint}")
    return (across + down) / 2


def _track(track: Track, match: Match, scale: float) -> Track | None:
    """Move one track; None if nothing of it is in the copy."""
    old = track.keyframes
    first = match.first_from(track.start)
    if first is None:
        return None
    frames, found = match.frames[first:], match.found[first:]
    rows = np.searchsorted(old.frames, frames, side="right") - 1
    outside = old.outside[rows] | ~found
    if outside.all():
        return None
    boxes = _geometry(old, frames)
    boxes[:, :4] *= scale
    needed = _needed(rows, found, boxes)
    splits = refined(np.flatnonzero(needed), boxes, old.hold[rows])
    chosen = rows[splits]
    table = Keyframes(
        frames=splits + first,
        boxes=boxes[splits],
        outside=outside[splits],
        occluded=old.occluded[chosen],
        hold=old.hold[chosen],
        sources=old.sources[chosen],
        scores=old.scores[chosen],
    )
    attributes = {
        name: _steps(steps, match) for name, steps in track.attributes.items()
    }
    return replace(track, keyframes=table, attributes=attributes)


def _geometry(table: Keyframes, frames: Ints) -> Floats:
    """Boxes of a track on some frames from its first on, ``(n, 5)``, present or not."""
    rows = np.searchsorted(table.frames, frames, side="right") - 1
    after = np.minimum(rows + 1, len(table) - 1)
    length = table.frames[after] - table.frames[rows]
    moves = (length > 0) & ~table.hold[rows]
    t = np.where(moves, (frames - table.frames[rows]) / np.maximum(length, 1), 0.0)
    a, b = table.boxes[rows].T, table.boxes[after].T
    boxes: Floats = moved(a, deltas(a, b), t).T.copy()
    return boxes


def _needed(rows: Ints, found: Bools, boxes: Floats) -> Bools:
    """Frames at which a state changes, and those at which a movement is cut off."""
    needed = np.ones(len(rows), np.bool_)
    needed[1:] = (np.diff(rows) > 0) | (found[1:] != found[:-1])
    moves = np.zeros(len(rows), np.bool_)
    moves[1:] = (boxes[1:] != boxes[:-1]).any(axis=1)
    cut_off = found & ~np.append(found[1:], False)
    needed |= cut_off & moves
    return needed


def refined(
    splits: Ints, boxes: Floats, hold: Bools | None, tolerance: float = TOLERANCE
) -> Ints:
    """Split at further frames until no box between two splits is off."""
    done = [int(splits[-1])]
    waiting = [*pairwise(splits.tolist())]
    while waiting:
        start, stop = waiting.pop()
        held = hold is not None and hold[start]
        worst = None if held else _worst(boxes[start : stop + 1], tolerance)
        if worst is None:
            done.append(start)
        else:
            waiting += [(start, start + worst), (start + worst, stop)]
    return np.array(sorted(done), np.int64)


def _worst(boxes: Floats, tolerance: float) -> int | None:
    """Index of the box that is most off the way from the first to the last, if any."""
    t = np.arange(len(boxes)) / (len(boxes) - 1)
    a, b = boxes[:1].T, boxes[-1:].T
    off = np.abs(moved(a, deltas(a, b), t) - boxes.T)
    off[4] = np.minimum(off[4], 360 - off[4])
    worst = int(off.max(axis=0)[1:-1].argmax()) + 1 if len(boxes) > 2 else 0
    return worst if off[:, worst].max() > tolerance else None


def _steps(steps: Steps, match: Match) -> Steps:
    """Move the steps of an attribute; one that holds from the start on stays there."""
    found: dict[int, Any] = {}
    for frame, value in steps:
        at = 0 if frame == 0 else match.first_from(frame)
        if at is not None:
            found[at] = value
    return tuple(found.items())


def _event(event: Event, match: Match, kept: dict[int, Track]) -> Event | None:
    start, stop = match.first_from(event.start), match.first_from(event.stop)
    if start is None or start == stop:
        return None
    return replace(
        event,
        start=start,
        stop=match.stop if stop is None else stop,
        tracks=tuple(id for id in event.tracks if id in kept),
    )


def _notes(notes: Mapping[int, str], match: Match) -> dict[int, str]:
    """Move the notes on frames; those that come to one frame are put together."""
    found: dict[int, list[str]] = {}
    for frame, text in notes.items():
        at = match.first_from(frame)
        if at is not None and frame >= match.first:
            found.setdefault(at, []).append(text)
    return {frame: "\n".join(texts) for frame, texts in found.items()}


def _lost(old: Annotation, new: Annotation, match: Match) -> Iterator[str]:
    """Say what of the labels is not in the copy."""
    gone = [id for id in old.tracks if id not in new.tracks]
    if gone:
        named = ", ".join(f"#{id}" for id in gone)
        yield f"{len(gone)} of {len(old.tracks)} tracks lie outside it, {named}"
    cut = sum(
        bisect_left(frames, match.first)
        + len(frames)
        - bisect_left(frames, match.last + 1)
        for frames in (old.tracks[id].keyframes.frames.tolist() for id in new.tracks)
    )
    if cut:
        yield f"{cut} keyframes of the other tracks lie before or after it"
    events = {event.id for event in old.events} - {event.id for event in new.events}
    if events:
        yield f"{len(events)} of {len(old.events)} events lie outside it"
    notes = sum(not match.first <= frame <= match.last for frame in old.notes)
    if notes:
        yield f"{notes} of {len(old.notes)} notes lie outside it"
    missing = int((~match.found).sum())
    if missing:
        total = new.video.frame_count
        yield f"{missing} of its {total} frames are not in the original, and empty"
