"""Results of trackers as TAO and COCO take them: a JSON list, one entry a box."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import PurePath

import numpy as np

from boxreel.formats import dense
from boxreel.formats.base import Format, Source, Target
from boxreel.formats.safe_json import Place, read_json
from boxreel.model import Annotation
from boxreel.model.rows import NOBODY, Rows


def sniff(head: str) -> bool:
    """Tell whether it is a list whose first entry is a box on a picture."""
    first = head.lstrip().partition("}")[0]
    keys = ("image_id", "category_id", "bbox")
    return first.startswith("[") and all(
        re.search(rf'"{key}"\s*:', first) for key in keys
    )


def parse(
    source: Source,
    *,
    classes: Sequence[str] | None = None,
    clip: int | None = None,
    frame_base: int = 1,
) -> Annotation:
    """Read results.

    Parameters
    ----------
    source
        The file. The video should be given: a list of boxes says nothing of it.
    classes
        Names of the categories 1, 2, ...; None to call them by their numbers.
    clip
        The ``video_id`` to read; needed where there are several.
    frame_base
        The ``image_id`` of the first frame; pictures are numbered in their order.

    Returns
    -------
    Annotation
        Every box is a keyframe with its score. Ids are one higher if one is 0; a box
        without an id is an object of one frame.

    Raises
    ------
    FormatError
        Naming the place, for what cannot stand.
    """
    listed = Place(source, read_json(source)).each()
    videos = sorted({one.get(one.whole, "video_id", 0) for one in listed})
    if clip is None and len(videos) > 1:
        several = ", ".join(map(str, videos[:10]))
        raise source.error(
            f"holds {len(videos)} videos; pass clip= with one of: {several}"
        )
    if clip is not None:
        listed = [one for one in listed if one.get(one.whole, "video_id", clip) == clip]
    boxes = np.zeros((len(listed), 5))
    for row, one in zip(boxes, listed, strict=True):
        row[:4] = one.at("bbox").numbers("x, y, width, height")
    ids = np.array(
        [one.get(one.whole, "track_id", NOBODY) for one in listed], dtype=np.int64
    )
    codes = np.array([one.whole("category_id") for one in listed], dtype=np.int64)
    names, codes = _names(source, listed, codes, classes)
    frames = np.array([one.whole("image_id") for one in listed], dtype=np.int64)
    rows = Rows(
        frames=frames - frame_base,
        ids=np.where(ids >= 0, ids + int((ids == 0).any()), NOBODY),
        boxes=boxes,
        codes=codes,
        occluded=np.zeros(len(listed), dtype=bool),
        scores=np.array(
            [one.get(one.number, "score", np.nan) for one in listed], dtype=np.float64
        ),
        numbers=np.arange(len(listed)),
    )
    video = source.video_of(
        name=PurePath(source.path).stem,
        size=None,
        frame_count=None,
        fps=None,
        extent=dense.extent_of(boxes),
        last_frame=int(rows.frames.max(initial=-1)),
    )
    return dense.annotation_of(
        source, rows, names, video, place=lambda number: listed[number].path
    )


def _names(
    source: Source,
    listed: list[Place],
    codes: np.ndarray,
    classes: Sequence[str] | None,
) -> tuple[tuple[str, ...], np.ndarray]:
    """Return the names of the labels, and of each box its index into them."""
    if classes is None:
        used, at = np.unique(codes, return_inverse=True)
        source.notes.guessed(
            "names of categories, from their numbers; pass classes=",
            count=int(len(used) > 0),
        )
        return tuple(f"category {code}" for code in used.tolist()), at
    unknown = np.flatnonzero((codes < 1) | (codes > len(classes)))
    if len(unknown):
        first = int(unknown[0])
        raise listed[first].error(
            f"has category {codes[first]}; classes= names {len(classes)}"
        )
    return tuple(classes), codes - 1


def dump(
    annotation: Annotation, target: Target, *, clip: int = 1, frame_base: int = 1
) -> str:
    """Write results.

    Parameters
    ----------
    annotation
        The labels; their order gives the categories 1, 2, ...
    target
        The file.
    clip
        The ``video_id``.
    frame_base
        The ``image_id`` of the first frame; with the defaults, those of the COCO files
        that are written.
    """
    boxes = annotation.dense()
    dense.note_losses(annotation, boxes, target, holds=("scores", "ids"))
    lost = target.notes.lost
    lost("names of labels: categories are numbers", count=len(annotation.labels))
    lost("boxes without a score get 1", count=int(np.isnan(boxes.score).sum()))
    target.notes.counts["boxes"] = len(boxes)
    category = {label.name: n for n, label in enumerate(annotation.labels, 1)}
    found = [
        {
            "image_id": frame + frame_base,
            "category_id": category[annotation.tracks[id].label],
            "bbox": box,
            "score": score,
            "track_id": id,
            "video_id": clip,
        }
        for frame, id, box, score in zip(
            boxes.frame.tolist(),
            boxes.track.tolist(),
            dense.upright(boxes.box).tolist(),
            np.nan_to_num(boxes.score, nan=1.0).tolist(),
            strict=True,
        )
    ]
    return json.dumps(found, allow_nan=False)


FORMAT = Format(
    name="coco-results",
    extensions=(".results.json",),
    sniff=sniff,
    parse=parse,
    dump=dump,
)
