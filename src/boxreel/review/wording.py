"""Errors in words, for reports."""

from __future__ import annotations

from typing import Final

from boxreel.review.comparison import Comparison
from boxreel.review.tables import FoundError

KIND: Final = {
    "miss": "Miss",
    "late_start": "Late start",
    "early_end": "Early end",
    "low_iou": "Low IoU",
    "wrong_class": "Wrong class",
    "duplicate": "Duplicate",
    "false_positive": "False positive",
    "switch": "ID switch",
    "fragmentation": "Fragmentation",
    "transfer": "Transfer",
}
"""Kinds of errors as headings."""

RULING: Final = {
    "model_wrong": "model wrong",
    "label_wrong": "label wrong",
    "both_wrong": "both wrong",
    "unclear": "unclear",
}
"""Verdicts in words."""


def described(comparison: Comparison, error: FoundError) -> str:
    """Say in a sentence what is wrong.

    Examples
    --------
    >>> from boxreel.model import Annotation, VideoInfo
    >>> from boxreel.review import compare
    >>> video = VideoInfo.constant("street.mp4", 1920, 1080, 10, fps=30)
    >>> empty = Annotation.for_video(video, labels=["car"])
    >>> r = compare(empty.add_track("car", {0: (10, 20, 40, 30)}), empty)
    >>> described(r, r.errors[0])
    '#1 car is not found'
    """
    truth, found, was = error.truth, error.prediction, error.was
    name = f"#{truth} {comparison.truth.tracks[truth].label}" if truth else ""
    other = comparison.predictions.tracks[found].label if found else ""
    return {
        "miss": f"{name} is not found",
        "late_start": f"{name} is found late",
        "early_end": f"{name} is lost before its end",
        "low_iou": f"P{found} lies off {name}: IoU {error.iou or 0:.2f}",
        "wrong_class": f"{name} is taken for {other} by P{found}",
        "duplicate": f"P{found} is a second prediction on {name}",
        "false_positive": f"P{found} {other} is on nothing",
        "switch": f"{name} goes on as P{found}, before as P{was}",
        "fragmentation": f"{name} goes on as P{found} after a gap, before as P{was}",
        "transfer": f"P{found} moves from #{was} to {name}",
    }[error.kind]


def frames_of(error: FoundError) -> str:
    """Write the frames of an error: the first, and the last where it has several."""
    last = error.stop - 1
    return str(error.start) if last == error.start else f"{error.start}–{last}"


def clock(seconds: float) -> str:
    """Write a time as the widget does.

    Examples
    --------
    >>> clock(65.2)
    '1:05.20'
    """
    minutes, rest = divmod(round(seconds, 2), 60)
    return f"{int(minutes)}:{rest:05.2f}"
