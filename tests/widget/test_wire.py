"""The widget as a browser sees it: what comes in, what goes out."""

from __future__ import annotations

import json
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from threading import Event, Thread
from typing import Any

import numpy as np
import pytest

from boxreel.model import Annotation, Keyframes, Label, Track, edits
from boxreel.widget import Annotator
from boxreel.widget.messages import PROTOCOL
from tests.video.clips import spoil, write_clip
from tests.widget.fakes import PATIENCE, Sent

Make = Callable[..., Annotator]
BOX = [1.0, 2.0, 10.0, 8.0]
DTYPES = ["<i4", "<f8", "u1", "u1", "u1", "u1", "<f8"]
CAR = {"id": 1, "label": "car", "keyframes": [{"frame": 0, "box": BOX}]}


def edit(
    edit: Any, seq: int = 1, revision: int = 0, client: str = "a"
) -> dict[str, Any]:
    return {
        "kind": "edit",
        "item": 0,
        "client": client,
        "seq": seq,
        "after": seq - 1,
        "revision": revision,
        "edit": edit,
    }


def undo(seq: int = 1, client: str = "a") -> dict[str, Any]:
    about = {"item": 0, "client": client, "seq": seq, "after": seq - 1}
    return {"kind": "undo", **about}


ADD_CAR = edit({"kind": "add_track", "track": CAR})
HELLO = {"kind": "hello", "protocol": PROTOCOL, "client": "a"}


def last(w: Annotator) -> Sent:
    return w.comm.custom.sent[-1]


def read(buffers: list[bytes]) -> list[np.ndarray]:
    return [
        np.frombuffer(one, dtype) for one, dtype in zip(buffers, DTYPES, strict=True)
    ]


def test_hello_is_answered_by_the_whole_document(
    annotator: Make, pictures: np.ndarray
) -> None:
    w = annotator(
        annotation=Annotation.for_video(annotator().video, ["bus"]).add_track(
            "bus", {3: BOX, 9: (*BOX[:3], 9.0, 30.0)}, attributes={"line": {0: "12"}}
        ),
        read_only=True,
    )
    w.comm.browser_says(HELLO)
    (sent,) = w.comm.custom.of("snapshot")
    content = sent.content
    assert (content["revision"], content["client"], content["read_only"]) == (
        0,
        "a",
        True,
    )
    video = content["video"]
    assert (video["width"], video["height"], video["frame_count"]) == (32, 24, 50)
    assert [label["name"] for label in content["parts"]["labels"]] == [
        "bus",
        "car",
        "person",
    ]
    assert content["tracks"] == [
        {"id": 1, "label": "bus", "attributes": {"line": [[0, "12"]]}, "count": 2}
    ]
    assert content["history"] == {"": {"undo": None, "redo": None}}
    assert content["save"]["state"] == "off"
    steps, counts, *columns = sent.buffers
    ticks = np.repeat(np.frombuffer(steps), np.frombuffer(counts, "<i4")).cumsum()
    assert np.array_equal(ticks, w.video.ticks)
    assert Fraction(*video["time_base"]) == w.video.time_base
    frames, boxes, outside, occluded, hold, sources, scores = read(columns)
    assert frames.tolist() == [3, 9]
    assert boxes.tolist() == [*BOX, 0.0, *BOX[:3], 9.0, 30.0]
    for flags in (outside, occluded, hold, sources):
        assert flags.tolist() == [0, 0]
    assert np.isnan(scores).all()


def test_a_page_that_says_hello_is_brought_its_first_frame(annotator: Make) -> None:
    w = annotator()
    assert w._item.store.wait(PATIENCE)
    w.comm.browser_says(HELLO)
    first, second = w.comm.custom.sent
    assert (first.kind, first.content["frames"]) == ("frames", [0])
    assert second.kind == "snapshot"


