"""Folders, lists and patterns of images."""

from pathlib import Path

import imageio.v3 as iio
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from boxreel.errors import VideoError
from boxreel.video import open_video
from boxreel.video.images import natural_order
from tests.video.clips import number_in, numbered_picture


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Twelve images, named so that sorting them as text gets the order wrong."""
    folder = tmp_path / "street"
    folder.mkdir()
    for number in range(12):
        iio.imwrite(folder / f"frame{number}.png", numbered_picture(number))
    (folder / "notes.txt").write_text("not an image")
    (folder / "._frame0.png").write_bytes(b"what macOS leaves behind")
    return folder


def test_a_folder(folder: Path):
    with open_video(folder, fps=10) as video:
        assert (video.name, video.path, video.fps) == ("street", folder, 10)
        assert (len(video), video.width, video.height) == (12, 160, 96)
        assert [number_in(frame) for frame in video] == list(range(12))
        np.testing.assert_array_equal(video[-1], numbered_picture(11))


def test_a_pattern(folder: Path):
    with open_video(f"{folder}/frame1*.png") as video:
        assert [number_in(frame) for frame in video] == [1, 10, 11]


def test_a_list_keeps_its_order(folder: Path):
    paths = [folder / "frame7.png", str(folder / "frame2.png")]
    with open_video(paths) as video:
        assert [number_in(frame) for frame in video] == [7, 2]


def test_one_image(folder: Path):
    with open_video(folder / "frame3.png") as video:
        assert (len(video), number_in(video[0])) == (1, 3)


@given(st.lists(st.integers(0, 10**9), unique=True))
def test_natural_order_counts(numbers):
    paths = [Path(f"f{n}.png") for n in numbers]
    expected = [Path(f"f{n}.png") for n in sorted(numbers)]
    assert natural_order(paths) == expected


def test_grey_alpha_and_sixteen_bits(tmp_path: Path):
    grey = np.arange(24, dtype=np.uint8).reshape(4, 6)
    iio.imwrite(tmp_path / "grey.png", grey)
    np.testing.assert_array_equal(open_video(tmp_path / "grey.png")[0][..., 1], grey)
    rgba = np.dstack([grey, grey + 1, grey + 2, np.full_like(grey, 7)])
    iio.imwrite(tmp_path / "rgba.png", rgba)
    frame = open_video(tmp_path / "rgba.png")[0]
    np.testing.assert_array_equal(frame, rgba[..., :3])
    iio.imwrite(tmp_path / "depth.png", grey.astype(np.uint16) * 100)
    with pytest.raises(VideoError, match=r"depth\.png is of uint16.*range="):
        open_video(tmp_path / "depth.png")
    frame = open_video(tmp_path / "depth.png", range=(0, 2300))[0]
    assert (frame.min(), frame.max()) == (0, 255)


def test_photos_stand_upright(tmp_path: Path):
    picture = numbered_picture(5)
    rotate_to_show = bytes.fromhex(
        "4578696600004d4d002a00000008000101120003000000010006000000000000"
    )
    iio.imwrite(tmp_path / "photo.jpg", picture, exif=rotate_to_show, quality=95)
    with open_video(tmp_path / "photo.jpg") as video:
        assert (video.width, video.height) == (96, 160)
        upright = np.rot90(picture, -1).astype(int)
        assert np.abs(video[0] - upright).mean() < 12


def test_a_folder_without_images(tmp_path: Path):
    (tmp_path / "notes.txt").write_text("not an image")
    with pytest.raises(
        VideoError, match=r"holds no images \(\.bmp, \.jpeg, .*\.webp\)"
    ):
        open_video(tmp_path)


def test_mixed_sizes(folder: Path):
    iio.imwrite(folder / "frame12.png", numbered_picture(12, width=200))
    message = r"one size: frame0\.png is 160 × 96, .*frame12\.png is 200 × 96"
    with pytest.raises(VideoError, match=message):
        open_video(folder)


def test_a_file_that_is_no_image(folder: Path):
    (folder / "frame12.png").write_bytes(b"nothing")
    with pytest.raises(VideoError, match=r"frame12\.png cannot be read as an image"):
        open_video(folder)


def test_an_image_that_goes_away(folder: Path):
    with open_video(folder) as video:
        (folder / "frame4.png").unlink()
        with pytest.raises(VideoError, match=r"frame4\.png cannot be read as an image"):
            video[4]
        assert number_in(video[5]) == 5


def test_fingerprint_is_of_the_content(folder: Path):
    before = open_video(folder).fingerprint
    assert open_video(folder.rename(folder.with_name("moved"))).fingerprint == before
    moved = folder.with_name("moved")
    iio.imwrite(moved / "frame0.png", numbered_picture(99))
    assert open_video(moved).fingerprint != before
