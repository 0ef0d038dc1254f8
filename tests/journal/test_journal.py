"""What was acknowledged comes back: whatever the end was like, and as of any time."""

from __future__ import annotations

import json
import os
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from boxreel import formats
from boxreel.errors import AnnotationError, FormatError, VideoMismatchError
from boxreel.journal import Entry, compact, history, journal_path, restore
from boxreel.journal import journal as module
from boxreel.journal.lines import encode, read
from boxreel.journal.record import stamped
from boxreel.model import Annotation, VideoInfo
from boxreel.model.edits import AddLabel, edit_from_json
from boxreel.widget.origin import Origin
from boxreel.widget.saving import Saving
from boxreel.widget.session import Change, Session
from tests.vectors.regenerate import FOLDER, document, plain, written

VIDEO = VideoInfo.constant("clip", 640, 480, frame_count=50, fps=25)
EMPTY = Annotation.for_video(VIDEO, ["car"])
SEQUENCES = json.loads((FOLDER / "sequences.json").read_text("utf-8"))


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "labels.json"


class Writer:
    """A session that keeps a journal, and ends as suddenly as a process does."""

    def __init__(self, place: Path, start: Annotation, author: str = "ann") -> None:
        self.saving = Saving(place, author)
        found = self.saving.load(start.video)
        first = start if found is None else found
        self.session = Session(first, self._keep, self.saving.revision)

    def _keep(self, change: Change) -> None:
        entry = Entry(
            change.kind,
            change.name,
            change.revision,
            change.before,
            change.after,
            change.edit_json,
            change.client,
        )
        assert self.saving._journal is not None
        self.saving._journal.append(entry)

    def kill(self) -> None:
        assert self.saving._journal is not None
        self.saving._journal.close()


def drawn(place: Path, *ids: int) -> Writer:
    writer = Writer(place, EMPTY)
    for id in ids:
        after = writer.session.annotation.add_track("car", {0: (1, 2, 30, 40)}, id=id)
        writer.session.replace(after)
    return writer


def same(one: Annotation, other: Annotation) -> bool:
    return bool(plain(written(one)) == plain(written(other)))


def lines_of(place: Path) -> list[bytes]:
    return journal_path(place).read_bytes().splitlines(keepends=True)


def test_what_was_done_before_a_sudden_end_is_there_again(place: Path) -> None:
    writer = drawn(place, 1, 2)
    writer.session.undo()
    writer.session.apply(AddLabel(EMPTY.labels[0].__class__("bus")), Origin("page", 1))
    writer.kill()
    assert not place.exists()
    again = Writer(place, EMPTY)
    assert again.saving.notice == (
        "4 changes not yet in the label file came from labels.json.journal."
    )
    assert same(again.session.annotation, writer.session.annotation)
    assert again.session.revision == 4
    again.saving.close()
    assert same(formats.read(place, format="boxreel"), writer.session.annotation)
    assert Writer(place, EMPTY).saving.notice == ""


@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 2**32), which=st.integers(0, 1), count=st.integers(1, 300))
def test_the_journal_replays_to_the_very_same_document(
    tmp_path_factory: pytest.TempPathFactory, seed: int, which: int, count: int
) -> None:
    draw, vector = random.Random(seed), SEQUENCES[which]
    place = tmp_path_factory.mktemp("journal") / "labels.json"
    start = document(vector["given"])
    writer = Writer(place, start)
    past = {0: start}
    for data in vector["when"][:count]:
        session = writer.session
        act = draw.random()
        if act < 0.15:
            session.travel(draw.choice([-3, -1, 1, 2]), Origin("page"))
        else:
            try:
                session.apply(edit_from_json(data), Origin("page", 1))
            except AnnotationError:
                continue
        past[session.revision] = session.annotation
        if act > 0.99:
            writer.kill()
            writer = Writer(place, start)
            assert same(writer.session.annotation, past[session.revision])
            if draw.random() < 0.5:
                writer.session._lock.acquire()
                writer.saving.save(writer.session.annotation, writer.session.revision)
                writer.saving.wait()
                writer.session._lock.release()
    writer.kill()
    if len(past) > 1:
        assert same(restore(place), past[max(past)])
        revision = draw.choice(sorted(past))
        assert same(restore(place, revision=revision), past[revision])


