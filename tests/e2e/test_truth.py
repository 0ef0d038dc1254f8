"""The smaller matrix of truth: codecs, containers and times, through to the canvas.

One notebook shows one clip after the other. The pictures of generated clips carry their
number; those of real clips are compared with the decoder's.
"""

import random

import pytest

from boxreel import open_video
from tests.e2e.pixels import OF_BARS, assert_shows, shown
from tests.e2e.widget import Widget
from tests.video.clips import number_in
from tests.video.test_matrix import FRAMES, TRIMMED, encode

JUMPS = 8
GENERATED = [
    ("h264", "open", "even", "mp4"),
    ("h264", "b-frames", "uneven", "mkv"),
    ("h264", "b-frames", "trimmed", "mp4"),
    ("h264", "open", "offset", "ts"),
    ("h264", "closed", "even", "avi"),
    ("hevc", "open", "even", "mp4"),
    ("hevc", "b-frames", "offset", "ts"),
    ("vp8", "hidden", "even", "webm"),
    ("vp9", "hidden", "uneven", "webm"),
    ("av1", "open", "even", "mp4"),
    ("mpeg2", "open", "even", "ts"),
    ("mjpeg", "intra", "even", "avi"),
    ("gif", "closed", "even", "gif"),
]
# 10 bits; no first keyframe; offset times; turned; packets out of order; edit list.
REAL = [
    "h264_10bits.mp4",
    "no-initial-keyframe.ts",
    "hevc.ts",
    "test_rotated_90_video.mp4",
    "unordered.mov",
    "edts.mp4",
]
CELL = """
import boxreel as br
from ipywidgets import VBox

place = VBox()

def show(path):
    old = place.children
    place.children = [br.Annotator(path, save_to=None)]
    for widget in old:
        widget.close()

place
"""


@pytest.fixture
def show(open_notebook):
    """``show(path)`` puts a clip in the place of the one before, at 100 %."""
    notebook = open_notebook(CELL)
    notebook.run_all()

    def show(path):
        notebook.kernel(f"show({str(path)!r})")
        name = f"Video annotator, {path.name}"
        widget = Widget(notebook.page.get_by_role("region", name=name, exact=True))
        widget.wait_frame(0)
        widget.stage.focus()
        widget.press("Shift+0")
        return widget

    return show


def test_the_canvas_carries_the_number_of_its_frame(show, tmp_path):
    for case in GENERATED:
        codec, gop, times, suffix = case
        path = encode(tmp_path / f"{'-'.join(case)}.{suffix}", codec, gop, times)
        if path is None:
            continue  # This FFmpeg cannot write it.
        first = TRIMMED if times == "trimmed" else 0
        widget = show(path)
        for frame in random.Random(path.name).choices(range(FRAMES - first), k=JUMPS):
            widget.goto(frame)
            stage, x, y = shown(widget)
            assert number_in(stage[y:, x:]) == first + frame, path.name


def test_awkward_clips_show_what_the_decoder_says(show, test_data):
    for name in REAL:
        path = test_data / "clips" / name
        widget = show(path)
        with open_video(path) as video:
            for frame in random.Random(name).choices(range(len(video)), k=JUMPS):
                widget.goto(frame)
                assert_shows(widget, video, frame, OF_BARS)
