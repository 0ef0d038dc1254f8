"""Attributes of boxes that a file declares nowhere: their kinds, from their values."""

from __future__ import annotations

from typing import Any

import numpy as np

from boxreel.model import Attribute


def columns_of_attributes(given: list[dict[str, Any]]) -> dict[Attribute, np.ndarray]:
    """Return a column for each attribute of plain values, with its declaration."""
    names = dict.fromkeys(name for one in given for name in one)
    return {
        Attribute(name, kind, per="frame"): np.array(
            [one.get(name) for one in given], dtype=object
        )
        for name, kind in ((n, _kind([one.get(n) for one in given])) for n in names)
        if kind is not None and name
    }


def _kind(values: list[Any]) -> Any:
    kinds = {type(value) for value in values if value is not None}
    for kind, types in (
        ("boolean", {bool}),
        ("number", {int, float}),
        ("text", {str}),
    ):
        if kinds and kinds <= types:
            return kind
    return None
