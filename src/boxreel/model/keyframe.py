"""A keyframe: one row of the table that a track consists of."""

from __future__ import annotations

import math
from dataclasses import dataclass
from numbers import Real
from typing import Any, Final, Literal, TypeAlias, get_args

from boxreel.errors import AnnotationError
from boxreel.model.checks import as_bool, as_frame
from boxreel.shapes.box import Box

Source: TypeAlias = Literal["human", "model", "tracker", "import"]
SOURCES: Final[tuple[Source, ...]] = get_args(Source)


@dataclass(frozen=True, slots=True)
class Keyframe:
    """One row of a keyframe table.

    Parameters
    ----------
    frame
        0-based frame.
    box
        The box on that frame, exactly.
    outside
        The object is absent here and after, until a keyframe that is not outside.
    occluded
        Something hides it here and after, until a keyframe that is not occluded.
    hold
        The box stays until the next keyframe instead of moving towards it.
    source
        Who made it: "human", "model", "tracker" or "import".
    score
        Confidence, or None.

    Raises
    ------
    AnnotationError
        A value of the wrong kind.

    Examples
    --------
    >>> Keyframe(30, Box(10, 20, 40, 30), outside=True).frame
    30
    """

    frame: int
    box: Box
    outside: bool = False
    occluded: bool = False
    hold: bool = False
    source: Source = "human"
    score: float | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "frame", as_frame(self.frame))
        object.__setattr__(self, "box", Box.of(self.box))
        for flag in ("outside", "occluded", "hold"):
            object.__setattr__(self, flag, as_bool(getattr(self, flag), flag))
        source_index(self.source)
        object.__setattr__(self, "score", as_score(self.score))


def source_index(name: str) -> int:
    """Index of a source in `SOURCES`.

    Raises
    ------
    AnnotationError
        An unknown name.

    Examples
    --------
    >>> source_index("model")
    1
    """
    if name not in SOURCES:
        raise AnnotationError(
            f"{name!r} is no source: choose one of {', '.join(SOURCES)}"
        )
    return SOURCES.index(name)


def as_score(value: Any) -> float | None:
    """Take a confidence; NaN and None mean that there is none.

    Raises
    ------
    AnnotationError
        No finite number.

    Examples
    --------
    >>> as_score(0.5)
    0.5
    """
    if value is None:
        return None
    try:
        if isinstance(value, bool) or not isinstance(value, Real) or math.isinf(value):
            raise OverflowError
        score = float(value)
    except OverflowError:
        raise AnnotationError(
            f"a score must be a finite number, not {value!r:.100}"
        ) from None
    return None if math.isnan(score) else score
