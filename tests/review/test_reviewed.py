"""Verdicts are known again; verified frames and signals are what they say."""

import json

import numpy as np
import pytest

import boxreel as br
from boxreel.demo.predictions import predicted_labels
from boxreel.demo.truth import true_labels
from boxreel.errors import AnnotationError
from boxreel.review import Reviewed, Signal, fixes, progress, verdict_on
from tests.review.clips import STREET, labels


def shaken(annotation, by):
    """The output of another model: other ids, boxes that lie a little off."""
    tracks = []
    for id, track in annotation.tracks.items():
        columns = track.keyframes.columns()
        columns["boxes"] = columns["boxes"] + [by, by, 0, 0, 0]
        tracks.append(br.Track(100 + id, track.label, br.Keyframes(**columns)))
    return br.Annotation(annotation.video, annotation.labels, tracks)


def test_verdicts_come_back_with_the_output_of_another_model():
    truth, seen = true_labels(STREET), predicted_labels(STREET)
    r = br.compare(truth, seen)
    reviewed = Reviewed()
    for error in r.errors:
        verdict = verdict_on(r, error, "model_wrong", author="ada", time=1.5)
        reviewed = reviewed.with_verdict(verdict)
    assert len(reviewed.verdicts_on(r)) == len(r.errors)
    other = br.compare(truth, shaken(seen, 0.5))
    again = reviewed.verdicts_on(other)
    assert [*again] == other.errors
    assert {(e.kind, e.start) for e in again} == {(e.kind, e.start) for e in r.errors}
    for error, verdict in again.items():
        assert (error.kind, error.truth) == (verdict.kind, verdict.truth)


def test_nothing_is_said_of_errors_elsewhere():
    truth = labels(("car", 0, 40, 100), ("car", 0, 40, 400))
    r = br.compare(truth, labels(("car", 10, 40, 100), ("car", 0, 40, 400)))
    reviewed = Reviewed().with_verdict(verdict_on(r, r.errors[0], "label_wrong"))
    for seen, known in (
        (labels(("car", 8, 40, 100), ("car", 0, 40, 400)), True),
        (labels(("car", 0, 40, 100), ("car", 10, 40, 400)), False),
        (labels(("car", 0, 25, 100), ("car", 0, 40, 400)), False),
    ):
        assert bool(reviewed.verdicts_on(br.compare(truth, seen))) is known
    alarm = labels(("car", 0, 40, 100), ("car", 0, 40, 400), ("car", 3, 20, 200))
    r = br.compare(truth, alarm)
    reviewed = Reviewed().with_verdict(verdict_on(r, r.errors[0], "model_wrong"))
    for x, known in ((205, True), (250, False)):
        seen = labels(("car", 0, 40, 100), ("car", 0, 40, 400), ("car", 5, 20, x))
        assert bool(reviewed.verdicts_on(br.compare(truth, seen))) is known


def test_of_two_verdicts_the_later_counts_and_one_can_be_taken_back():
    truth = labels(("car", 0, 40, 100))
    r = br.compare(truth, labels(("car", 10, 40, 100)))
    (error,) = r.errors
    first, second = (verdict_on(r, error, v) for v in ("unclear", "both_wrong"))
    reviewed = Reviewed().with_verdict(first).with_verdict(second)
    assert reviewed.verdicts_on(r) == {error: second}
    assert reviewed.without_verdict(second).verdicts_on(r) == {error: first}


def test_a_review_is_kept_as_json():
    truth = labels(("car", 0, 40, 100))
    r = br.compare(truth, labels(("car", 0, 40, 100), ("car", 3, 20, 200)))
    verdict = verdict_on(r, r.errors[0], "model_wrong", author="ada", note="a sign")
    reviewed = (
        Reviewed().with_verdict(verdict).with_verified(3, 9).with_verified(20, 25)
    )
    again = Reviewed.from_json(json.loads(json.dumps(reviewed.to_json())))
    assert again == reviewed
    assert again.frames().tolist() == [*range(3, 9), *range(20, 25)]
    assert Reviewed.from_json({}) == Reviewed()


def test_what_is_no_review_is_refused():
    good = Reviewed().to_json()
    truth = labels(("car", 0, 40, 100))
    r = br.compare(truth, labels(("car", 10, 40, 100)))
    with pytest.raises(AnnotationError, match="verdict is one of"):
        verdict_on(r, r.errors[0], "wrong")
    with pytest.raises(AnnotationError, match="verdict"):
        Reviewed.from_json(good | {"verdicts": [{"ruling": "unclear"}]})
    with pytest.raises(AnnotationError, match=r"frames \[9, 9\) are no range"):
        Reviewed().with_verified(9, 9)


def test_progress_says_what_fixing_changed():
    truth = labels(("car", 0, 40, 100), ("car", 0, 10, 300))
    seen = labels(("car", 20, 40, 100))
    before = br.compare(truth, seen)
    delete = next(e for e in before.errors if e.truth == 2)
    after = br.compare(truth.apply(fixes(before, delete)[0].edit), seen)
    said = {after.errors[0]: verdict_on(after, after.errors[0], "model_wrong")}
    assert progress(before, after, said) == (
        "IDF1 57.1 → 66.7, 2 → 1 errors: 1 of the model"
    )
    assert progress(before, after, {}).endswith("1 not looked at")


def test_signals_select_frames_and_have_peaks():
    loss = Signal.of("loss", [0, 1, np.nan, 3, 4, 1, 0], 7)
    assert loss.selected(1) == [(1, 2), (3, 6)]
    assert loss.peaks(1) == [1, 4]
    assert loss.selected(0, above=False) == [(0, 1), (6, 7)]
    assert loss.peaks(1, above=False) == [0, 6]
    with pytest.raises(AnnotationError, match="7 frames"):
        Signal.of("loss", [1, 2], 7)
    with pytest.raises(AnnotationError, match="one number a frame"):
        Signal.of("loss", ["a"], 1)


def test_pins_are_of_a_frame_or_of_an_error():
    r = br.compare(true_labels(STREET), predicted_labels(STREET))
    switch = next(error for error in r.errors if error.kind == "switch")
    here, there = r.pin("bus hides her", 120), r.pin("switch", switch)
    assert (there.frame, there.truth) == (switch.start, switch.truth)
    assert r.pin("bus hides her", 120) == here
    assert r.at_iou(0.7).pins == r.pins == (here, there)
    reviewed = r.remarks.reviewed
    assert Reviewed.from_json(json.loads(json.dumps(reviewed.to_json()))) == reviewed
    r.unpin(here)
    assert r.pins == (there,)
    with pytest.raises(AnnotationError, match="say where it is"):
        r.pin("lost")
    with pytest.raises(AnnotationError, match="frame 500 cannot be pinned"):
        r.pin("lost", 500)
    with pytest.raises(AnnotationError, match="text of a pin"):
        r.pin("", 3)


def test_signals_are_added_to_what_is_compared():
    r = br.compare(labels(), labels())
    heard = []
    end = r.remarks.observe(lambda: heard.append([*r.signals]))
    loss = r.add_signal("loss", np.arange(40))
    assert loss.selected(38) == [(38, 40)]
    r.add_signal("loss", np.zeros(40))
    assert r.at_iou(0.7).signals["loss"].peaks(1) == []
    end()
    r.add_signal("speed", np.zeros(40))
    assert heard == [["loss"], ["loss"]]
    with pytest.raises(AnnotationError, match="40 frames"):
        r.add_signal("loss", [1, 2])
