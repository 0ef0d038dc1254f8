"""A line tells of what takes long, and nothing of what does not."""

from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace

import pytest

from boxreel.video import open_video, progress
from boxreel.video.progress import progress_line
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
    with suppress(ZeroDivisionError), progress_line("out.mp4", None) as step:
        step()
        raise ZeroDivisionError
    assert "out.mp4: stopped, 1 frames in 1.0 s" in capsys.readouterr().err
