"""Datumaro JSON, a list of pictures with their boxes; tracks are told by attributes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import PurePath
from typing import Any

import numpy as np

from boxreel.formats import dense
from boxreel.formats.attributes import columns_of_attributes
from boxreel.formats.base import Format, Source, Target
from boxreel.formats.safe_json import Place, read_json
from boxreel.model import Annotation
from boxreel.model.rows import NOBODY, Rows

OWN = ("track_id", "keyframe", "outside", "occluded", "rotation", "score")
"""Attributes of Datumaro, and boxreel's score, that are no attributes of a track."""


def sniff(head: str) -> bool:
    """Tell whether it says the version of Datumaro's JSON, or has its parts."""
    says = re.search(r'"(dm_format_version|items)"\s*:', head)
    return head.lstrip().startswith("{") and says is not None


def parse(
    source: Source, *, clip: str | None = None, frame_base: int = 0
) -> Annotation:
    """Read Datumaro JSON.

    Parameters
    ----------
    source
        The file.
    clip
        Name of the clip to read, where a data set of ours has several; by default that
        of the video given.
    frame_base
        Number of the first frame in the file.

    Returns
    -------
    Annotation
        Every box that is not outside is a keyframe. Ids are one higher if one is 0.

    Raises
    ------
    FormatError
        Naming the place, for what cannot stand.
    """
    root = Place(source, read_json(source))
    declared = root.at("categories").at("label").each("labels")
    names = tuple(one.text("name") for one in declared)
    values: list[tuple[int, int, list[float], int, bool, float]] = []
    said: list[dict[str, Any]] = []
    places: list[str] = []
    sizes = set()
    for number, item in enumerate(_items(source, root, clip)):
        frame = number
        if item.has("attr") and item.at("attr").has("frame"):
            frame = item.at("attr").whole("frame") - frame_base
        if item.has("image") and item.at("image").has("size"):
            size = item.at("image").at("size")
            sizes.add((size.whole(1), size.whole(0)))
        for one in item.each("annotations"):
            if one.text("type") != "bbox":
                source.notes.dropped(one.text("type"), one.path)
                continue
            given = one.has("attributes")
            attributes = one.at("attributes").of(dict) if given else {}
            if attributes.get("outside") is not True:
                values.append((frame, *_row(one, len(names))))
                said.append({k: v for k, v in attributes.items() if k not in OWN})
                places.append(one.path)
    frames, ids, boxes, codes, occluded_rows, scores = (
        [row[i] for row in values] for i in range(6)
    )
    numbers = np.array(ids, dtype=np.int64)
    rows = Rows(
        frames=np.array(frames, dtype=np.int64),
        ids=np.where(numbers >= 0, numbers + int((numbers == 0).any()), NOBODY),
        boxes=np.array(boxes, dtype=np.float64).reshape(-1, 5),
        codes=np.array(codes, dtype=np.int64),
        occluded=np.array(occluded_rows, dtype=bool),
        scores=np.array(scores, dtype=np.float64),
        numbers=np.arange(len(values)),
    )
    video = source.video_of(
        name=PurePath(source.path).stem,
        size=sizes.pop() if len(sizes) == 1 else None,
        frame_count=None,
        fps=None,
        extent=dense.extent_of(rows.boxes),
        last_frame=int(rows.frames.max(initial=-1)),
    )
    return dense.annotation_of(
        source,
        rows,
        names,
        video,
        place=lambda number: places[number],
        attributes=columns_of_attributes(said),
    )


def _items(source: Source, root: Place, clip: str | None) -> list[Place]:
    """Return the pictures of one clip."""
    found: dict[str | None, list[Place]] = {}
    for item in root.each("items"):
        said = item.at("attr") if item.has("attr") else item
        found.setdefault(said.get(said.text, "clip", None), []).append(item)
    if clip is None and len(found) > 1 and source.video is not None:
        clip = PurePath(source.video.name).stem
    if clip is None and len(found) <= 1:
        return [item for items in found.values() for item in items]
    if clip not in found:
        listed = ", ".join(sorted(map(repr, found))[:10])
        raise source.error(f"holds several clips; pass clip= with one of: {listed}")
    return found[clip]


