"""Labels compared with predictions in a widget, and what its pages hear of it."""

from __future__ import annotations

import getpass
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from boxreel.errors import (
    AnnotationError,
    BoxreelError,
    BoxreelWarning,
    FormatError,
    ProtocolError,
    VideoMismatchError,
)
from boxreel.model import Annotation, Keyframes, Track, VideoInfo, edits
from boxreel.review import FoundError, compare
from boxreel.video import Video, open_video
from boxreel.widget.messages import PROTOCOL
from boxreel.widget.requests import parse
from boxreel.widget.review import Review
from tests.widget.fakes import Sent

BOX = (5, 5, 20, 10)
MATCH = {
    **{"kind": "match", "client": "a", "item": 0, "seq": 1},
    **{"model": "predictions", "iou": 0.5},
    **{"score": 0, "scope": "clip", "view": [0, 50]},
}
HELLO = {"kind": "hello", "protocol": PROTOCOL, "client": "a"}


def clip(count: int = 50) -> Video:
    return open_video(np.zeros((count, 48, 64), np.uint8))


EMPTY = Annotation.for_video(VideoInfo.of(clip()), labels=["car"])
TRUTH = EMPTY.add_track("car", {0: BOX}).add_track("car", {0: (40, 30, 10, 8)})
FOUND = EMPTY.add_track("car", {9: BOX})


@pytest.fixture
def review() -> Iterator[Review]:
    made = Review(TRUTH, FOUND, clip())
    yield made
    made.close()


def compared(review: Review, revision: int, iou: float = 0.5) -> Sent:
    """The message of a revision, once it is sent."""

    def found(box: Any) -> Sent | None:
        sent = box.of("compared")
        last = sent[-1] if sent else None
        return last if last and _key(last) == (revision, iou) else None

    sent: Sent = review.comm.custom.wait(found)
    return sent


def _key(sent: Sent) -> tuple[int, float]:
    return sent.content["revision"], sent.content["setting"]["iou"]


def test_a_page_is_told_predictions_errors_numbers_and_pairs(review: Review):
    [predictions] = review.comm.custom.wait_for("predictions")
    assert [head["id"] for head in predictions.content["tracks"]] == [1]
    assert len(predictions.buffers) == 7
    sent = compared(review, 0)
    kinds = [row[0] for row in sent.content["errors"]]
    assert kinds == [error.kind for error in review.errors] == ["miss", "late_start"]
    expected = compare(TRUTH, FOUND).evaluation.total.numbers()
    assert sent.content["numbers"]["IDF1"] == expected["IDF1"]
    assert sent.content["numbers"] == sent.content["first"]
    [pairs] = sent.buffers
    assert np.frombuffer(pairs, "<i4").tolist() == [9, 50, 1, 1]


def test_each_page_that_opens_is_told(review: Review):
    compared(review, 0)
    review.comm.browser_says(HELLO)
    review.comm.custom.wait_for("predictions", 2)
    assert compared(review, 0)


def test_numbers_follow_edits_and_undo(review: Review):
    review.apply(edits.RemoveTrack(2))
    sent = compared(review, 1).content
    after = compare(review.annotation, FOUND).evaluation.total.numbers()
    assert sent["fixes"] == 0  # nobody has said that the label was wrong
    assert sent["numbers"]["IDF1"] == after["IDF1"] > sent["first"]["IDF1"]
    assert [row[0] for row in sent["errors"]] == ["late_start"]
    review.undo()
    sent = compared(review, 2).content
    assert sent["fixes"] == 0
    assert sent["numbers"] == sent["first"]


def test_the_threshold_is_set_by_the_page_and_by_python(review: Review):
    compared(review, 0)
    review.comm.browser_says(MATCH | {"iou": 0.75})
    assert compared(review, 0, 0.75)
    assert compared(review, 0, 0.75).content["asked"] == ("a", 1)
    assert review.iou == review.comparison.iou == 0.75
    review.iou = 0.25
    assert compared(review, 0, 0.25).content["asked"] is None
    with pytest.raises(AnnotationError, match=r"iou"):
        review.iou = 0
    assert review.iou == 0.25


