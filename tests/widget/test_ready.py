"""Which frames the kernel has made is told seldom, and only when it changes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from boxreel.widget.ready import ReadyMarks
from tests.widget.fakes import FakeStore, Outbox


@pytest.fixture
def store() -> FakeStore:
    return FakeStore()


@pytest.fixture
def outbox() -> Outbox:
    return Outbox()


@pytest.fixture
def marks(store: FakeStore, outbox: Outbox) -> Iterator[ReadyMarks]:
    marks = ReadyMarks(store, outbox, interval=0.05)  # type: ignore[arg-type]
    yield marks
    marks.close()


def told(outbox: Outbox) -> list[Any]:
    return [(s.content["width"], s.content["spans"]) for s in outbox.of("ready")]


def test_changes_within_a_while_are_told_at_once(
    marks: ReadyMarks, store: FakeStore, outbox: Outbox
) -> None:
    marks.show(640)
    for stop in range(1, 50):
        store.make(640, (0, stop))
    outbox.wait_for("ready")
    assert told(outbox) == [(640, [(0, 49)])]
    store.make(640, (0, 49))
    store.make(640, (0, 49), (60, 61))
    outbox.wait_for("ready", 2)
    assert told(outbox)[1:] == [(640, [(0, 49), (60, 61)])]


def test_another_width_and_a_new_page_are_told_what_is_there(
    marks: ReadyMarks, store: FakeStore, outbox: Outbox
) -> None:
    store.make(640, (3, 9))
    store.make(320, (5, 6))
    for width, count in ((640, 1), (320, 2)):
        marks.show(width)
        outbox.wait_for("ready", count)
    marks.forget()
    marks.show(320)
    outbox.wait_for("ready", 3)
    assert told(outbox) == [(640, [(3, 9)]), (320, [(5, 6)]), (320, [(5, 6)])]


def test_nothing_is_told_before_a_page_shows_a_width_or_after_close(
    marks: ReadyMarks, store: FakeStore, outbox: Outbox
) -> None:
    store.make(640, (0, 1))
    assert marks._timer is None
    marks.show(640)
    marks.close()
    assert store.watchers == {}
    assert outbox.sent == []
