from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boxreel.errors import ProtocolError
from boxreel.widget.messages import PROTOCOL
from boxreel.widget.requests import MAX_FRAMES, MAX_WIDTH, parse

GOOD: list[dict[str, Any]] = [
    {"kind": "hello", "protocol": PROTOCOL, "client": "a"},
    {
        "kind": "edit",
        "item": 0,
        "client": "a",
        "seq": 1,
        "after": 0,
        "revision": 0,
        "edit": {"kind": "x"},
    },
    {"kind": "ping", "client": "a"},
    {"kind": "nudge"},
    {"kind": "undo", "item": 0, "client": "a", "seq": 2, "after": 1},
    {"kind": "redo", "item": 0, "client": "a", "seq": 3, "after": 0},
    {"kind": "steps", "item": 0, "client": "a"},
    {"kind": "travel", "item": 0, "client": "a", "revision": 3, "by": -2},
    {"kind": "save", "item": 0},
    {
        "kind": "frames",
        "item": 0,
        "client": "a",
        "width": 640,
        "wanted": [3, 0, 9],
        "around": False,
    },
    {"kind": "open", "item": 0, "frame": 7, "to": 0},
    {"kind": "mark", "item": 0, "mark": "done"},
    {"kind": "error", "client": "a", "text": "it broke"},
]
IDS = [message["kind"] for message in GOOD]
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=70),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)


@pytest.mark.parametrize("message", GOOD, ids=IDS)
def test_good_messages_come_through_as_they_are(message: dict[str, Any]) -> None:
    assert parse(message, [10]) == message


@pytest.mark.parametrize("message", GOOD, ids=IDS)
def test_fields_nobody_knows_are_left_out(message: dict[str, Any]) -> None:
    assert parse({**message, "extra": 1}, [10]) == message


@pytest.mark.parametrize(
    ("message", "field"),
    [(message, field) for message in GOOD for field in message],
)
def test_a_missing_field_is_named(message: dict[str, Any], field: str) -> None:
    cut = {name: value for name, value in message.items() if name != field}
    with pytest.raises(ProtocolError, match=field):
        parse(cut, [10])


@pytest.mark.parametrize(
    ("field", "value", "text"),
    [
        ("width", 0, "must be 1 to"),
        ("width", MAX_WIDTH + 1, "must be 1 to"),
        ("width", 10**400, "must be 1 to"),
        ("width", True, "integer, not True"),
        ("width", 1.0, r"integer, not 1\.0"),
        ("width", math.nan, "integer, not nan"),
        ("width", "640", "integer, not '640'"),
        ("wanted", 3, "must be a list"),
        ("wanted", {"0": 1}, "must be a list"),
        ("wanted", [10], "10 frames, there is no frame 10"),
        ("around", 1, "must be true or false, not 1"),
        ("wanted", [-1], "not -1"),
        ("wanted", [None], "integer, not None"),
        ("wanted", [0] * (MAX_FRAMES + 1), "at most 4096"),
        ("client", 5, "must be text"),
        ("client", "x" * 65, "longer than 64"),
    ],
)
def test_a_wrong_value_is_named(field: str, value: object, text: str) -> None:
    message = {
        "kind": "frames",
        "item": 0,
        "client": "a",
        "width": 640,
        "wanted": [0],
        "around": True,
    }
    with pytest.raises(ProtocolError, match=f"field '{field}'.*{text}"):
        parse({**message, field: value}, [10])


@pytest.mark.parametrize("kind", ["snapshot", "", None, 5, ["edit"], "e" * 10_000])
def test_unknown_kinds_are_named_in_short(kind: object) -> None:
    with pytest.raises(ProtocolError, match="unknown kind") as caught:
        parse({"kind": kind}, [10])
    assert len(str(caught.value)) < 120


@given(ANYTHING)
def test_anything_is_refused_politely(content: object) -> None:
    with pytest.raises(ProtocolError):
        parse(content, [10])


@given(st.sampled_from(GOOD), st.data())
def test_any_value_in_any_field_parses_or_is_refused(
    message: dict[str, Any], data: st.DataObject
) -> None:
    field = data.draw(st.sampled_from(sorted(message)))
    changed = {**message, field: data.draw(ANYTHING)}
    try:
        parsed = parse(changed, [10])
    except ProtocolError:
        return
    assert parsed.keys() == message.keys()


@pytest.mark.parametrize(
    ("field", "value", "text"),
    [
        ("frame", 10, "10 frames, there is no frame 10"),
        ("rect", [0, 0, 8], "must be left, top, width, height"),
        ("rect", [0, 0, 8, -1], "not -1"),
        ("rect", [0, 0, 8, 0.5], "integer, not 0.5"),
    ],
)
def test_a_wrong_part_of_a_frame_is_named(field: str, value: object, text: str) -> None:
    message = {"kind": "region", "client": "a", "item": 0, "frame": 9, "rect": None}
    assert parse(message, [10]) == message
    with pytest.raises(ProtocolError, match=f"field '{field}'.*{text}"):
        parse({**message, field: value}, [10])
