"""A cell that is run again leaves its widget behind, which nobody closes."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import psutil
import pytest

from boxreel.widget import Annotator, frames, saving
from tests.e2e import clip
from tests.widget.fakes import PATIENCE

OURS = {"boxreel-frames", "boxreel-save", "boxreel-send", "boxreel-region"}


def threads() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name in OURS]


def wait_for_at_most(count: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while len(left := threads()) > count and time.monotonic() < deadline:
        left[-1].join(0.01)
    assert len(threads()) <= count


def test_a_cell_run_a_hundred_times_holds_what_one_holds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(frames, "IDLE", 0.05)
    monkeypatch.setattr(saving, "BEAT", 0.05)
    video = clip.write(tmp_path / "street.mp4")
    before, process = len(threads()), psutil.Process()
    widgets = []
    for run in range(100):
        widgets.append(Annotator(video, labels=["car"]))
        if run == 9:
            wait_for_at_most(before + 2)
            files, memory = process.num_fds(), process.memory_info().rss
    wait_for_at_most(before + 2)
    assert process.num_fds() <= files
    assert process.memory_info().rss < memory + (40 << 20)
    # The newest one is what a person works with; what was said to others is refused.
    track = {0: (10, 20, 40, 30)}
    widgets[-1].annotation = widgets[-1].annotation.add_track("car", track)
    assert widgets[-1].save() is not None
    for widget in widgets:
        widget.close()
    wait_for_at_most(before)
    again = Annotator(video, labels=["car"])
    assert list(again.annotation.tracks) == [1]
    again.close()
    assert not list(tmp_path.glob(".*.lock"))
