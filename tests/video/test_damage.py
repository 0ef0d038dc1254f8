"""Broken, trimmed and odd files: the table holds what can be decoded, and says so."""

import random
import re
import wave
from pathlib import Path

import av
import numpy as np
import pytest

from boxreel.errors import VideoError
from boxreel.video import open_video
from tests.video.clips import (
    copy_packets,
    number_in,
    numbered_picture,
    plain_rgb,
    spoil,
    straight_decode,
    write_clip,
)

CLOSED_GOP = {"g": "12", "bf": "2", "x264-params": "open-gop=0:scenecut=0"}
OPEN_GOP = {"g": "12", "bf": "3", "x264-params": "open-gop=1:scenecut=0"}


def assert_exact(path: Path) -> int:
    """Compare all frames in random order with a straight decode; count them."""
    truth = [plain_rgb(frame) for frame in straight_decode(path)]
    order = list(range(len(truth)))
    random.Random(3).shuffle(order)
    with open_video(path) as video:
        assert len(video) == len(truth)
        assert (np.diff(video.ticks) > 0).all()
        for i in order:
            np.testing.assert_array_equal(video[i], truth[i], err_msg=f"frame {i}")
    return len(truth)


@pytest.mark.parametrize("options", [CLOSED_GOP, OPEN_GOP], ids=["closed", "open"])
@pytest.mark.parametrize("hidden", [5, 14])
def test_trimmed_without_encoding_anew(tmp_path: Path, options: dict, hidden: int):
    whole = write_clip(tmp_path / "whole.mp4", options=options)
    path = copy_packets(whole, tmp_path / "trimmed.mp4", delay=-512 * hidden)
    assert assert_exact(path) == 40 - hidden
    with open_video(path) as video:
        assert number_in(video[0]) == hidden
        assert video.warnings == ()


def test_begins_without_a_keyframe(tmp_path: Path):
    whole = write_clip(tmp_path / "whole.mkv", options=CLOSED_GOP)
    path = copy_packets(whole, tmp_path / "cut.mkv", first=5)
    assert assert_exact(path) == 28
    with open_video(path) as video:
        assert number_in(video[0]) == 12
        (warning,) = video.warnings
        assert warning.startswith(
            "cut.mkv: 28 of 35 frames can be decoded; the other 7"
        )


@pytest.mark.parametrize("share", [0.5, 0.8])
def test_truncated(tmp_path: Path, share: float):
    faststart = {"movflags": "faststart"}
    whole = write_clip(
        tmp_path / "whole.mp4",
        frames=60,
        options=CLOSED_GOP,
        container_options=faststart,
    )
    path = tmp_path / "broken.mp4"
    data = whole.read_bytes()
    path.write_bytes(data[: int(share * len(data))])
    count = assert_exact(path)
    assert 10 < count < 60
    with open_video(path) as video:
        assert video.warnings[0] == (
            f"broken.mp4: the header promises 60 frames, {count} can be decoded; "
            f"frames {count} to 59 are missing"
        )
        assert video.warnings[1].startswith("broken.mp4: packets that are damaged")


def test_truncated_without_a_count_in_the_header(tmp_path: Path):
    whole = write_clip(tmp_path / "whole.mkv", frames=60, options=CLOSED_GOP)
    path = tmp_path / "broken.mkv"
    path.write_bytes(whole.read_bytes()[: int(0.6 * whole.stat().st_size)])
    count = assert_exact(path)
    with open_video(path) as video:
        assert f"promises 60 frames, {count} can be decoded" in video.warnings[0]


MJPEG = {"codec": "mjpeg", "pix_fmt": "yuvj420p"}


@pytest.mark.parametrize(
    ("recipe", "number", "lost", "warning"),
    [
        (MJPEG, 0, 1, "39 of 40 .* the other 1 needs data .*: 1 before frame 0"),
        (MJPEG, 20, 1, "39 of 40 .*: 1 before frame 20"),
        (MJPEG, 39, 1, "39 of 40 .*: 1 after frame 38"),
        ({"options": CLOSED_GOP}, 0, 12, "28 of 40 .* 12 need .*: 12 before frame 0"),
        ({"options": CLOSED_GOP}, 17, 1, "39 of 40 .*: 1 before frame 16"),
        ({"codec": "mpeg4"}, 17, 1, "39 of 40 .*: 1 before frame 17"),
    ],
)
def test_a_hole_is_found_when_the_file_is_opened(
    tmp_path: Path, recipe: dict, number: int, lost: int, warning: str
):
    path = spoil(write_clip(tmp_path / "clip.mp4", **recipe), number, b"\0")
    assert assert_exact(path) == 40 - lost
    with path.open("rb") as file:
        for source in (path, path.read_bytes(), file):
            with open_video(source) as video:
                assert len(video) == 40 - lost
                assert re.search(warning, video.warnings[0])


