"""Clips hold the frames asked for, in their time, or are not there at all."""

from __future__ import annotations

import os
from pathlib import Path

import imageio_ffmpeg
import numpy as np
import pytest

from boxreel.errors import (
    AnnotationError,
    ExportError,
    VideoError,
    VideoMismatchError,
)
from boxreel.export import clip, export_clip
from boxreel.model import Annotation, VideoInfo
from boxreel.video import open_video
from tests.video.clips import number_in, write_clip

KINDS = ["out.mp4", "out.mov", "out.mkv", "out.gif"]


@pytest.fixture(autouse=True)
def _here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def numbers(path):
    with open_video(path) as v:
        return [number_in(picture) for picture in v]


def left_behind():
    return sorted(path.name for path in Path().rglob("*"))


@pytest.mark.parametrize("name", KINDS)
def test_a_clip_is_the_video_frame_by_frame(video, name):
    assert export_clip(None, video, name, progress=False) == Path(name)
    assert numbers(name) == list(range(40))
    with open_video(name) as v:
        assert (v.width, v.height, v.fps) == (160, 96, pytest.approx(20, 1e-3))
        assert v.warnings == ()
    assert left_behind() == [name]


@pytest.mark.parametrize(
    ("frames", "fps"),
    [(range(5, 17), 20), (range(0, 40, 4), 5), (range(30, 9, -1), 20), ([7], 20)],
)
def test_chosen_frames_take_as_long_as_in_the_video(video, frames, fps):
    export_clip(None, video, "out.mp4", frames=frames, progress=False)
    assert numbers("out.mp4") == list(frames)
    with open_video("out.mp4") as v:
        assert v.fps == pytest.approx(fps) or len(frames) == 1


def test_negative_frames_count_from_the_end(video):
    export_clip(None, video, "out.mp4", frames=range(-3, 0), progress=False)
    assert numbers("out.mp4") == [37, 38, 39]


def test_a_variable_rate_becomes_its_mean():
    ticks = [0, 100, 150, 400, 500, 1000, 1010, 1500, 1600, 1800]
    write_clip(Path("variable.mkv"), frames=10, ticks=ticks)
    export_clip(None, "variable.mkv", "out.mp4", progress=False)
    assert numbers("out.mp4") == list(range(10))
    with open_video("out.mp4") as v:
        assert v.fps == pytest.approx(5)
        assert np.ptp(np.diff(v.times)) < 1e-9


def test_a_gif_is_never_faster_than_browsers_show(video):
    fast = open_video(np.stack(list(video)), fps=100)
    export_clip(None, fast, "out.gif", progress=False)
    with open_video("out.gif") as v:
        assert (len(v), v.fps) == (20, pytest.approx(50))


@pytest.mark.parametrize(
    ("name", "width", "size"),
    [
        ("out.gif", 80, (80, 48)),
        ("out.gif", 75, (75, 45)),
        ("out.mp4", 75, (76, 46)),
        ("out.mp4", 2, (2, 2)),
        ("out.gif", 500, (160, 96)),
    ],
)
def test_a_clip_may_be_smaller_than_its_video(video, name, width, size):
    export_clip(None, video, name, frames=range(3), width=width, progress=False)
    with open_video(name) as v:
        assert (v.width, v.height, len(v)) == (*size, 3)
        shown = v[1].astype(int).mean(axis=(0, 1))
    assert np.abs(shown - video[1].mean(axis=(0, 1))).max() < 8


def test_a_fast_gif_may_be_small_too(video):
    fast = open_video(np.stack(list(video)), fps=100)
    export_clip(None, fast, "out.gif", width=40, progress=False)
    with open_video("out.gif") as v:
        assert (len(v), v.width, v.height) == (20, 40, 24)


@pytest.mark.parametrize("width", [1, 0, -3])
def test_a_width_that_is_none(video, width):
    with pytest.raises(ExportError, match=f"width={width} is too small"):
        export_clip(None, video, "out.gif", width=width, progress=False)
    assert left_behind() == []


