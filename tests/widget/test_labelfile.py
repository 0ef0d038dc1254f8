from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from boxreel import formats
from boxreel.errors import BoxreelWarning, FormatError, VideoMismatchError
from boxreel.formats import files
from boxreel.journal import Entry
from boxreel.model import Annotation, VideoInfo
from boxreel.widget import saving
from boxreel.widget.labelfile import label_path
from boxreel.widget.messages import SaveState
from boxreel.widget.saving import Saving
from tests.widget.fakes import PATIENCE

VIDEO = VideoInfo.constant("clip", 640, 480, frame_count=50, fps=25)
EMPTY = Annotation.for_video(VIDEO, ["car"])
LABELLED = EMPTY.add_track("car", {0: (1, 2, 30, 40)})
MORE = LABELLED.add_track("car", {5: (10, 20, 30, 40)})


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "clip.boxreel.json"


@pytest.fixture
def open_file(path: Path) -> Iterator[Callable[[], Saving]]:
    files: list[Saving] = []

    def make() -> Saving:
        files.append(Saving(path))
        return files[-1]

    yield make
    for file in files:
        file.close()


def put(file: Saving, after: Annotation) -> None:
    """Change the labels; the change is the next revision."""
    file.revision += 1
    before = getattr(file, "kept", EMPTY)
    file.put(Entry("assign", "a test", file.revision, before, after))
    file.kept = after  # type: ignore[attr-defined]


class Gate:
    """Stands for `files.write` and holds each call until it is let through."""

    def __init__(self) -> None:
        self.entered, self.open = Event(), Event()
        self.written: list[Annotation] = []

    def __call__(self, path: Path, texts: dict[str, bytes]) -> None:
        self.entered.set()
        assert self.open.wait(PATIENCE)
        write(path, texts)
        self.written.append(formats.read_report(path, format="boxreel")[0])


write = files.write


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Gate:
    gate = Gate()
    monkeypatch.setattr(files, "write", gate)
    monkeypatch.setattr(saving, "REST", 0)
    return gate


def test_what_is_put_is_in_the_file(
    open_file: Callable[[], Saving], path: Path
) -> None:
    file = open_file()
    assert file.load(VIDEO) is None
    put(file, LABELLED)
    state = file.wait()
    assert (state["state"], state["path"]) == ("saved", str(path))
    assert state["text"].startswith("Saved to clip.boxreel.json, ")
    assert state["time"] is not None
    assert formats.read(path) == LABELLED
    assert open_file().load(VIDEO) == LABELLED


def test_states_are_told_in_order(open_file: Callable[[], Saving]) -> None:
    file, told = open_file(), list[str]()
    file.watch(lambda state: told.append(state["state"]))
    put(file, LABELLED)
    file.wait()
    put(file, MORE)
    file.wait()
    assert told == ["saving", "saved", "saving", "saved"]


def test_edits_during_a_write_are_written_together(
    open_file: Callable[[], Saving], gate: Gate, path: Path
) -> None:
    file, told = open_file(), list[str]()
    file.watch(lambda state: told.append(state["state"]))
    put(file, EMPTY)
    assert gate.entered.wait(PATIENCE)
    for annotation in (LABELLED, EMPTY, MORE):
        put(file, annotation)
    gate.open.set()
    file.wait()
    assert gate.written == [EMPTY, MORE]
    assert formats.read(path) == MORE
    assert (told[0], told[-1]) == ("saving", "saved")


def test_close_writes_what_is_left(
    open_file: Callable[[], Saving], gate: Gate, path: Path
) -> None:
    file = open_file()
    put(file, LABELLED)
    assert gate.entered.wait(PATIENCE)
    put(file, MORE)
    gate.open.set()
    file.close()
    assert formats.read(path) == MORE
    put(file, EMPTY)
    file.close()
    assert formats.read(path) == MORE


def test_a_failed_write_says_so_and_the_next_edit_tries_again(
    open_file: Callable[[], Saving], path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*args: Any, **options: Any) -> None:
        raise FormatError("no permission to write here")

    file = open_file()
    with monkeypatch.context() as patch:
        patch.setattr(files, "write", refuse)
        put(file, LABELLED)
        state = file.wait()
    assert state["state"] == "error"
    assert state["text"] == "Could not save: no permission to write here"
    put(file, MORE)
    assert file.wait()["state"] == "saved"
    assert formats.read(path) == MORE


def test_a_folder_that_went_away_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "there"
    folder.mkdir()
    file = Saving(folder / "clip.boxreel.json")
    folder.rmdir()
    put(file, LABELLED)
    assert "does not exist" in file.wait()["text"]
    folder.mkdir()
    put(file, LABELLED)
    assert file.wait()["state"] == "saved"
    file.close()


