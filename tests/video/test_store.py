"""The frame store: what is wanted arrives, in order of urgency, decoded once."""

import gc
import io
import queue
import shutil
import threading
import weakref
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path

import imageio.v3 as iio
import numpy as np
import pytest

from boxreel.errors import VideoError
from boxreel.video import FrameStore, Picture, Video, open_video
from boxreel.video.diskcache import DiskCache
from boxreel.video.packets import decode
from boxreel.video.picture import ArrayPicture
from tests.video.clips import number_in, numbered_picture, write_clip

WAIT = 60


class Scripted(Video):
    """A video of numbered pictures, decoded in groups, that records what it does."""

    def __init__(
        self, count: int = 100, group: int = 25, broken: frozenset[int] = frozenset()
    ):
        super().__init__(
            name="scripted",
            width=160,
            height=96,
            ticks=np.arange(count),
            time_base=Fraction(1, 25),
            fingerprint="",
        )
        self.group = group
        self.broken = broken
        self.decoded: list[int] = []
        self.gate = threading.Event()
        self.gate.set()
        self.entered = threading.Event()
        self.on_decode: dict[int, Callable[[], None]] = {}
        self.at = -1

    def reach(self, target: int, wanted: Callable[[int], bool]) -> tuple[int, Picture]:
        self.entered.set()
        assert self.gate.wait(WAIT)
        if not self.at < target or target // self.group != self.at // self.group:
            self.at = target - target % self.group - 1
        while True:
            self.at += 1
            self.decoded.append(self.at)
            self.on_decode.get(self.at, lambda: None)()
            if self.at in self.broken and self.at == target:
                raise VideoError(f"frame {target} of scripted cannot be decoded")
            if self.at == target or wanted(self.at):
                return self.at, ArrayPicture(numbered_picture(self.at))


class Arrivals(queue.Queue):
    """Collects what a store delivers, from its thread."""

    def frame(self, i: int, width: int, jpeg: bytes) -> None:
        self.put((i, width, jpeg))

    def error(self, i: int, error: Exception) -> None:
        self.put((i, error))

    def next(self, count: int) -> list[tuple]:
        return [self.get(timeout=WAIT) for _ in range(count)]

    def next_frames(self, count: int) -> list[int]:
        return [i for i, *_ in self.next(count)]


@pytest.fixture
def video() -> Scripted:
    return Scripted()


@pytest.fixture
def store(video: Scripted) -> Iterator[FrameStore]:
    store = FrameStore(video)
    yield store
    video.gate.set()
    store.close()


def test_what_is_wanted_arrives_and_stays(store: FrameStore):
    arrivals = Arrivals()
    assert store.get(4, 80) is None
    store.want("me", 80, [4], arrivals.frame)
    ((i, width, jpeg),) = arrivals.next(1)
    assert (i, width) == (4, 80)
    assert iio.imread(io.BytesIO(jpeg), extension=".jpg").shape == (48, 80, 3)
    assert store.get(4, 80) == jpeg
    assert store.get(4, 81) is None


def test_what_is_at_hand_arrives_again_without_decoding(store, video):
    arrivals = Arrivals()
    store.want("me", 80, [4, 5], arrivals.frame)
    first = arrivals.next(2)
    decoded = len(video.decoded)
    store.want("you", 80, [5, 4], arrivals.frame)
    assert sorted(arrivals.next(2)) == sorted(first)
    assert len(video.decoded) == decoded


def test_most_urgent_first(store: FrameStore):
    arrivals = Arrivals()
    store.want("me", 80, [60, 10, 61, 9], arrivals.frame)
    assert arrivals.next_frames(4) == [60, 10, 61, 9]


def test_frames_close_to_one_that_is_waited_for_are_decoded_with_it(store, video):
    arrivals = Arrivals()
    wanted = [48, 47, 49, 46, 45, 44]
    store.want("me", 80, wanted, arrivals.frame)
    received = arrivals.next(len(wanted))
    assert [i for i, *_ in received] == wanted
    assert video.decoded == list(range(25, 50))
    for i, _, jpeg in received:
        assert jpeg == video.jpeg(i, 80)


