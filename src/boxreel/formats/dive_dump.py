"""Write DIVE JSON."""

from __future__ import annotations

import json
from typing import Any

import numpy as np

from boxreel.formats import dense
from boxreel.formats import dive_terms as terms
from boxreel.formats.base import Target
from boxreel.model import Annotation, Boxes, Track


def dump(annotation: Annotation, target: Target) -> str:
    """Write DIVE JSON 2: keyframes in whole pixels, attributes, groups.

    Parameters
    ----------
    annotation
        The labels. Where an object goes, a hold ends or an attribute changes there is
        one keyframe more; of a box that turns, every frame is one.
    target
        The file.
    """
    boxes = annotation.dense()
    tracks = {}
    sures = {one.id: _sure(one, target) for one in annotation.tracks.values()}
    terms.note_scores(np.array([*sures.values()], dtype=np.float64), target)
    for track in annotation.tracks.values():
        start, stop = np.searchsorted(boxes.track, [track.id, track.id + 1])
        own = boxes.picked(np.arange(start, stop))
        sure = 1.0 if sures[track.id] != sures[track.id] else sures[track.id]
        tracks[str(track.id)] = _track(track, own, sure, target)
    holds = (
        *("keyframes", "rotation", "occluded", "scores", "ids"),
        *("attributes", "groups"),
    )
    dense.note_losses(annotation, boxes, target, holds=holds, reserved=terms.RESERVED)
    sides = boxes.box[:, :4]
    target.notes.lost("rounded to whole pixels", count=int((sides % 1 != 0).any()))
    document = {
        "version": 2,
        "fps": annotation.video.fps,
        "tracks": tracks,
        "groups": _groups(annotation),
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _track(track: Track, boxes: Boxes, sure: float, target: Target) -> dict[str, Any]:
    key = _needed(track, boxes)
    place = f"#{track.id}"
    added = int((key & ~boxes.keyframe).sum())
    target.notes.lost("keyframes as they were: DIVE needs more", place, added)
    frames = boxes.frame[key]
    corners = np.column_stack([boxes.box[:, :2], boxes.box[:, :2] + boxes.box[:, 2:4]])
    whole = np.floor(corners[key] + 0.5)
    whole[:, 2:] = np.maximum(whole[:, 2:], whole[:, :2] + 1)
    index = np.flatnonzero(key)
    moves = np.append(np.diff(index) == np.diff(frames), False)
    rows = (frames, whole.astype(np.int64), moves, boxes.occluded[key])
    angles = boxes.rotation[key].tolist()
    features = []
    for (frame, bounds, interpolate, occluded), angle in zip(
        zip(*(column.tolist() for column in rows), strict=True), angles, strict=True
    ):
        values = {
            name: track.attribute_at(name, frame)
            for name in track.attributes
            if name not in terms.RESERVED
        }
        said = {name: value for name, value in values.items() if value is not None}
        said |= {"occluded": True} if occluded else {}
        said |= {"rotation": terms.to_radians(angle)} if angle else {}
        feature = {"frame": frame, "bounds": bounds, "keyframe": True}
        features.append(feature | {"interpolate": interpolate, "attributes": said})
    return {
        "id": track.id,
        "meta": {},
        "attributes": {},
        "confidencePairs": [[track.label, sure]],
        "begin": int(frames[0]),
        "end": int(frames[-1]),
        "features": features,
    }


def _sure(track: Track, target: Target) -> float:
    """Return the mean score of the keyframes, nan without any."""
    scores = track.keyframes.scores[~track.keyframes.outside]
    known = scores[~np.isnan(scores)]
    several = len(np.unique(scores)) > 1  # nan counts once
    place = f"#{track.id}"
    target.notes.lost("scores of keyframes: a track has their mean", place, several)
    return float(known.mean()) if len(known) else np.nan


def _needed(track: Track, boxes: Boxes) -> np.ndarray:
    """Mask (n,) of the boxes that must be features."""
    table = track.keyframes
    if table.boxes[:, 4].any():
        return np.ones(len(boxes), dtype=bool)
    gone = table.frames[table.outside]
    held = table.frames[1:][table.hold[:-1] & ~table.outside[:-1]]
    steps = [frame for steps in track.attributes.values() for frame, _ in steps]
    needed = np.concatenate([gone - 1, held - 1, np.array(steps, dtype=np.int64)])
    key = boxes.keyframe | np.isin(boxes.frame, needed)
    key[-1] = True
    return np.asarray(key)


def _groups(annotation: Annotation) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for track in annotation.tracks.values():
        if track.group is None:
            continue
        spans = track.spans()
        stop = spans[-1][1] or annotation.video.frame_count
        group = found.setdefault(
            str(track.group),
            {
                "id": track.group,
                "meta": {},
                "attributes": {},
                "confidencePairs": [["group", 1.0]],
                "begin": track.start,
                "end": stop - 1,
                "members": {},
            },
        )
        group["begin"] = min(group["begin"], track.start)
        group["end"] = max(group["end"], stop - 1)
        group["members"][str(track.id)] = {"ranges": [[track.start, stop - 1]]}
    return found
