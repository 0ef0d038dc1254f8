"""Computes what each vector leads to; run as a script it writes that into the files.

Write `name`, `given` and `when` by hand, run this, and read the difference: what it
writes becomes what both languages must do. See README.md for the schema.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from boxreel.errors import AnnotationError
from boxreel.model import Annotation
from boxreel.model.clock import frame_named
from boxreel.model.edits import edit_from_json
from boxreel.model.json import (
    event_from_json,
    event_to_json,
    label_from_json,
    label_to_json,
    track_from_json,
    track_to_json,
    video_from_json,
    video_to_json,
)
from boxreel.model.parts import (
    declared_from_json,
    events_from_json,
    labels_from_json,
    notes_from_json,
    parts_to_json,
    values_from_json,
)
from boxreel.model.plain import box_to_json, number_to_json

FOLDER = Path(__file__).parent


def interpolated(given, when):
    track = track_from_json(given["track"])
    boxes = [track.at(frame) for frame in when["frames"]]
    return {
        "boxes": [None if box is None else box_to_json(box) for box in boxes],
        "occluded": [track.occluded_at(frame) for frame in when["frames"]],
    }


def edited(given, when):
    before = document(given)
    return written(before.apply(edit_from_json(when)), before)


def written(annotation, before=None):
    """Write the tracks and, of all other parts, those that differ from `before`."""
    tracks = [track_to_json(track) for track in annotation.tracks.values()]
    return {"tracks": tracks, **parts_to_json(annotation, before)}


def document(given):
    return Annotation(
        video_from_json(given["video"]),
        labels_from_json(given["labels"]),
        map(track_from_json, given["tracks"]),
        events_from_json(given.get("events", [])),
        values_from_json(given.get("attributes", {})),
        declared_from_json(given.get("declared", [])),
        notes_from_json(given.get("notes", [])),
        given.get("next_id"),
        given.get("label_version", 1),
    )


def read(given, when):
    ((what, value),) = given.items()
    if what == "track":
        track = track_from_json(value)
        return {"track": track_to_json(track), "spans": [*map(list, track.spans())]}
    if what == "label":
        return {"label": label_to_json(label_from_json(value))}
    if what == "event":
        return {"event": event_to_json(event_from_json(value))}
    video = video_from_json(value)
    return {
        "video": video_to_json(video),
        "times": [number_to_json(time) for time in video.times.tolist()],
        "fps": number_to_json(video.fps),
    }


def named(given, when):
    return {"frame": frame_named(when, np.array(given["times"]), given["frame"])}


OUTCOMES = {
    "interpolation": interpolated,
    "edits": edited,
    "document": read,
    "places": named,
}


def outcome(file, vector):
    """Compute what a vector leads to; of an error, keep the part already written."""
    try:
        return OUTCOMES[file](vector["given"], vector["when"])
    except AnnotationError as error:
        part = (vector["then"] or {}).get("error", "")
        return {"error": part if part and part in str(error) else str(error)}


def plain(value):
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def regenerate(file):
    path = FOLDER / f"{file}.json"
    vectors = json.loads(path.read_text("utf-8"))
    for vector in vectors:
        vector["then"] = outcome(file, vector)
    blocks = [
        ",\n".join(f'    "{key}": {plain(value)}' for key, value in vector.items())
        for vector in vectors
    ]
    body = ",\n".join(f"  {{\n{block}\n  }}" for block in blocks)
    path.write_text(f"[\n{body}\n]\n", "utf-8")


if __name__ == "__main__":
    for name in OUTCOMES:
        regenerate(name)
