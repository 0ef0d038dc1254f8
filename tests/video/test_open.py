"""What `open_video` takes, and how it refuses the rest."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from boxreel.errors import VideoError
from boxreel.video import open_video
from tests.video.clips import write_clip


def test_a_video_comes_back_as_it_is():
    video = open_video(np.zeros((2, 4, 5), np.uint8))
    assert open_video(video) is video


def test_equal_arrays_are_a_video():
    frames = [np.full((4, 5, 3), i, np.uint8) for i in range(3)]
    np.testing.assert_array_equal(open_video(frames)[2], frames[2])


@pytest.mark.parametrize(
    ("source", "message"),
    [
        (42, "42 is no video; pass a path, a URL, a file, an array"),
        (None, "None is no video"),
        ([], "an empty list is no video; list images"),
        ([1, "a"], "a list of int, str is no video; list paths or arrays"),
        ([np.zeros((2, 2)), np.zeros((3, 2))], r"picture 1 is of shape \(3, 2\)"),
        ("", "an empty path names no video; name a file"),
        (["no.png", "such.png"], r"no\.png does not exist; seen from"),
        (["no.mp4", "such.mp4"], r"no\.mp4 does not exist; seen from"),
        ("no/such/*.png", r"no/such/\*\.png does not exist"),
    ],
)
def test_what_is_no_source(source, message):
    with pytest.raises(VideoError, match=message):
        open_video(source)


def test_what_a_file_knows_itself_is_not_stated(tmp_path: Path):
    path = write_clip(tmp_path / "clip.mp4", frames=2)
    with pytest.raises(
        VideoError, match=r"a video file knows its own fps; leave fps=30"
    ):
        open_video(path, fps=30)
    with pytest.raises(VideoError, match="knows its own display_range"):
        open_video(path, display_range=(0, 1))
    with (
        open_video(path) as video,
        pytest.raises(VideoError, match="knows its own fps"),
    ):
        open_video(video, fps=30)


def test_the_import_is_light():
    program = "import sys, boxreel.video; print(*sys.modules)"
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, capture_output=True, check=True, text=True)
    assert {"av", "imageio", "PIL", "pandas"}.isdisjoint(done.stdout.split())
