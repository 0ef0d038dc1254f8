"""What VIAME CSV and DIVE JSON have in common: angles, and attributes of their own."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from boxreel.formats.base import Target
from boxreel.shapes.box import wrapped

UNKNOWN = "unknown"
"""Label of what has no species."""

TURNED = "which corner is which: a box is upside down, or its sides are exchanged"

RESERVED = ("occluded", "rotation", "userModified", "userCreated")
"""Attributes of a box that are no attributes of a track here."""


def in_order(corners: list[float]) -> tuple[list[float], bool]:
    """Bring left before right and top before bottom; say whether that was needed.

    >>> in_order([1, 9, 3, 4])
    ([1, 4, 3, 9], True)
    """
    left, top, right, bottom = corners
    turned = right < left or bottom < top
    if right < left:
        left, right = right, left
    if bottom < top:
        top, bottom = bottom, top
    return [left, top, right, bottom], turned


def to_degrees(radians: Any) -> float:
    """Turn an angle, counterclockwise in radians, into degrees clockwise.

    >>> to_degrees(-math.pi / 2)
    90.0
    """
    number = isinstance(radians, int | float) and math.isfinite(radians)
    return float(wrapped(np.array(-math.degrees(radians)))) if number else 0.0


def to_radians(degrees: float) -> float:
    """Turn degrees clockwise into an angle, counterclockwise in radians."""
    return -math.radians(degrees)


def scores_of(confidences: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return scores, none where every confidence is 1, which is what people get."""
    return np.where((confidences == 1).all(), np.nan, confidences)


def note_scores(scores: NDArray[np.float64], target: Target) -> None:
    """Note what becomes of scores, nan for none, of which each needs one."""
    missing = np.isnan(scores)
    if not missing.all():
        lost = target.notes.lost
        lost("what has no score gets 1", count=int(missing.sum()))
        lost("scores that all are 1", count=int((scores[~missing] == 1).all()))