def test_damage_that_is_met_while_decoding_is_told_at_once(
    annotator: Make, tmp_path: Path
) -> None:
    clip = write_clip(tmp_path / "clip.mp4", options={"g": "12", "bf": "2"})
    w = annotator(spoil(clip, 24, bytes(range(100, 120))))
    w.comm.browser_says(HELLO)
    (snapshot,) = w.comm.custom.of("snapshot")
    assert snapshot.content["video"]["warnings"] == []
    w.comm.browser_says(
        {"kind": "frames", "item": 0, "client": "a", "width": 32}
        | {"wanted": [24], "around": False}
    )
    (told,) = w.comm.custom.wait_for("warnings")
    assert told.content["warnings"] == list(w.warnings)
    assert "frame 24" in w.warnings[0]


def test_another_protocol_is_told_to_reload(annotator: Make) -> None:
    w = annotator()
    w.comm.browser_says({**HELLO, "protocol": PROTOCOL + 1})
    assert last(w).content["level"] == "error"
    assert "reload the page" in last(w).content["text"]


def test_an_edit_is_applied_and_acknowledged(annotator: Make) -> None:
    w, heard = annotator(), []
    w.observe(heard.append, "annotation")
    w.comm.browser_says(ADD_CAR)
    assert last(w).content == {
        "kind": "edited",
        "item": 0,
        "revision": 1,
        "client": "a",
        "seq": 1,
        "edit": ADD_CAR["edit"],
        "history": {
            "": {"undo": None, "redo": None},
            "a": {"undo": w.undo_name, "redo": None},
        },
    }
    assert w.annotation.tracks[1].at(0).w == 10
    assert len(heard) == 1


def test_an_edit_from_python_belongs_to_no_client(annotator: Make) -> None:
    w = annotator()
    w.apply(edits.AddLabel(Label("bus")))
    assert (last(w).content["client"], last(w).content["seq"]) == (None, None)


def test_undo_and_assignment_send_only_what_changed(annotator: Make) -> None:
    w = annotator()
    for _ in range(3):
        w.annotation = w.annotation.add_track("car", {0: BOX})
    w.apply(edits.SetOccluded(2, 5), edits.AddLabel(Label("bus")))
    w.comm.browser_says(undo())
    content = last(w).content
    assert (content["kind"], content["revision"]) == ("changed", 5)
    assert (content["client"], content["seq"]) == ("a", 1)
    assert [(track["id"], track["count"]) for track in content["tracks"]] == [(2, 1)]
    assert content["removed"] == []
    assert [label["name"] for label in content["parts"]["labels"]] == ["car", "person"]
    assert content["parts"].keys() == {"labels", "label_version"}
    assert read(last(w).buffers)[0].tolist() == [0]
    w.undo()
    content = last(w).content
    assert (content["tracks"], content["removed"]) == ([], [3])
    assert last(w).buffers == [b""] * 7
    assert "labels" not in content["parts"]
    assert content["history"][""]["redo"] == "assignment from Python"