def test_on_the_way_to_a_frame_that_is_waited_for_none_farther_is_made(store, video):
    arrivals = Arrivals()
    store.want("me", 80, [48, 43, 44], arrivals.frame)
    assert arrivals.next_frames(3) == [48, 43, 44]
    assert video.decoded == [*range(25, 49), *range(25, 44)]


def test_a_group_larger_than_what_may_be_held_is_decoded_once_too(
    store, video, monkeypatch
):
    monkeypatch.setattr("boxreel.video.filler.PASSED_PIXELS", 3 * 160 * 96)
    small = FrameStore(video)
    arrivals = Arrivals()
    small.want("me", 80, [25, 24, *range(24)], arrivals.frame)
    assert sorted(arrivals.next_frames(26)) == list(range(26))
    assert video.decoded == [25, *range(25)]
    small.close()


def test_a_frame_that_is_waited_for_is_made_before_those_on_the_way(video, monkeypatch):
    monkeypatch.setattr("boxreel.video.filler.PASSED_PIXELS", 3 * 160 * 96)
    small = FrameStore(video)
    arrivals = Arrivals()
    wanted = [24, 23, 22, *range(22)]
    small.want("me", 80, wanted, arrivals.frame)
    assert arrivals.next_frames(3) == [24, 23, 22]
    assert sorted(arrivals.next_frames(22)) == list(range(22))
    assert video.decoded == [*range(25), *range(22)]
    small.close()


def test_after_a_frame_that_was_waited_for_only_another_such_ends_the_rest(
    store, video, monkeypatch
):
    monkeypatch.setattr("boxreel.video.filler.BREATH", WAIT)
    arrivals = Arrivals()
    store.want("me", 80, [24, 30], arrivals.frame)
    assert arrivals.next_frames(1) == [24]
    video.entered.clear()
    store.fill_around(50, 80)
    assert not video.entered.wait(0.1)
    store.want("me", 80, [60], arrivals.frame)
    assert arrivals.next_frames(1) == [60]
    assert video.decoded == [*range(25), *range(50, 61)]


def test_nothing_is_filled_right_after_a_frame_that_was_waited_for(
    store, video, monkeypatch
):
    monkeypatch.setattr("boxreel.video.filler.REST", WAIT)
    arrivals = Arrivals()
    store.want("me", 80, [24], arrivals.frame)
    store.fill_around(24, 80)
    assert arrivals.next_frames(1) == [24]
    assert not store.wait(0.1)
    store.want("me", 80, [60, 61], arrivals.frame)
    assert arrivals.next_frames(2) == [60, 61]
    assert video.decoded == [*range(25), *range(50, 62)]


def busy(store: FrameStore, video: Scripted, arrivals: Arrivals) -> None:
    """Keep the store at frame 0 until the gate opens."""
    video.gate.clear()
    store.want("busy", 80, [0], arrivals.frame)
    assert video.entered.wait(WAIT)


def test_the_most_recent_caller_comes_first(store: FrameStore, video: Scripted):
    arrivals = Arrivals()
    busy(store, video, arrivals)
    store.want("early", 80, [30, 31], arrivals.frame)
    store.want("late", 80, [80, 81], arrivals.frame)
    video.gate.set()
    assert arrivals.next_frames(5) == [80, 81, 30, 31, 0]


def test_wanting_anew_replaces(store: FrameStore, video: Scripted):
    arrivals = Arrivals()
    busy(store, video, arrivals)
    store.want("me", 80, [70, 71], arrivals.frame)
    store.want("me", 80, [10], arrivals.frame)
    store.want("other", 80, [99], arrivals.frame)
    store.forget("other")
    store.forget("nobody")
    video.gate.set()
    assert arrivals.next_frames(2) == [10, 0]
    store.want("me", 80, [50], arrivals.frame)
    assert arrivals.next_frames(1) == [50]
    assert arrivals.empty()
    assert {70, 71, 99}.isdisjoint(video.decoded)


