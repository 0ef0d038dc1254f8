"""What the stage shows, read from its canvas, beside the decoder's own pixels."""

import base64
import io
import json

import numpy as np
from PIL import Image

from boxreel.video import Video
from tests.e2e.widget import Widget

# Mean difference of a pixel, of 255, that JPEG may make of film, and of bright bars.
TOLERANCE, OF_BARS = 2.0, 8.0
# So much better may a frame next to the right one fit, in still scenes.
SLACK = 0.05


def shown(widget: Widget) -> tuple[np.ndarray, int, int]:
    """The (H, W, 3) stage at 100 %, and where on it the picture's pixel (0, 0) is."""
    canvas = widget.stage.locator("canvas").first
    url = canvas.evaluate("canvas => canvas.toDataURL('image/png')")
    png = base64.b64decode(url.partition(",")[2])
    camera = json.loads(widget.stage.get_attribute("data-camera"))
    assert camera["scale"] == 1
    image = Image.open(io.BytesIO(png)).convert("RGB")
    return np.asarray(image), camera["x"], camera["y"]


def assert_shows(
    widget: Widget, video: Video, frame: int, tolerance: float = TOLERANCE
) -> None:
    """The stage's pixels are those of `frame`, once sharp, and of none next to it."""
    widget.wait_sharp(frame)
    stage, x, y = shown(widget)
    near = range(max(frame - 2, 0), min(frame + 3, len(video)))
    errors = {n: _mean_error(stage, x, y, video[n]) for n in near}
    assert errors[frame] < tolerance, f"frame {frame} of {video}: {errors}"
    assert errors[frame] <= min(errors.values()) + SLACK, (
        f"frame {frame} of {video}: {errors}"
    )


def _mean_error(stage: np.ndarray, x: int, y: int, pixels: np.ndarray) -> float:
    """Mean difference of the pixels of the video that the stage shows, one to one."""
    height, width = pixels.shape[:2]
    left, top = max(x, 0), max(y, 0)
    right, bottom = min(x + width, stage.shape[1]), min(y + height, stage.shape[0])
    part = stage[top:bottom, left:right].astype(float)
    truth = pixels[top - y : bottom - y, left - x : right - x].astype(float)
    return float(np.abs(part - truth).mean())
