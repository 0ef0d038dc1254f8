"""Write CVAT for images 1.1."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from boxreel.formats import dense
from boxreel.formats.base import Target
from boxreel.formats.cvat_dump import SOURCE_NAME, corners_of, note_ends, values_of
from boxreel.formats.cvat_head import closed, head, quoted
from boxreel.formats.cvat_images_parse import TRACK_ID
from boxreel.model import SOURCES, Annotation, Attribute


def dump(
    annotation: Annotation,
    target: Target,
    *,
    file_name: str = "frame_{frame:06d}",
    frames: Iterable[int] | None = None,
) -> str:
    """Write CVAT for images 1.1: every frame an image, with its boxes.

    Coordinates are rounded to 0.01 pixel. CVAT has no tracks of images: the id of a
    box's track is its attribute "track_id".

    Parameters
    ----------
    annotation
        The labels.
    target
        The file.
    file_name
        Name of the image of a frame; `frame` counts from 0. CVAT puts boxes on the
        images of its task that have these names.
    frames
        0-based frames to write; None for all.

    Raises
    ------
    FormatError
        If a text holds a character that XML cannot hold, or a choice a new line.
    """
    video = annotation.video
    listed, boxes = dense.boxes_on(annotation, frames)
    holds = ("groups", "rotation", "occluded", "ids", "attributes", "source")
    dense.note_losses(annotation, boxes, target, holds=holds, reserved=(TRACK_ID,))
    target.notes.counts["boxes"] = len(boxes)
    corners = corners_of(boxes.box)
    exact = np.abs(corners[:, :2] - boxes.box[:, :2]).max(initial=0) < 1e-9
    exact &= np.abs(corners[:, 2:4] - boxes.xyxy[:, 2:]).max(initial=0) < 1e-9
    exact &= np.abs(corners[:, 4] - boxes.rotation % 360).max(initial=0) < 1e-9
    target.notes.lost("rounded to 0.01 pixel", count=int(not exact))
    for track in annotation.tracks.values():
        note_ends(track, target)
    attributes = _attributes(annotation, boxes.track, boxes.frame)
    found: dict[int, list[str]] = {frame: [] for frame in listed}
    for i, (frame, id) in enumerate(
        zip(boxes.frame.tolist(), boxes.track.tolist(), strict=True)
    ):
        track = annotation.tracks[id]
        left, top, right, bottom, turn = corners[i].tolist()
        rotation = f' rotation="{turn:.2f}"' if turn else ""
        group = "" if track.group is None else f' group_id="{track.group}"'
        found[frame].append(
            f"<box label={quoted(track.label)} "
            f'source="{SOURCE_NAME[SOURCES[boxes.source[i]]]}" '
            f'occluded="{boxes.occluded[i]:d}" xtl="{left:.2f}" ytl="{top:.2f}" '
            f'xbr="{right:.2f}" ybr="{bottom:.2f}"{rotation} z_order="0"{group}>'
            f"{attributes[i]}"
            f'<attribute name="{TRACK_ID}">{id}</attribute></box>'
        )
    ids = Attribute(TRACK_ID, "number", per="frame")
    lines = ['<?xml version="1.0" encoding="utf-8"?>', "<annotations>"]
    lines += head(annotation, target, "annotation", [ids])
    for frame, shapes in found.items():
        name = quoted(file_name.format(frame=frame))
        size = f'width="{video.width}" height="{video.height}"'
        lines += [f'<image id="{frame}" name={name} {size}>', *shapes, "</image>"]
    return closed(lines, target)


def _attributes(
    annotation: Annotation, tracks: np.ndarray, frames: np.ndarray
) -> list[str]:
    """Return the elements of the attributes of each box, which are sorted by track."""
    found: list[str] = []
    for track in annotation.tracks.values():
        start, stop = np.searchsorted(tracks, [track.id, track.id + 1])
        held = {n: steps for n, steps in track.attributes.items() if n != TRACK_ID}
        found += values_of(held, frames[start:stop])
    return found
