"""CLEAR: what is found, what is not, and whether identities last.

Definitions: K. Bernardin and R. Stiefelhagen, "Evaluating multiple object tracking
performance: the CLEAR MOT metrics", 2008, as the MOTChallenge's TrackEval counts them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from boxreel.metrics.assign import heaviest, tangles
from boxreel.metrics.order import order_by
from boxreel.metrics.overlaps import Overlaps
from boxreel.metrics.sums import Sums, ratio
from boxreel.model.keyframes import Floats, Ints

EPS: Final = float(np.finfo(float).eps)


@dataclass(frozen=True)
class Clear(Sums):
    """CLEAR counts of one or more sequences; add them to combine.

    Attributes
    ----------
    tp, fn, fp
        Boxes matched, true boxes missed, predicted boxes without a true one.
    idsw
        Identity switches: a true track's match is another track than its last one.
    frag
        Times that tracking of a true track starts again.
    mt, pt, ml
        True tracks that are matched on more than 80 %, on 20 % or more, on fewer of
        their frames.
    iou
        Sum of the overlaps of what is matched.
    """

    tp: int = 0
    fn: int = 0
    fp: int = 0
    idsw: int = 0
    frag: int = 0
    mt: int = 0
    pt: int = 0
    ml: int = 0
    iou: float = 0.0

    @property
    def mota(self) -> float:
        """Accuracy: 1 less errors for each true box; 0 where there is none."""
        return ratio(self.tp - self.fp - self.idsw, self.tp + self.fn)

    @property
    def motp(self) -> float:
        """Precision of place: mean overlap of what is matched, higher is better."""
        return ratio(self.iou, self.tp)

    @property
    def recall(self) -> float:
        """Part of the true boxes that are found."""
        return ratio(self.tp, self.tp + self.fn)

    @property
    def precision(self) -> float:
        """Part of the predicted boxes that are true."""
        return ratio(self.tp, self.tp + self.fp)


def clear(overlaps: Overlaps, matches: Ints) -> Clear:
    """Count what `clear_matches` has found.

    Parameters
    ----------
    overlaps
        Both sides.
    matches
        Pairs that are matched.
    """
    truth, predictions = overlaps.truth, overlaps.predictions
    rows = overlaps.true[matches]
    track, other = (tracks[matches] for tracks in overlaps.pair)
    order = order_by(track, len(truth.ids))
    track, other, rows = track[order], other[order], rows[order]
    same = track[1:] == track[:-1]
    rank = overlaps.rank[truth.frame[rows]]
    starts = np.append(True, ~same | (rank[1:] != rank[:-1] + 1))[: len(rows)]
    found = np.bincount(track, minlength=len(truth.ids)) / truth.lengths
    mt = int((found > 0.8).sum())
    pt = int((found >= 0.2).sum()) - mt
    return Clear(
        tp=len(matches),
        fn=len(truth) - len(matches),
        fp=len(predictions) - len(matches),
        idsw=int((same & (other[1:] != other[:-1])).sum()),
        frag=int(starts.sum()) - int((found > 0).sum()),
        mt=mt,
        pt=pt,
        ml=len(truth.ids) - mt - pt,
        iou=float(overlaps.iou[matches].sum()),
    )


def clear_matches(overlaps: Overlaps, iou: float) -> Ints:
    """Match boxes frame by frame, going on with the tracks of the frame before.

    Parameters
    ----------
    overlaps
        Both sides.
    iou
        Least overlap of a match.

    Returns
    -------
    int64 array
        Pairs of `overlaps` that are matched, increasing. Of two ways to match boxes
        equally well either may be taken.
    """
    near = np.flatnonzero(overlaps.iou >= iou - EPS)
    true, predicted = overlaps.true[near], overlaps.predicted[near]
    alone, parts = tangles(true, predicted)
    other = overlaps.pair[1][near]
    matched = np.full(len(overlaps.truth) + 1, -1)
    matched[true[alone]] = other[alone]
    match = matched.tolist()  # its last stands for the row before of who has none
    rest = np.flatnonzero(~alone)
    ends = true[rest].tolist(), predicted[rest].tolist()
    names, last = other[rest].tolist(), overlaps.before[true[rest]].tolist()
    weight = overlaps.iou[near[rest]]
    chosen: list[int] = []
    for edges in parts:
        goes_on = [edge for edge in edges if match[last[edge]] == names[edge]]
        best = goes_on + _unless_taken(edges, goes_on, *ends, weight)
        for edge in best:
            match[ends[0][edge]] = names[edge]
        chosen += best
    alone[rest[chosen]] = True
    return np.asarray(near[alone])


def _unless_taken(
    edges: list[int],
    taken: list[int],
    left: list[int],
    right: list[int],
    weight: Floats,
) -> list[int]:
    """Choose the heaviest of edges at whose ends none of those taken is.

    What goes on with the frame before is never worth giving up for any overlap, hence
    it is taken first; two such edges have no end in common.
    """
    lefts, rights = {left[edge] for edge in taken}, {right[edge] for edge in taken}
    free = [e for e in edges if left[e] not in lefts and right[e] not in rights]
    if len(free) < 2:
        return free
    if len({left[e] for e in free}) == 1 or len({right[e] for e in free}) == 1:
        return [max(free, key=weight.__getitem__)]
    rest = np.array(free)
    a, b = (np.array([side[e] for e in free]) for side in (left, right))
    return [*rest[heaviest(a, b, weight[rest])].tolist()]
