import copy
import pickle
from fractions import Fraction
from types import SimpleNamespace

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given

from boxreel.errors import AnnotationError
from boxreel.model import VideoInfo


def video(**fields):
    usual = {
        "name": "clip.mp4",
        "width": 640,
        "height": 480,
        "ticks": [0, 512, 1024],
        "time_base": Fraction(1, 12800),
    }
    return VideoInfo(**{**usual, **fields})


def test_times_are_seconds_and_read_only():
    assert video(ticks=[256, 512, 1280]).times.tolist() == [0.02, 0.04, 0.1]
    with pytest.raises(ValueError, match="read-only"):
        video().times[0] = 1
    with pytest.raises(ValueError, match="read-only"):
        video().ticks[0] = 1


def test_fps_is_the_mean():
    assert video().fps == 25
    assert video(ticks=[100, 612, 1636]).fps == pytest.approx(2 / 0.12)
    assert video(ticks=[7]).fps == 0


@pytest.mark.parametrize(
    ("fps", "rate"),
    [
        (30, Fraction(30)),
        (29.97, Fraction(2997, 100)),
        (30000 / 1001, Fraction(30000, 1001)),
        (Fraction(24000, 1001), Fraction(24000, 1001)),
        (np.float32(12.5), Fraction(25, 2)),
        (1 / 3600, Fraction(1, 3600)),
        (1e-7, Fraction(1, 10**7)),
    ],
)
def test_constant_rate(fps, rate):
    constant = VideoInfo.constant("clip.mp4", 640, 480, 300, fps)
    assert constant.frame_count == 300
    assert constant.time_base == 1 / rate
    assert constant.fps == pytest.approx(float(fps), rel=1e-12)
    assert constant.times[0] == 0


@pytest.mark.parametrize("fps", [0, -25, float("nan"), float("inf")])
def test_bad_rate(fps):
    with pytest.raises(AnnotationError, match="fps is"):
        VideoInfo.constant("clip.mp4", 640, 480, 300, fps)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"width": 0}, "width in pixels is 0, which is not a positive integer"),
        ({"height": 480.0}, "height in pixels must be an integer, not 480.0"),
        ({"ticks": []}, "at least one frame"),
        ({"ticks": [0.0, 1.0]}, "one integer tick a frame"),
        ({"ticks": [[0, 1]]}, "one integer tick a frame"),
        ({"ticks": [0, 5, 5]}, "frame 2 has 5 after 5"),
        ({"ticks": [0, 5, 3]}, "frame 2 has 3 after 5"),
        ({"ticks": np.array([5, 3], np.uint64)}, "frame 1 has 3 after 5"),
        ({"time_base": 0}, "time base is 0"),
        ({"time_base": "x"}, "time base is x; it must be positive seconds"),
        ({"time_base": Fraction(-1, 25)}, "time base is -1/25"),
    ],
)
def test_bad_values(fields, message):
    with pytest.raises(AnnotationError, match=message):
        video(**fields)


def test_anything_with_the_attributes_of_a_video():
    like = SimpleNamespace(
        name="clip.mp4",
        width=640,
        height=480,
        ticks=np.array([0, 512, 1024]),
        time_base=Fraction(1, 12800),
        fingerprint="abc",
        path="elsewhere",
    )
    assert VideoInfo.of(like) == video(fingerprint="abc")
    del like.ticks
    with pytest.raises(AnnotationError, match=r"no attribute 'ticks'; .* open_video"):
        VideoInfo.of(like)
    with pytest.raises(AnnotationError, match=r"'street\.mp4' is not a video"):
        VideoInfo.of("street.mp4")


def test_a_video_info_is_a_value():
    for twin in (pickle.loads(pickle.dumps(video())), copy.deepcopy(video())):
        assert twin == video()
        assert hash(twin) == hash(video())
        assert not twin.ticks.flags.writeable
    assert video(ticks=[0, 512, 1025]) != video()
    assert video(fingerprint="abc") != video()


def test_repr():
    assert repr(video()) == "VideoInfo('clip.mp4', 640x480, 3 frames, 25 fps)"


@given(st.lists(st.integers(1, 3), min_size=0, max_size=50), st.integers(-9, 9))
def test_runs_of_ticks_say_all_of_them(steps, first):
    ticks = np.cumsum([first, *steps])
    video = VideoInfo("clip", 64, 48, ticks, Fraction(1001, 30000))
    found, counts = video.tick_runs()
    assert np.array_equal(np.repeat(found, counts).cumsum(), ticks)
    assert (found[0], counts[0]) == (first, 1)
    assert (counts > 0).all()
    assert (np.diff(found[1:]) != 0).all()
