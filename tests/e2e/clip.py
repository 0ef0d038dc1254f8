"""A small clip whose frames tell their own number."""

from fractions import Fraction
from pathlib import Path

import av
import imageio.v3 as imageio
import numpy as np

WIDTH, HEIGHT, FRAMES, FPS = 320, 180, 120, 25


def picture(frame: int) -> np.ndarray:
    """Frame number as seven bars, white for a set bit, on a slope of grey."""
    image = np.empty((HEIGHT, WIDTH, 3), np.uint8)
    image[:] = np.linspace(60, 160, WIDTH, dtype=np.uint8)[None, :, None]
    for bit in range(7):
        image[8:40, 10 + 40 * bit : 40 + 40 * bit] = 255 if frame >> bit & 1 else 0
    return image


def write(path: Path) -> Path:
    """Write the clip; there are no labels of it afterwards, and no journal of any."""
    for kept in path.parent.glob(f"*{path.stem}.boxreel.json*"):
        kept.unlink()
    return encode(path, [picture(frame) for frame in range(FRAMES)])


def encode(path: Path, pictures: list[np.ndarray]) -> Path:
    """Write pictures as H.264 with B-frames and a keyframe every 40 frames."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=FPS)
        stream.height, stream.width = pictures[0].shape[:2]
        stream.pix_fmt = "yuv420p"
        stream.time_base = Fraction(1, FPS)
        stream.options = {"g": "40", "bf": "2", "crf": "18", "threads": "1"}
        for frame, image in enumerate(pictures):
            picture_frame = av.VideoFrame.from_ndarray(image, format="rgb24")
            picture_frame.pts = frame
            container.mux(stream.encode(picture_frame))
        container.mux(stream.encode())
    return path


def write_images(folder: Path, count: int) -> None:
    """Write the first `count` pictures as ``000.png``, ``001.png``, ..."""
    for frame in range(count):
        imageio.imwrite(folder / f"{frame:03}.png", picture(frame))
