"""Write CVAT for video 1.1."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from boxreel.formats import cvat_terms as terms
from boxreel.formats.base import Target, note_unsaid
from boxreel.formats.cvat_head import closed, head, quoted, text_of
from boxreel.model import SOURCES, Annotation, Boxes, Track
from boxreel.model.track import Steps
from boxreel.shapes.box import deltas

HALF_TURN = 179.98
SOURCE_NAME = {ours: theirs for theirs, ours in terms.SOURCES.items()}


def dump(annotation: Annotation, target: Target) -> str:
    """Write CVAT for video 1.1: keyframes, and the boxes between as CVAT does.

    Coordinates are rounded to 0.01 pixel. Where CVAT would interpolate otherwise,
    or an attribute changes between keyframes, a keyframe is added. A track's id
    is its id minus 1.

    Parameters
    ----------
    annotation
        The labels.
    target
        The file.

    Raises
    ------
    FormatError
        If a text holds a character that XML cannot hold, or a choice a new line.
    """
    boxes = annotation.dense()
    starts = np.searchsorted(boxes.track, list(annotation.tracks))
    stops = np.searchsorted(boxes.track, list(annotation.tracks), "right")
    lines = ['<?xml version="1.0" encoding="utf-8"?>', "<annotations>"]
    lines += head(annotation, target, "interpolation")
    for track, start, stop in zip(
        annotation.tracks.values(), starts, stops, strict=True
    ):
        lines += _track(track, boxes, slice(start, stop), annotation, target)
    note_unsaid(annotation, target.notes)
    return closed(lines, target)


def _track(
    track: Track, boxes: Boxes, rows: slice, annotation: Annotation, target: Target
) -> Iterator[str]:
    """Yield the lines of a track; `rows` are its present boxes."""
    keyframes = track.keyframes
    _note_losses(track, target)
    frames, values = boxes.frame[rows], boxes.box[rows]
    outside = keyframes.frames[keyframes.outside]
    key = np.isin(frames, _extra_keyframes(track, frames)) | boxes.keyframe[rows]
    added = key & ~boxes.keyframe[rows]
    target.notes.lost(
        "keyframes as they were: CVAT needs more for holds, half turns or attributes",
        f"#{track.id}, frame {frames[np.argmax(added)]}" if added.any() else "",
        int(added.sum()),
    )
    corners = corners_of(np.concatenate([values, keyframes.boxes[keyframes.outside]]))
    when = np.concatenate([frames, outside])
    occluded = np.concatenate(
        [boxes.occluded[rows], keyframes.occluded[keyframes.outside]]
    )
    table = zip(
        when.tolist(),
        [*key.tolist(), *[True] * len(outside)],
        [*[False] * len(frames), *[True] * len(outside)],
        occluded.tolist(),
        corners.tolist(),
        strict=True,
    )
    attributes = values_of(track.attributes, when)
    group = "" if track.group is None else f' group_id="{track.group}"'
    yield (
        f'<track id="{track.id - 1}" label={quoted(track.label)} '
        f'source="{_source(track)}"{group}>'
    )
    cells = list(table)
    for i in np.argsort(when, kind="stable").tolist():
        frame, is_key, is_outside, is_occluded, (left, top, right, bottom, turn) = (
            cells[i]
        )
        rotation = f' rotation="{turn:.2f}"' if turn else ""
        yield (
            f'<box frame="{frame}" keyframe="{is_key:d}" outside="{is_outside:d}" '
            f'occluded="{is_occluded:d}" xtl="{left:.2f}" ytl="{top:.2f}" '
            f'xbr="{right:.2f}" ybr="{bottom:.2f}"{rotation} z_order="0">'
            f"{attributes[i]}</box>"
        )
    yield "</track>"


def corners_of(boxes: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return (n, 5) left, top, right, bottom and rotation in [0, 360), rounded."""
    rounded = np.empty_like(boxes)
    rounded[:, :2] = np.round(boxes[:, :2], 2)
    far = np.round(boxes[:, :2] + boxes[:, 2:4], 2)
    rounded[:, 2:4] = np.maximum(far, rounded[:, :2] + 0.01)
    rounded[:, 4] = np.round(boxes[:, 4], 2) % 360
    return rounded


def _extra_keyframes(track: Track, present: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the frames that CVAT needs as keyframes to show the same boxes.

    The end of a hold; the middle of a half turn, whose way rounding may reverse and
    which CVAT takes for a turn by 1 degree; and where an attribute changes.
    """
    keyframes = track.keyframes
    frames = keyframes.frames
    held = keyframes.hold[:-1] & ~keyframes.outside[:-1]
    turn = np.abs(deltas(keyframes.boxes[:-1].T, keyframes.boxes[1:].T)[4])
    half = (turn > HALF_TURN) & ~held
    changes = [f for steps in track.attributes.values() for f, _ in steps]
    return np.concatenate(
        [
            frames[1:][held] - 1,
            ((frames[:-1] + frames[1:]) // 2)[half],
            np.intersect1d(np.array(changes, dtype=np.int64), present),
        ]
    )


def values_of(attributes: Mapping[str, Steps], frames: NDArray[np.int64]) -> list[str]:
    """Return for each frame (n,) the elements with the values in force there."""
    found = [""] * len(frames)
    for name, steps in attributes.items():
        texts = [""]
        for _, value in steps:
            text = "" if value is None else text_of(terms.value_to_text(value))
            start = f"<attribute name={quoted(name)}>"
            texts.append("" if value is None else f"{start}{text}</attribute>")
        step = np.searchsorted([frame for frame, _ in steps], frames, "right")
        found = [so_far + texts[i] for so_far, i in zip(found, step, strict=True)]
    return found


def _source(track: Track) -> str:
    """Return CVAT's name for where most keyframes come from."""
    return SOURCE_NAME[SOURCES[_most(track.keyframes.sources)]]


def _most(sources: NDArray[np.uint8]) -> int:
    return int(np.argmax(np.bincount(sources)))


def _note_losses(track: Track, target: Target) -> None:
    keyframes, lost = track.keyframes, target.notes.lost

    def note(text: str, mask: NDArray[np.bool_]) -> None:
        if mask.any():
            frame = keyframes.frames[np.argmax(mask)]
            lost(text, f"#{track.id}, frame {frame}", int(mask.sum()))

    note("scores", ~np.isnan(keyframes.scores))
    note("hold", keyframes.hold)
    note("source of single keyframes", keyframes.sources != _most(keyframes.sources))
    far = keyframes.boxes.copy()
    far[:, 2:4] += far[:, :2]
    note("rounded to 0.01 pixel", (np.round(far, 2) != far).any(axis=1))
    note_ends(track, target)


def note_ends(track: Track, target: Target) -> None:
    """Note the attributes of which CVAT cannot say that there is no value."""
    for name, steps in track.attributes.items():
        if any(value is None for _, value in steps):
            what = f"end of attribute {name!r}: the value before goes on"
            target.notes.lost(what, f"#{track.id}")