def test_of_what_comes_while_it_compares_only_the_newest_is_compared(review: Review):
    compared(review, 0)
    before = len(review.comm.custom.of("compared"))
    with review._comparing._busy:  # it is at the first of them
        for seq in range(1, 61):
            review.comm.browser_says(MATCH | {"iou": seq / 100, "seq": seq})
    compared(review, 0, 0.6)
    sent = review.comm.custom.of("compared")[before:]
    assert len(sent) <= 2
    assert sent[-1].content["asked"] == ("a", 60)


@pytest.mark.parametrize("truth", [EMPTY, TRUTH])
def test_nothing_on_a_side_can_be_compared(truth: Annotation):
    made = Review(truth, EMPTY, clip())
    sent = compared(made, 0)
    assert len(sent.content["errors"]) == len(truth.tracks)
    assert sent.buffers == [b""]
    made.close()


def test_what_cannot_be_compared_is_refused():
    with pytest.raises(TypeError, match=r"predictions must be a boxreel\.Ann"):
        # What a person without a type checker may pass.
        Review(TRUTH, "found.json", clip())  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="empty dict"):
        Review(TRUTH, {}, clip())
    with pytest.raises(TypeError, match="one video"):
        Review(TRUTH, FOUND, [clip(), clip()])
    with pytest.raises(VideoMismatchError):
        Review(TRUTH, Annotation.for_video(VideoInfo.of(clip(7))), clip())
    with pytest.raises(AnnotationError, match="iou"):
        Review(TRUTH, FOUND, clip(), iou=2.0)


def test_a_closed_review_can_still_be_read(review: Review):
    review.close()
    assert len(review.errors) == 2
    assert "2 errors at IoU >= 0.50, closed" in repr(review)
    with pytest.raises(BoxreelError, match="closed"):
        review.iou = 0.75


def test_pins_and_signals_outlive_an_edit(review: Review):
    review.frame = 12
    pin = review.pin("nothing there")
    review.add_signal("loss", np.zeros(50))
    review.apply(edits.RemoveTrack(2))
    assert (pin.frame, pin.truth) == (12, None)
    assert review.comparison.pins == review.pins == (pin,)
    review.select(1)
    assert review.pin("this one").truth == 1
    assert [*review.comparison.signals] == ["loss"]
    [sent] = review.comm.custom.wait_for("signals")
    assert sent.content["names"] == ["loss"]
    assert np.frombuffer(sent.buffers[0], "<f8").tolist() == [0.0] * 50


def test_a_report_has_the_widgets_own_pictures_and_labels(
    review: Review, tmp_path: Path
):
    review.apply(edits.RemoveTrack(2))
    text = review.report(tmp_path / "report.html", worst=1).read_text("utf-8")
    assert text.count("<img ") == 3 * len(review.errors) == 3
    folder = tmp_path / "hard"
    report = review.export_hard_frames(folder, 1, progress=False)
    assert report.counts["boxes"] == 1


def told(review: Review, **setting: object) -> Sent:
    """The message of a setting, once it is sent."""

    def found(box: Any) -> Sent | None:
        sent = box.of("compared")
        if not sent or not setting.items() <= sent[-1].content["setting"].items():
            return None
        last: Sent = sent[-1]
        return last

    sent: Sent = review.comm.custom.wait(found)
    return sent


def test_numbers_are_of_the_frames_in_sight_or_of_those_verified(review: Review):
    review.comm.browser_says(MATCH | {"scope": "view", "view": [0, 9]})
    sent = told(review, scope="view").content
    assert (sent["frames"], sent["numbers"]["IDF1"]) == (9, 0.0)
    assert len(sent["errors"]) == 2
    review.verify(9, 50)
    review.scope = "verified"
    sent = told(review, scope="verified").content
    assert sent["frames"] == 41
    expected = compare(TRUTH, FOUND, frames=range(9, 50)).evaluation["IDF1"]
    assert sent["numbers"]["IDF1"] == expected > 0
    with pytest.raises(AnnotationError, match="scope is 'all'"):
        # What a person without a type checker may assign.
        review.scope = "all"  # type: ignore[assignment]


