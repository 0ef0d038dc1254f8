"""Counts that are added up over sequences."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TypeVar

S = TypeVar("S", bound="Sums")


@dataclass(frozen=True)
class Sums:
    """Counts of which every field is a sum; adding two adds each."""

    def __add__(self: S, other: S) -> S:
        if type(other) is not type(self):
            return NotImplemented
        return type(self)(
            *(
                getattr(self, field.name) + getattr(other, field.name)
                for field in fields(self)
            )
        )


def ratio(part: float, whole: float) -> float:
    """Divide; 0 where there is nothing to divide by."""
    return float(part / whole) if whole else 0.0