@pytest.mark.parametrize(
    "bad",
    [
        {},
        {"kind": "fly"},
        {"kind": ["add_track"]},
        {"kind": "add_track"},
        {"kind": "add_track", "track": None},
        {"kind": "add_track", "track": {**CAR, "id": 0}},
        {"kind": "add_track", "track": {**CAR, "id": 1.5}},
        {"kind": "add_track", "track": {**CAR, "label": "ufo"}},
        {"kind": "add_track", "track": {**CAR, "keyframes": []}},
        {
            "kind": "add_track",
            "track": {**CAR, "keyframes": [{"frame": 50, "box": BOX}]},
        },
        {"kind": "set_keyframe", "track": 9, "frame": 0, "box": BOX},
        {"kind": "set_keyframe", "track": 1, "frame": -1, "box": BOX},
        {"kind": "set_keyframe", "track": 1, "frame": 10**30, "box": BOX},
        {"kind": "set_keyframe", "track": 1, "frame": None, "box": BOX},
        {"kind": "set_keyframe", "track": 1, "frame": 0, "box": [1, 2, 3]},
        {"kind": "set_keyframe", "track": 1, "frame": 0, "box": "1234"},
        {"kind": "set_keyframe", "track": 1, "frame": 0, "box": [float("nan")] * 4},
        {"kind": "set_keyframe", "track": 1, "frame": 0, "box": [1, 2, 1e400, 3]},
        {"kind": "set_keyframe", "track": 1, "frame": 0, "box": [1, 2, -5, 3]},
        {"kind": "set_keyframe", "track": 1, "frame": 0, "box": BOX, "extra": 1},
        {"kind": "set_keyframe", "track": 1, "frame": 0, "box": BOX, "source": "me"},
        {"kind": "batch", "edits": 5},
        {"kind": "batch", "edits": [{"kind": "remove_track", "track": 1}, {}]},
    ],
)
def test_a_bad_edit_is_rejected_and_changes_nothing(annotator: Make, bad: Any) -> None:
    w, heard = annotator(), []
    w.comm.browser_says(ADD_CAR)
    before = w.annotation
    w.observe(heard.append, "annotation")
    w.comm.browser_says(edit(bad, seq=2, revision=1))
    content = last(w).content
    assert content.pop("reason")
    expected = {"kind": "rejected", "item": 0, "client": "a", "seq": 2, "revision": 1}
    assert content == expected
    assert w.annotation is before
    assert heard == []


def test_an_edit_of_an_earlier_run_is_rejected(annotator: Make) -> None:
    w = annotator()
    w.comm.browser_says({**ADD_CAR, "revision": 4})
    assert last(w).content["kind"] == "rejected"
    assert "earlier run" in last(w).content["reason"]


def test_an_act_that_comes_twice_is_done_once(annotator: Make) -> None:
    w = annotator()
    w.comm.browser_says(ADD_CAR)
    w.comm.browser_says(ADD_CAR)
    heard = {"kind": "heard", "item": 0, "client": "a", "seq": 1, "heard": 1}
    assert last(w).content == heard
    w.comm.browser_says(undo(2))
    w.comm.browser_says(undo(2))
    assert last(w).content == {**heard, "seq": 2, "heard": 2}
    assert (w._session.revision, len(w.annotation.tracks)) == (2, 0)


def test_an_act_waits_for_the_one_before_it(annotator: Make) -> None:
    w = annotator()
    move = {"kind": "set_keyframe", "track": 1, "frame": 0, "box": [5, 5, 9, 9]}
    w.comm.browser_says(edit(move, seq=2))
    told = {"kind": "heard", "item": 0, "client": "a", "seq": 2, "heard": 0}
    assert last(w).content == told
    w.comm.browser_says(ADD_CAR)
    w.comm.browser_says(edit(move, seq=2))
    assert w.annotation.tracks[1].at(0).x == 5


def test_what_comes_after_a_refused_act_waits_until_the_page_knows(
    annotator: Make,
) -> None:
    w = annotator()
    w.comm.browser_says(edit({"kind": "remove_track", "track": 7}))
    assert last(w).kind == "rejected"
    bus = {"kind": "add_label", "label": {"name": "bus"}}
    w.comm.browser_says(edit(bus, seq=2))
    assert (last(w).kind, w._session.revision) == ("heard", 0)
    w.comm.browser_says({**edit(bus, seq=2), "after": 0})
    assert (last(w).kind, w._session.revision) == ("edited", 1)


def test_the_snapshot_says_what_was_heard_of_each_page(annotator: Make) -> None:
    w = annotator()
    w.comm.browser_says(ADD_CAR)
    w.comm.browser_says(
        edit({"kind": "add_label", "label": {"name": "bus"}}, client="b")
    )
    w.comm.browser_says(HELLO)
    assert w.comm.custom.of("snapshot")[-1].content["heard"] == {"a": 1, "b": 1}


