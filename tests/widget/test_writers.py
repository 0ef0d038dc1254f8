"""Who writes a label file: nobody says saved who may not, and no edit falls between."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from boxreel.errors import FormatError, VideoMismatchError
from boxreel.journal import Entry, Journal, restore
from boxreel.model import Annotation, Label, VideoInfo, edits
from boxreel.widget import Annotator, saving
from boxreel.widget.saving import Saving

Make = Callable[..., Annotator]
VIDEO = VideoInfo.constant("street.mp4", 640, 480, 50, fps=25)
EMPTY = Annotation.for_video(VIDEO)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "labels.json"


def taken_over(place: Path) -> None:
    """Another kernel takes the label file."""
    other = {"host": socket.gethostname(), "pid": os.getppid(), "author": "ann"}
    mine = place.with_name("theirs")
    mine.write_text(json.dumps(other | {"token": "theirs"}))
    mine.replace(place.with_name(f".{place.name}.lock"))


def labelled(*names: str) -> Annotation:
    return EMPTY.apply(*(edits.AddLabel(Label(name)) for name in names))


def entry(*names: str) -> Entry:
    """Make the change that adds the last of some labels."""
    before, edit = labelled(*names[:-1]), edits.AddLabel(Label(names[-1]))
    after = edit.apply(before)
    return Entry("edit", "label", len(names), before, after, edit.to_json())


def test_who_lost_the_file_does_not_say_that_it_is_saved(
    annotator: Make, pictures: np.ndarray, place: Path
) -> None:
    w = annotator(pictures, save_to=place)
    w.apply(edits.AddLabel(Label("bus")))
    taken_over(place)
    with pytest.raises(FormatError, match=r"edited by ann, .*take_over=True"):
        w.save()
    assert w._item.saving.state["state"] == "off"
    assert not place.exists()


def test_what_could_not_be_written_is_not_put_behind_what_others_wrote(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: Journal, entry: Entry) -> None:
        raise OSError(28, "No space left on device")

    own = Saving(place)
    own.load(VIDEO)
    own.put(entry("car"))
    own.wait()
    lines = place.with_name("labels.json.journal").read_bytes()
    with monkeypatch.context() as patched:
        patched.setattr(Journal, "append", full)
        own.put(entry("car", "bus"))
        taken_over(place)
    assert own.wait()["state"] == "error"
    own.close()
    assert place.with_name("labels.json.journal").read_bytes() == lines


def test_an_edit_while_a_long_journal_is_put_aside_stays_in_the_new_one(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = Saving(place)
    own.load(VIDEO)
    later = [entry("car", "bus")]
    sync = Journal.sync

    def synced(self: Journal) -> None:
        sync(self)
        if later:
            own.put(later.pop())

    monkeypatch.setattr(saving, "LIMIT", 0)
    monkeypatch.setattr(saving, "SHARE", 0)
    monkeypatch.setattr(saving, "REST", 60)
    monkeypatch.setattr(Journal, "sync", synced)
    with own._changed:
        own.put(entry("car"))
        own._asked = True
    own.wait()
    found = restore(place)
    own.close()
    assert not later
    assert [label.name for label in found.labels] == ["car", "bus"]


def test_a_widget_that_cannot_open_holds_nothing(
    annotator: Make, pictures: np.ndarray, place: Path
) -> None:
    w = annotator(pictures, save_to=place)
    w.apply(edits.AddLabel(Label("bus")))
    w.close()
    there = {*place.parent.iterdir()}
    with pytest.raises(VideoMismatchError):
        annotator(255 - pictures, save_to=place)
    assert {*place.parent.iterdir()} == there