def test_a_write_that_dies_half_way_leaves_the_old_file(
    open_file: Callable[[], Saving], path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    formats.write(LABELLED, path)
    file = open_file()
    file.load(VIDEO)

    def die(source: Any, target: Any) -> None:
        raise OSError("the power is gone")

    with monkeypatch.context() as patch:
        patch.setattr("pathlib.Path.replace", die)
        put(file, MORE)
        assert file.wait()["state"] == "error"
    with pytest.warns(BoxreelWarning, match="in the journal beside this file"):
        assert formats.read(path) == LABELLED
    names = {entry.name for entry in path.parent.iterdir()}
    assert names == {path.name, f"{path.name}.journal", f".{path.name}.lock"}


def test_a_file_that_somebody_else_changed_is_not_overwritten(
    open_file: Callable[[], Saving], path: Path
) -> None:
    file = open_file()
    put(file, EMPTY)
    file.wait()
    formats.write(LABELLED, path)
    put(file, MORE)
    state = file.wait()
    assert state["state"] == "error"
    assert "was changed outside" in state["text"]
    with pytest.warns(BoxreelWarning, match="in the journal beside this file"):
        assert formats.read(path) == LABELLED


def test_a_file_that_appeared_meanwhile_is_not_overwritten(
    open_file: Callable[[], Saving], path: Path
) -> None:
    file = open_file()
    file.load(VIDEO)
    path.write_text("something else")
    put(file, MORE)
    assert "was changed outside" in file.wait()["text"]
    assert path.read_text() == "something else"


def test_a_file_that_was_copied_or_touched_is_still_ours(
    open_file: Callable[[], Saving], path: Path
) -> None:
    file = open_file()
    put(file, LABELLED)
    file.wait()
    text = path.read_bytes()
    path.unlink()
    path.write_bytes(text)
    put(file, MORE)
    assert file.wait()["state"] == "saved"
    path.unlink()
    put(file, LABELLED)
    assert file.wait()["state"] == "saved"


def test_opening_waits_for_a_widget_that_is_still_saving(
    open_file: Callable[[], Saving], gate: Gate
) -> None:
    first = open_file()
    put(first, LABELLED)
    assert gate.entered.wait(PATIENCE)
    first.watch(lambda state: None)
    gate.open.set()
    assert open_file().load(VIDEO) == LABELLED


@pytest.mark.parametrize(
    ("text", "message"),
    [("", "clip.boxreel.json"), ('{"format": "boxreel",', "clip.boxreel.json")],
)
def test_a_damaged_file_is_refused_and_left_alone(
    open_file: Callable[[], Saving], path: Path, text: str, message: str
) -> None:
    path.write_text(text)
    with pytest.raises(FormatError, match=message):
        open_file().load(VIDEO)
    assert path.read_text() == text


def test_a_file_of_a_newer_version_is_refused_and_left_alone(
    open_file: Callable[[], Saving], path: Path
) -> None:
    formats.write(LABELLED, path)
    newer = json.dumps({**json.loads(path.read_text()), "version": 99})
    path.write_text(newer)
    with pytest.raises(FormatError, match="99"):
        open_file().load(VIDEO)
    assert path.read_text() == newer


def test_the_file_of_another_video_is_refused_and_left_alone(
    open_file: Callable[[], Saving], path: Path
) -> None:
    other = VideoInfo.constant("other", 640, 480, frame_count=60, fps=25)
    formats.write(Annotation.for_video(other), path)
    before = path.read_bytes()
    with pytest.raises(VideoMismatchError, match="60"):
        open_file().load(VIDEO)
    assert path.read_bytes() == before


def test_without_a_path_nothing_is_kept() -> None:
    file = Saving(None)
    told: list[SaveState] = []
    file.watch(told.append)
    put(file, LABELLED)
    assert file.wait() == {
        "state": "off",
        "text": "Not saved to a file",
        "path": None,
        "time": None,
    }
    assert (file.load(VIDEO), told) == (None, [])
    file.close()


def test_the_place_is_beside_the_video(tmp_path: Path) -> None:
    folder = tmp_path / "frames.v1"
    folder.mkdir()
    assert label_path("auto", tmp_path / "a.b.mp4") == tmp_path / "a.b.boxreel.json"
    assert label_path("auto", folder) == tmp_path / "frames.v1.boxreel.json"
    assert label_path("auto", None) is None
    assert label_path(None, tmp_path / "a.mp4") is None
    assert label_path(str(tmp_path / "x.json"), None) == tmp_path / "x.json"


def test_the_place_does_not_move_with_the_working_directory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert label_path("x.json", None) == tmp_path / "x.json"
    assert label_path("auto", Path("a.mp4")) == tmp_path / "a.boxreel.json"


def test_a_tilde_is_the_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    assert label_path("~/x.json", None) == tmp_path / "x.json"


def test_an_impossible_place_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="is a folder; name a file"):
        label_path(tmp_path, None)
    with pytest.raises(FormatError, match="does not exist; make it"):
        label_path(tmp_path / "no" / "x.json", None)
    with pytest.raises(TypeError, match="not True"):
        label_path(True, None)  # type: ignore[arg-type]
