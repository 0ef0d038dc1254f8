"""Overlaps of some boxes only, as those of one label."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final, Literal, TypeAlias

import numpy as np

from boxreel.metrics.hota import Hota, hota
from boxreel.metrics.overlaps import Overlaps, Side
from boxreel.model.keyframes import Bools, Ints

ALL: Final = "all"
"""Name of what combines all labels."""

Per: TypeAlias = Literal["label", "all"]
"""Whether only boxes of one label can be one object, or any two."""


@dataclass(frozen=True, eq=False)
class Part:
    """Some boxes of both sides, and which these are in the whole.

    Attributes
    ----------
    name
        Label, or "all".
    overlaps
        Of these boxes alone.
    true, predicted, pairs
        Rows of both sides and pairs of the whole that are in it, increasing.
    """

    name: str
    overlaps: Overlaps
    true: Ints
    predicted: Ints
    pairs: Ints

    @cached_property
    def hota(self) -> Hota:
        """HOTA, which is the same whatever overlap is asked for elsewhere."""
        return hota(self.overlaps)


def parts(overlaps: Overlaps, per: Per) -> Iterator[Part]:
    """Take overlaps apart into boxes that can be matched with each other.

    Parameters
    ----------
    overlaps
        All boxes of a clip.
    per
        "label": a part for each label that has a track on either side. "all": one.
    """
    names, true, predicted = label_codes(overlaps, per)
    for number, name in enumerate(names):
        yield part(overlaps, true == number, predicted == number, name)


def part(overlaps: Overlaps, true: Bools, predicted: Bools, name: str = ALL) -> Part:
    """Take the boxes of either side where masks ``(n,)`` and ``(m,)`` are true."""
    if true.all() and predicted.all():
        whole = (len(true), len(predicted), len(overlaps.iou))
        return Part(name, overlaps, *map(np.arange, whole))
    pairs = np.flatnonzero(true[overlaps.true] & predicted[overlaps.predicted])
    place = [mask.cumsum() - 1 for mask in (true, predicted)]
    return Part(
        name,
        replace(
            overlaps,
            truth=_picked(overlaps.truth, true),
            predictions=_picked(overlaps.predictions, predicted),
            true=place[0][overlaps.true[pairs]],
            predicted=place[1][overlaps.predicted[pairs]],
            iou=overlaps.iou[pairs],
        ),
        np.flatnonzero(true),
        np.flatnonzero(predicted),
        pairs,
    )


def label_codes(overlaps: Overlaps, per: Per = "label") -> tuple[list[str], Ints, Ints]:
    """Give numbers to the labels that tracks of either side have.

    Returns
    -------
    names
        Labels in the order of their tracks, the truth's first; "all" for `per` "all".
    true, predicted
        ``(n,)`` and ``(m,)`` place of each box's label in `names`.
    """
    sides = overlaps.truth, overlaps.predictions
    if per == ALL:
        return [ALL], np.zeros(len(sides[0]), int), np.zeros(len(sides[1]), int)
    used = [name for side in sides for name in side.boxes.labels.values()]
    names = {name: number for number, name in enumerate(dict.fromkeys(used))}
    of_track = (
        np.array([names[side.boxes.labels[id]] for id in side.ids.tolist()], np.int64)
        for side in sides
    )
    codes = [code[side.track] for code, side in zip(of_track, sides, strict=True)]
    return list(names), codes[0], codes[1]


def _picked(side: Side, mask: Bools) -> Side:
    places, track = np.unique(side.track[mask], return_inverse=True)
    return Side(
        side.boxes.picked(mask), side.frame[mask], track.reshape(-1), side.ids[places]
    )
