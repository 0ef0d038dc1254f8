"""What annotations, tracks, keyframes and boxes show of themselves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from boxreel.model.keyframe import SOURCES
from boxreel.model.sheet import Cell, Sheet
from boxreel.shapes.box import COLUMNS

if TYPE_CHECKING:
    from boxreel.model.annotation import Annotation
    from boxreel.model.boxes import Boxes
    from boxreel.model.keyframes import Ints, Keyframes
    from boxreel.model.track import Track

SHOWN = 10
"""How many rows are shown of keyframes and boxes."""


def annotation_text(annotation: Annotation) -> str:
    """Say in one line what an annotation holds."""
    video = annotation.video
    parts = [
        repr(video.name),
        _count(video.frame_count, "frame"),
        _count(len(annotation.tracks), "track"),
    ]
    parts += _besides_tracks(annotation)
    names = ", ".join(label.name for label in annotation.labels)
    parts.append(f"labels {names}" if names else "no labels")
    return f"Annotation({', '.join(parts)})"


def annotation_sheet(annotation: Annotation) -> Sheet:
    """Count tracks, keyframes and events by label; say what is said of the clip."""
    video = annotation.video
    tracks, keyframes = Counter[str](), Counter[str]()
    for track in annotation.tracks.values():
        tracks[track.label] += 1
        keyframes[track.label] += len(track.keyframes)
    names = [label.name for label in annotation.labels]
    counts: dict[str, Sequence[Cell]] = {
        "label": names,
        "tracks": [tracks[name] for name in names],
        "keyframes": [keyframes[name] for name in names],
    }
    if annotation.events:
        events = Counter(event.label for event in annotation.events)
        counts["events"] = [events[name] or None for name in names]
    return Sheet(
        caption=f"{video.name}: {video.width}×{video.height}, "
        f"{_count(video.frame_count, 'frame')}, "
        + ", ".join(
            [_count(len(annotation.tracks), "track"), *_besides_tracks(annotation)]
        )
        + "".join(f"; {name} {value}" for name, value in annotation.attributes.items()),
        columns=[*counts],
        rows=[*zip(*counts.values(), strict=True)],
        colors=[label.color for label in annotation.labels],
    )


def track_text(track: Track) -> str:
    """Say in one line what a track is, where it is present and what it carries."""
    parts = [
        str(track.id),
        repr(track.label),
        _presence(track),
        _count(len(track.keyframes), "keyframe"),
        *(
            f"{name} {steps[0][1]!r}" + (" ..." if len(steps) > 1 else "")
            for name, steps in track.attributes.items()
        ),
        *([f"group {track.group}"] if track.group else []),
        *([f"note {track.note!r:.40}"] if track.note else []),
    ]
    return f"Track({', '.join(parts)})"


def track_sheet(track: Track) -> Sheet:
    """Show where a track is present, what it carries, and its first keyframes."""
    parts = [_presence(track)]
    for name, steps in track.attributes.items():
        values = (f"{value} from {frame}" if frame else value for frame, value in steps)
        parts.append(f"{name}: {', '.join(map(str, values))}")
    if track.group:
        parts.append(f"group {track.group}")
    if track.note:
        parts.append(f"note: {track.note}")
    return _keyframe_rows(
        f"#{track.id} {track.label}, {'; '.join(parts)}", track.keyframes
    )


def keyframes_sheet(keyframes: Keyframes) -> Sheet:
    """Show the first keyframes of a table."""
    caption = _count(len(keyframes), "keyframe") + _where(keyframes.frames)
    return _keyframe_rows(caption, keyframes)


def boxes_sheet(boxes: Boxes) -> Sheet:
    """Show the first of some boxes."""
    caption = _count(len(boxes), "box") + _where(boxes.frame)
    if len(boxes):
        caption += f" of {_count(len(np.unique(boxes.track)), 'track')}"
    columns = (
        boxes.frame,
        boxes.track,
        *boxes.box.T,
        boxes.occluded,
        boxes.source,
        boxes.score,
    )
    rows: list[tuple[Cell, ...]] = [
        (frame, track, boxes.labels[track], *row, SOURCES[source], score)
        for frame, track, *row, source, score in zip(
            *(column[:SHOWN].tolist() for column in columns), strict=True
        )
    ]
    return Sheet(
        caption,
        columns=("frame", "track", "label", *COLUMNS, "occluded", "source", "score"),
        rows=rows,
        more=len(boxes) - len(rows),
    )


def _besides_tracks(annotation: Annotation) -> list[str]:
    """Count what there is of groups, events and notes."""
    groups = {track.group for track in annotation.tracks.values()} - {None}
    notes = len(annotation.notes) + sum(
        bool(track.note) for track in annotation.tracks.values()
    )
    counts = {"group": len(groups), "event": len(annotation.events), "note": notes}
    return [_count(number, noun) for noun, number in counts.items() if number]


def _keyframe_rows(caption: str, keyframes: Keyframes) -> Sheet:
    rows: list[tuple[Cell, ...]] = [
        (
            row.frame,
            *row.box.row,
            row.outside,
            row.occluded,
            row.hold,
            row.source,
            row.score,
        )
        for row in keyframes.slice(0, SHOWN)
    ]
    flags = ("outside", "occluded", "hold")
    return Sheet(
        caption,
        columns=("frame", *COLUMNS, *flags, "source", "score"),
        rows=rows,
        more=len(keyframes) - len(rows),
    )


def _presence(track: Track) -> str:
    spans = [
        f"from {start} on" if stop is None else _span(start, stop - 1)
        for start, stop in track.spans()
    ]
    shown = spans if len(spans) <= 4 else [*spans[:2], "...", spans[-1]]
    return f"present {', '.join(shown)}"


def _where(frames: Ints) -> str:
    if len(frames) == 0:
        return ""
    first, last = frames.min(), frames.max()
    return f" on frame {first}" if first == last else f" on frames {first} to {last}"


def _span(first: int, last: int) -> str:
    return f"on {first}" if first == last else f"{first} to {last}"


def _count(number: int, noun: str) -> str:
    ending = "" if number == 1 else "es" if noun.endswith("x") else "s"
    return f"{number:,} {noun}{ending}"
