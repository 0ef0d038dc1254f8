from __future__ import annotations

from collections.abc import Iterator
from threading import Event
from typing import Any

import pytest

from boxreel.widget import frames
from boxreel.widget.frames import AHEAD, BEHIND, MESSAGE_BYTES, FrameServer
from tests.widget.fakes import PATIENCE, FakeStore, Outbox

COUNT = 1000


@pytest.fixture
def store() -> FakeStore:
    return FakeStore()


@pytest.fixture
def outbox() -> Outbox:
    return Outbox()


def serving(store: FakeStore, outbox: Outbox, pause: float = 0) -> FrameServer:
    # The fake has all that a server asks of a store.
    return FrameServer(store, COUNT, outbox, pause=pause)  # type: ignore[arg-type]


@pytest.fixture
def server(store: FakeStore, outbox: Outbox) -> Iterator[FrameServer]:
    server = serving(store, outbox, pause=PATIENCE)
    yield server
    server.close()


def shown(outbox: Outbox) -> list[int]:
    return [frame for sent in outbox.of("frames") for frame in sent.content["frames"]]


def test_what_is_asked_comes_before_what_goes_ahead(
    server: FrameServer, store: FakeStore
) -> None:
    server.request("a", 640, [500, 501])
    ahead = list(range(AHEAD + 1))
    assert store.wants["a"] == [500, 501, *ahead]


def test_the_most_wanted_frame_is_sent_at_once(
    server: FrameServer, store: FakeStore, outbox: Outbox
) -> None:
    server.request("a", 640, [500, 501, 502])
    store.finish("a", 501)
    outbox.wait_for("frames")
    store.finish("a", 502)
    store.finish("a", 500)
    last = outbox.wait_for("frames", 2)[-1]
    assert last.content["frames"] == [500]
    assert last.buffers == [store.jpeg(500, 640)]


def test_frames_that_are_there_share_messages_of_bounded_size(
    store: FakeStore, outbox: Outbox
) -> None:
    store.size = MESSAGE_BYTES // 4
    wanted = list(range(100, 110))
    store.ready = {(frame, 320): store.jpeg(frame, 320) for frame in wanted}
    server = serving(store, outbox)
    server.request("a", 320, wanted)
    outbox.wait(lambda box: len(shown(box)) == 10)
    server.close()
    assert shown(outbox) == wanted
    assert [len(sent.buffers) for sent in outbox.of("frames")] == [1, 4, 4, 1]


def test_a_frame_larger_than_a_message_is_sent_alone(
    store: FakeStore, outbox: Outbox
) -> None:
    store.size = MESSAGE_BYTES + 1
    store.ready = {(frame, 320): store.jpeg(frame, 320) for frame in (5, 6)}
    server = serving(store, outbox)
    server.request("a", 320, [6, 5])
    outbox.wait_for("frames", 2)
    server.close()
    assert [sent.content["frames"] for sent in outbox.of("frames")] == [[6], [5]]


def test_what_is_no_longer_listed_is_cancelled(
    server: FrameServer, store: FakeStore, outbox: Outbox
) -> None:
    server.request("a", 640, [500])
    store.finish("a", 500)
    outbox.wait_for("frames")
    server.request("a", 640, [600, 601])
    store.finish("a", 601)  # Ready, and held back: 600 is wanted more.
    server.request("a", 640, [700])
    assert 600 not in store.wants["a"]
    store.finish("a", 700)
    outbox.wait(lambda box: 700 in shown(box))
    assert 601 not in shown(outbox)


def test_one_client_does_not_cancel_another(
    server: FrameServer, store: FakeStore, outbox: Outbox
) -> None:
    server.request("a", 640, [500])
    server.request("b", 320, [600])
    assert store.wants["a"][0] == 500
    store.finish("a", 500)
    outbox.wait_for("frames")
    store.finish("b", 600)
    outbox.wait(lambda box: len(shown(box)) == 2)
    widths = {
        frame: sent.content["width"]
        for sent in outbox.of("frames")
        for frame in sent.content["frames"]
    }
    assert widths == {500: 640, 600: 320}


