"""Write Dataloop's JSON of a video item."""

from __future__ import annotations

import json
from typing import Any

import numpy as np

from boxreel.formats import dense
from boxreel.formats.base import Target
from boxreel.formats.dataloop_parse import OCCLUDED
from boxreel.formats.filled import straightened
from boxreel.model import Annotation, Boxes, Event, Track


def dump(annotation: Annotation, target: Target) -> str:
    """Write an item with its annotations: every frame a snapshot, keyframes fixed.

    Parameters
    ----------
    annotation
        The labels.
    target
        The file.
    """
    video = annotation.video
    straight = straightened(annotation, target)
    boxes = straight.dense()
    made = []
    for track in straight.tracks.values():
        start, stop = np.searchsorted(boxes.track, [track.id, track.id + 1])
        rows = np.arange(start, stop)
        made.append(_object(annotation, track, boxes.picked(rows)))
    made += [_class(annotation, event) for event in annotation.events]
    _note_losses(annotation, target)
    system = {
        "mimetype": "video/mp4",
        "fps": video.fps,
        "ffmpeg": {
            "width": video.width,
            "height": video.height,
            "nb_read_frames": str(video.frame_count),
        },
    }
    document = {
        "filename": f"/{video.name}",
        "annotations": made,
        "metadata": {"system": system},
    }
    return json.dumps(document, ensure_ascii=False, allow_nan=False)


def _object(annotation: Annotation, track: Track, boxes: Boxes) -> dict[str, Any]:
    table = track.keyframes
    rows = _rows(track, boxes)
    outside = np.flatnonzero(table.outside & ~np.append(False, table.outside[:-1]))
    gone = {int(table.frames[i]): _corners(table.boxes[i]) for i in outside}
    last = int(boxes.frame[-1])
    for frame, corners in gone.items():
        if frame < last:
            rows[frame] = {
                "fixed": True,
                "objectVisible": False,
                "data": corners,
                "namedAttributes": {},
            }
    first = int(boxes.frame[0])
    begin = rows.pop(first)
    snapshots = [
        {"frame": frame, "label": track.label, "type": "box", **rows[frame]}
        for frame in sorted(rows)
    ]
    system = {
        **_when(annotation, first, last),
        "objectId": str(track.id),
        "attributes": begin["namedAttributes"],
        "snapshots_": snapshots,
    }
    return {
        **_common(f"track-{track.id}", "box", track.label, system),
        "coordinates": begin["data"],
    }


def _rows(track: Track, boxes: Boxes) -> dict[int, dict[str, Any]]:
    found = {}
    for i, frame in enumerate(boxes.frame.tolist()):
        said = {name: track.attribute_at(name, frame) for name in track.attributes}
        values = {
            name: value
            for name, value in said.items()
            if value is not None and name != OCCLUDED
        }
        found[frame] = {
            "fixed": bool(boxes.keyframe[i]),
            "objectVisible": True,
            "data": _corners(boxes.box[i]),
            "namedAttributes": values | {OCCLUDED: bool(boxes.occluded[i])},
        }
    return found


def _corners(box: np.ndarray) -> list[Any]:
    x, y, w, h, turn = box.tolist()
    corners: list[Any] = [{"x": x, "y": y, "z": 0}, {"x": x + w, "y": y + h, "z": 0}]
    return [*corners, turn] if turn else corners


def _class(annotation: Annotation, event: Event) -> dict[str, Any]:
    said = {key: value for key, value in event.attributes.items() if value is not None}
    system = {
        **_when(annotation, event.start, event.stop - 1),
        "attributes": said,
        "snapshots_": [],
    }
    return _common(f"event-{event.id}", "class", event.label, system)


def _when(annotation: Annotation, first: int, last: int) -> dict[str, Any]:
    times = annotation.video.times - annotation.video.times[0]
    return {
        "frame": first,
        "endFrame": last,
        "startTime": float(times[first]),
        "endTime": float(times[last]),
        "automated": False,
    }


def _common(id: str, kind: str, label: str, system: dict[str, Any]) -> dict[str, Any]:
    """Return what every annotation has; Dataloop's SDK asks for all of it."""
    return {
        "id": id,
        "type": kind,
        "label": label,
        "attributes": [],
        "creator": "boxreel",
        "createdAt": "",
        "updatedBy": "boxreel",
        "updatedAt": "",
        "metadata": {"system": system, "user": {}},
    }


def _note_losses(annotation: Annotation, target: Target) -> None:
    held = ("keyframes", "rotation", "occluded", "ids", "attributes", "events")
    boxes = annotation.dense()
    dense.note_losses(annotation, boxes, target, holds=held, reserved=(OCCLUDED,))
    target.notes.lost(
        "tracks of events", count=sum(bool(event.tracks) for event in annotation.events)
    )