def test_a_more_urgent_wish_ends_a_run_of_decoding(video: Scripted):
    arrivals = Arrivals()
    store = FrameStore(video)
    video.group = 50
    video.on_decode[20] = lambda: store.want("me", 80, [70], arrivals.frame)
    store.want("me", 80, [49], arrivals.frame)
    assert arrivals.next_frames(1) == [70]
    store.close()
    assert max(i for i in video.decoded if i < 50) <= 21


def test_two_widths_are_made_of_one_decoding(store: FrameStore, video: Scripted):
    arrivals = Arrivals()
    busy(store, video, arrivals)
    store.want("small", 40, [30], arrivals.frame)
    store.want("large", 80, [30], arrivals.frame)
    video.gate.set()
    assert {row[:2] for row in arrivals.next(3)} == {(0, 80), (30, 40), (30, 80)}
    assert video.decoded.count(30) == 1


def test_a_frame_that_cannot_be_decoded_stops_nothing_else():
    arrivals = Arrivals()
    store = FrameStore(Scripted(broken=frozenset({7})))
    store.want("me", 80, [7, 8], arrivals.frame, arrivals.error)
    (i, error), (other, *_) = arrivals.next(2)
    assert (i, str(error)) == (7, "frame 7 of scripted cannot be decoded")
    assert other == 8
    store.close()


def test_an_error_nobody_listens_to_is_logged(caplog: pytest.LogCaptureFixture):
    arrivals = Arrivals()
    store = FrameStore(Scripted(broken=frozenset({7})))
    store.want("me", 80, [7, 8], arrivals.frame)
    assert arrivals.next_frames(1) == [8]
    store.close()
    assert "frame 7 of scripted cannot be decoded" in caplog.text


def test_a_callers_mistake_is_logged_and_stops_nobody(store, caplog):
    arrivals = Arrivals()

    def mistaken(i: int, width: int, jpeg: bytes) -> None:
        raise ZeroDivisionError("my own fault")

    store.want("me", 80, [3], mistaken)
    store.want("you", 80, [4], arrivals.frame)
    store.want("me too", 80, [3], arrivals.frame)
    assert sorted(arrivals.next_frames(2)) == [3, 4]
    store.close()
    assert "my own fault" in caplog.text


@pytest.mark.parametrize("i", [-1, 100])
def test_frames_that_are_not_there(store: FrameStore, i: int):
    with pytest.raises(IndexError, match=f"scripted has 100 frames, no frame {i}"):
        store.want("me", 80, [5, i], Arrivals().frame)


def filled(store: FrameStore, count: int = 100, width: int = 80) -> set[int]:
    return {i for i in range(count) if store.get(i, width) is not None}


def at_rest(store: FrameStore) -> None:
    assert store.wait(WAIT)


def test_all_is_filled_outwards_from_the_playhead_while_nobody_asks(store, video):
    store.fill_around(50, 80)
    at_rest(store)
    assert filled(store) == set(range(100))
    made = list(dict.fromkeys(video.decoded))
    assert made[:50] == list(range(50, 100))
    assert store.get(7, 80) == video.jpeg(7, 80)


def test_a_request_goes_before_filling(video: Scripted):
    store = FrameStore(video)
    arrivals = Arrivals()
    video.on_decode[40] = lambda: store.want("me", 160, [90], arrivals.frame)
    store.fill_around(30, 80)
    assert arrivals.next_frames(1) == [90]
    assert set(range(42, 75)).isdisjoint(video.decoded[: video.decoded.index(90)])
    at_rest(store)
    assert filled(store) == set(range(100))
    store.close()


def test_filling_starts_anew_where_the_playhead_goes(video: Scripted):
    store = FrameStore(video)
    video.on_decode[10] = lambda: store.fill_around(75, 80)
    store.fill_around(0, 80)
    at_rest(store)
    assert video.decoded[11:21] == list(range(75, 85))
    video.decoded.clear()
    store.fill_around(80, 80)
    at_rest(store)
    assert video.decoded == []
    store.close()


