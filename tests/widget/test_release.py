"""A widget that is closed leaves nothing behind: no thread, no file, no frames."""

import gc
import threading
import weakref
from pathlib import Path

import pytest

from boxreel.widget import Annotator
from tests.video.clips import write_clip

PROCESS = Path("/proc/self/fd")


def open_files() -> set[str]:
    links = (file for file in PROCESS.iterdir() if file.is_symlink())
    return {str(link.readlink()) for link in links if link.exists()}


def threads() -> set[str]:
    return {t.name for t in threading.enumerate() if t.name.startswith("boxreel")}


def filling(path: Path) -> Annotator:
    """Open a widget whose page has asked for a frame, so that the rest is filled."""
    widget = Annotator(path, labels=["car"], save_to=None)
    widget.comm.browser_says(
        {"kind": "frames", "item": 0, "client": "page", "width": 160}
        | {"wanted": [20], "around": True}
    )
    return widget


@pytest.mark.skipif(not PROCESS.exists(), reason="needs /proc to count open files")
def test_closing_frees_threads_files_and_frames(tmp_path: Path):
    path = write_clip(tmp_path / "clip.mp4")
    widget = filling(path)
    assert str(path) in open_files()
    assert "boxreel-frames" in threads()
    assert widget._item.store.wait(60)
    parts = [weakref.ref(part) for part in (widget._item.store, widget.video)]
    frames = widget._item.store._filler._memory
    assert (39, 160) in frames
    widget.close()
    assert (39, 160) not in frames
    assert str(path) not in open_files()
    assert not threads() & {"boxreel-frames", "boxreel-send"}
    widget_ref = weakref.ref(widget)
    del widget
    gc.collect()
    assert widget_ref() is None
    assert [part() for part in parts] == [None, None]


def test_opening_and_closing_again_and_again_adds_no_file(tmp_path: Path):
    path = write_clip(tmp_path / "clip.mp4")
    before = threads()
    for _ in range(100):
        filling(path).close()
    assert threads() == before
    if PROCESS.exists():
        assert str(path) not in open_files()


def test_a_clip_opened_before_is_not_decoded_again(tmp_path: Path, monkeypatch):
    monkeypatch.setenv("BOXREEL_CACHE", str(tmp_path / "cache"))
    path = write_clip(tmp_path / "clip.mp4")
    first = filling(path)
    assert first._item.store.wait(60)
    made = first._item.store.get(33, 160)
    first.close()

    second = Annotator(path, labels=["car"], save_to=None)
    reached = []
    monkeypatch.setattr(second.video, "reach", lambda *about: reached.append(about))
    second.comm.browser_says(
        {"kind": "frames", "item": 0, "client": "page", "width": 160}
        | {"wanted": [33], "around": True}
    )
    assert second._item.store.wait(60)
    assert second._item.store.get(33, 160) == made
    assert reached == []
    second.close()


def test_two_widgets_of_a_file_decode_it_once(tmp_path: Path):
    path = write_clip(tmp_path / "clip.mp4")
    one, other = filling(path), filling(path)
    assert other.video is one.video
    names = [thread.name for thread in threading.enumerate()]
    assert names.count("boxreel-frames") == 1
    one.close()
    assert other.image(39).shape == (96, 160, 3)
    video = weakref.ref(other.video)
    other.close()
    del one, other
    gc.collect()
    assert video() is None
    if PROCESS.exists():
        assert str(path) not in open_files()