def test_colours_stay_and_odd_sizes_are_filled_up():
    picture = np.zeros((99, 131, 3), np.uint8)
    colours = [(255, 0, 0), (0, 200, 0), (0, 0, 255), (250, 240, 20), (128, 128, 128)]
    for i, colour in enumerate(colours):
        picture[:, i * 26 : (i + 1) * 26 + 1] = colour
    export_clip(None, picture[None].repeat(3, axis=0), "out.mp4", progress=False)
    with open_video("out.mp4") as v:
        assert (v.width, v.height) == (132, 100)
        for i, colour in enumerate(colours):
            shown = v[1][40:60, i * 26 + 8 : i * 26 + 18].mean(axis=(0, 1))
            assert abs(shown - colour).max() < 4, colour
        assert abs(v[1][99].astype(int) - v[1][98]).mean() < 4


def test_boxes_are_drawn_and_faces_blurred_where_they_are(video, labels):
    def sharpness(i):
        return shown[i][44:76, 44:100].std()

    export_clip(labels, video, "out.mp4", blur=["face"], progress=False)
    with open_video("out.mp4") as v:
        shown = list(v)
    pink = (203, 113, 178)
    assert abs(shown[20][60, 40].astype(int) - pink).max() < 50
    assert abs(shown[5][60, 40].astype(int) - pink).max() > 50
    assert sharpness(5) > 100
    assert max(sharpness(i) for i in range(10, 40)) < 10


def test_faces_can_be_blurred_without_boxes(video, labels):
    frames = range(10, 14)
    export_clip(
        labels,
        video,
        "a.mkv",
        frames=frames,
        boxes=False,
        blur=["face"],
        progress=False,
    )
    export_clip(labels, video, "b.mkv", frames=frames, boxes=False, progress=False)
    with open_video("a.mkv") as blurred, open_video("b.mkv") as bare:
        assert blurred[2][44:76, 44:100].std() < 10
        assert abs(bare[2].astype(int) - video[12]).mean() < 5


def test_a_line_tells_how_far_it_is(video, capsys):
    export_clip(None, video, "out.mp4")
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.splitlines()[-1].startswith("out.mp4: done, 40 of 40 frames in ")
    assert "\rout.mp4: 40 of 40 frames, 0 s left" in printed.err
    export_clip(None, video, "out.mp4", progress=False)
    assert capsys.readouterr().err == ""


def test_a_clip_takes_the_place_of_another_once_it_is_whole(video):
    Path("out.mp4").write_bytes(b"before")
    export_clip(None, video, "out.mp4", progress=False)
    assert len(numbers("out.mp4")) == 40


