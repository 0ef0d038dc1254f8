"""Pins: places in a video that somebody wants to show to others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from boxreel.model.checks import as_frame, as_text
from boxreel.model.plain import REQUIRED, fields_of, list_of
from boxreel.review.tables import FoundError


@dataclass(frozen=True)
class Pin:
    """A frame, what is to be seen there, and the tracks that it is about.

    Parameters
    ----------
    text
        What is to be seen.
    frame
        0-based frame.
    truth, prediction
        Ids of the tracks, None where it is about none.

    Raises
    ------
    AnnotationError
        No text, or no frame.

    Examples
    --------
    >>> Pin("switch behind the bus", 253).frame
    253
    """

    text: str
    frame: int
    truth: int | None = None
    prediction: int | None = None

    def __post_init__(self) -> None:
        as_text(self.text, "the text of a pin")
        as_frame(self.frame, "the frame of a pin")

    @classmethod
    def on(cls, text: str, error: FoundError) -> Pin:
        """Pin an error, on the middle of its frames."""
        return cls(text, error.frame, error.truth, error.prediction)


def pins_to_json(pins: Sequence[Pin]) -> list[dict[str, Any]]:
    """Write pins as plain dicts."""
    return [asdict(pin) for pin in pins]


def pins_from_json(data: Any) -> tuple[Pin, ...]:
    """Read pins.

    Raises
    ------
    AnnotationError
        Something that is none; names it.
    """
    defaults = dict.fromkeys(Pin.__dataclass_fields__, REQUIRED)
    defaults |= {"truth": None, "prediction": None}
    return tuple(
        Pin(**fields_of(each, "pin", defaults)) for each in list_of(data, "pins")
    )
