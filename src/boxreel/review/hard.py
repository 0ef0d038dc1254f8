"""Hard frames: those on which most boxes are wrong, to train the next model on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from boxreel.errors import AnnotationError
from boxreel.model.keyframes import Floats
from boxreel.review.figures import FAMILY

if TYPE_CHECKING:
    from boxreel.review.comparison import Comparison


def wrong_boxes(comparison: Comparison) -> Floats:
    """Count ``(frames,)`` how many boxes are wrong on each frame.

    One that only lies off counts for what its overlap lacks; a break of identity is one
    box on its first frame.
    """
    frames = comparison.truth.video.frame_count
    steps = np.zeros(frames + 1)
    for error in comparison.errors:
        family = FAMILY[error.kind]
        weight = 1 - (error.iou or 0) if family == "low IoU" else 1.0
        stop = error.start + 1 if family == "identity" else error.stop
        steps[error.start] += weight
        steps[stop] -= weight
    return steps.cumsum()[:-1].round(9)


def hard_frames(comparison: Comparison, count: int, apart: float) -> list[int]:
    """Choose frames to train on; see `Reporting.hard_frames`."""
    if count < 1 or not apart >= 0:
        raise AnnotationError(
            f"count={count} must be at least 1, and apart={apart} at least 0 seconds"
        )
    wrong, times = wrong_boxes(comparison), comparison.truth.video.times
    chosen = list(dict.fromkeys(pin.frame for pin in comparison.pins))[:count]
    free = wrong > 0
    for frame in chosen:
        free &= abs(times - times[frame]) >= apart
    for frame in np.argsort(-wrong, kind="stable").tolist():
        if len(chosen) == count:
            break
        if free[frame]:
            chosen.append(frame)
            free &= abs(times - times[frame]) >= apart
            free[frame] = False
    return sorted(chosen)
