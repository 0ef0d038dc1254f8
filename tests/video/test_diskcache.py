"""JPEGs on disk: bounded, shared, and never in the way."""

import os
import shutil
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import pytest

from boxreel.video import open_video
from boxreel.video.diskcache import DiskCache
from tests.video.clips import write_clip


def jpeg(size: int = 100, mark: int = 0) -> bytes:
    return b"\xff\xd8" + bytes([mark]) * (size - 4) + b"\xff\xd9"


def files(root: Path) -> list[Path]:
    return [path for path in root.glob("*/*") if path.is_file()]


def test_what_is_put_is_there_at_its_width_only(tmp_path: Path):
    cache = DiskCache(tmp_path / "frames", "clip")
    assert cache.get(3, 80) is None
    cache.put(3, 80, jpeg())
    for same in (cache, DiskCache(tmp_path / "frames", "clip")):
        assert same.has(3, 80)
        assert same.get(3, 80) == jpeg()
        assert same.get(3, 81) is None
        assert same.get(4, 80) is None
    assert DiskCache(tmp_path / "frames", "other clip").get(3, 80) is None


def test_frames_not_used_for_longest_go_first(tmp_path: Path):
    filled = DiskCache(tmp_path, "clip", limit=10_000)
    for i in range(8):
        filled.put(i, 80, jpeg(1000))
        os.utime(filled._path(i, 80), (i, i))
    assert DiskCache(tmp_path, "clip", limit=10_000).get(0, 80) is not None
    other = DiskCache(tmp_path, "other clip", limit=10_000)
    for i in range(4):
        other.put(i, 80, jpeg(1000))
    assert sum(path.stat().st_size for path in files(tmp_path)) <= 10_000
    again = DiskCache(tmp_path, "clip", limit=10_000)
    assert again.has(0, 80)
    assert not again.has(1, 80)
    assert again.has(7, 80)
    assert [other.get(i, 80) for i in range(4)] == [jpeg(1000)] * 4


def test_a_frame_that_another_process_dropped_is_made_anew(tmp_path: Path):
    cache = DiskCache(tmp_path, "clip")
    cache.put(3, 80, jpeg())
    (file,) = files(tmp_path)
    file.unlink()
    assert cache.get(3, 80) is None
    assert not cache.has(3, 80)
    cache.put(3, 80, jpeg())
    assert cache.get(3, 80) == jpeg()


@pytest.mark.parametrize("left", [b"", jpeg()[:50], b"no picture"])
def test_a_file_that_a_power_cut_left_is_not_shown(tmp_path: Path, left: bytes):
    DiskCache(tmp_path, "clip").put(3, 80, jpeg())
    (file,) = files(tmp_path)
    file.write_bytes(left)
    cache = DiskCache(tmp_path, "clip")
    assert cache.get(3, 80) is None
    cache.put(3, 80, jpeg())
    assert cache.get(3, 80) == jpeg()


def test_a_folder_that_cannot_be_written_is_warned_of_once(tmp_path: Path, caplog):
    (tmp_path / "file").write_text("in the way")
    cache = DiskCache(tmp_path / "file" / "frames", "clip")
    for i in range(3):
        cache.put(i, 80, jpeg())
    assert cache.get(0, 80) is None
    assert len(caplog.records) == 1
    assert "frames are not kept on disk" in caplog.text


def test_a_full_disk_leaves_nothing_half_written(tmp_path, caplog, monkeypatch):
    cache = DiskCache(tmp_path, "clip")
    cache.put(1, 80, jpeg())

    def full(path: Path, data: bytes) -> None:
        path.open("wb").close()
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_bytes", full)
        cache.put(2, 80, jpeg())
    cache.put(3, 80, jpeg())
    assert "No space left on device" in caplog.text
    assert len(caplog.records) == 1
    assert [path.name for path in files(tmp_path)] == ["1.jpg"]
    assert cache.get(1, 80) == jpeg()


def test_a_folder_that_vanishes_costs_nothing(tmp_path: Path):
    cache = DiskCache(tmp_path / "frames", "clip")
    cache.put(1, 80, jpeg())
    shutil.rmtree(tmp_path / "frames")
    assert cache.get(1, 80) is None
    cache.put(2, 80, jpeg())
    assert cache.get(2, 80) == jpeg()


def _writes_and_reads(root: Path, mark: int) -> int:
    cache = DiskCache(root, "clip", limit=20_000)
    mixed = 0
    for i in range(200):
        cache.put(i % 40, 80, jpeg(1000, mark))
        cache._frames.clear()
        found = cache.get(i % 40, 80)
        mixed += found is not None and len(set(found[2:-2])) != 1
    return mixed


def test_two_processes_share_a_folder(tmp_path: Path):
    with ProcessPoolExecutor(2, get_context("spawn")) as both:
        mixed = both.map(_writes_and_reads, [tmp_path, tmp_path], [1, 2])
        assert list(mixed) == [0, 0]
    assert 0 < sum(path.stat().st_size for path in files(tmp_path)) <= 20_000
    assert {path.suffix for path in files(tmp_path)} == {".jpg"}


def test_where_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("BOXREEL_CACHE", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    with open_video(write_clip(tmp_path / "clip.mp4", frames=4)) as video:
        cache = DiskCache.of(video)
        assert cache is not None
        cache.put(0, 80, jpeg())
        assert len(files(tmp_path / "xdg" / "boxreel" / "frames")) == 1
        monkeypatch.setenv("BOXREEL_CACHE", str(tmp_path / "elsewhere"))
        other = DiskCache.of(video)
        assert other is not None
        assert other.get(0, 80) is None
        other.put(0, 80, jpeg())
        assert len(files(tmp_path / "elsewhere" / "frames")) == 1
        monkeypatch.setenv("BOXREEL_CACHE", "")
        assert DiskCache.of(video) is None


def test_a_file_that_was_written_anew_is_another_video(tmp_path, monkeypatch):
    monkeypatch.setenv("BOXREEL_CACHE", str(tmp_path))
    path = write_clip(tmp_path / "clip.mp4", frames=4)
    with open_video(path) as video:
        cache = DiskCache.of(video)
        assert cache is not None
        cache.put(0, 80, jpeg())
    os.utime(path, (1, 1))
    with open_video(path) as video:
        cache = DiskCache.of(video)
        assert cache is not None
        assert cache.get(0, 80) is None


def test_arrays_are_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("BOXREEL_CACHE", str(tmp_path))
    assert DiskCache.of(open_video(np.zeros((3, 8, 8), np.uint8))) is None
