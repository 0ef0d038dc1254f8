"""Pieces of the plain form shared by the document and the edits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from boxreel.errors import AnnotationError
from boxreel.model.checks import LARGEST, Value
from boxreel.shapes.box import Box

REQUIRED: Final = object()


def number_to_json(value: float) -> float:
    """Write a number, whole ones without a point.

    Examples
    --------
    >>> number_to_json(10.0), number_to_json(0.1)
    (10, 0.1)
    """
    whole = int(value)
    return whole if whole == value and abs(whole) <= LARGEST else float(value)


def value_to_json(value: Value) -> Value:
    """Write the value of an attribute.

    Examples
    --------
    >>> value_to_json("walking"), value_to_json(True), value_to_json(2.0)
    ('walking', True, 2)
    """
    if value is None or isinstance(value, str | bool):
        return value
    return number_to_json(value)


def row_to_json(row: list[float]) -> list[float]:
    """Write x, y, w, h and, where the box is turned, rotation.

    Examples
    --------
    >>> row_to_json([10.0, 20.5, 40.0, 30.0, 0.0])
    [10, 20.5, 40, 30]
    """
    return [number_to_json(value) for value in (row if row[4] else row[:4])]


def box_to_json(box: Box) -> list[float]:
    """Write a box as a list of 4 or 5 numbers.

    Examples
    --------
    >>> box_to_json(Box(10, 20, 40, 30))
    [10, 20, 40, 30]
    """
    return row_to_json([*box.row])


def fields_of(data: Any, what: str, defaults: Mapping[str, Any]) -> dict[str, Any]:
    """Take the fields of a JSON object.

    Parameters
    ----------
    data
        What was read.
    what
        What it should be, for the message.
    defaults
        Every field allowed, with its default or `REQUIRED`.

    Raises
    ------
    AnnotationError
        It is no object, or fields are missing or unknown.

    Examples
    --------
    >>> fields_of({"id": 3}, "event", {"id": REQUIRED, "tracks": ()})
    {'id': 3, 'tracks': ()}
    """
    if not isinstance(data, Mapping):
        raise AnnotationError(f"{data!r:.100} is not a {what}: give an object")
    unknown = [name for name in data if name not in defaults]
    if unknown:
        raise AnnotationError(
            f"a {what} has no field {unknown[0]!r}: it has {', '.join(defaults)}"
        )
    given = {**defaults, **data}
    for name, value in given.items():
        if value is REQUIRED:
            raise AnnotationError(f"a {what} needs the field {name!r}: {data!r:.100}")
    return given


def list_of(value: Any, what: str) -> list[Any]:
    """Take a JSON array.

    Examples
    --------
    >>> list_of([1, 2], "tracks")
    [1, 2]
    """
    if isinstance(value, list | tuple):
        return [*value]
    raise AnnotationError(f"{what} must be a list, not {value!r:.100}")


def mapping_of(value: Any, what: str) -> Mapping[str, Any]:
    """Take a JSON object of any fields.

    Examples
    --------
    >>> mapping_of({"pose": 1}, "attributes")
    {'pose': 1}
    """
    if isinstance(value, Mapping):
        return value
    raise AnnotationError(f"{what} must be an object, not {value!r:.100}")
