"""What a video file says of itself, and how its pictures are turned upright."""

import shutil
import threading
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from boxreel.errors import VideoError
from boxreel.video import open_video
from tests.video.clips import number_in, plain_rgb, straight_decode, write_clip


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_clip(tmp_path_factory.mktemp("file") / "street.mp4")


def test_says_what_it_is(clip: Path):
    with open_video(str(clip)) as video:
        assert (video.name, video.path) == ("street.mp4", clip)
        assert (video.width, video.height) == (160, 96)
        assert video.fps == pytest.approx(25)
        assert repr(video) == "<FileVideo street.mp4: 40 frames, 160 × 96>"
        assert not video.ticks.flags.writeable


def test_fingerprint_is_of_the_content(clip: Path, tmp_path: Path):
    copy = shutil.copy(clip, tmp_path / "other name.mov")
    with open_video(clip) as video, open_video(copy) as copied:
        assert video.fingerprint == copied.fingerprint
    other = write_clip(tmp_path / "street.mp4", options={"crf": "24"})
    with open_video(clip) as video, open_video(other) as different:
        assert video.fingerprint != different.fingerprint


def test_what_is_no_frame(clip: Path):
    with open_video(clip) as video:
        with pytest.raises(TypeError, match=r"one frame at a time.*range\(1, 40, 3\)"):
            video[1::3]
        with pytest.raises(TypeError, match="no frame 'x'; give a whole number"):
            video["x"]


@pytest.mark.parametrize("i", [40, -41, 10**9])
def test_a_frame_that_is_not_there(clip: Path, i: int):
    with open_video(clip) as video:
        message = rf"street.mp4 has no frame {i}; it has 40 frames, 0 to 39"
        with pytest.raises(IndexError, match=message):
            video[i]
        with pytest.raises(IndexError, match=message):
            video.jpeg(i, 100)


def test_indices_count_as_in_lists(clip: Path):
    with open_video(clip) as video:
        assert number_in(video[-1]) == 39
        assert number_in(video[np.int64(5)]) == 5
        with pytest.raises(TypeError):
            video[1.5]


def test_pixels_belong_to_the_caller(clip: Path):
    with open_video(clip) as video:
        first = video[3]
        before = first.copy()
        first[:] = 0
        np.testing.assert_array_equal(video[3], before)


def test_closing(clip: Path):
    video = open_video(clip)
    kept = video[2]
    video.close()
    video.close()
    assert number_in(kept) == 2
    with pytest.raises(VideoError, match=r"street.mp4 was closed; open it again"):
        video[2]


def test_threads_may_read_at_once(clip: Path):
    wrong: list[tuple[int, int]] = []

    def read(video, frames):
        seen = [(i, number_in(video[i])) for i in frames]
        wrong.extend(pair for pair in seen if pair[0] != pair[1])

    with open_video(clip) as video:
        orders = [range(40), range(39, -1, -1), [*range(1, 40, 7)] * 4]
        threads = [threading.Thread(target=read, args=(video, o)) for o in orders]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert wrong == []


def test_threads_may_convert_one_frame_at_once(clip: Path):
    wrong = []

    def convert():
        same = [np.array_equal(video[7], rgb) for _ in range(30)]
        same += [video.jpeg(7, 90) == jpeg for _ in range(30)]
        wrong.extend(ok for ok in same if not ok)

    with open_video(clip) as video:
        rgb, jpeg = video[7], video.jpeg(7, 90)
        threads = [threading.Thread(target=convert) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert wrong == []


def test_a_file_that_changes_is_noticed(tmp_path: Path):
    large = {"size": (640, 360), "options": {"g": "10", "crf": "5"}}
    path = write_clip(tmp_path / "clip.ts", **large)
    other = write_clip(tmp_path / "other.ts", **large, frames=30)
    with open_video(path) as video:
        assert number_in(video[39]) == 39
        path.write_bytes(other.read_bytes()[188 * 100 :])
        with pytest.raises(VideoError, match=r"no longer the file that was opened"):
            video[0]


@pytest.mark.parametrize(("rotation", "turns"), [(90, 1), (-90, -1), (180, 2)])
def test_pictures_stand_upright(tmp_path: Path, rotation: int, turns: int):
    if not hasattr(av.VideoStream, "set_display_rotation"):
        pytest.skip("this PyAV cannot write a display matrix")
    path = write_clip(tmp_path / "phone.mp4", rotation=rotation)
    coded = straight_decode(path)
    assert abs(coded[5].rotation) == abs(rotation)
    with open_video(path) as video:
        expected = np.rot90(plain_rgb(coded[5]), coded[5].rotation // 90)
        assert (video.height, video.width) == expected.shape[:2]
        np.testing.assert_array_equal(video[5], expected)
        assert coded[5].rotation // 90 % 4 == turns % 4


@pytest.mark.parametrize(("aspect", "width"), [("4/3", 213), ("1/2", 80), ("1", 160)])
def test_samples_become_square(tmp_path: Path, aspect: str, width: int):
    path = write_clip(tmp_path / "dv.mp4", aspect=Fraction(aspect))
    with open_video(path) as video:
        assert (video.width, video.height) == (width, 96)
        assert video[0].shape == (96, width, 3)


@pytest.mark.parametrize("colorspace", [1, 5])  # BT.709, BT.601
@pytest.mark.parametrize("color_range", [1, 2])  # limited, full
def test_colours_follow_the_matrix_and_range_stated(
    tmp_path: Path, colorspace: int, color_range: int
):
    red = np.full((96, 160, 3), (200, 30, 40), np.uint8)
    path = tmp_path / "red.mp4"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=25, options={"crf": "1"})
        stream.width, stream.height, stream.pix_fmt = 160, 96, "yuv444p"
        stream.codec_context.colorspace = colorspace
        stream.codec_context.color_range = color_range
        frame = av.VideoFrame.from_ndarray(red, format="rgb24").reformat(
            format="yuv444p", dst_colorspace=colorspace, dst_color_range=color_range
        )
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    assert straight_decode(path)[0].color_range == color_range
    with open_video(path) as video:
        assert np.abs(video[0].astype(int) - red).max() <= 4
