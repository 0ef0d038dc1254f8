"""Write Supervisely's JSON of a video."""

from __future__ import annotations

import json
import math
from itertools import chain
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import numpy as np

from boxreel.formats import dense
from boxreel.formats.base import Target
from boxreel.formats.supervisely_meta import Kinds, meta
from boxreel.formats.supervisely_parse import meta_of
from boxreel.formats.supervisely_tags import OCCLUDED, VALUE
from boxreel.model import Annotation, Boxes, Event, Track


def dump(annotation: Annotation, target: Target, *, companions: bool = False) -> str:
    """Write Supervisely's annotation of a video.

    Parameters
    ----------
    annotation
        The labels. Boxes are rounded outwards to whole pixels.
    target
        The file.
    companions
        Whether to write the project's ``meta.json`` too, which Supervisely needs and
        which replaces one that is there: two folders above a file in ``ann``, else
        beside it.
    """
    video, boxes = annotation.video, annotation.dense()
    holds = ("rotation", "occluded", "ids", "attributes", "events")
    dense.note_losses(annotation, boxes, target, holds=holds, reserved=(OCCLUDED,))
    kinds = Kinds(annotation, target)
    hidden = boxes.picked(np.flatnonzero(boxes.occluded))
    tags = [_event(one, kinds) for one in annotation.events if kinds.holds(one)]
    objects: list[dict[str, Any]] = [
        {
            "key": _key(f"track/{track.id}"),
            "id": track.id,
            "classTitle": track.label,
            "tags": [
                *_occluded(track, hidden),
                *_attributes(track, video.frame_count, kinds),
            ],
        }
        for track in annotation.tracks.values()
    ]
    everywhere = chain(tags, *(one["tags"] for one in objects))
    for number, tag in enumerate(everywhere, start=1):
        tag["id"] = number
    document = {
        "size": {"height": video.height, "width": video.width},
        "description": "",
        "key": _key(f"video/{video.name}"),
        "videoName": video.name,
        "framesCount": video.frame_count,
        "tags": tags,
        "objects": objects,
        "frames": _frames(boxes, target),
    }
    if companions:
        turning = set(boxes.track[boxes.rotation != 0].tolist())
        turned = {annotation.tracks[id].label for id in turning}
        target.beside[meta_of(target.path)] = meta(annotation, turned, kinds)
    else:
        target.notes.lost(
            "colours of labels and kinds of values; companions=True writes meta.json"
        )
    return json.dumps(document, ensure_ascii=False, allow_nan=False) + "\n"


def _key(name: str) -> str:
    """Return the same key for the same thing, whenever it is written."""
    return uuid5(NAMESPACE_URL, ascii(f"boxreel:{name}")).hex


def _frames(boxes: Boxes, target: Target) -> list[dict[str, Any]]:
    near = boxes.box[:, :2]
    far = near + boxes.box[:, 2:4]
    first, last = np.floor(near), np.ceil(far) - 1
    last = np.maximum(first, last)
    moved = np.asarray(((first != near) | (last + 1 != far)).any(axis=1))
    target.notes.lost("rounded outwards to whole pixels", count=int(moved.sum()))
    corners = np.stack([first, last], axis=1).astype(np.int64).tolist()
    owners = {id: _key(f"track/{id}") for id in set(boxes.track.tolist())}
    found: dict[int, list[dict[str, Any]]] = {}
    for number, frame, id, points, turn in zip(
        range(1, len(boxes) + 1),
        boxes.frame.tolist(),
        boxes.track.tolist(),
        corners,
        boxes.rotation.tolist(),
        strict=True,
    ):
        figure = {
            "key": _key(f"figure/{id}/{frame}"),
            "id": number,
            "objectKey": owners[id],
            "geometryType": "oriented_bbox" if turn else "rectangle",
            "geometry": {"points": points, "angle": math.radians(turn)}
            if turn
            else {"points": {"exterior": points, "interior": []}},
        }
        found.setdefault(frame, []).append(figure)
    return [{"index": frame, "figures": found[frame]} for frame in sorted(found)]


def _occluded(track: Track, hidden: Boxes) -> list[dict[str, Any]]:
    begin, end = np.searchsorted(hidden.track, [track.id, track.id + 1])
    frames = hidden.frame[begin:end]
    starts = frames[np.diff(frames, prepend=-2) != 1]
    lasts = frames[np.diff(frames, append=np.iinfo(np.int64).max) != 1]
    return [
        _tag(f"{track.id}/{OCCLUDED}/{start}", OCCLUDED, None, (start, last))
        for start, last in zip(starts.tolist(), lasts.tolist(), strict=True)
    ]


def _attributes(track: Track, frame_count: int, kinds: Kinds) -> list[dict[str, Any]]:
    found = []
    for name, steps in track.attributes.items():
        stops = [frame for frame, _ in steps[1:]] + [frame_count]
        for (start, value), stop in zip(steps, stops, strict=True):
            if value is not None and name != OCCLUDED and start < frame_count:
                key = f"{track.id}/{name}/{start}"
                frames = (start, min(stop, frame_count) - 1)
                found.append(_tag(key, name, kinds.written(name, value), frames))
    return found


def _event(event: Event, kinds: Kinds) -> dict[str, Any]:
    value = kinds.written(event.label, event.attributes.get(VALUE))
    frames = (event.start, event.stop - 1)
    return _tag(f"event/{event.id}", event.label, value, frames)


def _tag(
    key: str, name: str, value: str | float | None, frames: tuple[int, int]
) -> dict[str, Any]:
    said = {} if value is None else {"value": value}
    return {
        "key": _key(f"tag/{key}"),
        "name": name,
        **said,
        "frameRange": list(frames),
    }
