"""Read JSON that others wrote: no nan, bounded depth, kinds checked, places named."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any, NoReturn, TypeVar

from boxreel.formats.base import Source

T = TypeVar("T")
MAX_NUMBER = 1e12
MAX_DIGITS = 4300
"""Digits from which on Python refuses a number."""

TEXT = r'"(?:[^"\\]|\\.)*"'

KINDS: dict[type, str] = {dict: "an object", list: "a list", str: "a text"}


def read_json(source: Source) -> Any:
    """Parse the text of a source.

    Raises
    ------
    FormatError
        If it is no JSON, holds nan or inf, or nests too deep; names the line.

    Examples
    --------
    >>> read_json(Source("a.json", '{"a": [1]}'))
    {'a': [1]}
    """

    def refuse(name: str) -> NoReturn:
        raise _Refused(f"{name} is no number that JSON has", name)

    try:
        return json.loads(source.text, parse_constant=refuse)
    except json.JSONDecodeError as error:
        what = "damaged JSON" if source.text.strip() else "the file is empty"
        message = f"{what}: {error.msg} (column {error.colno})"
        raise source.error(message, error.lineno) from error
    except _Refused as error:
        message, name = error.args
        raise source.error(message, _line_of(source.text, name)) from None
    except RecursionError as error:
        raise source.error("nests too deep", _deepest(source.text)) from error
    except ValueError as error:
        line = _line_of(source.text, rf"-?\d{{{MAX_DIGITS},}}")
        raise source.error("a number has too many digits", line) from error


class _Refused(Exception):
    """A word that Python takes for a number."""


def _line_of(text: str, pattern: str) -> int | None:
    """Return the first line with what fits a pattern, outside texts."""
    for found in re.finditer(f"{TEXT}|({pattern})", text):
        if found[1]:
            return text.count("\n", 0, found.start()) + 1
    return None


def _deepest(text: str) -> int:
    """Return the first line on which lists and objects nest deepest."""
    depth = deepest = place = 0
    for found in re.finditer(rf"{TEXT}|([\[{{])|([\]}}])", text):
        depth += bool(found[1]) - bool(found[2])
        if depth > deepest:
            deepest, place = depth, found.start()
    return text.count("\n", 0, place) + 1


class Place:
    """A value in a JSON document, and the way to it, for errors.

    Parameters
    ----------
    source
        The file.
    value
        The value.
    path
        Its way from the root, as ``images[3].file_name``.

    Examples
    --------
    >>> root = Place(Source("a.json", ""), {"images": [{"id": 7}]})
    >>> [image.whole("id") for image in root.each("images")]
    [7]
    >>> root.text("name")
    Traceback (most recent call last):
    ...
    boxreel.errors.FormatError: a.json: name is missing
    """

    __slots__ = ("path", "source", "value")

    def __init__(self, source: Source, value: Any, path: str = "") -> None:
        self.source, self.value, self.path = source, value, path

    def error(self, message: str) -> Exception:
        """Make the error that names file and place."""
        return self.source.error(f"{self.path or 'the document'} {message}")

    def of(self, kind: type[T]) -> T:
        """Return the value, which must be of this kind."""
        if not isinstance(self.value, kind):
            raise self.error(f"should be {KINDS[kind]}, not {self.value!r:.60}")
        return self.value

    def has(self, key: str) -> bool:
        """Whether an object has something other than null under a key."""
        return self.of(dict).get(key) is not None

    def at(self, key: str | int) -> Place:
        """Return the value under a key, or at an index."""
        if isinstance(key, int):
            if key >= len(self.of(list)):
                raise self.error(f"should have more than {key} elements")
            return Place(self.source, self.value[key], f"{self.path}[{key}]")
        place = f"{self.path}.{key}" if self.path else key
        if not self.has(key):
            raise self.source.error(f"{place} is missing")
        return Place(self.source, self.value[key], place)

    def each(self, key: str | None = None) -> list[Place]:
        """Return the elements of a list; none where the key is missing."""
        if key is not None and not self.has(key):
            return []
        place = self if key is None else self.at(key)
        count = len(place.of(list))
        return [place.at(index) for index in range(count)]

    def _there(self, key: str | int) -> Any:
        """Return the value under a key, or at an index; None where there is none."""
        value = self.value
        if isinstance(key, int):
            return value[key] if isinstance(value, list) and key < len(value) else None
        return value.get(key) if isinstance(value, dict) else None

    def text(self, key: str) -> str:
        """Return the text under a key."""
        value = self._there(key)
        return value if isinstance(value, str) else self.at(key).of(str)

    def number(self, key: str | int) -> float:
        """Return the number under a key, or at an index."""
        value = self._there(key)
        if _is_number(value):
            return float(value)
        place = self.at(key)
        raise place.error(f"should be a number, not {place.value!r:.60}")

    def numbers(self, what: str) -> list[float]:
        """Return the numbers of a list, which are `what`, separated by commas."""
        values = self.of(list)
        if len(values) != what.count(",") + 1:
            raise self.error(f"should be {what}, not {values!r:.60}")
        if all(map(_is_number, values)):
            return [*map(float, values)]
        return [self.number(index) for index in range(len(values))]

    def whole(self, key: str | int) -> int:
        """Return the whole number under a key, or at an index."""
        value = self._there(key)
        if type(value) is int and _is_number(value):
            return value
        value = self.number(key)
        if value % 1 != 0:
            raise self.at(key).error(f"should be a whole number, not {value!r}")
        return int(value)

    def get(self, read: Callable[[str], T], key: str, default: T) -> T:
        """Return what `read`, one of these methods, finds under a key, if there is."""
        return read(key) if self.has(key) else default


def _is_number(value: Any) -> bool:
    """Whether a value is a number, neither nan nor too large to be meant."""
    return type(value) in (int, float) and -MAX_NUMBER <= value <= MAX_NUMBER
