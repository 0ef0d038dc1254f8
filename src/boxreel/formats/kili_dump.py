"""Write Kili's JSON of a video asset."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import pairwise
from typing import Any, Literal, get_args

import numpy as np

from boxreel.formats import dense
from boxreel.formats.base import Target
from boxreel.formats.filled import straightened
from boxreel.formats.kili_found import runs_of
from boxreel.model import Annotation, Boxes, Track
from boxreel.model.checks import Value

Form = Literal["frames", "keys"]
BOXES, CLASSES = "OBJECT_DETECTION_JOB", "CLASSIFICATION_JOB"


def dump(annotation: Annotation, target: Target, *, form: Form = "frames") -> str:
    """Write a list with one asset, as Kili exports it.

    Parameters
    ----------
    annotation
        The labels.
    target
        The file.
    form
        ``"frames"``: a response that lists every frame. ``"keys"``: annotations with
        their key annotations.

    Raises
    ------
    FormatError
        If the form is unknown.
    """
    if form not in get_args(Form):
        raise target.error(f"form {form!r} is none of {', '.join(get_args(Form))}")
    straight = straightened(annotation, target)
    boxes = straight.dense()
    _note_losses(annotation, straight.dense(), target)
    make: Callable[[Annotation, Boxes], dict[str, Any]]
    make = _frames if form == "frames" else _keys
    video = annotation.video
    asset = {
        "content": "",
        "externalId": video.name,
        "id": video.name,
        "jsonContent": "",
        "jsonMetadata": {
            "processingParameters": {
                "framesPlayedPerSecond": video.fps,
                "numberOfFrames": video.frame_count,
                "shouldKeepNativeFrameRate": True,
                "shouldUseNativeVideo": True,
                "startTime": 0,
            }
        },
        "latestLabel": {**make(straight, boxes), "labelType": "DEFAULT"},
        "resolution": {"height": video.height, "width": video.width},
    }
    return json.dumps([asset], ensure_ascii=False, allow_nan=False)


def _frames(annotation: Annotation, boxes: Boxes) -> dict[str, Any]:
    found: dict[str, Any] = {str(f): {} for f in range(annotation.video.frame_count)}
    vertices = _vertices(annotation, boxes)
    rows = zip(boxes.frame.tolist(), boxes.track.tolist(), strict=True)
    for i, (frame, id) in enumerate(rows):
        track = annotation.tracks[id]
        said = {name: track.attribute_at(name, frame) for name in track.attributes}
        children = {
            name: {**_answer(track, annotation, name, value), "isKeyFrame": True}
            for name, value in said.items()
            if value is not None
        }
        job = found[str(frame)].setdefault(BOXES, {"annotations": []})
        job["annotations"].append(
            {
                "boundingPoly": [{"normalizedVertices": vertices[i]}],
                "categories": [{"name": track.label}],
                "children": children,
                "isKeyFrame": bool(boxes.keyframe[i]),
                "mid": str(id),
                "type": "rectangle",
            }
        )
    for event in annotation.events:
        for frame in range(event.start, event.stop):
            begins = frame == event.start
            job = found[str(frame)].setdefault(
                CLASSES, {"categories": [], "isKeyFrame": begins}
            )
            job["isKeyFrame"] |= begins
            if {"name": event.label} not in job["categories"]:
                job["categories"].append({"name": event.label})
    return {"jsonResponse": found}


def _keys(annotation: Annotation, boxes: Boxes) -> dict[str, Any]:
    found: list[dict[str, Any]] = []
    vertices = _vertices(annotation, boxes)
    for track in annotation.tracks.values():
        start, stop = np.searchsorted(boxes.track, [track.id, track.id + 1])
        frames = boxes.frame[start:stop].tolist()
        key = start + np.flatnonzero(boxes.keyframe[start:stop])
        found.append(
            {
                "__typename": "VideoObjectDetectionAnnotation",
                "category": track.label,
                "frames": _spans(runs_of(frames)),
                "id": f"track-{track.id}",
                "job": BOXES,
                "keyAnnotations": [
                    {
                        "annotationValue": {"vertices": [[vertices[i]]]},
                        "frame": int(boxes.frame[i]),
                        "id": f"track-{track.id}-{boxes.frame[i]}",
                    }
                    for i in key.tolist()
                ],
                "mid": str(track.id),
                "name": f"{track.label} {track.id}",
                "path": [],
            }
        )
        found += _children(annotation, track, frames)
    for event in annotation.events:
        value = {"categories": [event.label]}
        part = _part(f"event-{event.id}", CLASSES, [], value)
        found.append(part | _over([(event.start, event.stop, value)], part["id"]))
    return {"annotations": found}


def _children(
    annotation: Annotation, track: Track, frames: list[int]
) -> list[dict[str, Any]]:
    """Return an annotation for each attribute of a track."""
    found = []
    for name in track.attributes:
        by_value: dict[Value, list[int]] = {}
        for frame in frames:
            value = track.attribute_at(name, frame)
            if value is not None:
                by_value.setdefault(_text(value), []).append(frame)
        parts = [
            (start, stop, _answer(track, annotation, name, value, keys=True))
            for value, listed in by_value.items()
            for start, stop in runs_of(listed)
        ]
        parts.sort(key=lambda part: part[0])
        if parts:
            path = [[f"track-{track.id}", track.label]]
            part = _part(f"track-{track.id}-{name}", name, path, parts[0][2])
            found.append(part | _over(parts, part["id"]))
    return found


def _part(id: str, job: str, path: list[Any], value: dict[str, Any]) -> dict[str, Any]:
    kind = "Transcription" if "text" in value else "Classification"
    return {"__typename": f"Video{kind}Annotation", "id": id, "job": job, "path": path}


def _over(parts: list[tuple[int, int, dict[str, Any]]], id: str) -> dict[str, Any]:
    return {
        "frames": _spans([(start, stop) for start, stop, _ in parts]),
        "keyAnnotations": [
            {"annotationValue": value, "frame": start, "id": f"{id}-{start}"}
            for start, _, value in parts
        ],
    }


def _spans(runs: list[tuple[int, int]]) -> list[dict[str, int]]:
    return [{"start": start, "end": stop - 1} for start, stop in runs]


def _answer(
    track: Track, annotation: Annotation, name: str, value: Value, *, keys: bool = False
) -> dict[str, Any]:
    """Return a category where the label offers choices, a text elsewhere."""
    declared = annotation.label(track.label).attributes
    text = _text(value)
    if any(one.name == name and one.type == "choice" for one in declared):
        return {"categories": [text if keys else {"name": text}]}
    return {"text": text}


def _text(value: Value) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _vertices(annotation: Annotation, boxes: Boxes) -> list[list[dict[str, float]]]:
    """Return the corners of boxes, from the lower left one clockwise."""
    size = np.array([annotation.video.width, annotation.video.height] * 2)
    upright = dense.upright(boxes.box)
    upright[:, 2:] += upright[:, :2]
    return [
        [
            {"x": x1, "y": y2},
            {"x": x1, "y": y1},
            {"x": x2, "y": y1},
            {"x": x2, "y": y2},
        ]
        for x1, y1, x2, y2 in (upright / size).tolist()
    ]


def _note_losses(annotation: Annotation, boxes: Boxes, target: Target) -> None:
    holds = ("keyframes", "ids", "attributes", "events")
    dense.note_losses(annotation, boxes, target, holds=holds)
    lost = target.notes.lost
    for track in annotation.tracks.values():
        values = [v for steps in track.attributes.values() for _, v in steps]
        plain = sum(v is not None and not isinstance(v, str) for v in values)
        lost("attributes that are no text", f"#{track.id}", plain)
    events = sorted(annotation.events, key=lambda one: (one.label, one.start))
    touching = sum(
        a.label == b.label and b.start <= a.stop for a, b in pairwise(events)
    )
    lost("events that touch another of their label", count=touching)
    said = sum(bool(one.attributes or one.tracks) for one in events)
    lost("attributes and tracks of events", count=said)