def _row(one: Place, labels: int) -> tuple[int, list[float], int, bool, float]:
    """Return id, x, y, w, h and rotation, label, whether occluded, and score."""
    code, box = one.whole("label_id"), one.at("bbox")
    if not 0 <= code < labels:
        raise one.error(f"has label {code}, which there is not")
    if len(box.of(list)) != 4:
        raise box.error(f"should be x, y, w, h, not {box.value!r:.60}")
    sides = [box.number(i) for i in range(4)]
    if not one.has("attributes"):
        return NOBODY, [*sides, 0.0], code, False, np.nan
    known = one.at("attributes")
    return (
        known.get(known.whole, "track_id", NOBODY),
        [*sides, known.get(known.number, "rotation", 0.0)],
        code,
        known.value.get("occluded") is True,
        known.get(known.number, "score", np.nan),
    )


def dump(
    annotation: Annotation,
    target: Target,
    *,
    file_name: str = "frame_{frame:06d}.jpg",
    frames: Iterable[int] | None = None,
) -> str:
    """Write Datumaro JSON: an item a frame, every box a keyframe.

    Parameters
    ----------
    annotation, target
        The labels and the file.
    file_name
        Name of the picture of a frame; `frame` counts from 0.
    frames
        0-based frames to write; None for all.
    """
    whole = document(annotation, target, file_name, frames)
    return json.dumps(whole, ensure_ascii=True, allow_nan=False)


def document(
    annotation: Annotation,
    target: Target,
    file_name: str,
    frames: Iterable[int] | None,
) -> dict[str, Any]:
    """Return what `dump` writes."""
    video = annotation.video
    listed, boxes = dense.boxes_on(annotation, frames)
    holds = ("ids", "rotation", "scores", "occluded", "attributes")
    dense.note_losses(annotation, boxes, target, holds=holds, reserved=OWN)
    target.notes.counts["boxes"] = len(boxes)
    code = {label.name: number for number, label in enumerate(annotation.labels)}
    found: dict[int, list[dict[str, Any]]] = {frame: [] for frame in listed}
    rows = zip(boxes.frame.tolist(), boxes.track.tolist(), strict=True)
    for i, (frame, id) in enumerate(rows):
        track = annotation.tracks[id]
        values = {name: track.attribute_at(name, frame) for name in track.attributes}
        score = float(boxes.score[i])
        attributes = {
            **{name: value for name, value in values.items() if value is not None},
            "track_id": id,
            "keyframe": True,
            "outside": False,
            "occluded": bool(boxes.occluded[i]),
            "rotation": float(boxes.rotation[i]),
            **({} if score != score else {"score": score}),
        }
        found[frame].append(
            {
                "id": len(found[frame]),
                "type": "bbox",
                "attributes": attributes,
                "group": 0,
                "label_id": code[track.label],
                "z_order": 0,
                "bbox": boxes.box[i, :4].tolist(),
            }
        )
    items = [
        {
            "id": name.rsplit(".", 1)[0],
            "annotations": annotations,
            "attr": {"frame": frame},
            "image": {"path": name, "size": [video.height, video.width]},
        }
        for frame, annotations in found.items()
        for name in [file_name.format(frame=frame)]
    ]
    labels = [
        {"name": label.name, "parent": label.parent or "", "attributes": []}
        for label in annotation.labels
    ]
    return {
        "dm_format_version": "1.0",
        "media_type": 2,
        "infos": {},
        "categories": {
            "label": {"labels": labels, "label_groups": [], "attributes": []}
        },
        "items": items,
    }


FORMAT = Format(
    name="datumaro",
    extensions=(".datumaro.json",),
    sniff=sniff,
    parse=parse,
    dump=dump,
)
