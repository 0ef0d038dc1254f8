"""What CVAT's words are in boxreel's."""

from __future__ import annotations

import math
import re

from boxreel.model.checks import Value
from boxreel.model.labels import AttributeType

SOURCES = {"manual": "human", "auto": "model", "semi-auto": "tracker", "file": "import"}
"""CVAT's source of a track -> source of its keyframes."""

INPUT_TYPES: dict[str, AttributeType] = {
    "select": "choice",
    "radio": "choice",
    "checkbox": "boolean",
    "number": "number",
    "text": "text",
}
"""CVAT's input type of an attribute -> its type."""


def value_to_text(value: Value) -> str:
    """Write an attribute's value as CVAT does.

    Examples
    --------
    >>> value_to_text(True), value_to_text(2.0), value_to_text("a")
    ('true', '2', 'a')
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def text_to_value(text: str, type: str) -> Value:
    """Read an attribute's value.

    Raises
    ------
    ValueError
        If the text is no value of this type.

    Examples
    --------
    >>> text_to_value("true", "boolean"), text_to_value("2.5", "number")
    (True, 2.5)
    """
    if type == "boolean":
        if text.lower() not in ("true", "false"):
            raise ValueError(f"{text!r} is neither true nor false")
        return text.lower() == "true"
    if type == "number":
        number = float(text)
        if not math.isfinite(number):
            raise ValueError(f"{text!r} is not a finite number")
        return int(text) if re.fullmatch(r"-?\d{1,15}", text) else number
    return text
