"""Folders, lists and patterns of images."""

import io
from pathlib import Path

import fsspec
import imageio.v3 as iio
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from boxreel.errors import VideoError
from boxreel.video import open_video
from boxreel.video.find import natural_order
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


def test_patterns_of_pathlib(folder: Path):
    with open_video(folder / "frame1*.png") as video:
        assert [number_in(frame) for frame in video] == [1, 10, 11]
    with open_video(folder.glob("frame*.png")) as video:
        assert [number_in(frame) for frame in video] == list(range(12))
    with open_video(str(folder.parent / "**" / "frame?.png")) as video:
        assert len(video) == 10


def test_a_pattern_takes_images_only(folder: Path, tmp_path: Path):
    with open_video(f"{folder}/*") as video:
        assert len(video) == 12
    with open_video(f"{tmp_path}/str*") as video:
        assert (video.path, len(video)) == (folder, 12)
    (folder / "more.txt").write_text("not an image")
    message = r"\*\.txt holds no images .* but more\.txt, notes\.txt; name one file"
    with pytest.raises(VideoError, match=message):
        open_video(f"{folder}/*.txt")


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
    with pytest.raises(VideoError, match=r"depth\.png is of uint16.*display_range="):
        open_video(tmp_path / "depth.png")
    frame = open_video(tmp_path / "depth.png", display_range=(0, 2300))[0]
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


def test_a_list_of_mixed_sizes(folder: Path):
    iio.imwrite(folder / "frame12.png", numbered_picture(12, width=200))
    message = r"one size: frame3\.png is 160 × 96, .*frame12\.png is 200 × 96"
    with pytest.raises(VideoError, match=message):
        open_video([folder / "frame3.png", folder / "frame12.png"])


@pytest.fixture
def far(folder: Path):
    """The same images in a cloud, as the path of their folder there."""
    system = fsspec.filesystem("memory")
    for path in folder.iterdir():
        system.pipe(f"/bucket/street/{path.name}", path.read_bytes())
    yield "memory://bucket/street"
    system.store.clear()


@pytest.mark.parametrize(
    ("tail", "expected"),
    [("", range(12)), ("/", range(12)), ("/frame1*.png", [1, 10, 11])],
)
def test_far_folders_and_patterns(folder: Path, far: str, tail: str, expected):
    with open_video(far + tail, fps=10) as video:
        assert [number_in(frame) for frame in video] == list(expected)
        assert (video.path, video.fps) == (None, 10)
        near = open_video(f"{folder}{tail}", fps=10)
        assert (video.name, video.fingerprint) == (near.name, near.fingerprint)


def test_far_and_near_images_may_be_listed_together(folder: Path, far: str):
    with open_video([f"{far}/frame7.png", folder / "frame2.png"]) as video:
        assert [number_in(frame) for frame in video] == [7, 2]
        assert video.name == "street"


def test_far_images_are_fetched_when_they_are_shown(far: str, monkeypatch):
    system, fetched = fsspec.filesystem("memory"), []
    fetch = type(system).cat_file

    def counting(self, path, **how):
        fetched.append(path)
        return fetch(self, path, **how)

    monkeypatch.setattr(type(system), "cat_file", counting)
    wide = io.BytesIO()
    iio.imwrite(wide, numbered_picture(9, width=200), extension=".png")
    system.pipe("/bucket/street/frame9.png", wide.getvalue())
    with open_video(far) as video:
        assert len(fetched) <= 7
        fetched.clear()
        assert number_in(video[10]) == 10
        assert fetched == ["/bucket/street/frame10.png"]
        with pytest.raises(VideoError, match=r"one size: frame0.*frame9\.png is 200"):
            video[9]


@pytest.mark.parametrize(
    ("url", "message"),
    [
        (
            "memory://bucket/none/",
            r"memory://bucket/none/ cannot be opened: there is no",
        ),
        ("memory://bucket/street/*.tif", r"\*\.tif holds no images"),
        (["memory://bucket/street/f.png"], r"f\.png cannot be opened: there is no"),
    ],
)
def test_far_images_that_are_not_there(far: str, url: object, message: str):
    with pytest.raises(VideoError, match=message):
        open_video(url)


def test_a_file_that_is_no_image(folder: Path):
    (folder / "frame12.png").write_bytes(b"nothing")
    with pytest.raises(VideoError, match=r"frame12\.png cannot be read.*by itself"):
        open_video(folder)


def test_an_image_that_goes_away(folder: Path):
    with open_video(folder) as video:
        (folder / "frame4.png").unlink()
        with pytest.raises(VideoError, match=r"frame4\.png does not exist; seen from"):
            video[4]
        assert number_in(video[5]) == 5


def test_fingerprint_is_of_the_content(folder: Path):
    before = open_video(folder).fingerprint
    assert open_video(folder.rename(folder.with_name("moved"))).fingerprint == before
    moved = folder.with_name("moved")
    iio.imwrite(moved / "frame0.png", numbered_picture(99))
    assert open_video(moved).fingerprint != before
