"""Who is wrong where: what people said of errors, and which error it was said of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final, Literal, TypeAlias, get_args

import numpy as np

from boxreel.errors import AnnotationError
from boxreel.geometry import rotated_iou
from boxreel.model.checks import as_frame
from boxreel.model.plain import REQUIRED, fields_of, list_of
from boxreel.review.comparison import Comparison
from boxreel.review.tables import FoundError
from boxreel.shapes import Box

Ruling: TypeAlias = Literal["model_wrong", "label_wrong", "both_wrong", "unclear"]

FAMILIES: Final = {
    "miss": "missed",
    "late_start": "missed",
    "early_end": "missed",
    "low_iou": "off",
    "wrong_class": "class",
    "duplicate": "extra",
    "false_positive": "extra",
    "switch": "identity",
    "fragmentation": "identity",
    "transfer": "identity",
}
"""Kinds that turn into each other from one model to the next."""

SHARE: Final = 0.5
"""Least part of the shorter of two runs that both have, and least overlap of boxes."""

SECONDS: Final = 0.5
"""How far apart a break of identity may be to be the same."""


@dataclass(frozen=True)
class Verdict:
    """What a person said of an error.

    Attributes
    ----------
    ruling
        Who is wrong.
    kind, start, stop, label, truth
        The error it was said of, as of `FoundError`.
    frame, box
        A frame of it, and x, y, w, h, rotation of the prediction there, else None.
    author
        Who said it.
    time
        When, as of `time.time`.
    note
        A text for a person to read.
    """

    ruling: Ruling
    kind: str
    start: int
    stop: int
    label: str
    truth: int | None
    frame: int
    box: tuple[float, float, float, float, float] | None
    author: str = ""
    time: float = 0.0
    note: str = ""

    def __post_init__(self) -> None:
        if self.ruling not in get_args(Ruling):
            known = ", ".join(get_args(Ruling))
            raise AnnotationError(f"a verdict is one of {known}, not {self.ruling!r}")
        if self.kind not in FAMILIES:
            known = ", ".join(FAMILIES)
            raise AnnotationError(f"an error is one of {known}, not {self.kind!r}")
        for name in ("start", "stop", "frame"):
            as_frame(getattr(self, name), f"{name} of a verdict")
        if self.box is not None:
            box = Box.of(self.box)
            object.__setattr__(self, "box", tuple(box.row))


def verdict_on(
    comparison: Comparison,
    error: FoundError,
    ruling: Ruling,
    *,
    author: str = "",
    time: float = 0.0,
    note: str = "",
) -> Verdict:
    """Say who is wrong, so that it is known again with another model.

    Raises
    ------
    AnnotationError
        No ruling.
    """
    box = None
    if error.prediction is not None:
        box = comparison.predictions.tracks[error.prediction].at(error.frame)
    return Verdict(
        ruling=ruling,
        kind=error.kind,
        start=error.start,
        stop=error.stop,
        label=error.label,
        truth=error.truth,
        frame=error.frame,
        box=None if box is None else box.row,
        author=author,
        time=time,
        note=note,
    )


def verdicts_of(
    comparison: Comparison, verdicts: Iterable[Verdict]
) -> dict[FoundError, Verdict]:
    """Find what was said of the errors of a comparison, also with another model.

    An error is known again by its family of kinds, its true track and its frames (half
    of the shorter run in common; breaks of identity half a second apart at most);
    without a true track by its label and by where the prediction is.

    Parameters
    ----------
    comparison
        Of any model's output with the same labels.
    verdicts
        In the order they were given; of two on one error the later one counts.

    Returns
    -------
    dict
        From error to verdict; without those of which nothing was said.
    """
    groups: dict[tuple[str, int | str], list[Verdict]] = {}
    for verdict in verdicts:
        groups.setdefault(_group(verdict), []).append(verdict)
    said = {}
    for error in comparison.errors:
        for verdict in groups.get(_group(error), ()):
            if _is_of(comparison, verdict, error):
                said[error] = verdict
    return said


def _group(of: Verdict | FoundError) -> tuple[str, int | str]:
    return FAMILIES[of.kind], of.label if of.truth is None else of.truth


def _is_of(comparison: Comparison, verdict: Verdict, error: FoundError) -> bool:
    if FAMILIES[error.kind] == "identity":
        near = SECONDS * comparison.truth.video.fps
        return abs(verdict.start - error.start) <= near
    both = min(verdict.stop, error.stop) - max(verdict.start, error.start)
    shorter = min(verdict.stop - verdict.start, error.stop - error.start)
    if both < SHARE * shorter:
        return False
    return error.truth is not None or _same_place(comparison, verdict, error)


def _same_place(comparison: Comparison, verdict: Verdict, error: FoundError) -> bool:
    if verdict.box is None or error.prediction is None:
        return False
    box = comparison.predictions.tracks[error.prediction].at(verdict.frame)
    if box is None:
        return False
    rows = np.array([verdict.box]), np.array([box.row])
    return bool(rotated_iou(*rows)[0, 0] >= SHARE)


def verdicts_to_json(verdicts: Sequence[Verdict]) -> list[dict[str, Any]]:
    """Write verdicts as plain dicts."""
    return [asdict(verdict) for verdict in verdicts]


def verdicts_from_json(data: Any) -> tuple[Verdict, ...]:
    """Read verdicts.

    Raises
    ------
    AnnotationError
        Something that is none; names it.
    """
    defaults = dict.fromkeys(Verdict.__dataclass_fields__, REQUIRED)
    defaults |= {"author": "", "time": 0.0, "note": ""}
    return tuple(
        Verdict(**fields_of(each, "verdict", defaults))
        for each in list_of(data, "verdicts")
    )
