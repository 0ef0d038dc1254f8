"""HOTA: detection and association in one number, over all thresholds of overlap.

Definitions: J. Luiten et al., "HOTA: a higher order metric for evaluating multi-object
tracking", 2021.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

import numpy as np

from boxreel.metrics.assign import assigned
from boxreel.metrics.clear import EPS
from boxreel.metrics.overlaps import Overlaps
from boxreel.metrics.sums import Sums
from boxreel.model.keyframes import Floats

ALPHAS: Final = np.arange(0.05, 0.99, 0.05)
"""Thresholds of overlap: 0.05, 0.10 to 0.95."""


def _none() -> Floats:
    return np.zeros(len(ALPHAS))


@dataclass(frozen=True, eq=False)
class Hota(Sums):
    """HOTA counts of one or more sequences, one for each of `ALPHAS`; add to combine.

    Attributes
    ----------
    tp, fn, fp
        Boxes matched, true boxes missed, predicted boxes without a true one.
    iou
        Sums of the overlaps of what is matched.
    association, association_recall, association_precision
        Sums over what is matched of how well its two tracks agree: boxes matched of
        these two, of all boxes of either, of the true one, of the predicted one.
    """

    tp: Floats = field(default_factory=_none)
    fn: Floats = field(default_factory=_none)
    fp: Floats = field(default_factory=_none)
    iou: Floats = field(default_factory=_none)
    association: Floats = field(default_factory=_none)
    association_recall: Floats = field(default_factory=_none)
    association_precision: Floats = field(default_factory=_none)

    @property
    def det_a(self) -> Floats:
        """Detection accuracy for each threshold."""
        return np.asarray(self.tp / np.maximum(1, self.tp + self.fn + self.fp))

    @property
    def ass_a(self) -> Floats:
        """Association accuracy for each threshold."""
        return np.asarray(self.association / np.maximum(1, self.tp))

    @property
    def ass_re(self) -> Floats:
        """Association recall for each threshold: low where a true track is split."""
        return np.asarray(self.association_recall / np.maximum(1, self.tp))

    @property
    def ass_pr(self) -> Floats:
        """Association precision for each threshold: low where tracks are merged."""
        return np.asarray(self.association_precision / np.maximum(1, self.tp))

    @property
    def loc_a(self) -> Floats:
        """Mean overlap of what is matched for each threshold; 1 where nothing is."""
        return np.asarray(np.maximum(1e-10, self.iou) / np.maximum(1e-10, self.tp))

    @property
    def hota(self) -> Floats:
        """HOTA for each threshold: geometric mean of `det_a` and `ass_a`."""
        return np.asarray(np.sqrt(self.det_a * self.ass_a))


def hota(overlaps: Overlaps) -> Hota:
    """Match boxes frame by frame, tracks that agree over the clip first, and count.

    Parameters
    ----------
    overlaps
        Both sides.
    """
    truth, predictions = overlaps.truth, overlaps.predictions
    width = max(len(predictions.ids), 1)
    codes, pair = np.unique(
        overlaps.pair[0] * width + overlaps.pair[1], return_inverse=True
    )
    either = truth.lengths[codes // width] + predictions.lengths[codes % width]
    together = np.bincount(pair, weights=_shares(overlaps), minlength=len(codes))
    weight = (together / (either - together))[pair] * overlaps.iou
    chosen = assigned(overlaps.true, overlaps.predicted, weight)
    iou, pair = overlaps.iou[chosen], pair[chosen]
    rows = []
    for alpha in ALPHAS:
        found = iou >= alpha - EPS
        tp = int(found.sum())
        m = np.bincount(pair[found], minlength=len(codes)).astype(np.float64)
        rows.append(
            (
                tp,
                len(truth) - tp,
                len(predictions) - tp,
                iou[found].sum(),
                (m * (m / np.maximum(1, either - m))).sum(),
                (m * (m / truth.lengths[codes // width])).sum(),
                (m * (m / predictions.lengths[codes % width])).sum(),
            )
        )
    return Hota(*np.array(rows, dtype=np.float64).T)


def _shares(overlaps: Overlaps) -> Floats:
    """Overlap of each pair beside all that its two boxes have with others."""
    rows = np.bincount(
        overlaps.true, weights=overlaps.iou, minlength=len(overlaps.truth)
    )
    columns = np.bincount(
        overlaps.predicted, weights=overlaps.iou, minlength=len(overlaps.predictions)
    )
    others = rows[overlaps.true] + columns[overlaps.predicted] - overlaps.iou
    return np.asarray(overlaps.iou / others)
