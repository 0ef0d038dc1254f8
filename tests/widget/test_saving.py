"""Labels that come back: the widget and its label file."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from boxreel import formats
from boxreel.errors import BoxreelWarning, FormatError, VideoMismatchError
from boxreel.formats import files
from boxreel.journal import restore
from boxreel.model import Annotation, Label, edits, realign
from boxreel.video import open_video
from boxreel.widget import Annotator
from boxreel.widget.messages import PROTOCOL

Make = Callable[..., Annotator]
BOX = (1.0, 2.0, 10.0, 8.0)


def film(path: Path, frames: int, seed: int) -> Path:
    noise = np.random.default_rng(seed)
    with av.open(str(path), "w") as container:
        stream = container.add_stream("mpeg4", rate=10)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        for _ in range(frames):
            pixels = noise.integers(0, 255, (48, 64, 3), np.uint8)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(pixels, "rgb24")))
        container.mux(stream.encode())
    return path


@pytest.fixture
def clip(tmp_path: Path) -> Path:
    return film(tmp_path / "clip.mp4", frames=6, seed=1)


@pytest.fixture
def labels(clip: Path) -> Path:
    return clip.with_name("clip.boxreel.json")


def draw(w: Annotator, track: int = 1) -> None:
    box = list(BOX)
    keyframes = [{"frame": 0, "box": box}]
    edit = {
        "kind": "add_track",
        "track": {"id": track, "label": "car", "keyframes": keyframes},
    }
    revision = w._session.revision
    w.comm.browser_says(
        {
            "kind": "edit",
            "item": 0,
            "client": "a",
            "seq": track,
            "after": 0,
            "revision": revision,
            "edit": edit,
        }
    )


def saved(w: Annotator) -> Annotation:
    w._item.saving.wait()
    return formats.read(w._item.saving.path)


def test_edits_are_saved_beside_the_video_and_come_back(
    annotator: Make, clip: Path, labels: Path
) -> None:
    w = annotator(str(clip))
    assert not labels.exists()
    draw(w)
    assert saved(w) == w.annotation
    again = annotator(str(clip), labels=["bus"])
    assert again.annotation.tracks == w.annotation.tracks
    assert [label.name for label in again.labels] == ["car", "person", "bus"]
    assert again.undo() is None


def test_running_the_cell_again_finds_the_edit_just_made(
    annotator: Make, clip: Path
) -> None:
    w = annotator(clip)
    for track in range(1, 6):
        draw(w, track)
        w = annotator(clip)
        assert list(w.annotation.tracks) == list(range(1, track + 1))


def test_the_next_kernel_knows_what_was_heard_of_a_page(
    annotator: Make, clip: Path
) -> None:
    draw(annotator(clip))
    after_journal = annotator(clip)
    draw(after_journal)
    assert after_journal.comm.custom.sent[-1].content["heard"] == 1
    after_journal.close()
    after_label_file = annotator(clip)
    draw(after_label_file)
    assert after_label_file.comm.custom.sent[-1].content["heard"] == 1
    assert after_label_file._session.revision == 1


def test_labels_are_saved_though_the_video_was_deleted(
    annotator: Make, clip: Path, labels: Path
) -> None:
    w = annotator(clip)
    draw(w)
    clip.unlink()
    draw(w, 2)
    w.close()
    assert [*formats.read(labels).tracks] == [1, 2]


def test_undo_and_assignment_are_saved_too(annotator: Make, clip: Path) -> None:
    w = annotator(clip)
    draw(w)
    w.undo()
    assert saved(w).tracks == {}
    w.annotation = w.annotation.add_track("car", {0: BOX}, id=7)
    assert list(saved(w).tracks) == [7]


def test_the_page_is_told_how_saving_goes(
    annotator: Make, clip: Path, labels: Path
) -> None:
    w = annotator(clip)
    draw(w)
    w._item.saving.wait()
    told = [sent.content for sent in w.comm.custom.wait_for("save", 2)]
    assert [one["state"] for one in told] == ["saving", "saved"]
    assert told[0]["text"] == "Saving…"
    assert told[1]["path"] == str(labels)
    w.comm.browser_says({"kind": "hello", "protocol": PROTOCOL, "client": "a"})
    snapshot = w.comm.custom.sent[-1].content
    assert snapshot["save"] == {
        name: value for name, value in told[1].items() if name != "kind"
    }


def test_save_writes_now_and_names_the_file(
    annotator: Make, clip: Path, labels: Path
) -> None:
    w = annotator(clip)
    assert w.save() == labels
    assert formats.read(labels) == w.annotation
    labels.unlink()
    w.comm.browser_says({"kind": "save", "item": 0})
    assert saved(w) == w.annotation


def test_close_and_exit_save_the_last_edit(
    annotator: Make, clip: Path, labels: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    exits: list[Callable[[], None]] = []
    monkeypatch.setattr("atexit.register", exits.append)
    w = annotator(clip)
    draw(w)
    w.close()
    assert formats.read(labels) == w.annotation
    w = annotator(clip)
    draw(w, 2)
    exits[-1]()
    assert formats.read(labels) == w.annotation
    assert w.comm._closed is False


def test_the_page_is_off_before_saving_ends_so_that_no_edit_is_lost_between(
    annotator: Make, clip: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    w = annotator(clip)
    comm, closed, finish = w.comm, [], w._item.saving.close

    def ending() -> None:
        closed.append(comm._closed)
        finish()

    monkeypatch.setattr(w._item.saving, "close", ending)
    draw(w)
    w.close()
    assert closed == [True]
    assert formats.read(w._item.saving.path) == w.annotation


def test_another_place_or_none(
    annotator: Make, clip: Path, labels: Path, tmp_path: Path
) -> None:
    place = tmp_path / "elsewhere.json"
    w = annotator(clip, save_to=place)
    draw(w)
    assert saved(w) == w.annotation
    w = annotator(clip, save_to=None)
    draw(w)
    w.close()
    assert not labels.exists()


def test_arrays_are_saved_only_where_told(
    annotator: Make, pictures: np.ndarray, tmp_path: Path
) -> None:
    assert annotator(pictures)._item.saving.path is None
    place = tmp_path / "array.json"
    w = annotator(pictures, save_to=str(place))
    draw(w)
    assert saved(w) == w.annotation
    assert list(annotator(pictures, save_to=place).annotation.tracks) == [1]
    with pytest.raises(VideoMismatchError, match=r"another content; .*realign"):
        annotator(255 - pictures, save_to=place)


def test_the_label_file_goes_before_the_annotation_passed(
    annotator: Make, clip: Path, labels: Path
) -> None:
    given = Annotation.for_video(open_video(clip), ["car"])
    given = given.add_track("car", {0: BOX}, id=5)
    w = annotator(clip, given)
    assert not labels.exists()
    draw(w, 6)
    w.close()
    with pytest.warns(BoxreelWarning, match=r"not from annotation=.*save_to="):
        w = annotator(clip, given)
    assert list(w.annotation.tracks) == [5, 6]
    assert "not from annotation=" in w.warnings[0]
    w.close()
    w = annotator(clip, w.annotation)
    assert w.warnings == ()
    labels.unlink()
    with pytest.warns(BoxreelWarning, match=r"was deleted.*restore\(.*revision=1\)"):
        w = annotator(clip, given)
    assert list(w.annotation.tracks) == [5]
    assert list(restore(labels, revision=1).tracks) == [5, 6]


def test_labels_of_another_film_are_refused_and_kept(
    annotator: Make, clip: Path, labels: Path
) -> None:
    draw(annotator(clip))
    annotator(clip).close()
    before = labels.read_bytes()
    for frames, seed in ((6, 2), (7, 1)):
        film(clip, frames, seed)
        with pytest.raises(
            VideoMismatchError,
            match=r"clip\.boxreel\.json.*not of.*realign\(.*save_to=",
        ):
            annotator(clip)
    assert labels.read_bytes() == before


def test_the_labels_of_a_trimmed_copy_are_moved_as_the_message_says(
    annotator: Make, clip: Path, labels: Path, tmp_path: Path
) -> None:
    draw(annotator(clip))
    annotator(clip).close()
    longer = film(tmp_path / "longer.mp4", 20, 1)
    message = r"6 frames instead of 20; .*boxreel\.realign\(.*pass save_to="
    with pytest.raises(VideoMismatchError, match=message):
        annotator(longer, save_to=labels)
    with pytest.raises(VideoMismatchError, match=r"6 frames .*boxreel\.realign\("):
        annotator(longer, formats.read(labels))
    with pytest.warns(BoxreelWarning, match="not in the original"):
        moved = realign(formats.read(labels), open_video(longer))
    assert [*annotator(longer, moved).annotation.tracks] == [1]


@pytest.mark.parametrize("text", ["", "{", '{"format": "boxreel", "version": 7}'])
def test_a_label_file_that_cannot_be_read_is_refused_and_kept(
    annotator: Make, clip: Path, labels: Path, text: str
) -> None:
    labels.write_text(text)
    with pytest.raises(FormatError, match=r"clip\.boxreel\.json.*save_to="):
        annotator(clip)
    assert labels.read_text() == text


def test_a_folder_that_cannot_be_written_is_a_visible_warning(
    annotator: Make, clip: Path, labels: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*args: Any, **options: Any) -> None:
        raise FormatError("no permission to write in that folder")

    w = annotator(clip)
    with monkeypatch.context() as patch:
        patch.setattr(files, "write", refuse)
        draw(w)
        w._item.saving.wait()
        assert w.comm.custom.sent[-1].content["state"] == "error"
        assert "no permission" in w.warnings[-1]
        assert len(w.annotation.tracks) == 1
        with pytest.raises(FormatError, match="no permission"):
            w.save()
    draw(w, 2)
    assert saved(w) == w.annotation
    assert w.warnings == ()


def test_close_warns_of_labels_that_could_not_be_saved(
    annotator: Make, clip: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*args: Any, **options: Any) -> None:
        raise FormatError("the disk is full")

    w = annotator(clip)
    monkeypatch.setattr(files, "write", refuse)
    draw(w)
    with pytest.warns(BoxreelWarning, match="Could not save: the disk is full"):
        w.close()
    assert len(w.annotation.tracks) == 1


def test_of_two_widgets_on_one_file_the_newer_one_writes(
    annotator: Make, clip: Path, labels: Path
) -> None:
    first = annotator(clip)
    draw(first)
    second = annotator(clip)
    assert [*second.annotation.tracks] == [1]
    draw(first, 2)
    rejected = first.comm.custom.of("rejected")
    assert "is edited by" in rejected[-1].content["reason"]
    first.comm.browser_says({"kind": "hello", "protocol": PROTOCOL, "client": "a"})
    assert first.comm.custom.of("snapshot")[-1].content["read_only"] is True
    draw(second, 3)
    second._item.saving.wait()
    assert [*first.annotation.tracks] == [1]
    assert [*saved(second).tracks] == [1, 3]
    first.apply(edits.AddLabel(Label("bus")))
    assert "is edited by" in first.warnings[-1]
    with pytest.warns(BoxreelWarning, match="is edited by"):
        first.close()
    assert [label.name for label in saved(second).labels] == ["car", "person"]


def test_labels_open_in_another_kernel_may_be_looked_at_or_taken_over(
    annotator: Make, clip: Path, labels: Path
) -> None:
    lock = labels.with_name(f".{labels.name}.lock")
    other = {"host": socket.gethostname(), "pid": os.getppid(), "author": "ann"}
    lock.write_text(json.dumps(other | {"token": "theirs"}))
    told = rf"edited by ann, process {os.getppid()} on .*take_over=True"
    with pytest.warns(BoxreelWarning, match=told):
        w = annotator(clip)
    draw(w)
    assert w.comm.custom.of("rejected")
    assert len(w.annotation.tracks) == 0
    w.close()
    assert json.loads(lock.read_text())["token"] == "theirs"
    assert not labels.exists()
    w = annotator(clip, take_over=True)
    draw(w)
    assert [*saved(w).tracks] == [1]
    w.close()
    assert not lock.exists()


def test_a_label_may_get_attributes_when_the_cell_is_run_again(
    annotator: Make, clip: Path
) -> None:
    w = annotator(clip)
    draw(w)
    w.apply(edits.AddLabel(Label("bus")))
    saved(w)
    w = annotator(clip, labels=[Label("car", "#112233")])
    assert w.labels == (Label("car", "#112233"), Label("person"), Label("bus"))


def test_a_folder_of_images_is_saved_beside_it(
    annotator: Make, pictures: np.ndarray, tmp_path: Path
) -> None:
    import imageio.v3 as iio

    folder = tmp_path / "frames"
    folder.mkdir()
    for number, picture in enumerate(pictures[:3]):
        iio.imwrite(folder / f"{number:03}.png", picture)
    w = annotator(folder)
    draw(w)
    assert saved(w) == w.annotation
    assert w._item.saving.path == tmp_path / "frames.boxreel.json"
