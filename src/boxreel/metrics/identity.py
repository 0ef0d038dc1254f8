"""Identity: how many boxes carry the right name, names being given once for all.

Definitions: E. Ristani et al., "Performance measures and a data set for multi-target,
multi-camera tracking", 2016.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from boxreel.metrics.assign import heaviest, tangles
from boxreel.metrics.order import numbered
from boxreel.metrics.overlaps import Overlaps
from boxreel.metrics.sums import Sums, ratio


@dataclass(frozen=True)
class Identity(Sums):
    """Identity counts of one or more sequences; add them to combine.

    Attributes
    ----------
    idtp, idfn, idfp
        Boxes of pairs of tracks that are taken for the same object; true boxes and
        predicted boxes besides.
    """

    idtp: int = 0
    idfn: int = 0
    idfp: int = 0

    @property
    def idf1(self) -> float:
        """Harmonic mean of `idp` and `idr`."""
        return ratio(2 * self.idtp, 2 * self.idtp + self.idfn + self.idfp)

    @property
    def idp(self) -> float:
        """Part of the predicted boxes that carry the right name."""
        return ratio(self.idtp, self.idtp + self.idfp)

    @property
    def idr(self) -> float:
        """Part of the true boxes that carry the right name."""
        return ratio(self.idtp, self.idtp + self.idfn)


def identity(overlaps: Overlaps, iou: float) -> Identity:
    """Pair whole tracks so that as many boxes as can be lie on each other.

    Parameters
    ----------
    overlaps
        Both sides.
    iou
        Least overlap at which two boxes lie on each other.
    """
    width = max(len(overlaps.predictions.ids), 1)
    left, right = (tracks[overlaps.iou >= iou] for tracks in overlaps.pair)
    pairs, place = numbered(left * width + right, len(overlaps.truth.ids) * width)
    together = np.bincount(place)
    left, right = pairs // width, pairs % width
    alone, parts = tangles(left, right)
    idtp = int(together[alone].sum())
    rest = np.flatnonzero(~alone)
    for part in parts:
        edges = rest[part]
        best = heaviest(left[edges], right[edges], together[edges].astype(np.float64))
        idtp += int(together[edges[best]].sum())
    return Identity(idtp, len(overlaps.truth) - idtp, len(overlaps.predictions) - idtp)
