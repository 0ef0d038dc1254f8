"""What is drawn of a comparison: errors over time, overlaps, labels mixed up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from boxreel.metrics.parts import label_codes
from boxreel.model.keyframes import Floats, Ints
from boxreel.review import kinds
from boxreel.review.kinds import KINDS

if TYPE_CHECKING:
    from boxreel.review.comparison import Comparison

BINS: Final = 120
"""Most bars of errors over time."""

STEP: Final = 0.05
"""Width of the bars of overlaps."""

NOTHING: Final = "nothing"
"""Name of what is there where no box is."""

FAMILIES: Final[dict[str, tuple[int, ...]]] = {
    "miss": (kinds.MISS, kinds.LATE_START, kinds.EARLY_END),
    "false positive": (kinds.FALSE_POSITIVE, kinds.DUPLICATE),
    "identity": (kinds.SWITCH, kinds.FRAGMENTATION, kinds.TRANSFER),
    "low IoU": (kinds.LOW_IOU,),
    "wrong class": (kinds.WRONG_CLASS,),
}
"""Kinds of errors that are shown alike."""

FAMILY: Final = {KINDS[kind]: name for name, own in FAMILIES.items() for kind in own}
"""Family of each kind of error."""


@dataclass(frozen=True, eq=False)
class OverTime:
    """Errors along the video: ``edges (n + 1,)`` frames, ``counts`` ``(n,)`` a frame.

    An error counts on each of its frames, one of identity on its first.
    """

    edges: Ints
    counts: dict[str, Floats]


def errors_over_time(comparison: Comparison, bins: int = BINS) -> OverTime:
    """Count errors by family, as their mean number a frame in up to `bins` bars."""
    frames = comparison.truth.video.frame_count
    edges: Ints = np.arange(min(bins, frames) + 1) * frames // min(bins, frames)
    counts = {name: np.zeros(frames + 1) for name in FAMILIES}
    for error in comparison.errors:
        name = FAMILY[error.kind]
        stop = error.start + 1 if name == "identity" else error.stop
        counts[name][error.start] += 1
        counts[name][stop] -= 1
    means = {
        name: np.add.reduceat(steps.cumsum()[:-1], edges[:-1]) / np.diff(edges)
        for name, steps in counts.items()
    }
    return OverTime(edges, means)


@dataclass(frozen=True, eq=False)
class Histogram:
    """Pairs by their overlap: ``edges (n + 1,)``, ``matched`` and ``not_matched``."""

    edges: Floats
    matched: Ints
    not_matched: Ints


def overlap_histogram(comparison: Comparison) -> Histogram:
    """Count pairs of boxes meant to be one object, by their overlap."""
    outcomes = comparison.outcomes
    count = round(1 / STEP)
    of_row = np.minimum((outcomes.overlaps.iou / STEP).astype(np.int64), count - 1)
    paired = outcomes.true_pair >= 0
    matched = paired & (outcomes.true_kind == kinds.MATCH)

    def counted(rows: np.ndarray) -> Ints:
        bars = of_row[outcomes.true_pair[rows]]
        return np.asarray(np.bincount(bars, minlength=count))

    edges: Floats = np.linspace(0, 1, count + 1)
    return Histogram(edges, counted(matched), counted(paired & ~matched))


@dataclass(frozen=True, eq=False)
class Confusion:
    """Boxes by label: ``counts[i, j]`` of ``names[i]`` were predicted as ``names[j]``.

    The last name is "nothing": boxes missed, and predictions on nothing.
    """

    names: tuple[str, ...]
    counts: Ints


def confusion(comparison: Comparison) -> Confusion:
    """Count what true boxes are predicted as: matched, or with another label there."""
    outcomes, overlaps = comparison.outcomes, comparison.overlaps
    names, true, predicted = label_codes(overlaps)
    none = len(names)
    counts = np.zeros((none + 1, none + 1), np.int64)
    one = np.isin(outcomes.true_kind, (kinds.MATCH, kinds.WRONG_CLASS))
    pairs = outcomes.true_pair[one]
    ends = true[one], predicted[overlaps.predicted[pairs]]
    np.add.at(counts, ends, 1)
    counts[:none, none] = np.bincount(true[~one], minlength=none)
    other = np.isin(outcomes.predicted_kind, (kinds.MATCH, kinds.WRONG_CLASS))
    counts[none, :none] = np.bincount(predicted[~other], minlength=none)
    return Confusion((*names, NOTHING), counts)
