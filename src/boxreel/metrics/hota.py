"""HOTA: detection and association in one number, over all thresholds of overlap.

Definitions: J. Luiten et al., "HOTA: a higher order metric for evaluating multi-object
tracking", 2021.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

import numpy as np
import numpy.typing as npt

from boxreel.metrics.assign import assigned
from boxreel.metrics.clear import EPS
from boxreel.metrics.order import numbered
from boxreel.metrics.overlaps import Overlaps
from boxreel.metrics.sums import Sums
from boxreel.model.keyframes import Floats

ALPHAS: Final = np.arange(0.05, 0.99, 0.05)
"""Thresholds of overlap: 0.05, 0.10 to 0.95."""

Counts: TypeAlias = npt.NDArray[Any]


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
    codes, pair = numbered(
        overlaps.pair[0] * width + overlaps.pair[1], len(truth.ids) * width
    )
    either = truth.lengths[codes // width] + predictions.lengths[codes % width]
    together = np.bincount(pair, weights=_shares(overlaps), minlength=len(codes))
    weight = (together / (either - together))[pair] * overlaps.iou
    chosen = assigned(overlaps.true, overlaps.predicted, weight)
    iou, pair = overlaps.iou[chosen], pair[chosen]
    level = np.searchsorted(ALPHAS - EPS, iou, side="right")
    size = len(codes), len(ALPHAS) + 1
    found = np.bincount(pair * size[1] + level, minlength=size[0] * size[1])
    m = _at_least(found.reshape(size)).astype(np.float64)
    tp = m.sum(axis=1)
    lengths = truth.lengths[codes // width], predictions.lengths[codes % width]
    return Hota(
        tp=tp,
        fn=len(truth) - tp,
        fp=len(predictions) - tp,
        iou=_at_least(np.bincount(level, iou, size[1])[None])[:, 0],
        association=(m * (m / np.maximum(1, either - m))).sum(axis=1),
        association_recall=(m * (m / lengths[0])).sum(axis=1),
        association_precision=(m * (m / lengths[1])).sum(axis=1),
    )


def _at_least(by_level: Counts) -> Counts:
    """Sum ``(n, levels)`` up to ``(alphas, n)``: what has each threshold or more."""
    return np.ascontiguousarray(by_level[:, :0:-1].cumsum(axis=1)[:, ::-1].T)


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
