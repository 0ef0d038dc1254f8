"""What the stage shows at frame n is the decoder's frame n."""

import base64
import io
import json
import random

import numpy as np
import pytest
from PIL import Image

from boxreel import open_video

# Rotated and of variable rate; 390 frames of film; VP9 with the number painted in.
CLIPS = ["fire2.mp4", "vidat_example.mp4", "frames.webm"]
FRAMES = 50
# Mean difference of a pixel, of 255, that JPEG may make.
TOLERANCE = 2.0
# So much better may a frame next to the right one fit, in still scenes.
SLACK = 0.05

OPEN = """
import boxreel as br
w = br.Annotator({path!r}, save_to=None)
w
"""


def shown(widget):
    """What the stage shows, and which pixel of the picture is at its top left."""
    canvas = widget.stage.locator("canvas").first
    url = canvas.evaluate("canvas => canvas.toDataURL('image/png')")
    png = base64.b64decode(url.partition(",")[2])
    camera = json.loads(widget.stage.get_attribute("data-camera"))
    assert camera["scale"] == 1
    return Image.open(io.BytesIO(png)).convert("RGB"), camera["x"], camera["y"]


def mean_error(image, x, y, pixels):
    """Mean difference of the pixels of the video that the stage shows, one to one."""
    height, width = pixels.shape[:2]
    left, top = max(x, 0), max(y, 0)
    right, bottom = min(x + width, image.width), min(y + height, image.height)
    part = np.asarray(image.crop((left, top, right, bottom)), float)
    truth = pixels[top - y : bottom - y, left - x : right - x].astype(float)
    return np.abs(part - truth).mean()


@pytest.mark.parametrize("name", CLIPS)
def test_fifty_random_frames(open_notebook, test_data, name):
    path = test_data / "clips" / name
    notebook = open_notebook(OPEN.format(path=str(path)))
    notebook.run_all()
    widget = notebook.widget()
    widget.stage.focus()
    widget.press("Shift+0")
    field = widget.root.get_by_role("textbox", name="Frame", exact=True)
    with open_video(path) as video:
        frames = random.Random(name).choices(range(len(video)), k=FRAMES)
        for frame in frames:
            field.fill(str(frame))
            field.press("Enter")
            widget.wait_frame(frame)
            image, x, y = shown(widget)
            near = range(max(frame - 2, 0), min(frame + 3, len(video)))
            errors = {n: mean_error(image, x, y, video[n]) for n in near}
            assert errors[frame] < TOLERANCE, f"frame {frame}"
            assert errors[frame] <= min(errors.values()) + SLACK, f"frame {frame}"
