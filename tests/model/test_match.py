"""Labels know their video by its content, and say how another one differs."""

from dataclasses import replace

import pytest

from boxreel.errors import VideoMismatchError
from boxreel.model import Annotation, VideoInfo
from boxreel.model.match import mismatch, of_video


def video(fingerprint: str = "", name: str = "a.mp4", **facts) -> VideoInfo:
    usual = {"width": 640, "height": 480, "frame_count": 50, "fps": 25}
    info = VideoInfo.constant(name, **{**usual, **facts})
    return VideoInfo(
        name, info.width, info.height, info.ticks, info.time_base, fingerprint
    )


@pytest.mark.parametrize(
    ("theirs", "ours", "found"),
    [
        (video("a"), video("a"), ""),
        (video("a"), video("a", fps=50), ""),
        (video(), video("a"), ""),
        (video("a"), video(fps=50), ""),
        (video("a"), video("b"), "same size and length, but another content"),
        (video("a"), video("b", fps=50), "25 frames a second instead of 50"),
        (video(), video("b", frame_count=9), "50 frames instead of 9"),
        (
            video("a", width=1280),
            video("b", frame_count=49),
            "50 frames instead of 49 and 1280x480 pixels instead of 640x480",
        ),
    ],
)
def test_what_differs_is_said(theirs: VideoInfo, ours: VideoInfo, found: str):
    assert mismatch(theirs, ours) == found


def test_labels_take_the_video_that_is_there():
    labels = Annotation.for_video(video("a"), ["car"])
    moved = of_video(labels, video("a", name="b.mp4"))
    assert moved == replace(labels, video=video("a", name="b.mp4"))
    assert of_video(labels, labels.video) is labels
    with pytest.raises(VideoMismatchError, match=r"of 'a\.mp4', not .*realign\("):
        of_video(labels, video("b"))