def test_a_page_takes_back_its_own_and_is_told_where_it_cannot(
    annotator: Make,
) -> None:
    w = annotator()
    ann, bob = "ann.1", "bob.1"
    w.comm.browser_says(edit(ADD_CAR["edit"], client=ann))
    two = {**ADD_CAR["edit"], "track": {**ADD_CAR["edit"]["track"], "id": 2}}
    w.comm.browser_says(edit(two, client=bob))
    w.apply(edits.AddLabel(Label("bus")))
    # Loaded anew Ann's page is Ann's still.
    w.comm.browser_says(undo(client="ann.2"))
    assert list(w.annotation.tracks) == [2]
    assert (last(w).content["kind"], last(w).content["removed"]) == ("changed", [1])
    assert [label.name for label in w.labels] == ["car", "person", "bus"]
    names = last(w).content["history"]
    assert names["ann"] == {"undo": "label bus", "redo": "new car #1"}
    assert names["bob"] == {"undo": "new car #2", "redo": None}
    w.apply(edits.SetOccluded(2, 5))
    w.comm.browser_says(undo(2, client=bob))
    assert last(w).kind == "rejected"
    assert "#2 was changed since by someone else" in last(w).content["reason"]
    assert list(w.annotation.tracks) == [2]


def test_who_asks_whether_it_is_heard_is_answered(annotator: Make) -> None:
    w = annotator()
    w.comm.browser_says({"kind": "ping", "client": "a"})
    assert last(w).content == {"kind": "pong", "client": "a"}


def test_a_nudge_is_not_answered(annotator: Make) -> None:
    w = annotator()
    w.comm.browser_says({"kind": "ping", "client": "a"})
    before = last(w)
    w.comm.browser_says({"kind": "nudge"})
    assert last(w) is before


def test_an_edit_made_on_an_older_revision_is_applied_to_the_newest(
    annotator: Make,
) -> None:
    w = annotator()
    w.apply(edits.AddLabel(Label("bus")))
    w.comm.browser_says(ADD_CAR)
    assert last(w).content["revision"] == 2
    assert len(w.labels) == 3
    assert len(w.annotation.tracks) == 1


def test_the_steps_are_told_and_travelled(annotator: Make) -> None:
    w = annotator()
    w.apply(edits.AddLabel(Label("bus")))
    w.apply(edits.AddLabel(Label("van")))
    w.comm.browser_says({"kind": "steps", "item": 0, "client": "a"})
    told = last(w).content
    assert (told["past"], told["future"]) == (["label bus", "label van"], [])
    travel = {"kind": "travel", "item": 0, "client": "a"}
    travel |= {"revision": told["revision"], "by": -2}
    w.comm.browser_says(travel)
    assert last(w).content["kind"] == "changed"
    assert len(w.labels) == 2
    w.comm.browser_says(travel)
    assert len(w.labels) == 2
    w.comm.browser_says({"kind": "steps", "item": 0, "client": "a"})
    assert last(w).content["future"] == ["label bus", "label van"]


def test_read_only_refuses_the_page_but_not_python(annotator: Make) -> None:
    w = annotator(read_only=True)
    w.comm.browser_says(ADD_CAR)
    assert "read-only" in last(w).content["reason"]
    w.apply(edits.AddLabel(Label("bus")))
    w.comm.browser_says(undo())
    assert "read-only" in last(w).content["reason"]
    assert len(w.labels) == 3


LOCKED_OUT = [
    {"kind": "add_label", "label": {"name": "bus"}},
    {"kind": "rename_label", "label": "car", "name": "bus"},
    {"kind": "edit_label", "label": {"name": "car", "color": "#ff0000"}},
    {"kind": "remove_label", "label": "person"},
    {"kind": "declare_clip_attributes", "attributes": [{"name": "w", "type": "text"}]},
    {
        "kind": "batch",
        "edits": [
            {"kind": "add_track", "track": CAR},
            {"kind": "add_label", "label": {"name": "bus"}},
        ],
    },
]


