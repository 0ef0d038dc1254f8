"""Each kind of error has a fix that, applied, leaves no error there."""

import pytest

import boxreel as br
from boxreel.demo.predictions import predicted_labels
from boxreel.demo.truth import true_labels
from boxreel.errors import AnnotationError
from boxreel.review import fixes, take_boxes
from tests.review.clips import STREET, labels


def fixed(truth, seen, name, number=0):
    """Apply one fix of an error and compare again: its text, and what is left."""
    r = br.compare(truth, seen)
    fix = next(fix for fix in fixes(r, r.errors[number]) if fix.name == name)
    after = br.compare(truth.apply(fix.edit), seen)
    return fix.text, [error.kind for error in after.errors], after.truth


def test_an_object_that_is_not_there():
    truth = labels(("car", 0, 40, 100), ("car", 3, 9, 300))
    seen = labels(("car", 5, 40, 100))
    text, left, _ = fixed(truth, seen, "delete")
    assert (text, left) == ("Absent: take #1 away from 0 to 4", ["miss"])
    text, left, after = fixed(truth, seen, "delete", 1)
    assert (text, left) == ("Delete #2", ["late_start"])
    assert [*after.tracks] == [1]


def test_an_object_that_was_not_labelled():
    truth = labels(("car", 0, 40, 100))
    seen = labels(("car", 0, 40, 100), ("person", 10, 20, 300, 330))
    text, left, after = fixed(truth, seen, "take_track")
    assert (text, left) == ("Add P2 as a label from 10 to 19", [])
    assert after.tracks[2].label == "person"
    assert after.tracks[2].spans() == [(10, 20)]
    assert len(after.tracks[2].keyframes) == 3
    assert {key.source for key in after.tracks[2].keyframes} == {"human"}


def test_an_object_that_was_labelled_on_too_few_frames():
    truth = labels(("car", 0, 20, 100), ("car", 30, 40, 100))
    truth = truth.apply(br.edits.MergeTracks(1, 2))
    seen = labels(("car", 0, 40, 100, 105))
    text, left, after = fixed(truth, seen, "extend")
    assert (text, left) == ("Present: #1 is where P1 is, from 20 to 29", [])
    for frame in [*range(20), *range(30, 40)]:
        assert after.tracks[1].at(frame) == truth.tracks[1].at(frame)
    early = labels(("car", 30, 35, 100))
    seen = labels(("car", 10, 34, 100))
    _, left, after = fixed(early, seen, "extend")
    assert left == ["early_end"]
    assert after.tracks[1].spans() == [(10, 35)]


def test_boxes_that_lie_off():
    truth = labels(("car", 0, 40, 100))
    seen = labels(("car", 0, 40, 100))
    for frame, x in ((9, 100), (10, 125), (14, 130), (15, 100)):
        seen = seen.apply(br.edits.SetKeyframe(1, frame, (x, 10, 40, 30)))
    text, left, after = fixed(truth, seen, "take_boxes")
    assert (text, left) == ("Take the boxes of P1 from 10 to 14", [])
    for frame in [*range(10), *range(15, 40)]:
        assert after.tracks[1].at(frame) == truth.tracks[1].at(frame)
    assert after.tracks[1].at(14).x == pytest.approx(130)


def test_another_label():
    truth, seen = labels(("car", 0, 40, 100)), labels(("person", 0, 40, 100))
    assert fixed(truth, seen, "relabel")[:2] == ("Make #1 a person", [])
    bare = br.Annotation(truth.video, truth.labels[:1], truth.tracks)
    assert fixed(bare, seen, "relabel")[1] == []


def test_identities_that_are_mixed_up_in_the_labels():
    truth = labels(("car", 0, 40, 100), ("car", 0, 40, 300))
    swapped = truth.apply(br.edits.SwapTracks(1, 2, 15))
    text, left, _ = fixed(swapped, truth, "swap")
    assert (text, left) == ("Swap #1 and #2 from 15 on", [])


def test_two_objects_under_one_label():
    truth = labels(("car", 0, 40, 100))
    seen = labels(("car", 0, 15, 100), ("car", 15, 40, 100))
    assert fixed(truth, seen, "split")[:2] == ("Split #1 at 15: two objects", [])
    gap = labels(("car", 0, 15, 100), ("car", 20, 40, 100))
    assert fixed(truth, gap, "split", 1)[1] == ["early_end"]


def test_one_object_under_two_labels():
    truth = labels(("car", 0, 15, 100), ("car", 18, 40, 100))
    seen = labels(("car", 0, 40, 100))
    r = br.compare(truth, seen)
    assert [e.kind for e in r.errors] == ["false_positive", "transfer"]
    text, left, after = fixed(truth, seen, "bridge", 1)
    assert (text, left) == ("One object: merge #2 into #1", [])
    assert after.tracks[1].spans() == [(0, None)]


def test_every_error_of_the_street_has_a_fix_that_is_one_step_and_travels():
    truth, seen = true_labels(STREET), predicted_labels(STREET)
    r = br.compare(truth, seen)
    for error in r.errors:
        fix = fixes(r, error)[0]
        again = br.edits.edit_from_json(fix.edit.to_json())
        after = truth.apply(again)
        assert after == truth.apply(fix.edit)
        left = br.compare(after, seen).errors
        same = (error.kind, error.start, error.stop, error.prediction)
        assert same not in [(e.kind, e.start, e.stop, e.prediction) for e in left]


def test_what_cannot_be_taken_is_refused():
    truth = labels(("car", 0, 40, 100))
    with pytest.raises(AnnotationError, match="no prediction #7"):
        take_boxes(truth, truth, 1, 7, 0, 5)
    with pytest.raises(AnnotationError, match=r"nowhere in frames \[5, 9\)"):
        take_boxes(truth, labels(("car", 0, 4, 100)), 1, 1, 5, 9)
