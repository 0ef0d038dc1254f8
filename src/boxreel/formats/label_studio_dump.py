"""Write Label Studio's JSON of a task with a video."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import numpy as np

from boxreel.formats import label_studio_terms as terms
from boxreel.formats.base import GUESSED_FPS, Target, note_unsaid
from boxreel.model import SOURCES, Annotation, Boxes, Track
from boxreel.model.checks import Value
from boxreel.shapes.box import deltas

MANUAL = SOURCES.index("human")
MODEL = SOURCES.index("model")


def dump(annotation: Annotation, target: Target) -> str:
    """Write a task with one annotation: keyframes, events, constant attributes.

    The labelling interface needs ``<Video name="video" value="$video"
    frameRate="$fps"/>``, a ``<VideoRectangle name="box" toName="video"/>``, its
    ``<Labels name="videoLabels" toName="video">``, and for events
    ``<TimelineLabels name="events" toName="video">``.

    Parameters
    ----------
    annotation
        The labels. Where an object goes or a hold ends there is one keyframe more.
    target
        The file.
    """
    boxes = annotation.dense()
    results: list[dict[str, Any]] = []
    for track in annotation.tracks.values():
        start, stop = np.searchsorted(boxes.track, [track.id, track.id + 1])
        rows = boxes.picked(np.arange(start, stop))
        results += _region(track, rows, annotation, target)
    for event in annotation.events:
        region = f"event-{event.id}"
        ranges = [{"start": event.start + 1, "end": event.stop}]
        value = {"ranges": ranges, "timelinelabels": [event.label]}
        results.append(_result(region, "timelinelabels", "events", value))
        results += _said(region, event.attributes, target)
        target.notes.lost(
            "tracks of events", f"event {event.id}", int(bool(event.tracks))
        )
    _note_losses(annotation, target)
    video = annotation.video
    task = {
        "data": {"video": video.name, "fps": video.fps or GUESSED_FPS},
        "annotations": [{"result": results}],
    }
    return json.dumps([task], ensure_ascii=False, indent=1) + "\n"


def _result(region: str, kind: str, control: str, value: Any) -> dict[str, Any]:
    return {
        "id": region,
        "type": kind,
        "from_name": control,
        "to_name": "video",
        "value": value,
    }


def _region(
    track: Track, boxes: Boxes, annotation: Annotation, target: Target
) -> list[dict[str, Any]]:
    """Return the results that are one track; `boxes` are its own."""
    video, table = annotation.video, track.keyframes
    fps, size = video.fps or GUESSED_FPS, (video.width, video.height)
    gone = table.frames[table.outside]
    held = table.hold[:-1] & ~table.outside[:-1]
    key = boxes.keyframe | np.isin(
        boxes.frame, np.concatenate([gone, table.frames[1:][held]]) - 1
    )
    added = key & ~boxes.keyframe
    target.notes.lost(
        "keyframes as they were: the last frame of a presence or a hold is one",
        f"#{track.id}, frame {boxes.frame[np.argmax(added)]}" if added.any() else "",
        int(added.sum()),
    )
    percent = terms.to_percent(boxes.box[key], size)
    beyond = (percent[:, :2] < 0) | (percent[:, :2] + percent[:, 2:4] > 100)
    target.notes.lost(
        "place in the schema of Label Studio's SDK: the box leaves the picture",
        f"#{track.id}, frame {boxes.frame[key][np.argmax(beyond.any(axis=1))]}"
        if beyond.any()
        else "",
        int(beyond.any(axis=1).sum()),
    )
    sequence = []
    for frame, row, score in zip(
        boxes.frame[key].tolist(),
        percent.tolist(),
        boxes.score[key].tolist(),
        strict=True,
    ):
        x, y, width, height, rotation = row
        shown = {"x": x, "y": y, "width": width, "height": height, "rotation": rotation}
        point = {
            "frame": frame + 1,
            "enabled": True,
            **shown,
            "time": (frame + 1) / fps,
        }
        sequence.append(point if score != score else point | {"score": score})
    for i in np.flatnonzero(np.isin(boxes.frame[key] + 1, gone)).tolist():
        sequence[i]["enabled"] = False
    value = {
        "framesCount": video.frame_count,
        "duration": video.frame_count / fps,
        "sequence": sequence,
        "labels": [track.label],
    }
    region = _result(str(track.id), "videorectangle", "box", value) | {
        "original_width": size[0],
        "original_height": size[1],
        "origin": "manual" if (table.sources == MANUAL).any() else "prediction",
    }
    values: dict[str, Value] = {}
    for name, steps in track.attributes.items():
        values[name] = next((one for _, one in steps if one is not None), None)
        if len(steps) > 1 or steps[0][0] > track.start:
            target.notes.lost("changes of attributes", f"#{track.id}, {name!r:.60}")
    return [region, *_said(region["id"], values, target)]


def _said(
    region: str, values: Mapping[str, Value], target: Target
) -> list[dict[str, Any]]:
    """Return the results that are attributes of a region."""
    found = []
    for name, value in values.items():
        if isinstance(value, bool):
            target.notes.lost("yes or no, written as a choice", f"{name!r:.60}")
            text = "true" if value else "false"
            found.append(_result(region, "choices", name, {"choices": [text]}))
        elif isinstance(value, int | float):
            found.append(_result(region, "number", name, {"number": value}))
        elif value is not None:
            found.append(_result(region, "textarea", name, {"text": [value]}))
    return found


def _note_losses(annotation: Annotation, target: Target) -> None:
    lost, video = target.notes.lost, annotation.video
    note_unsaid(annotation, target.notes, events=True)
    ids = [event.id for event in annotation.events]
    lost("numbers of events", count=int(ids != list(range(1, len(ids) + 1))))
    used = {track.label for track in annotation.tracks.values()}
    used |= {event.label for event in annotation.events}
    unused = sum(label.name not in used for label in annotation.labels)
    lost("labels without tracks or events", count=unused)
    painted = sum(bool(one.color or one.attributes) for one in annotation.labels)
    lost("colours and attributes declared by labels", count=painted)
    uneven = len(np.unique(np.diff(video.ticks))) > 1
    lost("times of frames: there is one frame rate", count=int(uneven))
    for track in annotation.tracks.values():
        table, place = track.keyframes, f"#{track.id}"
        single = MANUAL if (table.sources == MANUAL).any() else MODEL
        moves = ~table.hold[:-1] & ~table.outside[:-1] & ~table.outside[1:]
        turns = deltas(table.boxes[:-1].T, table.boxes[1:].T)[4] != 0
        lost("occluded", place, int((table.occluded & ~table.outside).sum()))
        lost("hold", place, int(table.hold.sum()))
        lost("source of keyframes", place, int((table.sources != single).sum()))
        lost(terms.TURNS, place, int((moves & turns).sum()))
        lost("groups", place, int(track.group is not None))
