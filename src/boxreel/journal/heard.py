"""Up to which of its acts the document has everything that a page did.

A page numbers what its person does and says it again until it knows that it arrived. So
each act is done once, whatever gets lost on the way and whoever was restarted.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

LIMIT = 64
"""Pages that are remembered: the one that was heard longest ago is forgotten."""

Heard = Mapping[str, int]
"""Number of the last act of each page, by its name."""

NOBODY: Heard = MappingProxyType({})


def with_act(heard: Heard, client: str | None, seq: int | None) -> Heard:
    """Add an act; Python's have no number.

    Examples
    --------
    >>> with_act({"a": 3, "b": 1}, "a", 4)
    {'b': 1, 'a': 4}
    """
    if client is None or seq is None:
        return heard
    others = [item for item in heard.items() if item[0] != client]
    return dict([*others[1 - LIMIT :], (client, seq)])


def heard_from_json(data: object) -> Heard:
    """Read what a line of a journal says of it; what is no such thing is nobody.

    Examples
    --------
    >>> heard_from_json({"a": 3, "b": "x"}), dict(heard_from_json(None))
    ({'a': 3}, {})
    """
    if not isinstance(data, dict):
        return NOBODY
    return {name: seq for name, seq in data.items() if type(seq) is int}