@pytest.mark.parametrize(
    ("given", "error", "message"),
    [
        ({"blur": ["fac"]}, AnnotationError, "no label 'fac' .* 'car', 'face'"),
        ({"blur": "face"}, AnnotationError, "give a list of labels"),
        ({"frames": range(30, 41)}, IndexError, "no frame 40; it has 40 frames"),
        ({"frames": [-41]}, IndexError, "no frame -41"),
        ({"frames": range(0)}, ExportError, "names no frame"),
        ({"path": "out.wmv"}, ExportError, "choose .mp4, .mov, .mkv, .gif"),
        ({"path": "out"}, ExportError, "choose .mp4"),
        ({"path": "no/out.mp4"}, ExportError, "folder no does not exist; make it"),
        (
            {"annotation": None, "blur": ["face"]},
            AnnotationError,
            "needs an annotation",
        ),
        ({"video": "none.mp4"}, VideoError, "none.mp4 does not exist"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_left(
    video, labels, given, error, message
):
    asked = {"annotation": labels, "video": video, "path": "out.mp4", **given}
    with pytest.raises(error, match=message):
        export_clip(**asked, progress=False)
    assert left_behind() == []


def test_a_folder_is_no_clip(video):
    Path("out.mp4").mkdir()
    with pytest.raises(ExportError, match=r"out.mp4 is a folder; name a file in it"):
        export_clip(None, video, "out.mp4", progress=False)
    assert left_behind() == ["out.mp4"]


def test_a_place_below_a_file_is_refused(video):
    Path("file").touch()
    with pytest.raises(ExportError, match="cannot be written"):
        export_clip(None, video, "file/out.mp4", progress=False)


def test_a_protected_clip_stays(video, monkeypatch):
    Path("out.mp4").write_bytes(b"before")
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    with pytest.raises(ExportError, match="write-protected"):
        export_clip(None, video, "out.mp4", progress=False)
    assert Path("out.mp4").read_bytes() == b"before"


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write")
def test_a_protected_folder_is_named(video):
    Path("out").mkdir(mode=0o555)
    with pytest.raises(ExportError, match="no permission to write in out"):
        export_clip(None, video, "out/out.mp4", progress=False)


def test_labels_of_another_video_are_refused(video):
    other = VideoInfo.constant("other.mp4", 160, 96, frame_count=39, fps=20)
    with pytest.raises(
        VideoMismatchError, match="not of 'array': 39 frames instead of 40"
    ):
        export_clip(Annotation.for_video(other), video, "out.mp4", progress=False)
    changed = open_video(np.zeros((40, 96, 160, 3), np.uint8), fps=20)
    with pytest.raises(VideoMismatchError, match="another content"):
        export_clip(Annotation.for_video(changed), video, "out.mp4", progress=False)
    assert left_behind() == []


def test_without_ffmpeg_the_remedy_is_named(video, monkeypatch):
    def missing():
        raise RuntimeError("No ffmpeg exe could be found.")

    monkeypatch.setattr(imageio_ffmpeg, "get_ffmpeg_exe", missing)
    with pytest.raises(ExportError, match=r"pip install .* IMAGEIO_FFMPEG_EXE"):
        export_clip(None, video, "out.mp4", progress=False)
    assert left_behind() == []


def test_an_ffmpeg_that_does_not_run_is_named(video, monkeypatch, tmp_path):
    monkeypatch.setattr(
        imageio_ffmpeg, "get_ffmpeg_exe", lambda: str(tmp_path / "gone")
    )
    with pytest.raises(ExportError, match="gone cannot be run: No such file"):
        export_clip(None, video, "out.mp4", progress=False)
    assert left_behind() == []


def test_what_ffmpeg_says_is_passed_on(video, monkeypatch):
    Path("out.mp4").write_bytes(b"before")
    monkeypatch.setitem(clip.OPTIONS, ".mp4", ("-c:v", "nonsense"))
    with pytest.raises(ExportError, match=r"FFmpeg cannot write the clip: .*nonsense"):
        export_clip(None, video, "out.mp4", progress=False)
    assert Path("out.mp4").read_bytes() == b"before"
    assert left_behind() == ["out.mp4"]


@pytest.mark.parametrize("error", [VideoError("frame 12 is gone"), KeyboardInterrupt()])
def test_an_export_that_is_broken_off_leaves_what_was(
    video, monkeypatch, error, capsys
):
    Path("out.mp4").write_bytes(b"before")

    def read(i):
        if i == 12:
            raise error
        return np.zeros((96, 160, 3), np.uint8)

    monkeypatch.setattr(video, "read", read)
    with pytest.raises(type(error)):
        export_clip(None, video, "out.mp4")
    assert "out.mp4: stopped, 12 of 40 frames" in capsys.readouterr().err
    assert Path("out.mp4").read_bytes() == b"before"
    assert left_behind() == ["out.mp4"]


def test_a_video_is_closed_unless_it_was_open(video, monkeypatch):
    write_clip(Path("clip.mp4"), frames=3)
    closed = []
    with open_video("clip.mp4") as v:
        kind = type(v)
        close = kind.close
        monkeypatch.setattr(kind, "close", lambda one: (closed.append(one), close(one)))
        export_clip(None, v, "out.mp4", progress=False)
        assert closed == []
        export_clip(None, "clip.mp4", "out.mp4", progress=False)
        assert len(closed) == 1
