"""Several videos in one widget, what is shown of them, and who hears of it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from traitlets import TraitError

from boxreel.errors import (
    AnnotationError,
    FormatError,
    VideoError,
    VideoMismatchError,
)
from boxreel.model import Annotation, edits
from boxreel.video import open_video
from boxreel.widget import Annotator
from boxreel.widget.clips import clips_of
from boxreel.widget.item import Item
from boxreel.widget.messages import PROTOCOL
from tests.video.clips import write_clip

Make = Callable[..., Annotator]
BOX = [1.0, 2.0, 10.0, 8.0]
CAR = {"id": 1, "label": "car", "keyframes": [{"frame": 0, "box": BOX}]}
HELLO = {"kind": "hello", "protocol": PROTOCOL, "client": "a"}


def clip(count: int, side: int = 24) -> np.ndarray:
    return np.zeros((count, side, side, 3), np.uint8)


def add_car(item: int, seq: int = 1) -> dict[str, Any]:
    edit = {"kind": "add_track", "track": CAR}
    about = {"client": "a", "item": item, "seq": seq, "after": 0}
    about["revision"] = 0
    return {"kind": "edit", **about, "edit": edit}


def last(w: Annotator, kind: str) -> dict[str, Any]:
    return w.comm.custom.of(kind)[-1].content


@pytest.mark.parametrize(
    ("video", "count"),
    [
        ("a.mp4", 1),
        (["a.mp4", "b.mp4"], 2),
        ([Path("a.png"), Path("b.JPG")], 1),
        (["frames", "frames/*.png"], 2),
        ([clip(3), clip(4)], 2),
        ([clip(3)[0], clip(3)[1]], 1),
        ([np.zeros((5, 8, 8)), np.zeros((6, 8, 8))], 2),
        ([np.zeros((8, 8)), np.zeros((8, 8))], 1),
        ([b"...", b"..."], 2),
        (("a.mp4",), 1),
    ],
)
def test_a_list_of_pictures_is_one_video_any_other_several(
    video: Any, count: int
) -> None:
    assert len(clips_of(video)) == count


def test_a_list_of_both_is_refused(annotator: Make) -> None:
    with pytest.raises(VideoError, match=r"\[1\] is a picture and \[0\] is not"):
        annotator([clip(3), clip(3)[0]])


def test_one_is_shown_and_the_labels_of_all_are_kept(annotator: Make) -> None:
    w, heard = annotator([clip(50), clip(7), clip(9)]), []
    w.observe(lambda change: heard.append(len(change.new.tracks)), "annotation")
    w.annotation = w.annotation.add_track("car", {0: BOX})
    w.frame, w.selection = 30, (1,)
    w.item = 1
    assert (w.item, len(w.video), w.frame, w.selection) == (1, 7, 0, ())
    assert len(w.annotation.tracks) == 0
    assert w.image(6).shape == (24, 24, 3)
    w.item = 0
    assert (w.frame, len(w.annotation.tracks), w.undo_name) == (
        30,
        1,
        "assignment from Python",
    )
    assert heard == [1, 0, 1]
    assert [len(a.tracks) for a in w.annotations] == [1, 0, 0]
    assert [a.video.frame_count for a in w.annotations] == [50, 7, 9]
    with pytest.raises(IndexError, match="no item 3: there are 0 to 2"):
        w.item = 3


def test_a_page_is_shown_the_other_video(annotator: Make) -> None:
    w = annotator([clip(50), clip(7)])
    w.comm.browser_says(HELLO)
    w.comm.browser_says({"kind": "open", "item": 0, "frame": 30, "to": 1})
    shown = last(w, "snapshot")
    assert (shown["item"], shown["video"]["frame_count"], shown["frame"]) == (1, 7, 0)
    assert [item["name"] for item in shown["items"]] == ["array", "array"]
    assert w.item == 1
    w.comm.browser_says({"kind": "open", "item": 1, "frame": 0, "to": 0})
    assert last(w, "snapshot")["frame"] == 30
    w.comm.browser_says({"kind": "open", "item": 0, "frame": 0, "to": 2})
    assert "there is no 2" in last(w, "notice")["text"]


def test_an_edit_on_its_way_reaches_the_video_it_was_made_on(annotator: Make) -> None:
    w = annotator([clip(50), clip(7)])
    w.item = 1
    w.comm.browser_says(add_car(item=0))
    assert [len(a.tracks) for a in w.annotations] == [1, 0]
    assert w.comm.custom.of("edited") == []
    w.comm.browser_says({"kind": "frames", "client": "a", "item": 0} | WANTED)
    assert w.comm.custom.of("notice") == []
    assert (last(w, "heard")["item"], last(w, "heard")["heard"]) == (0, 1)
    undo = {"kind": "undo", "client": "a", "item": 0, "seq": 2, "after": 1}
    w.comm.browser_says(undo)
    assert [len(a.tracks) for a in w.annotations] == [0, 0]
    w.comm.browser_says({**undo, "item": 5})
    assert "there is no 5" in last(w, "notice")["text"]


WANTED = {"width": 24, "wanted": [40], "around": True}


def test_marks_are_kept_and_told(annotator: Make) -> None:
    w, heard = annotator([clip(5), clip(5)]), []
    forget = w.on_item(heard.append)
    w.mark("done")
    w.comm.browser_says({"kind": "mark", "item": 1, "mark": "discarded"})
    w.item = 1
    forget()
    w.mark(None)
    assert [(one.index, one.mark, one.shown) for one in heard] == [
        (0, "done", True),
        (1, "discarded", False),
        (1, "discarded", True),
    ]
    assert [one.mark for one in w.items] == ["done", None]
    assert [item["mark"] for item in last(w, "items")["items"]] == ["done", None]
    with pytest.raises(ValueError, match="not 'later'"):
        w.mark("later")  # type: ignore[arg-type]
    with pytest.raises(IndexError, match="no item 2"):
        w.mark("done", 2)


def test_each_starts_from_its_own_labels(annotator: Make) -> None:
    second = Annotation.for_video(open_video(clip(7)), ["bus"])
    second = second.add_track("bus", {3: BOX})
    w = annotator([clip(50), clip(7)], [None, second])
    assert [len(a.tracks) for a in w.annotations] == [0, 1]
    with pytest.raises(TypeError, match="of several videos a list of 2"):
        annotator([clip(50), clip(7)], [second])


def test_each_has_its_label_file(annotator: Make, tmp_path: Path) -> None:
    for name in "ab":
        write_clip(tmp_path / f"{name}.mp4")
    videos = [tmp_path / "a.mp4", tmp_path / "b.mp4"]
    w = annotator(videos)
    w.item = 1
    w.annotation = w.annotation.add_track("car", {0: BOX})
    assert w.save() == tmp_path / "b.boxreel.json"
    w.close()
    again = annotator(videos)
    assert [len(a.tracks) for a in again.annotations] == [0, 1]

    place = tmp_path / "labels"
    with pytest.raises(FormatError, match="is no folder"):
        annotator(videos, save_to=place)
    place.mkdir()
    assert annotator(videos, save_to=place).save() == place / "a.boxreel.json"


def test_no_two_have_one_label_file(annotator: Make, tmp_path: Path) -> None:
    for name in ("one/clip.mp4", "two/clip.mp4", "one/clip.avi"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        write_clip(tmp_path / name)
    videos = [tmp_path / "one/clip.mp4", tmp_path / "two/clip.mp4"]
    told = r"videos 0 and 1 would both have the label file .*clip\.boxreel\.json"
    with pytest.raises(FormatError, match=told):
        annotator(videos, save_to=tmp_path)
    with pytest.raises(FormatError, match=told):
        annotator([videos[0], tmp_path / "one/clip.avi"])
    assert len(annotator(videos).annotations) == 2


def test_what_a_page_is_just_shown_stays_open_while_python_reads_all_labels(
    annotator: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    w = annotator([clip(50), clip(7)])
    ahead, reading = w._link.ahead, threading.Thread(target=lambda: w.annotations)

    def while_python_reads(item: Item) -> Any:
        reading.start()
        reading.join(0.05)
        return ahead(item)

    monkeypatch.setattr(w._link, "ahead", while_python_reads)
    w.item = 1
    reading.join()
    assert w._item._open


def test_one_that_two_threads_need_at_once_is_opened_once(
    annotator: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    w = annotator([clip(50), clip(7)])
    made, make = [], w._playlist._make
    both = threading.Event()

    class Making:
        """The playlist's lock, which says when somebody waits for it."""

        lock = w._playlist._making

        def __enter__(self) -> None:
            if not self.lock.acquire(blocking=False):
                both.set()
                self.lock.acquire()

        def __exit__(self, *_: object) -> None:
            self.lock.release()

    def make_while_another_waits(index: int) -> Item:
        made.append(index)
        assert both.wait(10)
        return make(index)

    monkeypatch.setattr(w._playlist, "_making", Making())
    monkeypatch.setattr(w._playlist, "_make", make_while_another_waits)
    threads = [
        threading.Thread(target=lambda: w._playlist[1].session) for _ in range(2)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made == [1]


def test_one_that_is_first_read_after_the_end_holds_nothing(
    annotator: Make, tmp_path: Path
) -> None:
    for name in "ab":
        write_clip(tmp_path / f"{name}.mp4")
    w = annotator([tmp_path / "a.mp4", tmp_path / "b.mp4"])
    w.close()
    assert len(w.annotations) == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.mp4", "b.mp4"]


def test_the_labels_of_several_are_taken_as_they_are_given(annotator: Make) -> None:
    w = annotator([clip(50), clip(7)])
    w.annotation = w.annotation.add_track("car", {0: BOX})
    assert annotator([clip(50), clip(7)], w.annotations).annotations == w.annotations


def test_only_the_video_shown_is_open(annotator: Make, tmp_path: Path) -> None:
    for name in "ab":
        write_clip(tmp_path / f"{name}.mp4")
    w = annotator([tmp_path / "a.mp4", tmp_path / "b.mp4"], save_to=None)
    first = w.video
    w.item = 1
    with pytest.raises(VideoError):
        first.read(0)
    w.item = 0
    assert w.image(0).any()
    write_clip(tmp_path / "b.mp4", frames=9)
    with pytest.raises(
        VideoMismatchError, match="another video than when it was opened"
    ):
        w.item = 1
    assert w.item == 0


def test_who_edits_is_told_what(annotator: Make) -> None:
    w, heard = annotator(), []
    forget = w.on_edit(heard.append)
    w.comm.browser_says(add_car(item=0))
    w.apply(edits.SetLabel(1, "person"))
    w.undo()
    assert [(one.edit, one.client, one.revision) for one in heard[1:]] == [
        (edits.SetLabel(1, "person"), None, 2),
        (None, None, 3),
    ]
    assert (heard[0].edit.describe(), heard[0].client) == ("new car #1", "a")
    assert heard[1].before is heard[0].after
    assert heard[2].after is w.annotation
    forget()
    forget()
    w.redo()
    assert len(heard) == 3


def test_selecting_and_seeking(annotator: Make) -> None:
    w = annotator()
    w.annotation = w.annotation.add_track("car", {0: BOX}).add_track("car", {0: BOX})
    w.select(2, 1)
    assert w.selection == (2, 1)
    w.select()
    assert w.selection == ()
    w.seek("0:01")
    assert w.frame == 30
    w.seek("-10")
    w.seek("+1")
    assert w.frame == 21
    w.seek(np.int64(4))
    assert w.frame == 4
    with pytest.raises(AnnotationError, match="no frame 50: the last one is 49"):
        w.seek("50")
    with pytest.raises(TraitError, match="frame must be 0 to 49, not 50"):
        w.seek(50)


@pytest.mark.parametrize(
    ("what", "spans"),
    [
        (7, [(7, 8, None, "")]),
        ([9, 3, 4], [(3, 5, None, ""), (9, 10, None, "")]),
        (np.arange(50) > 47, [(48, 50, None, "")]),
        ({"start": [4], "stop": [9]}, [(4, 9, None, "")]),
        (
            {"frame": [3, 4, 4], "track": [2, 2, None], "text": ["a", "a", None]},
            [(3, 5, 2, "a"), (4, 5, None, "")],
        ),
        (None, []),
    ],
)
def test_frames_are_marked(annotator: Make, what: Any, spans: Any) -> None:
    w = annotator()
    w.show(what, "low score")
    sent = last(w, "marks")
    assert (sent["name"], sent["spans"]) == ("low score", spans)
    assert w.frame == (spans[0][0] if spans else 0)
    w.comm.browser_says(HELLO)
    assert w.comm.custom.sent[-1].kind == ("marks" if spans else "snapshot")


def test_rows_of_a_table_are_marked_with_their_boxes(annotator: Make) -> None:
    w = annotator()
    w.annotation = w.annotation.add_track("car", {3: BOX, 5: BOX})
    table = w.annotation.to_pandas().query("frame < 6 and frame != 4")
    w.show(table)
    message = w.comm.custom.of("marks")[-1]
    assert message.content["spans"] == [(3, 4, 1, ""), (5, 6, 1, "")]
    frames, boxes = message.buffers
    assert np.frombuffer(frames, "<i4").tolist() == [3, 5]
    assert np.frombuffer(boxes, "<f8").reshape(-1, 5).tolist() == [[*BOX, 0.0]] * 2
    w.show(w.annotation.dense())
    assert last(w, "marks")["spans"] == [(3, 50, 1, "")]
    table = pd.DataFrame({"frame": [3, 5], "track": [1, None], "text": ["far", None]})
    w.show(table.convert_dtypes())
    assert last(w, "marks")["spans"] == [(3, 4, 1, "far"), (5, 6, None, "")]


@pytest.mark.parametrize(
    ("what", "error", "text"),
    [
        ([3, 50], ValueError, "no frame 50: the video has 50 frames"),
        ({"start": [3], "stop": [3]}, ValueError, r"no frames \[3, 3\)"),
        ([True], ValueError, "1 bools for 50 frames"),
        ([0.5], TypeError, "frame must be integers"),
        ("all", TypeError, "not 'all'"),
        ({"time": [1]}, TypeError, "this one has 'time'"),
        (
            {"frame": [1], "x": [0], "y": [0], "w": [0], "h": [3]},
            ValueError,
            "row 0 has no size",
        ),
    ],
)
def test_what_cannot_be_marked_is_refused(
    annotator: Make, what: Any, error: type[Exception], text: str
) -> None:
    with pytest.raises(error, match=text):
        annotator().show(what)
