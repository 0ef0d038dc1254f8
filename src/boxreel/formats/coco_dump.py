"""Write COCO for video."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import PurePath
from typing import Any, Literal, get_args

import numpy as np

from boxreel.formats import dense
from boxreel.formats.base import Target
from boxreel.geometry import corners
from boxreel.model import Annotation, Boxes

Dialect = Literal["pictures", "youtube_vis"]


def dump(
    annotation: Annotation,
    target: Target,
    *,
    dialect: Dialect = "pictures",
    file_name: str = "{frame:06d}.jpg",
    frames: Iterable[int] | None = None,
) -> str:
    """Write COCO for video.

    Parameters
    ----------
    annotation
        The labels.
    target
        The file.
    dialect
        ``"pictures"``: a box a picture, with the keys that readers of TAO and those of
        CocoVID look for. ``"youtube_vis"``: an object a video, with lists of boxes and
        segmentations.
    file_name
        Name of the picture of a frame; `frame` counts from 0.
    frames
        0-based frames to write; None for all, as ``"youtube_vis"`` needs.

    Raises
    ------
    FormatError
        If the dialect is unknown, or cannot hold only some frames.
    """
    if dialect not in get_args(Dialect):
        known = ", ".join(get_args(Dialect))
        raise target.error(f"dialect {dialect!r} is none of {known}")
    whole = document(annotation, target, dialect, file_name, frames)
    return json.dumps(whole, ensure_ascii=False, allow_nan=False)


def document(
    annotation: Annotation,
    target: Target,
    dialect: Dialect,
    file_name: str,
    frames: Iterable[int] | None,
) -> dict[str, Any]:
    """Return what `dump` writes."""
    listed, boxes = dense.boxes_on(annotation, frames)
    pictures = dialect == "pictures"
    if not pictures and len(listed) != annotation.video.frame_count:
        raise target.error("youtube_vis lists every frame; leave frames= out")
    holds = ("occluded", "scores", "ids", "attributes") if pictures else ("ids",)
    dense.note_losses(annotation, boxes, target, holds=holds, reserved=("occluded",))
    target.notes.counts["boxes"] = len(boxes)
    video = annotation.video
    names = {frame: file_name.format(frame=frame) for frame in listed}
    whole = {
        "info": {"description": video.name},
        "licenses": [],
        "categories": [
            {"id": number, "name": label.name, "synset": label.name}
            for number, label in enumerate(annotation.labels, 1)
        ],
        "videos": [
            {
                "id": 1,
                "name": PurePath(video.name).stem,
                "width": video.width,
                "height": video.height,
                "fps": video.fps,
                "length": video.frame_count,
                "file_names": [*names.values()],
                "neg_category_ids": [],
                "not_exhaustive_category_ids": [],
                "metadata": {},
            }
        ],
    }
    if pictures:
        whole |= _by_picture(annotation, boxes, names)
    else:
        whole["annotations"] = _by_object(annotation, boxes)
    return whole


def _by_picture(
    annotation: Annotation, boxes: Boxes, names: dict[int, str]
) -> dict[str, list[dict[str, Any]]]:
    video = annotation.video
    category = {label.name: n for n, label in enumerate(annotation.labels, 1)}
    order = np.lexsort((boxes.track, boxes.frame)).tolist()
    upright = dense.upright(boxes.box).tolist()
    outlines = corners(boxes.box).reshape(-1, 8).tolist()
    frames, ids = boxes.frame.tolist(), boxes.track.tolist()
    image_of = {frame: number for number, frame in enumerate(names, 1)}
    found = []
    for number, i in enumerate(order, 1):
        track = annotation.tracks[ids[i]]
        attributes: dict[str, Any] = {"occluded": bool(boxes.occluded[i])}
        for name in track.attributes:
            value = track.attribute_at(name, frames[i])
            if value is not None and name not in attributes:
                attributes[name] = value
        score = float(boxes.score[i])
        found.append(
            {
                "id": number,
                "image_id": image_of[frames[i]],
                "video_id": 1,
                "track_id": ids[i],
                "instance_id": ids[i] - 1,
                "category_id": category[track.label],
                "bbox": upright[i],
                "area": upright[i][2] * upright[i][3],
                "segmentation": [outlines[i]],
                "iscrowd": 0,
                "attributes": attributes,
                **({} if score != score else {"score": score}),
            }
        )
    images = [
        {
            "id": image_of[frame],
            "video_id": 1,
            "file_name": name,
            "width": video.width,
            "height": video.height,
            "frame_index": frame,
            "frame_id": image_of[frame] - 1,
        }
        for frame, name in names.items()
    ]
    tracks = [
        {"id": track.id, "video_id": 1, "category_id": category[track.label]}
        for track in annotation.tracks.values()
    ]
    return {"images": images, "tracks": tracks, "annotations": found}


def _by_object(annotation: Annotation, boxes: Boxes) -> list[dict[str, Any]]:
    video = annotation.video
    category = {label.name: n for n, label in enumerate(annotation.labels, 1)}
    upright = dense.upright(boxes.box).tolist()
    outlines = corners(boxes.box).reshape(-1, 8).tolist()
    found: dict[int, dict[str, Any]] = {}
    for id, track in annotation.tracks.items():
        empty: list[Any] = [None] * video.frame_count
        found[id] = {
            "id": id,
            "video_id": 1,
            "category_id": category[track.label],
            "iscrowd": 0,
            "width": video.width,
            "height": video.height,
            "length": video.frame_count,
            "bboxes": empty,
            "areas": empty.copy(),
            "segmentations": empty.copy(),
        }
    rows = zip(boxes.frame.tolist(), boxes.track.tolist(), strict=True)
    for i, (frame, id) in enumerate(rows):
        found[id]["bboxes"][frame] = upright[i]
        found[id]["areas"][frame] = upright[i][2] * upright[i][3]
        found[id]["segmentations"][frame] = [outlines[i]]
    return [*found.values()]
