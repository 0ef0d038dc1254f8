"""Any frame read at random is the frame a straight decode yields at that place."""

import random
from pathlib import Path

import av
import numpy as np
import pytest

from boxreel.video import open_video
from tests.video.clips import number_in, plain_rgb, straight_decode, write_clip

B_FRAMES = {"g": "12", "bf": "3"}
OPEN_GOP = {**B_FRAMES, "x264-params": "open-gop=1:scenecut=0"}
HEVC = {"x265-params": "open-gop=1:keyint=12:min-keyint=12:log-level=none"}
ALT_REF = {"g": "15", "deadline": "good", "auto-alt-ref": "1", "lag-in-frames": "12"}
FRAGMENTED = {"movflags": "frag_keyframe+empty_moov"}

CLIPS = {
    "closed.mp4": {"options": B_FRAMES},
    "open.mp4": {"options": OPEN_GOP},
    "open.ts": {"options": OPEN_GOP},
    "open.mkv": {"options": OPEN_GOP},
    "fragmented.mp4": {"options": B_FRAMES, "container_options": FRAGMENTED},
    "refresh.ts": {"options": {"bf": "0", "x264-params": "intra-refresh=1:keyint=12"}},
    "interlaced.mp4": {"options": {**B_FRAMES, "x264-params": "tff=1"}},
    "vfr.mp4": {"options": B_FRAMES, "ticks": [n * n + 3 * n for n in range(40)]},
    "b-frames.avi": {"options": B_FRAMES},
    "no-times.h264": {"options": B_FRAMES},
    "hevc.mp4": {"codec": "libx265", "options": HEVC},
    "mpeg4.mp4": {"codec": "mpeg4", "options": {"g": "10", "bf": "2"}},
    "mpeg2.mpg": {"codec": "mpeg2video", "options": {"g": "12", "bf": "2"}},
    "mjpeg.avi": {"codec": "mjpeg", "pix_fmt": "yuvj420p"},
    "vp8.webm": {"codec": "libvpx", "options": ALT_REF},
    "vp9.webm": {"codec": "libvpx-vp9", "options": ALT_REF},
    "odd-size.webm": {"codec": "libvpx-vp9", "size": (161, 97), "options": ALT_REF},
    "animation.gif": {"codec": "gif", "pix_fmt": "rgb8"},
}


@pytest.fixture(scope="module", params=CLIPS)
def clip(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory):
    recipe = CLIPS[request.param]
    codec = recipe.get("codec", "libx264")
    if codec not in av.codecs_available:
        pytest.skip(f"this FFmpeg has no {codec}")
    return write_clip(tmp_path_factory.mktemp("clips") / request.param, **recipe)


def test_every_frame_carries_its_number(clip: Path):
    with open_video(clip) as video:
        assert [number_in(frame) for frame in video] == list(range(40))
        assert video.frame_count == len(video) == 40


def test_random_access_equals_a_straight_decode(clip: Path):
    truth = [plain_rgb(frame) for frame in straight_decode(clip)]
    order = list(range(len(truth))) * 2
    random.Random(7).shuffle(order)
    with open_video(clip) as video:
        assert len(video) == len(truth)
        for i in order:
            frame = video[i]
            assert frame.dtype == np.uint8
            assert frame.flags.c_contiguous
            np.testing.assert_array_equal(frame, truth[i], err_msg=f"frame {i}")


def test_times_are_those_of_the_frames(clip: Path):
    with open_video(clip) as video:
        assert (np.diff(video.ticks) > 0).all()
        np.testing.assert_allclose(video.times, video.ticks * float(video.time_base))
        expected = np.arange(40) / 25
        if clip.stem == "vfr":
            expected = np.array(CLIPS[clip.name]["ticks"]) / 1000
        np.testing.assert_allclose(video.times - video.times[0], expected, atol=1e-3)
        if clip.suffix not in (".avi", ".h264", ".mpg"):
            shown = [frame.time for frame in straight_decode(clip)]
            np.testing.assert_allclose(video.times, shown)


def test_nothing_is_wrong_with_sound_clips(clip: Path):
    with open_video(clip) as video:
        if clip.suffix == ".h264":
            assert "times are missing" in video.warnings[0]
        else:
            assert video.warnings == ()


def test_one_run_of_decoding_gives_every_wanted_frame_it_passes(clip: Path):
    wanted = {3, 7, 8, 20}
    with open_video(clip) as video:
        reached = []
        while not reached or reached[-1] != 20:
            i, picture = video.reach(20, wanted.__contains__)
            assert number_in(picture.rgb()) == i
            reached.append(i)
            wanted.discard(i)
        assert reached[-1] == 20
        assert reached == sorted(reached)