def test_filling_keeps_within_memory_what_is_nearest(video: Scripted):
    size = max(len(video.jpeg(i, 80)) for i in range(100))
    video.decoded.clear()
    store = FrameStore(video, max_bytes=20 * size)
    store.fill_around(50, 80)
    at_rest(store)
    kept = filled(store)
    assert 15 <= len(kept) <= 24
    assert max(abs(i - 50) for i in kept) <= 18
    assert len(set(video.decoded)) < 100
    store.fill_around(10, 80)
    at_rest(store)
    assert {i for i in filled(store) if 4 < i < 16} == set(range(5, 16))
    store.close()


def test_filling_passes_over_what_cannot_be_decoded(caplog: pytest.LogCaptureFixture):
    store = FrameStore(Scripted(count=60, broken=frozenset({7, 59})))
    store.fill_around(20, 80)
    at_rest(store)
    assert filled(store, 60) == set(range(60)) - {7, 59}
    store.close()
    assert caplog.text == ""


def test_closing_ends_filling(video: Scripted):
    store = FrameStore(video)
    reached = threading.Event()
    video.on_decode[3] = reached.set
    store.fill_around(0, 80)
    assert reached.wait(WAIT)
    store.close()
    assert frame_threads() == []
    assert len(video.decoded) < 100
    store.fill_around(50, 80)
    assert frame_threads() == []


def test_frames_of_an_earlier_store_come_from_disk(tmp_path: Path):
    first, second = Scripted(), Scripted()
    arrivals = Arrivals()
    for video in (first, second):
        store = FrameStore(video, disk=DiskCache(tmp_path, "scripted"))
        store.want("me", 80, [60, 61], arrivals.frame)
        arrivals.next(2)
        store.fill_around(60, 80)
        at_rest(store)
        assert filled(store) == set(range(100))
        assert store.get(30, 80) == Scripted().jpeg(30, 80)
        store.close()
    assert set(first.decoded) == set(range(100))
    assert second.decoded == []


def test_beyond_memory_the_rest_is_filled_to_disk(tmp_path: Path):
    size = max(len(Scripted().jpeg(i, 80)) for i in range(100))
    kept = {}
    for disk in (None, DiskCache(tmp_path, "scripted")):
        store = FrameStore(Scripted(), max_bytes=20 * size, disk=disk)
        store.fill_around(50, 80)
        at_rest(store)
        kept[disk] = filled(store)
        store.close()
    nothing, all_of_it = kept.values()
    assert nothing == all_of_it
    again = Scripted()
    arrivals = Arrivals()
    store = FrameStore(again, max_bytes=20 * size, disk=DiskCache(tmp_path, "scripted"))
    store.want("me", 80, range(100), arrivals.frame)
    assert sorted(arrivals.next_frames(100)) == list(range(100))
    assert again.decoded == []
    store.close()


def test_filling_to_disk_leaves_room_for_other_videos(tmp_path: Path):
    size = len(Scripted().jpeg(0, 80))
    cache = DiskCache(tmp_path, "scripted", limit=60 * size)
    video = Scripted()
    store = FrameStore(video, max_bytes=10 * size, disk=cache)
    store.fill_around(50, 80)
    at_rest(store)
    store.close()
    written = sum(path.stat().st_size for path in tmp_path.glob("*/*"))
    assert 25 * size < written < 50 * size
    assert len(set(video.decoded)) < 80


def test_a_cache_folder_that_vanishes_is_warned_of_once(tmp_path: Path, caplog):
    video = Scripted()
    video.on_decode[30] = lambda: shutil.rmtree(tmp_path / "frames")
    store = FrameStore(video, disk=DiskCache(tmp_path / "frames", "scripted"))
    store.fill_around(0, 80)
    at_rest(store)
    assert filled(store) == set(range(100))
    store.close()
    assert len(caplog.records) == 1
    assert "frames are not kept on disk" in caplog.text


