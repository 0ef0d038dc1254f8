"""The index of an MP4 tells what its packets tell, or it is not used."""

import dataclasses
import os
from pathlib import Path

import av
import numpy as np
import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from boxreel.video.indexed import indexed, is_proven, read_index
from boxreel.video.origin import from_path
from boxreel.video.packets import Survey, open_stream, survey
from tests.video.clips import copy_packets, spoil, write_clip

FOLDER = Path(os.environ.get("BOXREEL_TEST_DATA", ""), "clips")
REAL = sorted(FOLDER.glob("*.m[po][4v]")) if "BOXREEL_TEST_DATA" in os.environ else []
TOLD_BY_PACKETS = {
    "annex-b.mp4",  # cut short
    "car_traffic_small.mp4",  # cut short
    "dataloop_llama.mp4",  # groups of samples
    "datumaro_test.mp4",  # MPEG-4
    "mmtracking_mot17-03_demo.mp4",  # MPEG-4
    "sample_av1.mp4",
    "test_rotated_90_video.mp4",  # MPEG-4
    "rotate-buck-bunny.mp4",  # fragmented
    "sample_fragmented.mp4",
}

has_index = pytest.mark.skipif(
    not hasattr(av.VideoStream, "index_entries"),
    reason="this PyAV does not show FFmpeg's index",
)

B_FRAMES = {"g": "8", "bf": "3", "preset": "ultrafast", "x264-params": "open-gop=1"}


def read(path: Path) -> tuple[Survey | None, Survey]:
    """Survey a file by its index and by its packets."""
    origin = from_path(path)
    container, stream = open_stream(origin)
    index = read_index(origin)
    proven = index is not None and is_proven(origin, index)
    by_index = indexed(index, container, stream) if proven else None
    container.close()
    container, stream = open_stream(origin)
    by_packets = survey(container, stream, name=path.name)
    container.close()
    return by_index, by_packets


def assert_same(by_index: Survey, by_packets: Survey) -> None:
    for field in dataclasses.fields(Survey):
        ours, theirs = (getattr(s, field.name) for s in (by_index, by_packets))
        assert np.array_equal(ours, theirs), field.name


def without_keyframes(found: Survey) -> Survey:
    return dataclasses.replace(found, keyframes=found.keyframes[:1])


@has_index
@pytest.mark.skipif(not REAL, reason="BOXREEL_TEST_DATA names no folder")
def test_real_files():
    refused = set()
    for path in REAL:
        by_index, by_packets = read(path)
        if by_index is None:
            refused.add(path.name)
        else:
            assert_same(by_index, by_packets)
    assert refused == TOLD_BY_PACKETS


@has_index
@pytest.mark.parametrize(
    "recipe",
    [
        {"options": {"bf": "0", "g": "10"}},
        {"options": B_FRAMES},
        {"options": B_FRAMES, "ticks": [2000 + 40 * n for n in range(40)]},
        {"options": B_FRAMES, "ticks": [13 * n + n * n for n in range(40)]},
        {"container_options": {"movflags": "faststart"}},
    ],
    ids=["plain", "b-frames", "offset", "uneven", "faststart"],
)
@pytest.mark.parametrize("suffix", ["mp4", "mov"])
def test_generated_files(tmp_path: Path, recipe: dict, suffix: str):
    by_index, by_packets = read(write_clip(tmp_path / f"clip.{suffix}", **recipe))
    assert by_index is not None
    assert_same(by_index, by_packets)


@has_index
def test_a_packet_of_zeros_is_noticed(tmp_path: Path):
    path = spoil(write_clip(tmp_path / "hole.mp4"), 7, b"\0")
    assert read_index(from_path(path)) is not None
    by_index, by_packets = read(path)
    assert by_index is None
    assert by_packets.blank == 1


@pytest.mark.parametrize(
    "options",
    [
        {"movflags": "frag_keyframe+empty_moov"},
        {"movflags": "frag_every_frame"},
    ],
    ids=["empty", "every"],
)
def test_fragments_are_left_to_the_packets(tmp_path: Path, options: dict):
    path = write_clip(tmp_path / "clip.mp4", container_options=options)
    assert read(path)[0] is None


def test_an_edit_that_hides_frames_is_left_to_the_packets(tmp_path: Path):
    whole = write_clip(tmp_path / "clip.mp4", options=B_FRAMES)
    trimmed = copy_packets(whole, tmp_path / "trimmed.mp4", delay=-5 * 512)
    assert read(trimmed)[0] is None


TABLES = ("stts", "ctts", "stsz", "stss", "stsc", "stco")
HEADS = ("elst", "mvhd", "mdhd", "tkhd", "dref", "stsd")


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clip whose index comes first."""
    path = tmp_path_factory.mktemp("index") / "clip.mp4"
    first = {"movflags": "faststart"}
    return write_clip(path, frames=20, options=B_FRAMES, container_options=first)


@has_index
@settings(
    max_examples=int(os.environ.get("BOXREEL_FUZZ", "100")),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    deadline=None,
)
@given(
    kind=st.sampled_from(TABLES + HEADS),
    at=st.integers(0, 60),
    value=st.one_of(
        st.binary(min_size=1, max_size=4),
        st.integers(0, 40).map(lambda number: number.to_bytes(4, "big")),
    ),
)
def test_a_damaged_table_never_tells_otherwise_than_the_packets(
    clip, tmp_path, kind, at, value
):
    data = bytearray(clip.read_bytes())
    place = data.index(kind.encode()) + 4 + at
    data[place : place + len(value)] = value
    damaged = tmp_path / "damaged.mp4"
    damaged.write_bytes(data)
    origin = from_path(damaged)
    try:
        by_index, by_packets = read(Path(origin.path))
    except Exception as error:  # noqa: BLE001 - FFmpeg refuses the file
        event(type(error).__name__)
        return
    event("by packets" if by_index is None else "by index")
    if by_index is not None:
        # Where the table has lost one, decoding begins at the one before it.
        assert set(by_index.keyframes) <= set(by_packets.keyframes)
        assert_same(without_keyframes(by_index), without_keyframes(by_packets))