def test_a_torn_last_line_is_dropped_and_said(place: Path) -> None:
    drawn(place, 1, 2).kill()
    whole = lines_of(place)
    journal_path(place).write_bytes(b"".join(whole)[:-7])
    again = Writer(place, EMPTY)
    assert "was not written to its end and is left out" in again.saving.notice
    assert [*again.session.annotation.tracks] == [1]
    again.session.replace(again.session.annotation.add_track("car", {3: (1, 2, 3, 4)}))
    again.kill()
    assert read(journal_path(place)).torn == 0
    third = Writer(place, EMPTY)
    assert same(third.session.annotation, again.session.annotation)
    assert "damaged" not in third.saving.notice


@settings(max_examples=60, deadline=None)
@given(at=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
def test_a_flipped_bit_never_changes_a_label_silently(
    tmp_path_factory: pytest.TempPathFactory, at: float, bit: int
) -> None:
    place = tmp_path_factory.mktemp("flip") / "labels.json"
    drawn(place, 1, 2, 3).kill()
    data = bytearray(journal_path(place).read_bytes())
    where = int(at * len(data))
    data[where] ^= 1 << bit
    journal_path(place).write_bytes(data)
    again = Writer(place, EMPTY)
    assert [*again.session.annotation.tracks] in ([], [1], [1, 2], [1, 2, 3])
    assert again.saving.notice != ""
    if [*again.session.annotation.tracks] != [1, 2, 3]:
        said = again.saving.notice
        assert "left out" in said or "boxreel.restore" in said


def test_after_damage_the_journal_goes_on_with_the_whole_document(place: Path) -> None:
    drawn(place, 1, 2, 3).kill()
    lines = lines_of(place)
    lines[2] = lines[2].replace(b'"tracks"', b'"trucks"')
    journal_path(place).write_bytes(b"".join(lines))
    again = Writer(place, EMPTY)
    assert [*again.session.annotation.tracks] == [1]
    assert "damaged (line 3: its checksum is wrong): 2 of" in again.saving.notice
    again.session.replace(again.session.annotation.add_track("car", {0: (1, 2, 3, 4)}))
    again.kill()
    assert same(Writer(place, EMPTY).session.annotation, again.session.annotation)
    assert [*restore(place, revision=1).tracks] == [1]
    with pytest.raises(FormatError, match="its journal is damaged, line 3"):
        restore(place, revision=2)


def test_a_label_file_changed_outside_stands_and_the_past_can_be_had(
    place: Path,
) -> None:
    writer = drawn(place, 1)
    writer.saving.save(writer.session.annotation, writer.session.revision)
    writer.saving.close()
    formats.write(EMPTY, place)
    again = Writer(place, EMPTY)
    assert "was changed outside" in again.saving.notice
    assert len(again.session.annotation.tracks) == 0
    again.session.replace(EMPTY.add_track("car", {0: (1, 2, 3, 4)}, id=9))
    again.kill()
    assert [[*restore(place, revision=n).tracks] for n in (1, 2, 3)] == [[1], [], [9]]


def test_killed_between_the_announcement_and_the_label_file(place: Path) -> None:
    writer = drawn(place, 1)
    assert writer.saving._journal is not None
    writer.saving._journal.mark("saving", 1, b"never written")
    writer.kill()
    assert [*Writer(place, EMPTY).session.annotation.tracks] == [1]


def test_a_label_file_behind_its_journal_is_not_read_in_silence(place: Path) -> None:
    def told() -> bool:
        _, report = formats.read_report(place, format="boxreel")
        said = "".join(note.text for note in report.notes)
        assert said == "" or f"boxreel.restore({str(place)!r}) has them" in said
        return said != ""

    writer = drawn(place, 1)
    saving, journal = writer.saving, writer.saving._journal
    assert journal is not None
    saving.save(writer.session.annotation, writer.session.revision)
    saving.wait()
    assert not told()
    writer.session.undo()
    assert told()
    with journal_path(place).open("ab") as file:
        file.write(b'{"crc":"torn')
    assert told()
    assert [*restore(place).tracks] == []
    journal.mark("saving", 2, b"never written")
    assert told()
    journal.mark("saving", 2, place.read_bytes())
    assert not told()
    writer.kill()


def test_the_history_says_who_changed_what_and_when(place: Path) -> None:
    writer = drawn(place, 1)
    writer.session.undo()
    writer.kill()
    table = history(place)
    assert [*table.columns] == ["revision", "time", "author", "client", "kind", "name"]
    assert table["kind"].tolist() == ["document", "assign", "undo"]
    assert set(table["author"]) == {"ann"}
    assert str(table["time"].dt.tz) == "UTC"
    with pytest.raises(FormatError, match="no revision 7: its journal holds 0 to 2"):
        restore(place, revision=7)
    with pytest.raises(FormatError, match="has no journal: a widget"):
        history(place.with_name("other.json"))


def test_on_request_the_history_is_forgotten(place: Path) -> None:
    writer = drawn(place, 1, 2)
    with pytest.raises(FormatError, match=r"is open .*close it there first"):
        compact(place)
    writer.saving.close()
    compact(place)
    assert [*formats.read(place, format="boxreel").tracks] == [1, 2]
    assert [entry.name for entry in place.parent.iterdir()] == [place.name]


def test_a_large_journal_is_put_aside_and_nothing_is_forgotten_at_once(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("boxreel.widget.saving.LIMIT", 0)
    writer = drawn(place, *range(1, 40))
    for _ in range(50):
        writer.session.undo(), writer.session.redo()
    writer.saving.save(writer.session.annotation, writer.session.revision)
    writer.saving.wait()
    assert place.with_name("labels.json.journal.old").exists()
    assert len(lines_of(place)) == 3
    writer.session.undo()
    writer.kill()
    assert len(Writer(place, EMPTY).session.annotation.tracks) == 38
    assert [len(restore(place, revision=n).tracks) for n in (5, 39, 140)] == [5, 39, 38]


def test_a_full_disk_leaves_no_part_of_a_line(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer = drawn(place, 1)
    whole = journal_path(place).read_bytes()
    write: Callable[..., int] = module.FileIO.write

    class Full(module.FileIO):
        # FileIO takes any buffer; the journal writes bytes alone.
        def write(self, data: bytes) -> int:  # type: ignore[override]
            return write(self, data[: len(data) // 2])

    writer.kill()
    monkeypatch.setattr(module, "FileIO", Full)
    with pytest.raises(OSError, match=os.strerror(28)):
        writer.session.undo()
    assert journal_path(place).read_bytes() == whole
    writer.kill()


def test_a_journal_of_another_video_is_refused(place: Path) -> None:
    drawn(place, 1).kill()
    other = VideoInfo.constant("other", 640, 480, frame_count=60, fps=25)
    with pytest.raises(VideoMismatchError, match="60"):
        Saving(place).load(other)


@pytest.mark.parametrize(
    "record",
    [
        {"kind": "edit", "revision": 2, "edit": {"kind": "__import__"}},
        {"kind": "assign", "revision": 2, "tracks": [{"id": 1}]},
        {"kind": "assign", "revision": 2, "removed": [[1]], "parts": 3},
        {"kind": "assign", "revision": 2, "parts": {"next_id": "x", "labels": 7}},
        {"kind": "document", "revision": 2, "text": "[" * 100_000, "digest": ""},
        {"kind": "unheard", "revision": 2},
        {"kind": "edit", "revision": -1},
        {"kind": "edit"},
    ],
)
def test_lines_of_strangers_are_refused_and_what_was_before_stands(
    place: Path, record: dict[str, object]
) -> None:
    drawn(place, 1).kill()
    with journal_path(place).open("ab") as file:
        file.write(encode(stamped(record, "mallory")))
    saving = Saving(place)
    found = saving.load(VIDEO)
    assert saving.notice != ""
    if found is not None:
        assert [*found.tracks] == [1]
    history(place)