def test_frames_go_ahead_around_the_playhead_once(
    server: FrameServer, store: FakeStore, outbox: Outbox
) -> None:
    server.playhead(50)
    server.request("a", 640, [50])
    store.finish("a", 50)
    outbox.wait_for("frames")
    server.request("a", 640, [])
    after = list(range(51, 50 + AHEAD + 1))
    assert store.wants["a"] == [*after, *range(49, 49 - BEHIND, -1)]


def test_a_frame_that_was_sent_is_sent_again_when_asked_for(
    server: FrameServer, store: FakeStore, outbox: Outbox
) -> None:
    for count in (1, 2):
        server.request("a", 640, [500])
        if count == 1:
            store.finish("a", 500)
        outbox.wait_for("frames", count)
    assert shown(outbox) == [500, 500]


def test_a_new_page_has_no_frames(
    server: FrameServer, store: FakeStore, outbox: Outbox
) -> None:
    server.request("a", 640, [0])
    store.finish("a", 0)
    outbox.wait_for("frames")
    store.ready.clear()
    server.forget_sent()
    server.request("b", 640, [500])
    assert store.wants["b"][:2] == [500, 0]


def test_a_page_may_be_loaded_anew_while_another_asks(server: FrameServer) -> None:
    server.request("a", 640, [500])
    server.forget_sent()  # as by another thread, just before the next line of it
    assert server._around() == list(range(AHEAD + 1))


def test_the_most_wanted_frame_leaves_alone_before_others_if_it_is_there(
    server: FrameServer, store: FakeStore, outbox: Outbox
) -> None:
    for frame in (500, 501, 502):
        store.ready[frame, 640] = store.jpeg(frame, 640)
    server.request("a", 640, [501, 500, 502])
    assert outbox.of("frames")[0].content["frames"] == [501]
    assert outbox.wait_for("frames", 2)[1].content["frames"] == [500, 502]


@pytest.mark.parametrize("is_made", [True, False])
def test_the_first_frame_is_made_before_a_page_says_hello_and_sent_then(
    server: FrameServer, store: FakeStore, outbox: Outbox, is_made: bool
) -> None:
    server.request("before", 640, [])
    server.prepare(7, 4000)
    if is_made:
        store.finish(server, 7)
    assert server.wait_prepared(0) is is_made
    assert outbox.of("frames") == []
    server.greet(7, 4000)
    if not is_made:
        store.finish(server, 7)
    (sent,) = outbox.wait_for("frames")
    assert (sent.content["width"], sent.content["frames"]) == (640, [7])
    assert sent.buffers == [store.jpeg(7, 640)]
    assert server.wait_prepared(0)


def test_a_page_that_was_greeted_shows_the_first_frame_before_it_asks_for_others(
    server: FrameServer,
) -> None:
    assert server.wait_shown(0)  # there is none
    server.greet(7, 4000)
    assert not server.wait_shown(0)
    server.request("a", 640, [8])
    assert server.wait_shown(0)


def test_the_first_frame_is_no_wider_than_the_video(
    server: FrameServer, store: FakeStore, outbox: Outbox
) -> None:
    server.prepare(7, 32)
    store.finish(server, 7)
    server.greet(7, 32)
    assert outbox.of("frames")[0].content["width"] == 32


def test_the_playhead_goes_before_what_was_asked_elsewhere(
    server: FrameServer, store: FakeStore
) -> None:
    server.request("a", 640, [500, 501])
    server.playhead(800)
    assert store.wants["a"][0] == 800
    assert store.wants["a"][-2:] == [500, 501]
    server.playhead(501)
    assert store.wants["a"][:2] == [500, 501]


def test_the_store_fills_around_the_playhead_at_the_width_asked_for_last(
    server: FrameServer, store: FakeStore
) -> None:
    server.playhead(40)
    server.request("a", 640, [500])
    server.playhead(90)
    server.request("b", 320, [90])
    assert store.fills == [(40, 640), (90, 640), (90, 320)]


