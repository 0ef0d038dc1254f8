"""Labels compared with predictions in a widget, and what its pages hear of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from boxreel.errors import AnnotationError, BoxreelError, VideoMismatchError
from boxreel.model import Annotation, VideoInfo, edits
from boxreel.review import compare
from boxreel.video import Video, open_video
from boxreel.widget.messages import PROTOCOL
from boxreel.widget.review import Review
from tests.widget.fakes import Sent

BOX = (5, 5, 20, 10)
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
    return sent.content["revision"], sent.content["iou"]


def test_a_page_is_told_predictions_errors_numbers_and_pairs(review: Review):
    [predictions] = review.comm.custom.of("predictions")
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
    review.comm.browser_says(HELLO)
    review.comm.custom.wait_for("predictions", 2)
    assert compared(review, 0)


def test_numbers_follow_edits_and_undo(review: Review):
    review.apply(edits.RemoveTrack(2))
    sent = compared(review, 1).content
    after = compare(review.annotation, FOUND).evaluation.total.numbers()
    assert sent["fixes"] == 1
    assert sent["numbers"]["IDF1"] == after["IDF1"] > sent["first"]["IDF1"]
    assert [row[0] for row in sent["errors"]] == ["late_start"]
    review.undo()
    sent = compared(review, 2).content
    assert sent["fixes"] == 0
    assert sent["numbers"] == sent["first"]


def test_the_threshold_is_set_by_the_page_and_by_python(review: Review):
    compared(review, 0)
    review.comm.browser_says({"kind": "match", "item": 0, "iou": 0.75})
    assert compared(review, 0, 0.75)
    assert review.iou == review.comparison.iou == 0.75
    review.iou = 0.25
    assert compared(review, 0, 0.25)
    with pytest.raises(AnnotationError, match=r"iou"):
        review.iou = 0
    assert review.iou == 0.25


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


def test_a_report_has_the_widgets_own_pictures_and_labels(
    review: Review, tmp_path: Path
):
    review.apply(edits.RemoveTrack(2))
    text = review.report(tmp_path / "report.html", worst=1).read_text("utf-8")
    assert text.count("<img ") == 3 * len(review.errors) == 3
    folder = tmp_path / "hard"
    report = review.export_hard_frames(folder, 1, progress=False)
    assert report.counts["boxes"] == 1
