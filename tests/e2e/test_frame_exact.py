"""What the stage shows at frame n is the decoder's frame n."""

import random

import pytest

from boxreel import open_video
from tests.e2e.pixels import assert_shows

# Rotated and of variable rate; 390 frames of film; VP9 with the number painted in.
CLIPS = ["fire2.mp4", "vidat_example.mp4", "frames.webm"]
FRAMES = 50

OPEN = """
import boxreel as br
w = br.Annotator({path!r}, save_to=None)
w
"""


@pytest.mark.parametrize("name", CLIPS)
def test_fifty_random_frames(open_notebook, test_data, name):
    path = test_data / "clips" / name
    notebook = open_notebook(OPEN.format(path=str(path)))
    notebook.run_all()
    widget = notebook.widget()
    widget.stage.focus()
    widget.press("Shift+0")
    with open_video(path) as video:
        frames = random.Random(name).choices(range(len(video)), k=FRAMES)
        for frame in frames:
            widget.goto(frame)
            assert_shows(widget, video, frame)
