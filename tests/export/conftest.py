"""A numbered video and its labels."""

from __future__ import annotations

import numpy as np
import pytest

from boxreel.model import Annotation
from boxreel.video import Video, open_video
from tests.video.clips import numbered_picture


@pytest.fixture(scope="session")
def video() -> Video:
    """Forty pictures of 160 x 96, 20 a second, numbered, with a striped face."""
    pictures = np.stack([numbered_picture(n) for n in range(40)])
    pictures[:, 40:80, 40:104] = (np.arange(64) // 4 % 2 * 255)[:, None]
    return open_video(pictures, fps=20)


@pytest.fixture
def labels(video: Video) -> Annotation:
    """A face that comes at frame 10, below the number."""
    start = Annotation.for_video(video, ["car", "face"])
    return start.add_track("face", {10: (40, 40, 64, 40)})
