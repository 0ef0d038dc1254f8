"""What became of every box: matched, or which error it is part of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from boxreel.metrics import Overlaps, clear_matches
from boxreel.metrics.assign import assigned
from boxreel.metrics.clear import EPS
from boxreel.metrics.judged import NEAR
from boxreel.metrics.parts import Part
from boxreel.model.keyframes import Bools, Bytes, Ints
from boxreel.review import kinds


@dataclass(frozen=True, eq=False)
class Outcomes:
    """What became of the boxes of both sides.

    Attributes
    ----------
    overlaps
        Both sides, and all pairs.
    parts
        What can be matched, label by label, and the matches among its own pairs.
    matches
        Pairs that are matched, increasing; those of CLEAR for each label.
    true_kind, predicted_kind
        ``(n,)`` and ``(m,)`` index into `KINDS`.
    true_pair, predicted_pair
        ``(n,)`` and ``(m,)`` pair that the box is in, -1 for none. A duplicate names
        the pair with the box that it doubles, which is matched with another.
    rank
        ``(n,)`` place of the frame among those with boxes of its label on both sides,
        else -1.
    """

    overlaps: Overlaps
    parts: tuple[tuple[Part, Ints], ...]
    matches: Ints
    true_kind: Bytes
    predicted_kind: Bytes
    true_pair: Ints
    predicted_pair: Ints
    rank: Ints

    @classmethod
    def of(cls, overlaps: Overlaps, within: Iterable[Part], iou: float) -> Outcomes:
        """Match within parts, then look a second time at what is left of the whole."""
        rank = np.full(len(overlaps.truth), -1)
        same = np.zeros(len(overlaps.iou), np.bool_)
        found = []
        for part in within:
            same[part.pairs] = True
            found.append((part, clear_matches(part.overlaps, iou)))
            rank[part.true] = part.overlaps.rank[part.overlaps.truth.frame]
        none = np.empty(0, np.int64)
        pairs = [none, *(part.pairs[matches] for part, matches in found)]
        matches = np.sort(np.concatenate(pairs))
        left = np.full(len(overlaps.truth), -1), np.full(len(overlaps.predictions), -1)
        kind = (
            np.full(len(left[0]), kinds.MISS, np.uint8),
            np.full(len(left[1]), kinds.FALSE_POSITIVE, np.uint8),
        )
        _put(overlaps, left, kind, matches, kinds.MATCH)
        near = _near(overlaps, left, same, iou)
        _put(overlaps, left, kind, near[same[near]], kinds.LOW_IOU)
        _put(overlaps, left, kind, near[~same[near]], kinds.WRONG_CLASS)
        doubled = _doubled(overlaps, left, same, iou)
        left[1][overlaps.predicted[doubled]] = doubled
        kind[1][overlaps.predicted[doubled]] = kinds.DUPLICATE
        _mark_ends(overlaps, kind[0])
        boxes = (kind[0], kind[1], left[0], left[1])
        return cls(overlaps, tuple(found), matches, *boxes, rank)


Both = tuple[Ints, Ints]
Kinds = tuple[Bytes, Bytes]


def _put(overlaps: Overlaps, pair: Both, kind: Kinds, chosen: Ints, what: int) -> None:
    ends = overlaps.true[chosen], overlaps.predicted[chosen]
    for side in (0, 1):
        pair[side][ends[side]] = chosen
        kind[side][ends[side]] = what


def _near(overlaps: Overlaps, pair: Both, same: Bools, iou: float) -> Ints:
    """Pair what is left: too far apart to match, or of two labels."""
    edges = np.flatnonzero(overlaps.iou >= min(NEAR, iou) - EPS)
    free = (pair[0] < 0)[overlaps.true[edges]]
    free &= (pair[1] < 0)[overlaps.predicted[edges]]
    free &= same[edges] | (overlaps.iou[edges] >= iou - EPS)
    edges = edges[free]
    ends = overlaps.true[edges], overlaps.predicted[edges]
    return edges[assigned(*ends, overlaps.iou[edges])]


def _doubled(overlaps: Overlaps, pair: Both, same: Bools, iou: float) -> Ints:
    """Pairs of a box that is left with the matched one it lies on most, one each."""
    edges = np.flatnonzero(overlaps.iou >= iou - EPS)
    edges = edges[same[edges] & (pair[1] < 0)[overlaps.predicted[edges]]]
    edges = edges[np.lexsort((-overlaps.iou[edges], overlaps.predicted[edges]))]
    _, first = np.unique(overlaps.predicted[edges], return_index=True)
    return np.asarray(edges[first])


def _mark_ends(overlaps: Overlaps, kind: Bytes) -> None:
    """Tell misses before a track is found at first, and after it was at last."""
    truth = overlaps.truth
    frame, track = truth.frame, truth.track
    found = kind != kinds.MISS
    first = np.full(len(truth.ids), overlaps.frame_count)
    last = np.full(len(truth.ids), -1)
    np.minimum.at(first, track[found], frame[found])
    np.maximum.at(last, track[found], frame[found])
    missed = ~found & (last >= 0)[track]
    kind[missed & (frame < first[track])] = kinds.LATE_START
    kind[missed & (frame > last[track])] = kinds.EARLY_END
