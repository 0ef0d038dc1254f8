"""The matrix of truth: every codec in every container that holds it, every kind of GOP.

Of each clip every frame is read in random order and compared with a straight decode;
its picture carries its number, so that the straight decode is itself checked.
"""

import os
import random
from pathlib import Path

import av
import numpy as np
import pytest

from boxreel.video import open_video
from tests.video.clips import (
    copy_packets,
    number_in,
    plain_rgb,
    straight_decode,
    write_clip,
)

FRAMES = 26
TRIMMED = 5
UNEVEN = [13 * n + n * n for n in range(FRAMES)]
OFFSET = [2000 + 40 * n for n in range(FRAMES)]

X265 = "log-level=none:pools=1:frame-threads=1:keyint=8:min-keyint=8:scenecut=0"
SVT = "lp=1:enable-tf=0:pred-struct=2"
CODECS = {
    "h264": ("libx264", "mp4 mov mkv ts avi"),
    "hevc": ("libx265", "mp4 mov mkv ts"),
    "vp8": ("libvpx", "webm mkv avi"),
    "vp9": ("libvpx-vp9", "webm mkv mp4"),
    "av1": ("libsvtav1", "mp4 mkv webm"),
    "mpeg2": ("mpeg2video", "mp4 mov mkv ts avi"),
    "mjpeg": ("mjpeg", "mp4 mov mkv avi"),
    "gif": ("gif", "gif"),
}
H264 = {"g": "8", "preset": "ultrafast"}
GOPS = {
    ("h264", "intra"): {**H264, "g": "1"},
    ("h264", "closed"): {**H264, "bf": "0"},
    ("h264", "b-frames"): {**H264, "bf": "3", "x264-params": "open-gop=0:scenecut=0"},
    ("h264", "open"): {**H264, "bf": "3", "x264-params": "open-gop=1:scenecut=0"},
    ("hevc", "closed"): {"x265-params": f"{X265}:bframes=0:open-gop=0"},
    ("hevc", "b-frames"): {"x265-params": f"{X265}:bframes=3:open-gop=0"},
    ("hevc", "open"): {"x265-params": f"{X265}:bframes=3:open-gop=1"},
    ("vp8", "closed"): {"g": "8", "deadline": "realtime", "lag-in-frames": "0"},
    ("vp8", "hidden"): {"g": "8", "auto-alt-ref": "1", "lag-in-frames": "8"},
    ("vp9", "closed"): {"g": "8", "deadline": "realtime", "lag-in-frames": "0"},
    ("vp9", "hidden"): {"g": "8", "auto-alt-ref": "1", "lag-in-frames": "8"},
    ("av1", "closed"): {
        "g": "8",
        "preset": "12",
        "svtav1-params": f"{SVT}:irefresh-type=2",
    },
    ("av1", "open"): {
        "g": "8",
        "preset": "12",
        "svtav1-params": f"{SVT}:irefresh-type=1",
    },
    ("mpeg2", "intra"): {"g": "1"},
    ("mpeg2", "closed"): {
        "g": "8",
        "bf": "2",
        "flags": "+cgop",
        "sc_threshold": "1000000000",
    },
    ("mpeg2", "open"): {"g": "8", "bf": "2"},
    ("mjpeg", "intra"): {},
    ("gif", "closed"): {},
}
TIMES = {"even": None, "uneven": UNEVEN, "offset": OFFSET, "trimmed": None}


def is_possible(codec: str, suffix: str, times: str) -> bool:
    """Whether a container and a codec can express such times at all."""
    if times == "trimmed":
        return suffix in ("mp4", "mov")
    return times == "even" or (suffix not in ("avi", "gif") and codec != "mpeg2")


MATRIX = [
    (codec, gop, times, suffix)
    for (codec, gop) in GOPS
    for times in TIMES
    for suffix in CODECS[codec][1].split()
    if is_possible(codec, suffix, times)
]


def encode(path: Path, codec: str, gop: str, times: str) -> Path | None:
    """Write a clip of the matrix; None where this FFmpeg lacks the encoder."""
    encoder = CODECS[codec][0]
    if encoder not in av.codecs_available:
        return None
    write_clip(
        path,
        encoder,
        frames=FRAMES,
        pix_fmt={"mjpeg": "yuvj420p", "gif": "rgb8"}.get(codec, "yuv420p"),
        options=GOPS[codec, gop],
        ticks=TIMES[times],
    )
    if times != "trimmed":
        return path
    with av.open(str(path)) as container:
        step = round(1 / (25 * container.streams.video[0].time_base))
    trimmed = path.with_stem(f"{path.stem}-trimmed")
    return copy_packets(path, trimmed, delay=-step * TRIMMED)


@pytest.fixture(params=MATRIX, ids="-".join)
def case(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, str]:
    codec, gop, times, suffix = request.param
    path = encode(tmp_path / f"clip.{suffix}", codec, gop, times)
    if path is None:
        pytest.skip(f"this FFmpeg has no {CODECS[codec][0]}")
    return path, times


def test_every_frame_is_the_one_of_a_straight_decode(case: tuple[Path, str]):
    path, times = case
    decoded = straight_decode(path)
    truth = [plain_rgb(frame) for frame in decoded]
    first = TRIMMED if times == "trimmed" else 0
    assert [number_in(picture) for picture in truth] == list(range(first, FRAMES))
    order = list(range(len(truth))) * 2
    random.Random(11).shuffle(order)
    with open_video(path) as video:
        assert len(video) == len(truth)
        assert video.warnings == ()
        wrong = [i for i in order if not np.array_equal(video[i], truth[i])]
        assert wrong == []
        if path.suffix != ".avi":
            shown = [frame.time for frame in decoded]
            np.testing.assert_allclose(video.times, shown, atol=1e-9)
        ticks = TIMES[times] or [40 * n for n in range(len(truth))]
        expected = (np.array(ticks) - ticks[0]) / 1000
        np.testing.assert_allclose(video.times - video.times[0], expected, atol=2e-3)


@pytest.mark.skipif(not hasattr(os, "sched_getscheduler"), reason="Linux alone has it")
def test_an_encoder_leaves_the_priority_of_the_tests_alone(tmp_path: Path):
    encode(tmp_path / "clip.mp4", "av1", "closed", "even")
    assert os.sched_getscheduler(0) == os.SCHED_OTHER