def test_a_first_frame_that_cannot_be_decoded_is_left_out(tmp_path: Path):
    path = spoil(write_clip(tmp_path / "clip.mp4", **MJPEG), 0, b"\1")
    assert assert_exact(path) == 39
    with open_video(path) as video:
        assert number_in(video[0]) == 1
        assert "1 before frame 0" in video.warnings[0]


def test_frames_found_damaged_while_decoding_are_named(tmp_path: Path):
    clip = write_clip(tmp_path / "clip.mp4", options=CLOSED_GOP)
    path = spoil(clip, 24, bytes(range(100, 120)))
    with open_video(path) as video:
        assert video.warnings == ()
        assert number_in(video[12]) == 12
        video.read(24)
        assert video.warnings == (
            "clip.mp4: damaged, shown as far as it goes: frame 24",
        )


def test_a_frame_found_undecodable_is_named(tmp_path: Path):
    path = spoil(write_clip(tmp_path / "clip.mp4", **MJPEG), 20, b"\1")
    with open_video(path) as video:
        message = r"frame 20 of clip.mp4 cannot be decoded; the file is damaged there"
        with pytest.raises(VideoError, match=message):
            video[20]
        assert [number_in(video[i]) for i in (19, 21, 39)] == [19, 21, 39]
        assert video.warnings == ("clip.mp4: cannot be decoded: frame 20",)


def test_missing_file(tmp_path: Path):
    with pytest.raises(VideoError, match=r"nowhere\.mp4 does not exist; seen from"):
        open_video(tmp_path / "nowhere.mp4")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "the file is empty"),
        (b"to whom it may concern\n" * 99, "is it complete, and a video"),
    ],
)
def test_not_a_video(tmp_path: Path, content: bytes, reason: str):
    path = tmp_path / "letter.mp4"
    path.write_bytes(content)
    with pytest.raises(VideoError, match=rf"letter\.mp4 cannot be opened.*{reason}"):
        open_video(path)


def test_index_lost_with_the_end_of_the_file(tmp_path: Path):
    whole = write_clip(tmp_path / "whole.mp4")
    path = tmp_path / "half.mp4"
    path.write_bytes(whole.read_bytes()[:4000])
    with pytest.raises(VideoError, match=r"half\.mp4 cannot be opened.*is it complete"):
        open_video(path)


def test_sound_only(tmp_path: Path):
    path = tmp_path / "speech.wav"
    with wave.open(str(path), "wb") as sound:
        sound.setparams((1, 2, 8000, 0, "NONE", ""))
        sound.writeframes(bytes(16000))
    message = r"speech\.wav holds no video that can be decoded, only audio"
    with pytest.raises(VideoError, match=message):
        open_video(path)


def test_a_stream_without_frames(tmp_path: Path):
    path = tmp_path / "void.mp4"
    fragmented = {"movflags": "frag_keyframe+empty_moov"}
    with av.open(str(path), "w", container_options=fragmented) as container:
        stream = container.add_stream("mjpeg", rate=25)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuvj420p"
        container.start_encoding()
    with pytest.raises(VideoError, match=r"void\.mp4 holds a video stream without any"):
        open_video(path)


def test_nothing_can_be_decoded(tmp_path: Path):
    whole = write_clip(tmp_path / "whole.mp4", options={"g": "100"})
    path = copy_packets(whole, tmp_path / "hopeless.mp4", first=1)
    message = r"not one of the \d+ pictures in .*hopeless\.mp4 can be decoded"
    with pytest.raises(VideoError, match=message):
        open_video(path)


def test_titles_in_another_encoding(tmp_path: Path):
    path = tmp_path / "title.mkv"
    with av.open(str(path), "w") as container:
        container.metadata["title"] = "Strasse XX"
        stream = container.add_stream("mjpeg", rate=25)
        stream.width, stream.height, stream.pix_fmt = 160, 96, "yuvj420p"
        frame = av.VideoFrame.from_ndarray(numbered_picture(9), format="rgb24")
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    path.write_bytes(
        path.read_bytes().replace(b"Strasse XX", b"Stra\xdfe \xa4\xa4\xff")
    )
    with open_video(path) as video:
        assert number_in(video[0]) == 9
