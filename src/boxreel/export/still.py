"""A small picture of a frame with its boxes, to stand where the video cannot."""

from __future__ import annotations

import io
from dataclasses import replace

import numpy as np

from boxreel.export.drawing import draw_boxes
from boxreel.model import Annotation
from boxreel.video import Video

MOST_BOXES = 200
"""Boxes that are drawn: more of them could not be told apart."""

QUALITIES = (80, 60, 40, 20, 5)


def still(
    annotation: Annotation,
    video: Video,
    frame: int,
    width: int = 480,
    most: int = 32_000,
) -> bytes:
    """Return a small JPEG of a frame, its boxes drawn.

    Parameters
    ----------
    annotation
        Labels of the video.
    frame
        From 0.
    width
        Pixels, at most.
    most
        Bytes, at most: the picture gets coarser, then smaller, until it fits.

    Raises
    ------
    VideoError
        If the frame cannot be decoded.

    Examples
    --------
    >>> from boxreel.video import open_video
    >>> noise = np.random.default_rng(1).integers(0, 255, (5, 480, 640), np.uint8)
    >>> v = open_video(noise)
    >>> len(still(Annotation.for_video(v), v, 3)) <= 32_000
    True
    """
    from PIL import Image

    small = Image.open(io.BytesIO(video.jpeg(frame, width))).convert("RGB")
    boxes = annotation.at(frame)
    boxes = boxes.picked(np.arange(min(len(boxes), MOST_BOXES)))
    box = boxes.box.copy()
    box[:, :4] *= small.width / video.width
    drawn = draw_boxes(
        np.asarray(small), replace(boxes, box=box), annotation, warn=False
    )
    for quality in QUALITIES:
        data = io.BytesIO()
        Image.fromarray(drawn).save(data, "JPEG", quality=quality, optimize=True)
        if data.tell() <= most:
            return data.getvalue()
    return still(annotation, video, frame, width // 2, most)
