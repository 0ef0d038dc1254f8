"""KITTI tracking, ``label_02/0000.txt``: one row a box, fields split by spaces.

Columns: frame, track id, type, truncated, occluded, alpha, left, top, right, bottom,
seven of the box in 3-D, and in results a score. Frames and pixels count from 0.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import PurePath

import numpy as np

from boxreel.formats import dense
from boxreel.formats.base import Format, Source, Target
from boxreel.geometry import xywh_to_xyxy
from boxreel.model import Annotation, Attribute
from boxreel.model.rows import NOBODY, Rows

FPS = 10
"""Rate of the pictures of KITTI."""

DONT_CARE = "DontCare"
"""Type of the regions in which nothing was labelled."""

TRUNCATED = Attribute("truncated", "number", per="frame")
OCCLUSION = Attribute("occlusion", "number", per="frame")
NO_3D = (-10.0, -1.0, -1.0, -1.0, -1000.0, -1000.0, -1000.0, -10.0)
NUMBERS = (0, 1, 3, 4, *range(5, 17))
MAX_WHOLE = 1e9


def sniff(head: str) -> bool:
    """Tell whether the first line is a row of KITTI tracking."""
    fields = head.lstrip().split("\n", 1)[0].split()
    return len(fields) in (17, 18) and all(
        re.fullmatch(r"-?\d+", fields[i]) for i in (0, 1)
    )


def parse(source: Source, *, frame_base: int = 0) -> Annotation:
    """Read KITTI tracking.

    Parameters
    ----------
    source
        The file.
    frame_base
        Number of the first frame in the file.

    Returns
    -------
    Annotation
        KITTI's states of truncation and occlusion are the attributes "truncated" and
        "occlusion"; partly and largely occluded boxes are occluded. Ids are one
        higher than in the file, which begins at 0. A region "DontCare" is an object of
        one frame.

    Raises
    ------
    FormatError
        Naming the line, for a row that cannot stand.
    """
    values, types, lines = _rows(source)
    corners = values[:, 6:10]
    boxes = np.zeros((len(values), 5))
    boxes[:, :2], boxes[:, 2:4] = corners[:, :2], corners[:, 2:] - corners[:, :2]
    solid = (values[:, [5, *range(10, 17)]] != NO_3D).any(axis=1)
    cared = np.array([name != DONT_CARE for name in types], dtype=bool)
    known = solid & cared
    source.notes.dropped(
        "boxes in 3-D and angles",
        f"line {lines[known][0]}" if known.any() else "",
        int(known.sum()),
    )
    ids = values[:, 1].astype(np.int64)
    names = tuple(dict.fromkeys(types))
    frames = values[:, 0].astype(np.int64) - frame_base
    rows = Rows(
        frames=frames,
        ids=np.where(ids >= 0, ids + 1, NOBODY),
        boxes=boxes,
        codes=np.array([names.index(name) for name in types], dtype=np.int64),
        occluded=np.isin(values[:, 4], (1, 2)),
        scores=values[:, 17],
        numbers=lines,
    )
    if source.video is None:
        source.notes.guessed(f"{FPS} frames a second, as KITTI's; pass video=")
    video = source.video_of(
        name=PurePath(source.path).stem,
        size=None,
        frame_count=None,
        fps=FPS,
        extent=dense.extent_of(boxes),
        last_frame=int(frames.max(initial=-1)),
    )
    states = {
        one: np.array(
            [int(v) if keep else None for v, keep in zip(column, cared, strict=True)],
            dtype=object,
        )
        for one, column in ((TRUNCATED, values[:, 3]), (OCCLUSION, values[:, 4]))
        if (column[cared] != 0).any()
    }
    return dense.annotation_of(
        source, rows, names, video, place=lambda line: f"line {line}", attributes=states
    )


def _rows(source: Source) -> tuple[np.ndarray, list[str], np.ndarray]:
    """Return the numbers (n, 18), the types and the lines (n,)."""
    values, types, lines = [], [], []
    for line, text in enumerate(source.text.split("\n"), 1):
        fields = text.split()
        if not fields:
            continue
        if len(fields) not in (17, 18):
            raise source.error(f"{len(fields)} columns; KITTI has 17, or 18", line)
        types.append(fields.pop(2))
        try:
            numbers = [float(field) for field in fields]
        except ValueError as error:
            raise source.error(str(error), line) from None
        whole = numbers[:4]
        if any(n % 1 != 0 or not abs(n) < MAX_WHOLE for n in whole):
            raise source.error(
                "frame, id, truncated and occluded must be whole numbers", line
            )
        numbers.insert(2, 0.0)
        values.append([*numbers, np.nan][:18])
        lines.append(line)
    table = np.array(values, dtype=np.float64).reshape(-1, 18)
    return table, types, np.array(lines, dtype=np.int64)


def dump(
    annotation: Annotation,
    target: Target,
    *,
    frame_base: int = 0,
    frames: Iterable[int] | None = None,
) -> str:
    """Write KITTI tracking: 17 columns, 18 with scores; no boxes in 3-D.

    Parameters
    ----------
    annotation
        The labels. A label called "DontCare" is written as the regions of that type.
    target
        The file.
    frame_base
        Number of the first frame in the file.
    frames
        0-based frames to write; None for all.

    Raises
    ------
    FormatError
        If a label has a blank in its name, which would be another column.
    """
    _, boxes = dense.boxes_on(annotation, frames)
    used = {track.label for track in annotation.tracks.values()}
    broken = sorted(name for name in used if name.split() != [name])
    if broken:
        raise target.error(f"KITTI has no blanks in types: rename label {broken[0]!r}")
    scored = bool((~np.isnan(boxes.score)).any())
    holds = ("occluded", "scores", "ids")
    carried = (TRUNCATED.name, OCCLUSION.name)
    dense.note_losses(annotation, boxes, target, holds=holds, attributes=carried)
    order = np.lexsort((boxes.track, boxes.frame)).tolist()
    corners = xywh_to_xyxy(dense.upright(boxes.box)).tolist()
    solid = " ".join(f"{value:g}" for value in NO_3D[1:])
    lines = []
    for i in order:
        track = annotation.tracks[int(boxes.track[i])]
        frame, free = int(boxes.frame[i]), track.label == DONT_CARE
        truncated, occlusion = (
            -1 if free else _whole(track.attribute_at(name, frame)) for name in carried
        )
        if not free and boxes.occluded[i] != (occlusion in (1, 2)):
            occlusion = int(boxes.occluded[i])
        line = (
            f"{frame + frame_base} {-1 if free else track.id - 1} {track.label} "
            f"{truncated} {occlusion} {NO_3D[0]:g} "
            + " ".join(f"{side:.6f}" for side in corners[i])
            + f" {solid}"
        )
        score = float(boxes.score[i])
        lines.append(line + (f" {1.0 if score != score else score!r}" * scored) + "\n")
    if scored and np.isnan(boxes.score).any():
        missing = int(np.isnan(boxes.score).sum())
        target.notes.lost("boxes without a score get 1", count=missing)
    exact = (np.round(corners, 6) == corners).all() if corners else True
    target.notes.lost("rounded to 0.000001 pixel", count=int(not exact))
    target.notes.counts["boxes"] = len(boxes)
    return "".join(lines)


def _whole(value: object) -> int:
    return int(value) if isinstance(value, int | float) else 0


FORMAT = Format(name="kitti", extensions=(), sniff=sniff, parse=parse, dump=dump)
