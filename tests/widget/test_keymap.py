"""Keys may be changed from Python, but never so that two actions have the same."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from traitlets import TraitError

from boxreel import Annotator

Make = Callable[..., Annotator]


def test_other_keys_reach_the_page(annotator: Make) -> None:
    w = annotator(keymap={"play": "Ctrl+U", "loop": ""}, labels_locked=True)
    assert w.keymap == {"play": "Ctrl+U", "loop": ""}
    assert w.get_state(["keymap", "labels_locked"]) == {
        "keymap": {"play": "Ctrl+U", "loop": ""},
        "labels_locked": True,
    }


@pytest.mark.parametrize(
    ("keymap", "reason"),
    [
        ({"fly": "Q"}, "no action 'fly'"),
        ({"play": 5}, "must be text: 5"),
        ({"play": "Q"}, "'start-here' and 'play' would both have 'Q'"),
        ({"play": "F5"}, "'F5' of 'play' belongs to the browser"),
        ({"play": "A", "loop": "A"}, "would both have 'A'"),
        ({"accept": "R"}, "'model-wrong' and 'accept' would both have 'R'"),
        ({"unclear": "Tab"}, "'Tab' of 'unclear' belongs to the browser"),
        ("play", "must be a dict"),
    ],
)
def test_what_cannot_be_is_refused_with_the_reason(
    annotator: Make, keymap: object, reason: str
) -> None:
    w = annotator()
    with pytest.raises(TraitError, match=reason):
        w.keymap = keymap
    assert w.keymap == {}


def test_a_review_may_have_keys_that_others_have(annotator: Make) -> None:
    w = annotator()
    w.keymap = {"accept": "K", "next-open": "Space"}
    assert w.keymap["accept"] == "K"


def test_keys_may_be_swapped(annotator: Make) -> None:
    w = annotator()
    w.keymap = {"start-here": "W", "end-here": "Q"}
    assert w.keymap["start-here"] == "W"
