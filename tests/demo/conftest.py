import pytest

from boxreel.demo.predictions import predicted_labels
from boxreel.demo.stage import Stage
from boxreel.demo.truth import true_labels
from boxreel.model import Annotation, VideoInfo


@pytest.fixture(scope="session")
def video() -> VideoInfo:
    return VideoInfo.constant("street.mp4", 1280, 720, 500, fps=25)


@pytest.fixture(scope="session")
def stage() -> Stage:
    return Stage()


@pytest.fixture(scope="session")
def labels(video: VideoInfo) -> Annotation:
    return true_labels(video)


@pytest.fixture(scope="session")
def said(video: VideoInfo) -> Annotation:
    return predicted_labels(video)
