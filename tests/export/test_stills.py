"""Frames as image files: the right ones, the right pixels, all or none."""

from __future__ import annotations

from pathlib import Path

import imageio.v3 as iio
import numpy as np
import pytest

from boxreel.errors import BoxreelError, ExportError, VideoError
from boxreel.export import draw_boxes, export_frames, snapshot
from boxreel.export.place import stem_of
from boxreel.video import open_video


@pytest.fixture(autouse=True)
def _here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def image(path):
    return iio.imread(path, plugin="pillow")


def left_behind():
    return sorted(path.name for path in Path().rglob("*"))


def test_images_are_the_decoders_own_pixels(video):
    paths = export_frames(None, video, "train", [3, 39, -2, 3])
    names = [f"array_{n:06d}.png" for n in (3, 39, 38)]
    assert paths == [Path("train") / name for name in names]
    assert left_behind() == sorted([*names, "train"])
    for path, n in zip(paths, (3, 39, 38), strict=True):
        assert (image(path) == video[n]).all()


@pytest.mark.parametrize("ending", ["png", "webp", "bmp", "tif", "tiff"])
def test_most_kinds_of_images_keep_every_pixel(video, ending):
    (path,) = export_frames(None, video, "f", [7], pattern="{frame}." + ending)
    assert path.name == f"7.{ending}"
    assert (image(path) == video[7]).all()


@pytest.mark.parametrize("ending", ["jpg", "JPEG"])
def test_jpeg_keeps_nearly_all(video, ending):
    (path,) = export_frames(None, video, "f", [7], pattern="{name}-{frame}." + ending)
    assert path.name == f"array-7.{ending}"
    assert abs(image(path).astype(int) - video[7]).mean() < 2


def test_boxes_of_an_annotation_are_drawn(video, labels):
    (path,) = export_frames(labels, video, ".", [20])
    assert (image(path) == draw_boxes(video[20], labels.at(20), labels)).all()


def test_files_of_the_same_names_are_replaced_and_others_stay(video):
    Path("f").mkdir()
    Path("f/array_000001.png").touch()
    Path("f/mine.txt").touch()
    export_frames(None, video, "f", [1])
    assert left_behind() == ["array_000001.png", "f", "mine.txt"]
    assert image("f/array_000001.png").shape == (96, 160, 3)


@pytest.mark.parametrize(
    ("given", "error", "message"),
    [
        ({"frames": [40]}, IndexError, "no frame 40"),
        ({"frames": []}, ExportError, "names no frame"),
        ({"pattern": "{frame}.pdf"}, ExportError, "choose .png, .jpg"),
        ({"pattern": "{frame}"}, ExportError, "choose .png"),
        ({"pattern": "{number}.png"}, ExportError, "makes no file name: KeyError"),
        ({"pattern": "{frame:x!}.png"}, ExportError, "makes no file name"),
        ({"pattern": "{}.png"}, ExportError, "makes no file name"),
        ({"pattern": "{name}.png"}, ExportError, "several frames .*'array.png'"),
        ({"pattern": "a/{frame}.png"}, ExportError, "another folder; .* folder="),
        ({"folder": "no/f"}, ExportError, "the folder no does not exist; make it"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_left(video, given, error, message):
    asked = {"video": video, "folder": "f", "frames": [1, 2], **given}
    with pytest.raises(error, match=message):
        export_frames(None, **asked)
    assert left_behind() == []


def test_a_file_is_no_folder(video):
    Path("f").write_text("mine")
    with pytest.raises(ExportError, match="f cannot be written: File exists"):
        export_frames(None, video, "f", [1])
    assert Path("f").read_text() == "mine"


@pytest.mark.parametrize("there", [True, False])
def test_a_frame_that_fails_leaves_none_behind(video, monkeypatch, there):
    if there:
        Path("f").mkdir()
        Path("f/array_000001.png").write_text("before")
    before = left_behind()

    def read(i):
        if i == 2:
            raise VideoError("frame 2 is gone")
        return np.zeros((96, 160, 3), np.uint8)

    monkeypatch.setattr(video, "read", read)
    with pytest.raises(VideoError):
        export_frames(None, video, "f", [1, 2])
    assert left_behind() == before
    assert not there or Path("f/array_000001.png").read_text() == "before"


def test_a_full_disk_is_named_and_nothing_left(video, monkeypatch):
    def save(image, path, **options):
        Path(path).write_bytes(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("PIL.Image.Image.save", save)
    with pytest.raises(ExportError, match=r"000001.png cannot .*: the disk is full"):
        export_frames(None, video, "f", [1])
    with pytest.raises(ExportError, match=r"^a.png cannot .*: the disk is full"):
        snapshot(None, video, 1, "a.png")
    assert left_behind() == []


def test_a_snapshot_is_named_after_video_and_frame(video, labels):
    assert snapshot(None, video, -1) == Path("array_39.png")
    assert (image("array_39.png") == video[39]).all()
    assert snapshot(labels, video, 20, "a.jpg") == Path("a.jpg")
    expected = draw_boxes(video[20], labels.at(20), labels)
    assert abs(image("a.jpg").astype(int) - expected).mean() < 3


@pytest.mark.parametrize(
    ("path", "message"),
    [("a.pdf", "choose .png"), ("no/a.png", "make it first"), (".", "choose .png")],
)
def test_a_snapshot_that_cannot_be_leaves_nothing(video, path, message):
    with pytest.raises(BoxreelError, match=message):
        snapshot(None, video, 3, path)
    with pytest.raises(IndexError, match="no frame 40"):
        snapshot(None, video, 40)
    assert left_behind() == []


def test_folders_and_patterns_give_names_too(video):
    export_frames(None, video, "day.1", [0, 1])
    assert stem_of(open_video("day.1")) == "day.1"
    assert stem_of(open_video("day.1/*.png")) == "_"
