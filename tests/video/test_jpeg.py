"""JPEGs show the frame, at the width asked for."""

import io
from fractions import Fraction
from pathlib import Path

import av
import imageio.v3 as iio
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from boxreel.errors import VideoError
from boxreel.video import Video, open_video
from tests.video.clips import number_in, write_clip


def pixels(jpeg: bytes) -> np.ndarray:
    return iio.imread(io.BytesIO(jpeg), extension=".jpg")


def scaled(picture: np.ndarray, width: int, height: int) -> np.ndarray:
    frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
    return frame.reformat(width, height, interpolation="AREA").to_ndarray()


def assert_shows(video: Video, i: int, width: int) -> None:
    shown = pixels(video.jpeg(i, width))
    expected_width = min(width, video.width)
    expected_height = max(1, round(video.height * expected_width / video.width))
    assert shown.shape == (expected_height, expected_width, 3)
    expected = scaled(video[i], expected_width, expected_height)
    assert np.abs(shown.astype(int) - expected).mean() < 3


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("jpeg") / "clip.mp4"
    return write_clip(path, size=(640, 360))


def textured(frames: int = 3, height: int = 120, width: int = 200) -> np.ndarray:
    """Make random textures, grey more than coloured."""
    chance = np.random.default_rng(5)
    grey = chance.random((frames, 24, 40, 1)) * 180
    noise = grey + chance.random((frames, 24, 40, 3)) * 15 + 30
    smooth = [scaled(n.astype(np.uint8), width, height) for n in noise]
    return np.stack(smooth)


@pytest.mark.parametrize("width", [640, 480, 333, 160, 1])
def test_of_a_file(clip: Path, width: int):
    with open_video(clip) as video:
        assert_shows(video, 17, width)


@pytest.mark.parametrize("width", [200, 133, 64])
def test_of_an_array(width: int):
    assert_shows(open_video(textured()), 2, width)


def test_nothing_is_enlarged(clip: Path):
    with open_video(clip) as video:
        shown = pixels(video.jpeg(9, 4000))
        assert shown.shape == (360, 640, 3)
        assert number_in(shown) == 9


def test_stretched_samples(tmp_path: Path):
    path = write_clip(tmp_path / "dv.mp4", size=(640, 360), aspect=Fraction(3, 2))
    with open_video(path) as video:
        assert video.width == 960
        assert_shows(video, 3, 960)
        assert_shows(video, 3, 400)


def test_turned_pictures(tmp_path: Path):
    if not hasattr(av.VideoStream, "set_display_rotation"):
        pytest.skip("this PyAV cannot write a display matrix")
    path = write_clip(tmp_path / "phone.mp4", size=(640, 360), rotation=90)
    with open_video(path) as video:
        assert (video.width, video.height) == (360, 640)
        assert_shows(video, 3, 360)
        assert_shows(video, 3, 200)


@given(width=st.integers(1, 70), height=st.integers(1, 70), wanted=st.integers(1, 90))
def test_any_size_at_all(width: int, height: int, wanted: int):
    video = open_video(np.full((1, height, width, 3), (200, 90, 30), np.uint8))
    assert_shows(video, 0, wanted)


@pytest.mark.parametrize("width", [0, -5])
def test_widths_that_make_no_sense(width: int):
    video = open_video(textured())
    with pytest.raises(VideoError, match=f"a picture cannot be {width} pixels wide"):
        video.jpeg(0, width)


def test_the_same_frame_makes_the_same_bytes(clip: Path):
    with open_video(clip) as video:
        first = video.jpeg(7, 300)
        video.jpeg(30, 300)
        assert video.jpeg(7, 300) == first
