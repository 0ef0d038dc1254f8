"""Write V7's Darwin JSON 2.0 of a video."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import numpy as np

from boxreel.formats import dense
from boxreel.formats.base import Target, note_unsaid
from boxreel.model import SOURCES, Annotation, Track
from boxreel.model.checks import Value
from boxreel.model.keyframes import Keyframes

SCHEMA = "https://darwin-public.s3.eu-west-1.amazonaws.com/darwin_json/2.0/schema.json"
SLOT = "0"
IMPORT = SOURCES.index("import")


def dump(annotation: Annotation, target: Target) -> str:
    """Write keyframes, where objects are absent, attributes as properties, and events.

    Parameters
    ----------
    annotation
        The labels. A hold among moves, and an end, are one keyframe more.
    target
        The file.
    """
    video = annotation.video
    made = [
        _object(track, video.frame_count, target)
        for track in annotation.tracks.values()
    ]
    for event in annotation.events:
        place = f"event {event.id}"
        target.notes.lost("tracks of events", place, int(bool(event.tracks)))
        steps = {name: ((event.start, one),) for name, one in event.attributes.items()}
        frames = {str(event.start): {"keyframe": True, "tag": {}}}
        made.append(
            _common(f"event/{event.id}", event.label, _properties(steps, place, target))
            | {"ranges": [[event.start, event.stop]], "frames": frames}
        )
    _note_losses(annotation, target)
    slot = {
        "type": "video",
        "slot_name": SLOT,
        "width": video.width,
        "height": video.height,
        "fps": video.fps,
        "frame_count": video.frame_count,
        "frame_urls": [],
        "source_files": [{"file_name": video.name, "url": ""}],
    }
    item = {"name": video.name, "path": "/", "slots": [slot]}
    document = {
        "version": "2.0",
        "schema_ref": SCHEMA,
        "item": item,
        "annotations": made,
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _common(key: str, label: str, properties: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "id": str(uuid5(NAMESPACE_URL, f"boxreel/{key}")),
        "name": label,
        "slot_names": [SLOT],
        "properties": properties,
    }


def _object(track: Track, frame_count: int, target: Target) -> dict[str, Any]:
    place = f"#{track.id}"
    table, moves = _linear(track.keyframes)
    added = len(table) - len(track.keyframes)
    target.notes.lost(
        "keyframes as they were: ends, and holds among moves, have one more",
        place,
        added,
    )
    spans = [(a, frame_count if b is None else b) for a, b in track.spans()]
    start, stop = spans[0][0], spans[-1][1]
    frames = {
        str(frame): {
            "bounding_box": dict(zip("xywh", box, strict=True)),
            "keyframe": True,
            "instance_id": {"value": track.id},
        }
        for frame, box in zip(
            table.frames.tolist(), dense.upright(table.boxes).tolist(), strict=True
        )
        if frame < stop
    }
    return _common(
        f"track/{track.id}", track.label, _properties(track.attributes, place, target)
    ) | {
        "ranges": [[start, stop]],
        "hidden_areas": [[a[1], b[0]] for a, b in pairwise(spans)],
        "interpolated": moves,
        "interpolate_algorithm": "linear-1.1",
        "frames": frames,
    }


def _linear(table: Keyframes) -> tuple[Keyframes, bool]:
    """Return keyframes of which all move or all hold, and whether they move."""
    if len(table) > 1 and table.hold[:-1].all():
        return table, False
    ends = table.frames[1:][table.hold[:-1] & ~table.outside[:-1]] - 1
    if table.outside[-1]:
        last = int(np.flatnonzero(~table.outside)[-1])
        ends = np.append(ends, table.frames[last + 1] - 1)
    for end in np.unique(ends).tolist():
        if not table.has(end):
            table = table.pinned(end)
    return table, True


def _properties(steps_by_name: Any, place: str, target: Target) -> list[dict[str, Any]]:
    found = []
    for name, steps in steps_by_name.items():
        for frame, value in steps:
            plain = value is None or isinstance(value, str)
            target.notes.lost("attributes that are no text", place, int(not plain))
            text = value if plain else _text(value)
            found.append({"frame_index": frame, "name": name, "value": text})
    return found


def _text(value: Value) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _note_losses(annotation: Annotation, target: Target) -> None:
    lost = target.notes.lost
    note_unsaid(annotation, target.notes, events=True)
    uneven = len(np.unique(np.diff(annotation.video.ticks))) > 1
    lost("times of frames: there is one frame rate", count=int(uneven))
    ids = [event.id for event in annotation.events]
    lost("numbers of events", count=int(ids != list(range(1, len(ids) + 1))))
    declared = sum(bool(one.color or one.attributes) for one in annotation.labels)
    lost("colours and attributes declared by labels", count=declared)
    used = {track.label for track in annotation.tracks.values()}
    used |= {event.label for event in annotation.events}
    unused = sum(label.name not in used for label in annotation.labels)
    lost("labels without tracks or events", count=unused)
    for track in annotation.tracks.values():
        table, place = track.keyframes, f"#{track.id}"
        lost(
            "rotation: the upright box around it",
            place,
            int((table.boxes[:, 4] != 0).sum()),
        )
        lost("occluded", place, int((table.occluded & ~table.outside).sum()))
        lost("scores", place, int((~np.isnan(table.scores)).sum()))
        lost("source of keyframes", place, int((table.sources != IMPORT).sum()))
        lost("hold", place, int(table.hold.sum()))
        lost("groups", place, int(track.group is not None))
