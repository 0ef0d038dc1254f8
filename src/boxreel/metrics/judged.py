"""One sequence as it is judged: its boxes matched, its numbers, also in parts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from boxreel.metrics.clear import EPS, clear_matches
from boxreel.metrics.overlaps import Overlaps
from boxreel.metrics.parts import Part, Per, part, parts
from boxreel.metrics.scores import Scores
from boxreel.metrics.values import Values, values_of
from boxreel.model import Annotation
from boxreel.model.keyframes import Bools, Ints

NEAR = 0.1
"""Least overlap of boxes that are meant to be one object, as in TIDE."""


@dataclass(frozen=True, eq=False)
class Judged:
    """Predictions held against a truth, on one sequence.

    Attributes
    ----------
    truth, predictions
        Where the boxes are from.
    overlaps
        Of all boxes that are judged.
    parts
        What can be matched, label by label, and CLEAR's matches among its own pairs.
    iou
        Least overlap for CLEAR and Identity.
    """

    truth: Annotation
    predictions: Annotation
    overlaps: Overlaps
    parts: tuple[tuple[Part, Ints], ...]
    iou: float

    @classmethod
    def of(
        cls,
        truth: Annotation,
        predictions: Annotation,
        overlaps: Overlaps,
        iou: float,
        per: Per,
    ) -> Judged:
        """Match."""
        found = parts(overlaps, per)
        matched = tuple((each, clear_matches(each.overlaps, iou)) for each in found)
        return cls(truth, predictions, overlaps, matched, iou)

    @cached_property
    def labels(self) -> dict[str, Scores]:
        """Scores by label, or of all under the name "all"."""
        return {
            each.name: Scores.of(each, self.iou, matches)
            for each, matches in self.parts
        }

    def by(self, name: str) -> dict[str, Scores]:
        """Scores by the value that true boxes have; see `values_of`.

        Those of a value are the true boxes that have it, the predictions that are
        matched with one of them or, left over, lie on one most, and the predictions
        that lie on none and have the value themselves.
        """
        sides = self.overlaps.truth, self.overlaps.predictions
        true = values_of(name, self.truth, sides[0])
        predicted = values_of(name, self.predictions, sides[1])
        names, codes = _joined(true, predicted)
        scores: dict[str, Scores] = {}
        for each, matches in self.parts:
            owner = _owners(each.overlaps, matches)
            here, own = codes[0][each.true], codes[1][each.predicted]
            own = np.where(owner >= 0, np.append(here, -1)[owner], own)
            for code in np.union1d(here, own).tolist():
                picked = _scores(each, matches, here == code, own == code, self.iou)
                scores[names[code]] = scores.get(names[code], Scores()) + picked
        return {value: scores[value] for value in names if value in scores}


def _joined(true: Values, predicted: Values) -> tuple[list[str], tuple[Ints, Ints]]:
    """Give the values of both sides the same numbers."""
    names = {name: code for code, name in enumerate(dict.fromkeys(true.names))}
    for name in predicted.names:
        names.setdefault(name, len(names))
    places = (np.array([names[n] for n in side.names]) for side in (true, predicted))
    codes = [
        place[side.codes] for place, side in zip(places, (true, predicted), strict=True)
    ]
    return list(names), (codes[0], codes[1])


def _owners(overlaps: Overlaps, matches: Ints) -> Ints:
    """Row of the true box that each prediction is matched with, or lies on, else -1."""
    owner = np.full(len(overlaps.predictions), -1)
    near = np.flatnonzero(overlaps.iou >= NEAR - EPS)
    near = near[np.argsort(overlaps.iou[near], kind="stable")]
    owner[overlaps.predicted[near]] = overlaps.true[near]
    owner[overlaps.predicted[matches]] = overlaps.true[matches]
    return owner


def _scores(
    whole: Part, matches: Ints, true: Bools, predicted: Bools, iou: float
) -> Scores:
    """Count some boxes of both sides, matched as they are in the whole."""
    some = part(whole.overlaps, true, predicted, whole.name)
    kept = matches[true[whole.overlaps.true[matches]]]
    return Scores.of(some, iou, np.searchsorted(some.pairs, kept))
