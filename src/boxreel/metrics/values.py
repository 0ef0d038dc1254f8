"""What boxes are sorted by: occlusion, size, speed, or an attribute of their tracks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from boxreel.geometry import paired_iou
from boxreel.metrics.order import order_by
from boxreel.metrics.overlaps import Side
from boxreel.model import Annotation
from boxreel.model.keyframes import Floats, Ints

SIZES: Final = (32.0**2, 96.0**2)
"""Areas, pixels, up to which boxes are small and medium: COCO's."""

MOTIONS: Final = (0.7, 0.9)
"""Motion IoU under which boxes are fast, and up to which they are medium."""

REACH: Final = 1 / 3
"""How far motion is looked at either way, seconds: 10 frames of 30 a second."""

BUILT_IN: Final = ("occluded", "size", "speed")
NONE: Final = "none"
"""Value of boxes whose track does not have the attribute."""


@dataclass(frozen=True, eq=False)
class Values:
    """Names of values, and ``(n,)`` which of them each box has."""

    names: Sequence[str]
    codes: Ints


def values_of(name: str, annotation: Annotation, side: Side) -> Values:
    """Say of every box of one side which value it has.

    Parameters
    ----------
    name
        "occluded"; "size": "small" up to 32², "medium" up to 96² pixels, "large";
        "speed": "slow", "medium" or "fast", see Notes; or an attribute of tracks.
    annotation
        Where the boxes are from.
    side
        The boxes.

    Notes
    -----
    Speed is the motion IoU of X. Zhu et al., "Flow-guided feature aggregation for video
    object detection", 2017: mean overlap of a box with those that its track has up to
    a third of a second before and after; over 0.9 is slow, under 0.7 fast. Boxes of
    tracks that are seen once have "none".
    """
    if name == "occluded":
        return Values(("no", "yes"), side.boxes.occluded.astype(np.int64))
    if name == "size":
        area = side.boxes.w * side.boxes.h
        codes = np.searchsorted(SIZES, area, side="left")
        return Values(("small", "medium", "large"), codes)
    if name == "speed":
        overlap = motion_iou(side, annotation.video.fps)
        fast = (overlap < MOTIONS[0]).astype(np.int64)
        codes = np.where(overlap > MOTIONS[1], 0, 1 + fast)
        codes[np.isnan(overlap)] = 3
        return Values(("slow", "medium", "fast", NONE), codes)
    return _attribute(name, annotation, side)


def motion_iou(side: Side, fps: float) -> Floats:
    """Mean overlap ``(n,)`` of boxes with their track's before and after, else NaN."""
    reach = max(round(REACH * fps), 1)
    span = int(side.frame.max(initial=0)) + reach + 1
    keys = side.track * span + side.frame
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    total, count = np.zeros(len(side)), np.zeros(len(side), np.int64)
    for step in range(1, reach + 1):
        place = np.searchsorted(keys, keys + step)
        there = place < len(keys)
        there[there] = keys[place[there]] == keys[there] + step
        here, then = order[there], order[place[there]]
        overlap = paired_iou(side.boxes.box[here], side.boxes.box[then])
        for rows in (here, then):
            total[rows] += overlap
            count[rows] += 1
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)


def _attribute(name: str, annotation: Annotation, side: Side) -> Values:
    """Values of an attribute in the order of tracks and steps, those without last."""
    names: dict[str, int] = {}
    codes = np.full(len(side), -1)
    for id, rows in _by_track(side):
        steps = annotation.tracks[id].attributes.get(name, ())
        given = [-1, *(_code(names, value) for _, value in steps)]
        since = np.searchsorted([at for at, _ in steps], side.frame[rows], "right")
        codes[rows] = np.array(given)[since]
    codes[codes < 0] = len(names)
    return Values((*names, NONE), codes)


def _code(names: dict[str, int], value: object) -> int:
    if value is None:
        return -1
    text = {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)
    return names.setdefault(text, len(names))


def _by_track(side: Side) -> Iterator[tuple[int, Ints]]:
    """Rows of each track by its id."""
    order = order_by(side.track, len(side.ids))
    rows = np.split(order, side.lengths.cumsum()[:-1])
    yield from zip(side.ids.tolist(), rows, strict=False)