def test_boxes_of_low_scores_are_left_out():
    boxes = np.array([[*BOX, 0.0]] * 3)
    keys = Keyframes([9, 20, 30], boxes, scores=[0.9, 0.3, 0.9])
    sure = Annotation(EMPTY.video, EMPTY.labels, [Track(1, "car", keys)])
    made = Review(EMPTY.add_track("car", {0: BOX}), sure, clip())
    made.comm.browser_says(MATCH | {"score": 0.5})
    told(made, score=0.5)
    assert [(e.kind, e.start, e.stop) for e in made.errors] == [
        ("late_start", 0, 9),
        ("miss", 20, 30),
    ]
    assert len(made.comm.custom.of("predictions")) == 2
    assert made.predictions is sure
    made.score = 0.95
    assert [e.kind for e in made.errors] == ["miss"]
    with pytest.raises(AnnotationError, match="score is 2"):
        made.score = 2
    made.close()


def test_of_several_predictions_one_is_shown_and_what_differs_is_told():
    earlier = EMPTY.add_track("car", {7: BOX}).add_track("car", {0: (40, 30, 10, 8)})
    made = Review(TRUTH, {"v1": FOUND, "v2": earlier}, clip())
    sent = told(made, model="v1").content
    assert [name for name, _ in sent["models"]] == ["v1", "v2"]
    assert sent["models"][1][1]["IDF1"] > sent["numbers"]["IDF1"]
    kinds = [row[0] for row in sent["errors"]]
    assert [kinds[index] for index in sent["differs"]] == ["miss"]
    made.model = "v2"
    sent = told(made, model="v2").content
    assert ([row[0] for row in sent["errors"]], sent["differs"]) == (["late_start"], [])
    assert made.predictions is earlier
    with pytest.raises(AnnotationError, match="no predictions 'v3': there are v1, v2"):
        made.model = "v3"
    made.close()


def key(error: FoundError) -> list[Any]:
    return [error.kind, error.start, error.stop, error.truth, error.prediction]


def last_said(review: Review, count: int) -> list[Any]:
    """What pages have heard of verdicts, once there are so many."""

    def found(box: Any) -> list[Any] | None:
        sent = box.of("compared")
        said = sent[-1].content["said"] if sent else None
        return [said] if said is not None and len(said) == count else None

    [said] = review.comm.custom.wait(found)
    return list(said)


def test_a_verdict_of_the_page_is_kept_and_told(review: Review):
    error = review.errors[1]
    verdict = {"kind": "verdict", "item": 0, "error": key(error)}
    review.comm.browser_says(verdict | {"ruling": "model_wrong"})
    [[index, ruling, author, time]] = last_said(review, 1)
    assert (index, ruling, author) == (1, "model_wrong", getpass.getuser())
    assert time > 0
    assert review.reviewed.verdicts_on(review.comparison)[error].author == author
    review.comm.browser_says(verdict | {"ruling": "unclear"})
    review.comm.browser_says(verdict | {"ruling": None})
    assert last_said(review, 0) == []
    assert review.reviewed.verdicts == ()


def test_a_fix_that_is_offered_mends_the_error_and_is_counted(review: Review):
    error = review.errors[0]
    ask = {"kind": "fixes", "client": "a", "item": 0, "error": key(error)}
    review.comm.browser_says(ask)
    reply = review.comm.custom.wait_for("fixes")[-1].content
    assert (reply["client"], reply["revision"]) == ("a", 0)
    [fix] = reply["fixes"]
    assert (fix["name"], fix["text"]) == ("delete", "Delete #2")
    review.judge(error, "label_wrong", "a shadow")
    edit = {
        "kind": "edit",
        "client": "a",
        "item": 0,
        "seq": 1,
        "after": 0,
        "revision": 0,
    }
    review.comm.browser_says(edit | {"edit": fix["edit"]})
    sent = compared(review, 1).content
    assert (sent["fixes"], sent["said"]) == (1, [])
    assert [error.kind for error in review.errors] == ["late_start"]
    assert "2 → 1 errors" in review.progress
    review.undo()
    sent = compared(review, 2).content
    assert (sent["fixes"], [row[1] for row in sent["said"]]) == (0, ["label_wrong"])


def test_nothing_is_said_of_what_is_no_error_any_more(review: Review):
    gone = review.errors[0]
    review.apply(edits.RemoveTrack(2))
    with pytest.raises(AnnotationError, match="none of the errors"):
        review.judge(gone, "unclear")
    verdict = {"kind": "verdict", "item": 0, "error": key(gone), "ruling": "unclear"}
    review.comm.browser_says(verdict)
    notice = review.comm.custom.wait_for("notice")[-1].content
    assert "that error is none any more" in notice["text"]
    review.comm.browser_says({**verdict, "kind": "fixes", "client": "a"})
    assert review.comm.custom.of("fixes") == []


