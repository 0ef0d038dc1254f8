from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from threading import Event

import numpy as np
import pytest
from PIL import Image

from boxreel.errors import VideoError
from boxreel.video import Picture, Video, open_video
from boxreel.widget.regions import RegionServer
from tests.widget.fakes import PATIENCE, Outbox

RNG = np.random.default_rng(0)
PIXELS = RNG.integers(0, 255, (6, 6, 8, 3), np.uint8).repeat(8, 1).repeat(8, 2)


@pytest.fixture
def outbox() -> Outbox:
    return Outbox()


@pytest.fixture
def server(outbox: Outbox) -> Iterator[RegionServer]:
    server = RegionServer(open_video(PIXELS), outbox)
    yield server
    server.close()


def test_the_part_is_that_of_the_frame_at_its_own_size(
    server: RegionServer, outbox: Outbox
) -> None:
    server.request("a", 4, (5, 10, 32, 20))
    sent = outbox.wait_for("region")[0]
    assert sent.content["client"] == "a"
    assert (sent.content["frame"], sent.content["rect"]) == (4, [5, 10, 32, 20])
    shown = np.asarray(Image.open(io.BytesIO(sent.buffers[0])), float)
    assert np.abs(shown - PIXELS[4, 10:30, 5:37]).mean() < 2


def test_what_is_outside_of_the_picture_is_cut_off(
    server: RegionServer, outbox: Outbox
) -> None:
    server.request("a", 0, (60, 40, 500, 500))
    assert outbox.wait_for("region")[0].content["rect"] == [60, 40, 4, 8]


class SlowVideo:
    """Stands in front of a video: `reach` waits until it is let go, or told to stop."""

    def __init__(self, video: Video) -> None:
        self.video = video
        self.reaching = Event()
        self.go = Event()

    def reach(self, target: int, wanted: Callable[[int], bool]) -> tuple[int, Picture]:
        self.reaching.set()
        while not self.go.wait(0.001):
            if wanted(target - 1):
                return self.video.reach(target - 1, wanted)
        if target == 5:
            raise VideoError("frame 5 cannot be decoded")
        return self.video.reach(target, wanted)


def test_what_is_no_longer_wanted_stops_and_is_not_sent(outbox: Outbox) -> None:
    video = SlowVideo(open_video(PIXELS))
    server = RegionServer(video, outbox)  # type: ignore[arg-type]
    server.request("a", 1, (0, 0, 8, 8))
    assert video.reaching.wait(PATIENCE)
    server.request("a", 2, (0, 0, 8, 8))
    server.request("b", 3, (0, 0, 8, 8))
    server.request("b", 3, None)
    video.go.set()
    outbox.wait_for("region")
    server.close()
    assert [sent.content["frame"] for sent in outbox.of("region")] == [2]


def test_a_frame_that_cannot_be_decoded_is_told_of(outbox: Outbox) -> None:
    video = SlowVideo(open_video(PIXELS))
    video.go.set()
    server = RegionServer(video, outbox)  # type: ignore[arg-type]
    server.request("a", 5, (0, 0, 8, 8))
    assert outbox.wait_for("frame_error")[0].content["frame"] == 5
    server.request("a", 4, (0, 0, 8, 8))
    outbox.wait_for("region")
    server.close()
