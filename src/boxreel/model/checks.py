"""Checks of single values, shared by everything in the document."""

from __future__ import annotations

import math
import operator
from collections.abc import Iterable, Mapping
from numbers import Integral, Real
from types import MappingProxyType
from typing import Any, TypeAlias, TypeVar

import numpy as np

from boxreel.errors import AnnotationError

Item = TypeVar("Item")

Value: TypeAlias = "str | float | bool | None"
"""What an attribute can be; None where it has no value."""

LARGEST = 2**53 - 1
"""Largest integer that JavaScript, too, holds exactly."""


def as_int(value: Any, what: str) -> int:
    """Take an integer of any kind, but no float and no bool.

    Examples
    --------
    >>> as_int(3, "frame")
    3
    """
    try:
        if isinstance(value, bool):
            raise TypeError
        number = operator.index(value)
    except TypeError:
        raise AnnotationError(f"{what} must be an integer, not {value!r}") from None
    if abs(number) > LARGEST:
        raise AnnotationError(
            f"{what} is {number!r:.30}; integers go up to {LARGEST}, which the "
            "browser, too, holds exactly"
        )
    return number


def as_frame(value: Any, what: str = "frame") -> int:
    """Take a 0-based frame number.

    Examples
    --------
    >>> as_frame(0)
    0
    """
    frame = as_int(value, what)
    if frame < 0:
        raise AnnotationError(f"{what} is {frame}; frames are counted from 0")
    return frame


def as_positive(value: Any, what: str) -> int:
    """Take an integer from 1 on, as the id of a track.

    Examples
    --------
    >>> as_positive(1, "the id of a track")
    1
    """
    number = as_int(value, what)
    if number < 1:
        raise AnnotationError(f"{what} is {number}, which is not a positive integer")
    return number


def as_bool(value: Any, what: str) -> bool:
    """Take a truth value and nothing that merely behaves like one.

    Examples
    --------
    >>> as_bool(True, "hold")
    True
    """
    if isinstance(value, bool | np.bool_):
        return bool(value)
    raise AnnotationError(f"{what} must be true or false, not {value!r}")


def as_text(value: Any, what: str) -> str:
    """Take a text that is not empty.

    Examples
    --------
    >>> as_text("car", "label")
    'car'
    """
    if isinstance(value, str) and value:
        return str(value)
    raise AnnotationError(f"{what} must be a text that is not empty, not {value!r}")


def as_value(value: Any, what: str) -> Value:
    """Take the value of an attribute: text, finite number, bool or None.

    Examples
    --------
    >>> as_value("walking", "pose")
    'walking'
    """
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool | np.bool_):
        return bool(value)
    if isinstance(value, Integral):
        return as_int(value, what)
    if isinstance(value, Real) and math.isfinite(value):
        return float(value)
    raise AnnotationError(
        f"{what} must be a text, a finite number, true, false or none, not {value!r}"
    )


def same_value(a: Value, b: Value) -> bool:
    """Say whether two attribute values are the same; True is not 1.

    Examples
    --------
    >>> same_value(1, True), same_value(1, 1.0)
    (False, True)
    """
    return isinstance(a, bool) == isinstance(b, bool) and a == b


def checked_values(
    values: Mapping[str, Any], what: str
) -> MappingProxyType[str, Value]:
    """Take values by name.

    Examples
    --------
    >>> checked_values({"weather": "rain"}, "the clip")
    mappingproxy({'weather': 'rain'})
    """
    return MappingProxyType(
        {
            as_text(name, f"an attribute of {what}"): as_value(
                value, f"attribute {name!r} of {what}"
            )
            for name, value in values.items()
        }
    )


def all_of(cls: type[Item], items: Iterable[Any]) -> tuple[Item, ...]:
    """Take values of one class only.

    Examples
    --------
    >>> all_of(int, [1, 2])
    (1, 2)
    """
    given = tuple(items)
    for item in given:
        if not isinstance(item, cls):
            raise AnnotationError(f"{item!r:.100} is not a {cls.__name__}: give one")
    return given