@pytest.mark.parametrize("change", LOCKED_OUT, ids=lambda change: change["kind"])
def test_a_locked_label_set_refuses_the_page_but_not_python(
    annotator: Make, change: dict[str, Any]
) -> None:
    w = annotator(labels_locked=True)
    before = w.annotation
    w.comm.browser_says(edit(change))
    assert (last(w).kind, last(w).content["seq"]) == ("rejected", 1)
    assert "locked (labels_locked=True)" in last(w).content["reason"]
    assert w.annotation is before

    w.comm.browser_says(ADD_CAR)
    assert (last(w).kind, len(w.annotation.tracks)) == ("edited", 1)
    w.apply(edits.AddLabel(Label("truck")))
    w.labels_locked = False
    w.comm.browser_says(edit({"kind": "add_label", "label": {"name": "van"}}, 2, 1))
    assert w.labels[-1].name == "van"


def test_a_locked_label_set_is_not_undone_by_the_page(annotator: Make) -> None:
    w = annotator(labels_locked=True)
    w.apply(edits.AddLabel(Label("bus")))
    w.comm.browser_says(edit(ADD_CAR["edit"], revision=1))
    w.comm.browser_says(undo(2))
    assert (len(w.annotation.tracks), len(w.labels)) == (0, 3)
    w.comm.browser_says(undo(3))
    assert (last(w).kind, last(w).content["seq"]) == ("rejected", 3)
    assert "labels_locked" in last(w).content["reason"]
    assert len(w.labels) == 3
    w.undo()
    assert len(w.labels) == 2


@pytest.mark.parametrize(
    "content",
    [
        None,
        5,
        [],
        {},
        {"kind": "snapshot"},
        {
            "kind": "edit",
            "item": 0,
            "client": "a",
            "seq": 1,
            "after": 0,
            "revision": 0,
            "edit": 5,
        },
        {"kind": "frames", "item": 0, "client": "a", "width": 640}
        | {"wanted": [50], "around": True},
    ],
)
def test_what_is_not_understood_is_answered_by_a_notice(
    annotator: Make, content: Any
) -> None:
    w = annotator()
    before = w.annotation
    w.comm.browser_says(content)
    assert (last(w).kind, last(w).content["level"]) == ("notice", "error")
    assert w.annotation is before


def test_frames_come_as_jpegs(annotator: Make) -> None:
    w = annotator()
    w.comm.browser_says(
        {"kind": "frames", "item": 0, "client": "a", "width": 32}
        | {"wanted": [7], "around": True}
    )
    sent = w.comm.custom.wait_for("frames")
    first = sent[0]
    assert first.content["width"] == 32
    jpegs = dict(zip(first.content["frames"], first.buffers, strict=True))
    assert all(jpeg.startswith(b"\xff\xd8") for jpeg in jpegs.values())
    w.comm.custom.wait(
        lambda box: any(7 in one.content["frames"] for one in box.of("frames"))
    )


def test_a_failure_of_the_page_is_known_in_python(annotator: Make) -> None:
    w = annotator()
    for text in ("TypeError: x", "in \ud800"):
        w.comm.browser_says({"kind": "error", "client": "a", "text": text})
    assert w.warnings == ("TypeError: x", "in \\ud800")


def test_traits_go_both_ways(annotator: Make) -> None:
    w, heard = annotator(), []
    w.comm.browser_says(ADD_CAR)
    w.observe(
        lambda change: heard.append((change["name"], change["new"])),
        ["frame", "selection"],
    )
    w.comm.browser_sets(frame=7, selection=[1])
    assert sorted(heard) == [("frame", 7), ("selection", (1,))]
    assert w.comm.updates == []
    w.frame = 9
    w.selection = ()
    assert w.comm.updates == [{"frame": 9}, {"selection": ()}]