def test_frames_are_verified(review: Review):
    verify = {"kind": "verify", "item": 0, "start": 10, "stop": 20, "verified": True}
    review.comm.browser_says(verify)
    review.verify(12, 14, verified=False)
    assert review.reviewed.verified == ((10, 12), (14, 20))
    review.comm.browser_says({**verify, "stop": 99})
    notice = review.comm.custom.wait_for("notice")[-1].content
    assert "frame 98 is none of the 50" in notice["text"]


def test_who_may_only_look_says_nothing():
    made = Review(TRUTH, FOUND, clip(), read_only=True)
    error = key(made.errors[0])
    verdict = {"kind": "verdict", "item": 0, "error": error, "ruling": "unclear"}
    made.comm.browser_says(verdict)
    assert "read-only" in made.comm.custom.wait_for("notice")[-1].content["text"]
    assert made.reviewed.verdicts == ()
    made.close()


def test_what_was_said_comes_back_with_the_labels(tmp_path: Path):
    path = tmp_path / "clip.boxreel.json"
    first = Review(TRUTH, FOUND, clip(), save_to=path, author="ada")
    first.judge(first.errors[1], "model_wrong")
    first.judge(first.errors[0], "label_wrong")
    first.verify(0, 25)
    first.apply(edits.RemoveTrack(2))
    first.close()
    kept = json.loads((tmp_path / "clip.boxreel.review.json").read_text())
    assert [each["author"] for each in kept["verdicts"]] == ["ada", "ada"]
    with pytest.warns(BoxreelWarning, match="labels come from"):
        again = Review(TRUTH, FOUND, clip(), save_to=path)
    sent = compared(again, 1).content
    assert (sent["fixes"], len(sent["said"])) == (1, 1)
    assert sent["verified"] == [(0, 25)]
    assert sent["first"]["IDF1"] < sent["numbers"]["IDF1"]
    again.close()
    later = EMPTY.add_track("car", {8: BOX})
    with pytest.warns(BoxreelWarning):
        other = Review(TRUTH, later, clip(), save_to=path)
    [verdict] = other.reviewed.verdicts_on(other.comparison).values()
    assert (verdict.kind, verdict.ruling) == ("late_start", "model_wrong")
    other.close()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{", "cannot be read"),
        ("[]", "does not say"),
        ('{"format": "boxreel-review", "version": 9}', "version is 9"),
        (
            '{"format": "boxreel-review", "version": 1, "verified": [[3, 1]]}',
            "are no range",
        ),
    ],
)
def test_a_damaged_review_is_named_and_left_alone(
    tmp_path: Path, text: str, reason: str
):
    path = tmp_path / "clip.boxreel.review.json"
    path.write_text(text)
    with pytest.raises(FormatError, match=reason):
        Review(TRUTH, FOUND, clip(), save_to=tmp_path / "clip.boxreel.json")
    assert path.read_text() == text


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("ruling", "both", "must be model_wrong"),
        ("error", "miss", "must be kind, start"),
        ("error", ["miss", 0, 5, 1], "must be kind, start"),
        ("error", ["miss", -1, 5, 1, None], "must be 0 to"),
    ],
)
def test_what_a_page_says_of_errors_is_checked(field: str, value: object, reason: str):
    error = ["miss", 0, 5, 1, None]
    good = {"kind": "verdict", "item": 0, "error": error, "ruling": None}
    assert dict(parse(good, [10]))["error"] == ("miss", 0, 5, 1, None)
    with pytest.raises(ProtocolError, match=reason):
        parse({**good, field: value}, [10])


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("iou", 0, "must be over 0"),
        ("score", -1, "must be over 0"),
        ("scope", "all", "must be clip, view or verified"),
        ("view", [3], "must be start, stop"),
        ("view", 3, "must be start, stop"),
    ],
)
def test_what_a_page_sets_is_checked(field: str, value: object, reason: str):
    with pytest.raises(ProtocolError, match=reason):
        parse({**MATCH, field: value}, [50])
