"""Image files of many pages."""

from pathlib import Path

import imageio.v3 as iio
import numpy as np
import pytest
from PIL import Image

from boxreel.errors import VideoError
from boxreel.video import open_video
from tests.video.clips import number_in, numbered_picture


def write_pages(path: Path, pages: list[np.ndarray], **options: object) -> Path:
    first, *rest = [Image.fromarray(page) for page in pages]
    first.save(path, save_all=True, append_images=rest, **options)
    return path


@pytest.mark.parametrize("name", ["stack.tif", "moving.webp"])
def test_every_page_is_a_frame(tmp_path: Path, name: str):
    lossless = {"lossless": True} if name.endswith("webp") else {}
    pages = [numbered_picture(n) for n in range(12)]
    path = write_pages(tmp_path / name, pages, **lossless)
    with open_video(path, fps=10) as video:
        assert (video.name, video.path, video.fps) == (name, path, 10)
        assert (len(video), video.width, video.height) == (12, 160, 96)
        for i in (7, 2, 11, 0, 3, 3, 10):
            assert number_in(video[i]) == i
            np.testing.assert_array_equal(video[i], pages[i])
    with open_video(path.read_bytes()) as video:
        assert [number_in(frame) for frame in video] == list(range(12))


@pytest.mark.parametrize("read", [lambda path: path, Path.read_bytes])
def test_an_animated_png_is_a_video_with_times(tmp_path: Path, read):
    pages = [numbered_picture(n) for n in range(12)]
    path = write_pages(tmp_path / "moving.png", pages, duration=50)
    with open_video(read(path)) as video:
        assert (len(video), video.fps) == (12, 20)
        for i in (7, 2, 11, 0, 3, 3, 10):
            assert number_in(video[i]) == i


def test_sixteen_bits(tmp_path: Path):
    pages = [np.full((4, 6), 1000 * n, np.uint16) for n in range(5)]
    path = write_pages(tmp_path / "depth.tif", pages)
    with pytest.raises(VideoError, match=r"depth\.tif is of uint16.*display_range="):
        open_video(path)
    with open_video(path, display_range=(0, 4000)) as video:
        assert [int(frame.max()) for frame in video] == [0, 64, 128, 191, 255]


def test_pages_of_another_size(tmp_path: Path):
    pages = [numbered_picture(0), numbered_picture(1, width=200)]
    with open_video(write_pages(tmp_path / "mixed.tif", pages)) as video:
        assert number_in(video[0]) == 0
        message = r"page 1 of .*mixed\.tif is 200 × 96, the others are 160 × 96; split"
        with pytest.raises(VideoError, match=message):
            video[1]


def test_what_is_no_image(tmp_path: Path):
    path = tmp_path / "letter.tif"
    path.write_bytes(b"to whom it may concern")
    with pytest.raises(VideoError, match=r"letter\.tif cannot be read as an image"):
        open_video(path)


def test_cut_short(tmp_path: Path):
    pages = [numbered_picture(n) for n in range(3)]
    path = write_pages(tmp_path / "whole.tif", pages)
    cut = tmp_path / "cut.tif"
    cut.write_bytes(path.read_bytes()[:-20000])
    with pytest.raises(VideoError, match=r"cut\.tif"), open_video(cut) as video:
        list(video)


def test_closing(tmp_path: Path):
    iio.imwrite(tmp_path / "one.png", numbered_picture(1))
    video = open_video(tmp_path / "one.png")
    video.close()
    video.close()
    with pytest.raises(VideoError, match=r"one\.png was closed; open it again"):
        video[0]


def test_fingerprint_is_of_the_content(tmp_path: Path):
    pages = [numbered_picture(n) for n in range(3)]
    one = open_video(write_pages(tmp_path / "one.tif", pages))
    same = open_video(write_pages(tmp_path / "same.tif", pages))
    other = open_video(write_pages(tmp_path / "other.tif", pages[::-1]))
    assert one.fingerprint == same.fingerprint != other.fingerprint
