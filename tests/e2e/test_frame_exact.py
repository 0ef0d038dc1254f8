"""What the stage shows at frame n is the decoder's frame n."""

import io
import random

import numpy as np
import pytest
from PIL import Image

from boxreel import open_video

# Rotated and variable rate; open GOP with B-frames; VP9 with the number in the picture.
CLIPS = ["fire2.mp4", "vidat_example.mp4", "frames.webm"]
FRAMES = 50
# Mean difference of a pixel, of 255, that JPEG and scaling may make.
TOLERANCE = 4.0
# No frame next to the right one may fit better than that, but for noise in still scenes.
SLACK = 0.05

OPEN = """
import boxreel as br
w = br.Annotator({path!r}, save_to=None)
w
"""


def shown(widget):
    """The picture on the stage's lower canvas, cut to the video's frame."""
    png = widget.stage.locator("canvas").first.screenshot()
    box = widget.stage.bounding_box()
    left, top = widget.stage_point(0, 0)
    image = Image.open(io.BytesIO(png)).convert("RGB")
    return image, (left - box["x"], top - box["y"])


def mean_error(part, pixels):
    truth = Image.fromarray(pixels).resize(part.size, Image.Resampling.BOX)
    return np.abs(np.asarray(part, float) - np.asarray(truth, float)).mean()


@pytest.mark.parametrize("name", CLIPS)
def test_fifty_random_frames(open_notebook, test_data, name):
    path = test_data / "clips" / name
    notebook = open_notebook(OPEN.format(path=str(path)))
    notebook.run_all()
    widget = notebook.widget()
    field = widget.root.get_by_role("textbox", name="Frame", exact=True)
    with open_video(path) as video:
        frames = random.Random(name).choices(range(len(video)), k=FRAMES)
        for frame in frames:
            field.fill(str(frame))
            field.press("Enter")
            widget.wait_frame(frame)
            image, (left, top) = shown(widget)
            right, bottom = image.width - left, image.height - top
            part = image.crop((left, top, right, bottom))
            near = range(max(frame - 2, 0), min(frame + 3, len(video)))
            errors = {other: mean_error(part, video[other]) for other in near}
            assert errors[frame] < TOLERANCE, f"frame {frame}"
            assert errors[frame] <= min(errors.values()) + SLACK, f"frame {frame}"
