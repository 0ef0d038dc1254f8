"""Long documents go ahead of their snapshots, in pieces."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from boxreel.model import Annotation, Keyframes, Label, Track, VideoInfo
from boxreel.widget import Annotator, compose, pieces
from tests.widget.fakes import Outbox, Sent
from tests.widget.test_wire import HELLO

Make = Callable[..., Annotator]
BOX = [1.0, 2.0, 10.0, 8.0]
VIDEO = VideoInfo.constant("v", 32, 24, 50, fps=25)


@pytest.fixture(autouse=True)
def _short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pieces, "ROWS", 4)


def track(id: int, rows: int) -> Track:
    return Track(id, "car", Keyframes(np.arange(rows), [[id, *BOX[1:]]] * rows))


def labels(*rows: int, video: VideoInfo = VIDEO) -> Annotation:
    tracks = [track(id, count) for id, count in enumerate(rows, 1)]
    return Annotation(video, [Label("car")], tracks)


def told(sent: Sent) -> dict[int, tuple[int, float]]:
    """Number of keyframes and the x of the first one, by id, in a message's columns."""
    boxes = np.frombuffer(sent.buffers[-6], "<f8").reshape(-1, 5)
    rows, found = 0, {}
    for head in sent.content["tracks"]:
        found[head["id"]] = head["count"], boxes[rows][0]
        rows += head["count"]
    assert rows == len(boxes)
    return found


@given(st.lists(st.integers(1, 9), max_size=12))
def test_pieces_keep_the_order_and_are_short(rows: list[int]) -> None:
    tracks = [track(id, count) for id, count in enumerate(rows, 1)]
    cut = pieces.cut(tracks)
    assert [each for piece in cut for each in piece] == tracks
    for piece in cut:
        assert len(piece) == 1 or sum(len(each.keyframes) for each in piece) <= 4
    for piece, following in pairwise(cut):
        assert sum(len(each.keyframes) for each in [*piece, following[0]]) > 4


def test_a_page_that_says_hello_gets_a_long_document_in_pieces(annotator: Make) -> None:
    w = annotator(save_to=None)
    w.annotation = labels(3, 2, 1, video=w.annotation.video)
    w.comm.browser_says(HELLO)
    (snapshot,) = w.comm.custom.wait_for("snapshot")
    first, second = w.comm.custom.of("tracks")
    assert told(first) | told(second) == {1: (3, 1.0), 2: (2, 2.0), 3: (1, 3.0)}
    number = first.content["number"]
    assert snapshot.content["ahead"] == {"number": number, "count": 3, "removed": []}
    assert told(snapshot) == {}
    assert snapshot is w.comm.custom.sent[-1]


def test_a_short_document_comes_in_its_snapshot(annotator: Make) -> None:
    w = annotator(save_to=None)
    w.comm.browser_says(HELLO)
    (snapshot,) = w.comm.custom.sent
    assert snapshot.content["ahead"] is None


def test_the_snapshot_says_what_has_changed_since_its_pieces() -> None:
    box = Outbox()
    before = labels(3, 2, 1)
    ahead = pieces.Pieces(box).go_ahead(before)
    after = Annotation(VIDEO, before.labels, [before.tracks[2], track(3, 2)])
    message, buffers = compose.snapshot(
        after,
        revision=2,
        client="a",
        warnings=[],
        history={"undo": None, "redo": None},
        save={"state": "off", "text": "", "path": None, "time": None},
        read_only=False,
        frame=0,
        item=0,
        items=[],
        heard={},
        document="",
        ahead=ahead,
    )
    box(message, buffers)
    assert told(box.sent[-1]) == {3: (2, 3.0)}
    assert message["ahead"] == {"number": ahead.number, "count": 3, "removed": [1]}


def test_another_video_that_is_shown_sends_its_pieces_first(annotator: Make) -> None:
    w = annotator([np.zeros((9, 24, 32, 3), np.uint8)] * 2, save_to=None)
    w.item = 1
    w.annotation = labels(3, 2, video=w.annotation.video)
    w.item = 0
    w.comm.custom.sent.clear()
    w.item = 1
    kinds = [sent.kind for sent in w.comm.custom.sent if sent.kind != "frames"]
    assert kinds[:3] == ["tracks", "tracks", "snapshot"]
