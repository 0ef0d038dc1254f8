"""How the labels of a review are compared with predictions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from boxreel.errors import AnnotationError
from boxreel.metrics.evaluate import check_bounds

Scope: TypeAlias = Literal["clip", "view", "verified"]
"""The frames that numbers are of: all, those in sight, those that are verified."""


@dataclass(frozen=True)
class Setting:
    """What a person can set of a comparison.

    Attributes
    ----------
    model
        Name of the predictions.
    iou
        Least overlap at which two boxes may be one object.
    score
        Least score of a predicted box; 0 for all.
    scope
        The frames that numbers are of.
    view
        Half-open range of the frames in sight.
    """

    model: str
    iou: float
    score: float = 0.0
    scope: Scope = "clip"
    view: tuple[int, int] = (0, 0)

    def check(self, models: Iterable[str]) -> None:
        """Refuse what cannot be set.

        Raises
        ------
        AnnotationError
            Naming the value.
        """
        check_bounds(self.iou, "label")
        known = list(models)
        if self.model not in known:
            raise AnnotationError(
                f"there are no predictions {self.model!r}: there are {', '.join(known)}"
            )
        if not 0 <= self.score <= 1:
            raise AnnotationError(f"score is {self.score!r}: it is a number, 0 to 1")
        if self.scope not in ("clip", "view", "verified"):
            raise AnnotationError(
                f'scope is {self.scope!r}: it is "clip", "view" or "verified"'
            )
