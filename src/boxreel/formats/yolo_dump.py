"""Write YOLO labels of a video."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import PurePath

import numpy as np

from boxreel.formats import dense
from boxreel.formats.base import Target
from boxreel.formats.yolo_parse import TRACKED
from boxreel.geometry import xyxy_to_xywh
from boxreel.model import Annotation


def dump(
    annotation: Annotation,
    target: Target,
    *,
    split: str = "train",
    frames: Iterable[int] | None = None,
) -> str:
    """Write a data set of YOLO: ``data.yaml``, and two files a frame.

    ``labels`` has what is trained on, boxes cut at the edges of the picture, an empty
    file for a frame without any; ``labels_tracks`` has whole boxes and the ids.

    Parameters
    ----------
    annotation
        The labels.
    target
        The folder, which must be new or empty, or a zip archive.
    split
        Name of the folder below ``labels``: train, val or test.
    frames
        0-based frames to write; None for all.
    """
    video = annotation.video
    listed, boxes = dense.boxes_on(annotation, frames)
    dense.note_losses(annotation, boxes, target, holds=("ids",))
    codes = {label.name: code for code, label in enumerate(annotation.labels)}
    size = np.array([video.width, video.height] * 2, dtype=np.float64)
    whole = dense.upright(boxes.box)
    corners = np.concatenate([whole[:, :2], whole[:, :2] + whole[:, 2:]], axis=1)
    cut = xyxy_to_xywh(np.clip(corners, 0, size))
    seen = np.asarray((cut[:, 2:] > 0).all(axis=1))
    target.notes.lost(
        "boxes are cut at the edges in labels, not in labels_tracks",
        count=int((cut != whole).any(axis=1).sum()),
    )
    target.notes.lost("rounded to 12 digits", count=len(boxes))
    stem = re.sub(r"[^\w.-]", "_", PurePath(video.name).stem, flags=re.ASCII)[:100]
    digits = max(6, len(str(video.frame_count - 1)))
    trained: dict[int, list[str]] = {frame: [] for frame in listed}
    tracked: dict[int, list[str]] = {frame: [] for frame in listed}
    rows = zip(boxes.frame.tolist(), boxes.track.tolist(), strict=True)
    for i, (frame, id) in enumerate(rows):
        code = codes[annotation.tracks[id].label]
        if seen[i]:
            trained[frame].append(f"{code} {_fractions(cut[i], size)}\n")
        tracked[frame].append(f"{code} {_fractions(whole[i], size)} {id}\n")
    for folder, lines in (("labels", trained), (TRACKED, tracked)):
        for frame, found in lines.items():
            name = f"{folder}/{split}/{stem}_{frame:0{digits}d}.txt"
            target.beside[name] = "".join(found)
    target.notes.counts["boxes"] = len(boxes)
    return yaml(annotation, {"train": split, "val": split})


def yaml(annotation: Annotation, folders: Mapping[str, str]) -> str:
    """Return the ``data.yaml`` of a data set, which may be moved elsewhere.

    Parameters
    ----------
    annotation
        Whose labels are the classes, in their order.
    folders
        Name of the folder below ``images`` by what it is for: train, val, test.
    """
    parts = "".join(f"{use}: images/{folder}\n" for use, folder in folders.items())
    names = "".join(
        f"  {code}: {json.dumps(label.name)}\n"
        for code, label in enumerate(annotation.labels)
    )
    return f"{parts}names:\n{names}"


def _fractions(box: np.ndarray, size: np.ndarray) -> str:
    centre = (box[:2] + box[2:] / 2) / size[:2]
    return " ".join(f"{value:.12g}" for value in (*centre, *(box[2:] / size[2:])))
