"""How far two people agree, and where they do not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import numpy as np

from boxreel.metrics import ALPHAS, Hota
from boxreel.model import Annotation
from boxreel.model.sheet import Sheet
from boxreel.review.comparison import Comparison, compare
from boxreel.review.consensus import Consensus

HALF: Final = int(np.abs(ALPHAS - 0.5).argmin())
"""Place of the threshold 0.5 in `ALPHAS`."""


@dataclass(frozen=True, repr=False)
class Agreement:
    """How far two annotations of one video agree; the same either way round.

    Attributes
    ----------
    hota
        HOTA of one against the other, labels taken into account; 0 to 1.
    labels
        By label, the part of the boxes of both that are found in the other (IoU >=
        0.5): twice the pairs by all boxes.
    iou
        Mean overlap of these pairs, 0 without any.
    disputed
        Half-open ranges of frames on which they differ, in order: what to look at.
    comparison
        The second held against the first: each place where they differ.
    """

    hota: float
    labels: Mapping[str, float]
    iou: float
    disputed: tuple[tuple[int, int], ...]
    comparison: Comparison

    def consensus(self) -> Consensus:
        """Begin one annotation of both, with the labels of the first."""
        return Consensus(self.comparison.truth, self.comparison.predictions)

    def _sheet(self) -> Sheet:
        frames = sum(stop - start for start, stop in self.disputed)
        whole = self.comparison.truth.video.frame_count
        caption = (
            f"HOTA {100 * self.hota:.1f}, mean IoU {self.iou:.2f}; they differ on "
            f"{frames:,} of {whole:,} frames, in {len(self.disputed)} places"
        )
        rows = [(name, 100 * part) for name, part in self.labels.items()]
        return Sheet(caption, ("label", "agreement %"), rows)

    def __repr__(self) -> str:
        return self._sheet().text()

    def _repr_html_(self) -> str:
        return self._sheet().html()


def agree(one: Annotation, two: Annotation) -> Agreement:
    """Measure how far two annotations of one video agree.

    Parameters
    ----------
    one, two
        Labels of two people.

    Returns
    -------
    Agreement
        Numbers that are the same either way round, and where they differ; shows
        itself; its `consensus` takes over the better side, place by place.

    Raises
    ------
    VideoMismatchError
        Labels of different videos.
    ImportError
        scipy is not installed: ``pip install "boxreel[metrics]"``.

    Notes
    -----
    Boxes are paired as HOTA does at a threshold of 0.5, label by label. HOTA does not
    know which side is the truth; MOTA does, hence is not given.

    Examples
    --------
    >>> from boxreel.model import VideoInfo
    >>> video = VideoInfo.constant("street.mp4", 1920, 1080, 10, fps=30)
    >>> empty = Annotation.for_video(video, labels=["car"])
    >>> one = empty.add_track("car", {0: (10, 20, 40, 30)})
    >>> two = empty.add_track("car", {2: (11, 20, 40, 30)})
    >>> agree(one, two).disputed
    ((0, 2),)
    """
    r = compare(one, two)
    total = r.evaluation.total.hota
    scores = r.evaluation.labels
    return Agreement(
        hota=float(total.hota.mean()),
        labels=MappingProxyType({n: _found(each.hota) for n, each in scores.items()}),
        iou=float(total.iou[HALF] / max(total.tp[HALF], 1)),
        disputed=_disputed(r),
        comparison=r,
    )


def _found(order: Hota) -> float:
    pairs, odd = order.tp[HALF], order.fn[HALF] + order.fp[HALF]
    return float(2 * pairs / max(2 * pairs + odd, 1))


def _disputed(r: Comparison) -> tuple[tuple[int, int], ...]:
    """Put the frames of all errors together."""
    marked = np.zeros(r.truth.video.frame_count, np.bool_)
    for error in r.errors:
        marked[error.start : error.stop] = True
    edges = np.flatnonzero(np.diff(marked, prepend=False, append=False)).tolist()
    return tuple(zip(edges[::2], edges[1::2], strict=True))
