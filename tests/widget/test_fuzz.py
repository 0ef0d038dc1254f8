"""Hostile messages: a short run of `fuzz.py`, and floods."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from boxreel.widget import Annotator
from boxreel.widget.requests import MAX_CLIENTS
from tests.widget.fuzz import fuzz


@pytest.mark.parametrize("seed", [1, 2])
def test_no_message_is_done_by_half_or_left_without_an_answer(seed: int) -> None:
    answers = fuzz(seed, 1500)
    assert {"edited", "rejected", "notice", "snapshot", "changed"} <= set(answers)


def test_a_flood_of_requests_is_bounded(
    annotator: Callable[..., Annotator],
) -> None:
    w = annotator()
    for number in range(3000):
        w.comm.browser_says(
            {"kind": "frames", "item": 0, "client": f"page {number}"}
            | {"width": 16, "wanted": [number % 50], "around": False}
        )
        w.comm.browser_says(
            {"kind": "region", "item": 0, "client": f"page {number}"}
            | {"frame": number % 50, "rect": [0, 0, 8, 8]}
        )
    assert len(w._item.frames._clients) <= MAX_CLIENTS
    assert len(w._item.regions._wanted) <= MAX_CLIENTS