def test_a_callback_may_use_the_store(store: FrameStore):
    arrivals = Arrivals()

    def on_frame(i: int, width: int, jpeg: bytes) -> None:
        assert store.get(i, width) == jpeg
        store.want("me", 80, [i + 1], arrivals.frame)

    store.want("me", 80, [5], on_frame)
    assert arrivals.next_frames(1) == [6]


def frame_threads() -> list[threading.Thread]:
    return [t for t in threading.enumerate() if t.name == "boxreel-frames"]


def test_closing_ends_the_thread_and_frees_the_frames(video: Scripted):
    store = FrameStore(video)
    assert frame_threads() == []
    arrivals = Arrivals()
    store.want("me", 80, [1], arrivals.frame)
    arrivals.next(1)
    assert len(frame_threads()) == 1
    store.close()
    store.close()
    assert frame_threads() == []
    assert store.get(1, 80) is None
    with pytest.raises(RuntimeError, match="the frame store is closed"):
        store.want("me", 80, [1], arrivals.frame)


def test_closing_from_a_callback(video: Scripted):
    store = FrameStore(video)
    closed = threading.Event()

    def on_frame(i: int, width: int, jpeg: bytes) -> None:
        store.close()
        closed.set()

    store.want("me", 80, [1], on_frame)
    assert closed.wait(WAIT)
    for thread in frame_threads():
        thread.join(WAIT)
    assert frame_threads() == []


def test_a_store_that_is_dropped_leaves_nothing_behind():
    video = Scripted()
    store = FrameStore(video)
    arrivals = Arrivals()
    store.want("me", 80, [1, 2], arrivals.frame)
    arrivals.next(2)
    dropped = weakref.ref(video)
    del store, video
    gc.collect()
    assert frame_threads() == []
    assert dropped() is None


def test_a_jump_into_a_long_group_of_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    fed, skipping = [], []

    def counting(packet, number):
        fed.append(number)
        skipping.append(str(packet.stream.codec_context.skip_frame) != "DEFAULT")
        return decode(packet, number)

    monkeypatch.setattr("boxreel.video.decoder.decode", counting)
    path = write_clip(tmp_path / "long.mp4", options={"g": "250", "bf": "2"})
    arrivals = Arrivals()
    with open_video(path) as video:
        fed.clear()
        skipping.clear()
        store = FrameStore(video)
        wanted = [35, 36, 34, 37, 33, *range(33)]
        store.want("me", 160, wanted, arrivals.frame)
        received = arrivals.next(len(wanted))
        store.close()
    assert [i for i, *_ in received[:3]] == [35, 36, 34]
    again = fed.index(0, 1)
    assert len(set(fed[:again])) == again <= 40
    assert fed[again:] == list(range(len(fed) - again))
    assert sum(skipping[:again]) > 20, "the way to a frame skips those far before it"
    assert not any(skipping[again:])
    for i, _, jpeg in received:
        assert number_in(iio.imread(io.BytesIO(jpeg), extension=".jpg")) == i


def test_it_tells_which_frames_are_in_memory_or_on_disk(video: Scripted, tmp_path):
    def filled(budget: int) -> FrameStore:
        store = FrameStore(video, budget, DiskCache(tmp_path, "clip"))
        store.watch("me", lambda: seen.append(store.spans(64)))
        store.fill_around(50, 64)
        assert store.wait(WAIT)
        return store

    seen: list[list[tuple[int, int]]] = []
    store = filled(20 * len(video.jpeg(50, 64)))
    assert store.spans(64) == seen[-1] == [(0, 100)]
    assert store.spans(32) == []
    assert (50, 51) in seen[0]
    store.forget("me")
    store.close()

    again = filled(1 << 20)
    assert again.spans(64) == [(0, 100)]
    again.close()


def test_what_is_dropped_is_not_told(video: Scripted):
    store = FrameStore(video)
    store.fill_around(50, 64)
    assert store.wait(WAIT)
    assert store.spans(64) == [(0, 100)]
    store.limit(1)
    assert store.spans(64) == [(50, 51)]
    store.close()
