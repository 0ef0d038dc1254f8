"""Four short clips of numbered pictures and their labels."""

import numpy as np
import pytest

from boxreel.model import Annotation, Event
from boxreel.video import open_video
from tests.video.clips import write_clip

COUNT = 40


@pytest.fixture(scope="session")
def clips(tmp_path_factory):
    """Paths of four clips; the third is the first one encoded anew, of its name."""
    folder = tmp_path_factory.mktemp("clips")
    (folder / "again").mkdir()
    return [
        write_clip(folder / "a.mp4", frames=COUNT, options={"bf": "3"}),
        write_clip(folder / "b b.mp4", frames=COUNT, size=(128, 96)),
        write_clip(folder / "again/a.mp4", frames=COUNT, options={"crf": "40"}),
        write_clip(folder / "c.mp4", frames=COUNT, options={"g": "5"}),
    ]


@pytest.fixture(scope="session")
def labels(clips):
    """Return labels that differ from clip to clip, in their order of classes too."""
    found = []
    for i, path in enumerate(clips):
        names = ["car", "face"] if i % 2 == 0 else ["face", "car"]
        with open_video(path) as video:
            a = Annotation.for_video(video, names)
        a = a.add_track("car", {5: (10.5, 20, 40, 30), 15 + i: (30, 22.25, 44, 33)})
        a = a.add_track("face", {30: (-4, 40, 20, 20)}, source="model")
        found.append(a.with_parts(events=(Event(1, "car", 2, 9),)))
    return found


@pytest.fixture
def pixels():
    """Return a small video that needs no decoding."""
    return open_video(np.random.default_rng(0).random((30, 8, 12)))