@pytest.mark.parametrize(
    "state",
    [
        {"frame": 50},
        {"frame": "x"},
        {"frame": None},
        {"selection": [4]},
        {"selection": 1},
        {"selection": {"1": [None]}},
    ],
)
def test_traits_that_cannot_be_are_put_right_on_the_page(
    annotator: Make, state: dict[str, Any]
) -> None:
    w = annotator()
    w.comm.browser_sets(**state)
    (name,) = state
    assert w.comm.updates == [{name: getattr(w, name)}]
    assert (w.frame, w.selection) == (0, ())


def test_the_page_sets_no_other_trait(annotator: Make) -> None:
    w = annotator()
    w.comm.browser_sets(_esm="evil", _script="evil", annotation=None, height=1)
    assert w._esm == w._script == "export default {}"
    assert w.height == 680


def test_only_small_traits_are_synced(annotator: Make) -> None:
    w = annotator()
    ours = {"frame", "selection", "height", "theme", "still", "labels_locked", "keymap"}
    standard = {"layout", "tabbable", "tooltip"}
    public = {name for name in w.comm.opened if not name.startswith("_")}
    assert public - standard == ours
    assert len(json.dumps({name: w.comm.opened[name] for name in ours})) < 150


def test_a_failing_observer_is_told_to_the_page_and_the_edit_stays(
    annotator: Make,
) -> None:
    w = annotator()

    def fails(change: Any) -> None:
        raise ValueError("no such column")

    w.observe(fails, "annotation")
    w.comm.browser_says(ADD_CAR)
    assert "no such column" in last(w).content["text"]
    assert [one.kind for one in w.comm.custom.sent] == ["edited", "notice"]
    assert len(w.annotation.tracks) == 1


def test_edits_are_acknowledged_while_an_observer_is_busy(annotator: Make) -> None:
    w, entered, leave = annotator(), Event(), Event()

    def busy(change: Any) -> None:
        entered.set()
        assert leave.wait(PATIENCE)

    w.observe(busy, "annotation")
    python = Thread(target=w.apply, args=(edits.AddLabel(Label("bus")),))
    python.start()
    assert entered.wait(PATIENCE)
    w.comm.browser_says(ADD_CAR)
    assert last(w).content["revision"] == 2
    leave.set()
    python.join(PATIENCE)
    assert not python.is_alive()


def test_messages_leave_in_the_order_of_revisions(annotator: Make) -> None:
    w = annotator()

    def hammer(first: int) -> None:
        for number in range(first, first + 25):
            w.apply(edits.AddLabel(Label(f"label {number}")))
            w.comm.browser_says(HELLO)

    threads = [Thread(target=hammer, args=(100 * index,)) for index in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
        assert not thread.is_alive()
    now = 0
    for sent in w.comm.custom.sent:
        if sent.kind == "edited":
            now += 1
        if sent.kind != "frames":
            assert sent.content["revision"] == now
    assert now == 100


def test_the_bytes_of_an_edit_do_not_grow_with_the_document(annotator: Make) -> None:
    def bytes_of_an_edit(count: int) -> int:
        w = annotator()
        tracks = (
            Track(id, "car", Keyframes([0, 9], [BOX, BOX]))
            for id in range(1, count + 1)
        )
        w.annotation = Annotation(w.annotation.video, w.labels, list(tracks))
        w.comm.custom.sent.clear()
        w.comm.updates.clear()
        w.comm.browser_says(
            edit(
                {"kind": "set_keyframe", "track": 1, "frame": 5, "box": BOX}, revision=1
            )
        )
        w.undo()
        assert w.comm.updates == []
        return sum(sent.size for sent in w.comm.custom.sent)

    assert bytes_of_an_edit(10) == bytes_of_an_edit(1000)
