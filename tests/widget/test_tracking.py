"""An object followed by the kernel, as a page sees it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from queue import Queue
from threading import Event, Thread
from typing import Any

import numpy as np
import pytest

from boxreel.widget import Annotator
from tests.widget.fakes import PATIENCE

Make = Callable[..., Annotator]
ASK = {"kind": "track", "client": "a", "item": 0, "track": 1, "frame": 0, "stop": None}


def rightwards(frames: Iterable[np.ndarray], box: np.ndarray) -> Iterator[Any]:
    """Go on by half a pixel a frame; nothing is seen after frame 20."""
    for number, _ in enumerate(frames):
        if number > 20:
            return
        if number:
            yield (box[0] + number / 2, *box[1:4]), 0.5


def opened(annotator: Make, **options: Any) -> Annotator:
    pictures = np.zeros((50, 24, 32, 3), np.uint8)
    w = annotator(pictures, save_to=None, **{"tracker": rightwards} | options)
    w.annotation = w.annotation.add_track("car", {0: (1, 2, 10, 8)})
    w.comm.custom.sent.clear()
    return w


def ended(w: Annotator) -> str:
    """Wait until tracking is over; the last notice."""
    w.comm.custom.wait(
        lambda box: [s for s in box.of("tracking") if s.content["progress"] is None]
    )
    return w.comm.custom.of("notice")[-1].content["text"]


def test_what_was_found_is_one_step_of_undo(annotator: Make) -> None:
    w = opened(annotator)
    w.comm.browser_says(ASK)
    assert ended(w) == "#1 is tracked to frame 20, where it was lost."
    assert w.annotation.tracks[1].at(20).x == 11
    (edited,) = w.comm.custom.of("edited")
    assert edited.content["edit"]["kind"] == "batch"
    kinds = [sent.kind for sent in w.comm.custom.sent if sent.kind != "frames"]
    assert kinds == ["tracking", "edited", "notice", "tracking"]
    progress = {"track": 1, "frame": 0, "start": 0, "stop": 50}
    assert w.comm.custom.of("tracking")[0].content["progress"] == progress
    w.undo()
    assert len(w.annotation.tracks[1].keyframes) == 1


class Gated:
    """A tracker that waits at frame 5 until it is let go."""

    def __init__(self) -> None:
        self.reached, self.gate = Event(), Event()

    def __call__(self, frames: Iterable[np.ndarray], box: np.ndarray) -> Iterator[Any]:
        for number, found in enumerate(rightwards(frames, box), 1):
            if number == 5:
                self.reached.set()
                assert self.gate.wait(PATIENCE)
            yield found


def held(annotator: Make) -> tuple[Annotator, Event]:
    """A widget that is tracking, held at frame 5, and what lets it go on."""
    tracker = Gated()
    w = opened(annotator, tracker=tracker)
    w.comm.browser_says(ASK)
    assert tracker.reached.wait(PATIENCE)
    return w, tracker.gate


def test_a_person_stops_it_and_keeps_what_was_found(annotator: Make) -> None:
    w, gate = held(annotator)
    w.comm.browser_says({**ASK, "frame": 1})
    (refused,) = w.comm.custom.of("notice")
    assert refused.content["text"] == "Not done: #1 is being tracked: Esc stops it."
    w.comm.browser_says({"kind": "stop_tracking", "item": 0})
    gate.set()
    assert ended(w) == "#1 is tracked to frame 5, where it was stopped."


def test_a_keyframe_that_a_person_sets_meanwhile_stays(annotator: Make) -> None:
    w, gate = held(annotator)
    table = w.annotation.tracks[1].keyframes
    set_by_hand = {"kind": "set_keyframe", "track": 1, "frame": 12, "box": [9, 9, 5, 5]}
    w.comm.browser_says(
        {"kind": "edit", "client": "a", "item": 0, "seq": 1, "after": 0, "revision": 1}
        | {"edit": set_by_hand}
    )
    gate.set()
    assert ended(w).startswith("#1 is tracked to frame 11")
    track = w.annotation.tracks[1]
    assert (track.at(12).x, track.at(11).x) == (9, 6.5)
    assert track.keyframes[0] == table[0]


def test_what_goes_wrong_is_told(annotator: Make) -> None:
    def broken(frames: Iterable[np.ndarray], box: np.ndarray) -> Iterator[Any]:
        raise RuntimeError("no GPU")

    w = opened(annotator, tracker=broken)
    w.comm.browser_says(ASK)
    assert ended(w) == "Tracking failed: RuntimeError: no GPU"
    w.comm.browser_says({**ASK, "track": 7})
    said = w.comm.custom.of("notice")[-1].content["text"]
    assert "#7 cannot be tracked from frame 0: there is no such track" in said


def test_a_read_only_widget_tracks_nothing(annotator: Make) -> None:
    w = opened(annotator, read_only=True)
    w.comm.browser_says(ASK)
    assert w.comm.custom.of("notice")[-1].content["text"] == (
        "Not done: these labels are read-only."
    )
    assert w.comm.custom.of("tracking") == []


def test_nothing_is_written_into_a_widget_that_was_closed(annotator: Make) -> None:
    w, gate = held(annotator)
    before = w.annotation
    w.close()
    gate.set()
    assert w.annotation is before


def test_who_is_told_of_the_edit_may_wait_for_the_widget_to_close(
    annotator: Make,
) -> None:
    w, gate = held(annotator)
    told: Queue[bool] = Queue()

    def heard(_: object) -> None:
        closing = Thread(target=w.close, daemon=True)
        closing.start()
        closing.join(PATIENCE)
        told.put(not closing.is_alive())

    w.on_edit(heard)
    gate.set()
    assert told.get(timeout=2 * PATIENCE)


@pytest.mark.parametrize("field", [{"track": 0}, {"frame": 50}, {"stop": -1}])
def test_what_makes_no_sense_is_refused(annotator: Make, field: dict) -> None:
    w = opened(annotator)
    w.comm.browser_says({**ASK, **field})
    said = w.comm.custom.of("notice")[-1].content["text"]
    assert "did not understand" in said
