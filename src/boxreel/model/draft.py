"""A new track, from the boxes and values that a person writes down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, TypeAlias

from boxreel.errors import AnnotationError
from boxreel.model.checks import Value, as_frame
from boxreel.model.keyframe import Source
from boxreel.model.keyframes import Floats, Keyframes
from boxreel.model.labels import Label
from boxreel.model.track import Track
from boxreel.shapes.box import Box, checked_rows

BoxLike: TypeAlias = "Box | Sequence[float] | Floats"
Span: TypeAlias = Literal["video", "frame"]


def drafted(
    id: int,
    label: Label,
    boxes: Mapping[int, BoxLike],
    attributes: Mapping[str, Value | Mapping[int, Value]],
    span: Span,
    source: Source,
    end: int,
) -> Track:
    """Make the track of `Annotation.add_track`, in a video of `end` frames."""
    if span not in ("video", "frame"):
        raise AnnotationError(f"span is {span!r}: choose 'video' or 'frame'")
    if not boxes:
        raise AnnotationError(
            "boxes is empty: give a box on a frame, {0: (x, y, w, h)}"
        )
    frames = sorted(as_frame(frame) for frame in boxes)
    if span == "frame" and len(frames) != 1:
        raise AnnotationError(
            f"span='frame' takes a box on one frame, not on {len(frames)}"
        )
    rows = [_row(boxes[frame], frame) for frame in frames]
    keyframes = Keyframes(frames, rows, sources=source)
    if span == "frame" and frames[0] + 1 < end:
        keyframes = keyframes.pinned(frames[0] + 1, outside=True)
    steps = {
        name: tuple((frame, value[frame]) for frame in sorted(value, key=as_frame))
        if isinstance(value, Mapping)
        else ((0, value),)
        for name, value in {**label.starting_values(), **attributes}.items()
    }
    track = Track(id, label.name, keyframes, steps)
    for name, values in track.attributes.items():
        label.check_steps(name, values)
    return track


def _row(box: BoxLike, frame: int) -> Floats:
    given = box.row if isinstance(box, Box) else box
    row: Floats = checked_rows([given], [frame])[0]
    return row