def test_small_pictures_beside_a_stage_change_nothing_for_it(
    server: FrameServer, store: FakeStore, outbox: Outbox
) -> None:
    server.request("a", 640, [500])
    filled = list(store.fills)
    server.request("b", 160, [700], around=False)
    assert store.fills == filled
    assert store.wants["a"][0] == 500
    store.finish("b", 700)
    sent = outbox.wait_for("frames")[-1].content
    assert (sent["width"], sent["frames"]) == (160, [700])
    server.playhead(300)
    assert 300 in store.wants["a"]


def test_nothing_past_the_ends_of_the_video_goes_ahead(
    server: FrameServer, store: FakeStore
) -> None:
    server.playhead(COUNT - 1)
    server.request("a", 640, [])
    assert store.wants["a"] == list(range(COUNT - 1, COUNT - 2 - BEHIND, -1))


def test_nothing_goes_ahead_before_a_page_says_its_width(
    server: FrameServer, store: FakeStore
) -> None:
    server.playhead(10)
    assert store.wants == {}


def test_a_frame_that_fails_is_told_and_not_tried_unasked(
    server: FrameServer, store: FakeStore, outbox: Outbox
) -> None:
    server.request("a", 640, [3])
    store.fail("a", 3, ValueError("frame 3 is damaged"))
    (sent,) = outbox.of("frame_error")
    assert sent.content == {
        "kind": "frame_error",
        "frame": 3,
        "text": "frame 3 is damaged",
    }
    server.playhead(2)
    assert 3 not in store.wants["a"]
    server.request("a", 640, [3])
    assert store.wants["a"][0] == 3


def test_frames_taken_back_while_they_wait_do_not_end_the_sending(
    store: FakeStore, outbox: Outbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    breathes, is_urgent = Event(), FrameServer._is_urgent_ready

    def waits(server: FrameServer) -> bool:
        breathes.set()
        return is_urgent(server)

    monkeypatch.setattr(FrameServer, "_is_urgent_ready", waits)
    monkeypatch.setattr(frames, "BREATH", 0.2)
    store.ready = {(500, 640): store.jpeg(500, 640)}
    server = serving(store, outbox)
    server.request("a", 640, [500, 501], around=False)
    outbox.wait_for("frames")
    store.finish("a", 501)
    assert breathes.wait(PATIENCE)
    server.request("a", 640, [700], around=False)
    server._thread.join(0.4)  # until after the breath
    assert server._thread.is_alive()
    store.finish("a", 700)
    outbox.wait(lambda box: shown(box) == [500, 700])
    server.close()


def test_the_thread_ends_without_pictures_and_comes_back_with_them(
    store: FakeStore, outbox: Outbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(frames, "IDLE", 0.01)
    server = serving(store, outbox)
    for frame in (500, 700):
        server.request("a", 640, [frame], around=False)
        store.finish("a", frame)
        outbox.wait(lambda box, frame=frame: shown(box)[-1:] == [frame])
        thread = server._thread
        if thread is not None:
            thread.join(PATIENCE)
        assert server._thread is None
    server.close()


def test_nothing_is_sent_after_close(store: FakeStore, outbox: Outbox) -> None:
    server = serving(store, outbox)
    server.request("a", 640, [3, 4])
    late: dict[Any, Any] = dict(store._calls)
    server.close()
    assert "a" not in store.wants
    width, on_frame, on_error = late["a"]
    on_frame(3, width, b"late")
    on_error(4, ValueError("late"))
    server.close()
    assert outbox.sent == []


def test_while_it_plays_only_what_is_asked_for_goes_out(
    server: FrameServer, store: FakeStore
) -> None:
    server.request("a", 640, [500, 504], around=False)
    assert store.wants["a"] == [500, 504]
    store.finish("a", 500)
    server.playhead(501)
    assert store.wants["a"] == [504]
    assert store.fills[-1] == (501, 640)
    server.request("a", 640, [], around=True)
    assert store.wants["a"][:2] == [501, 502]
