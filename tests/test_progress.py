"""A line tells of what takes long, and nothing of what does not."""

from contextlib import suppress
from pathlib import Path
from threading import Event, Thread
from types import SimpleNamespace

import pytest

from boxreel import formats, progress
from boxreel.formats import registry
from boxreel.model import Annotation, VideoInfo
from boxreel.progress import progress_line
from boxreel.video import open_video
from tests.video.clips import write_clip


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch):
    """Each look at the clock is half a second later."""
    seconds = iter(range(10**6))
    halves = SimpleNamespace(monotonic=lambda: next(seconds) / 2)
    monkeypatch.setattr(progress, "time", halves)


@pytest.mark.usefixtures("clock")
def test_how_far_it_is_and_what_is_left(capsys: pytest.CaptureFixture[str]):
    with progress_line("out.mp4", 4) as step:
        for _ in range(4):
            step()
    told = [line.rstrip() for line in capsys.readouterr().err.split("\r")]
    assert told == [
        "",
        "out.mp4: 1 of 4 frames, 2 s left",
        "out.mp4: 2 of 4 frames, 1 s left",
        "out.mp4: 3 of 4 frames, 0 s left",
        "out.mp4: 4 of 4 frames, 0 s left",
        "out.mp4: done, 4 of 4 frames in 2.5 s",
    ]


@pytest.mark.usefixtures("clock")
def test_opening_tells_after_a_second(tmp_path: Path, capsys):
    path = write_clip(tmp_path / "street.mp4", "mpeg4", frames=4)
    capsys.readouterr()
    open_video(path).close()
    told = [line.rstrip() for line in capsys.readouterr().err.split("\r")]
    assert told == [
        "",
        "Opening street.mp4: 2 of 4 frames, 1 s left",
        "Opening street.mp4: 3 of 4 frames, 0 s left",
        "Opening street.mp4: 4 of 4 frames, 0 s left",
        "Opening street.mp4: done, 4 of 4 frames in 2.5 s",
    ]


def test_nothing_is_told_of_what_is_quick(tmp_path: Path, capsys):
    with progress_line("out.mp4", None, after=3600) as step:
        step()
    with progress_line("out.mp4", 1, shown=False) as step:
        step()
    assert capsys.readouterr().err == ""


@pytest.mark.usefixtures("clock")
def test_an_error_stops_the_line(capsys: pytest.CaptureFixture[str]):
    with suppress(RuntimeError), progress_line("out.mp4", None) as step:
        step()
        raise RuntimeError
    assert "out.mp4: stopped, 1 frames in 1.0 s" in capsys.readouterr().err


class Watch:
    """An event that is waited for three times before it comes."""

    def __init__(self):
        self.waits, self.over = [], Event()

    def wait(self, seconds):
        self.waits.append(seconds)
        if len(self.waits) == 4:
            self.over.set()
        return self.over.is_set()

    def set(self):
        self.over.wait(10)


@pytest.mark.usefixtures("clock")
def test_what_cannot_be_counted_says_how_long_it_takes(monkeypatch, capsys):
    watch = Watch()
    threads = SimpleNamespace(Event=lambda: watch, Thread=Thread)
    monkeypatch.setattr(progress, "threading", threads)
    with progress.waiting_line("Reading a.json"):
        pass
    told = [line.rstrip() for line in capsys.readouterr().err.split("\r")]
    assert told == [
        "",
        *("Reading a.json: 0 s so far", "Reading a.json: 1 s so far"),
        *("Reading a.json: 2 s so far", "Reading a.json: done in 2.0 s"),
    ]
    assert watch.waits == [1.0] * 4


def test_a_short_wait_says_nothing_and_a_certain_one_at_once(capsys):
    with progress.waiting_line("Reading a.json"):
        pass
    assert capsys.readouterr().err == ""
    with suppress(RuntimeError), progress.waiting_line("Reading b", after=0):
        said = capsys.readouterr().err
        raise RuntimeError
    assert said.startswith("\rReading b ...")
    assert "Reading b: stopped in 0.0 s" in capsys.readouterr().err


def test_reading_and_writing_tell_of_large_files(tmp_path, monkeypatch, capsys):
    video = VideoInfo.constant("a", 64, 48, frame_count=9, fps=25)
    labels = Annotation.for_video(video, ["car"])
    formats.write(labels, tmp_path / "a.boxreel.json")
    formats.read_report(tmp_path / "a.boxreel.json")
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(registry, "LARGE", 1)
    formats.read_report(tmp_path / "a.boxreel.json")
    assert "Reading a.boxreel.json ..." in capsys.readouterr().err
    monkeypatch.setattr(registry, "PATIENCE", 0)
    formats.write(labels, tmp_path / "a.boxreel.json")
    assert "Writing a.boxreel.json: done in" in capsys.readouterr().err
