"""The same promises on real files of every kind, where they are at hand."""

import hashlib
import json
import os
import random
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from boxreel.video import open_video

FOLDER = Path(os.environ.get("BOXREEL_TEST_DATA", ""), "clips")
SUFFIXES = {".avi", ".mkv", ".mov", ".mp4", ".ts", ".webm"}
NAMES = (
    sorted(path.name for path in FOLDER.iterdir() if path.suffix in SUFFIXES)
    if "BOXREEL_TEST_DATA" in os.environ
    else []
)

pytestmark = pytest.mark.skipif(
    not NAMES, reason="BOXREEL_TEST_DATA names no folder with real material"
)


def digest(pixels: np.ndarray) -> bytes:
    return hashlib.blake2b(np.ascontiguousarray(pixels)).digest()


def upright(frame: av.VideoFrame, aspect: Fraction) -> np.ndarray:
    """Convert a frame to what `v[i]` ought to be, by other means."""
    width = round(frame.width * aspect)
    rgb = frame.reformat(width, format="rgb24", src_color_range=frame.color_range)
    return np.rot90(rgb.to_ndarray(), frame.rotation // 90)


def some_frames(count: int) -> list[int]:
    """All frames of a short clip, 60 of a long one, in runs of five and at random."""
    chance = random.Random(count)
    runs = [list(range(first, min(first + 5, count))) for first in range(0, count, 5)]
    chance.shuffle(runs)
    return [i for run in runs[: 30 if count <= 150 else 12] for i in run]


@pytest.mark.parametrize("name", NAMES)
def test_random_access_equals_a_straight_decode(name: str):
    with open_video(FOLDER / name) as video, av.open(str(FOLDER / name)) as container:
        examined = some_frames(len(video))
        stream = container.streams.video[0]
        aspect = stream.sample_aspect_ratio or Fraction(1)
        truth, count = {}, 0
        for frame in container.decode(stream):
            if count in examined:
                truth[count] = digest(upright(frame, aspect))
            count += 1
        assert len(video) == count
        assert (np.diff(video.ticks) > 0).all()
        assert video[0].shape == (video.height, video.width, 3)
        assert {i: digest(video[i]) for i in examined} == truth


def test_times_agree_with_an_independent_table():
    name = "nasa_13013.mp4"
    rows = json.loads((FOLDER / f"{name}.stream0.all_frames_info.json").read_text())
    with open_video(FOLDER / name) as video:
        expected = [float(row["pts_time"]) for row in rows]
        np.testing.assert_allclose(video.times, expected, atol=1e-6)
        assert video.warnings == (f"{name}: holds 2 videos; this is the first",)


@pytest.mark.parametrize(
    ("name", "warning"),
    [
        (
            "annex-b.mp4",
            "the header promises 745 frames, 6 can be decoded; "
            "frames 6 to 744 are missing",
        ),
        (
            "no-initial-keyframe.ts",
            "15 of 78 frames can be decoded; "
            "the other 63 need data that is missing or damaged: 63 before frame 0",
        ),
    ],
)
def test_what_is_wrong_is_said_in_numbers(name: str, warning: str):
    with open_video(FOLDER / name) as video:
        assert video.warnings[0] == f"{name}: {warning}"


def test_sound_clips_have_no_warnings():
    odd = {"annex-b.mp4", "no-initial-keyframe.ts", "nasa_13013.mp4"}
    found = {}
    for name in set(NAMES) - odd:
        with open_video(FOLDER / name) as video:
            found[name] = video.warnings
    assert found == dict.fromkeys(found, ())
