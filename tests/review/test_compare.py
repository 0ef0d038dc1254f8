"""Every kind of error is found in its place; events add up to the counts of CLEAR."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import boxreel as br
from boxreel.demo.predictions import planted_errors, predicted_labels
from boxreel.demo.truth import true_labels
from boxreel.errors import AnnotationError, VideoMismatchError
from boxreel.metrics import Judged, Overlaps
from boxreel.metrics.parts import parts
from boxreel.model import VideoInfo
from boxreel.review.events import events_of
from boxreel.review.outcomes import Outcomes
from boxreel.review.tables import event_columns, found_errors
from tests.metrics.walks import walks
from tests.review.clips import STREET, found, labels


def test_every_planted_error_and_nothing_else():
    errors = br.compare(true_labels(STREET), predicted_labels(STREET)).errors
    seen = sorted((e.kind, e.truth or 0, e.start, e.stop) for e in errors)
    planted = planted_errors()
    assert seen == sorted((e.kind, e.track or 0, e.start, e.stop) for e in planted)
    named = {(e.kind, e.start, e.prediction) for e in errors if e.prediction}
    quiet = ("miss", "late_start", "early_end")
    assert named == {
        (e.kind, e.start, e.prediction) for e in planted if e.kind not in quiet
    }


@given(
    seed=st.integers(0, 2**32 - 1),
    frames=st.integers(1, 25),
    tracks=st.integers(0, 9),
    wobble=st.sampled_from([0.5, 3, 8]),
    iou=st.sampled_from([0.05, 0.3, 0.5, 0.7]),
    per=st.sampled_from(["label", "all"]),
)
@settings(max_examples=150, deadline=None)
def test_events_add_up_to_the_counts(seed, frames, tracks, wobble, iou, per):
    rng = np.random.default_rng(seed)
    overlaps = Overlaps.of(*walks(rng, frames, tracks, wobble, 0), frames)
    outcomes = Outcomes.of(overlaps, parts(overlaps, per), iou)
    events = events_of(outcomes)
    scores = Judged.of(None, None, overlaps, iou, per).labels
    for name in ("fn", "fp", "idsw", "frag"):
        counted = sum(getattr(each.clear, name) for each in scores.values())
        assert getattr(events, name).sum() == counted, name
    assert len(outcomes.matches) == sum(each.clear.tp for each in scores.values())
    assert (events.stop > events.start).all()
    columns = event_columns(events, overlaps.truth, overlaps.predictions)
    changed = [
        e for e in found_errors(columns) if e.kind in ("switch", "fragmentation")
    ]
    assert all(e.was != e.prediction and e.was for e in changed)
    assert (events.stop <= frames).all()
    assert ((events.severity > 0) | (events.fn + events.fp + events.idsw == 0)).all()


def test_boxes_too_far_apart_to_match():
    truth, seen = labels(("car", 0, 20, 100)), labels(("car", 0, 20, 100, 138))
    (low,) = br.compare(truth, seen).errors[:1]
    assert (low.kind, low.truth, low.prediction) == ("low_iou", 1, 1)
    assert (low.fn, low.fp) == (low.stop - low.start,) * 2
    assert 0.1 < low.iou < 0.5
    assert low.severity == pytest.approx(low.fn * (1 - low.iou))


def test_another_label_on_the_same_place():
    truth, seen = labels(("car", 0, 20, 100)), labels(("person", 0, 20, 102))
    assert found(truth, seen) == [("wrong_class", 0, 20, 1, 1, None)]
    assert found(truth, seen, per="all") == []
    assert br.compare(truth, seen).errors[0].label == "car"


def test_a_miss_is_between_a_late_start_before_and_an_early_end_after():
    truth = labels(("car", 0, 40, 100), ("car", 5, 9, 300))
    seen = labels(("car", 3, 30, 100), ("car", 0, 40, 500))
    truth = truth.add_track("car", {0: (500, 10, 40, 30)})
    seen = seen.apply(br.edits.SetOutside(1, 10, 14))
    assert found(truth, seen) == [
        ("late_start", 0, 3, 1, None, None),
        ("miss", 5, 9, 2, None, None),
        ("miss", 10, 14, 1, None, None),
        ("early_end", 30, 40, 1, None, None),
    ]
    assert [error.frag for error in br.compare(truth, seen).errors] == [0, 0, 1, 0]


def test_a_second_prediction_on_one_object():
    truth = labels(("car", 0, 20, 100))
    seen = labels(("car", 0, 20, 100), ("car", 4, 8, 106), ("car", 2, 5, 300))
    assert found(truth, seen) == [
        ("false_positive", 2, 5, None, 3, None),
        ("duplicate", 4, 8, 1, 2, None),
    ]


def test_a_new_prediction_at_once_is_a_switch_and_after_a_gap_a_fragmentation():
    truth = labels(("car", 0, 40, 100))
    seen = labels(("car", 0, 10, 100), ("car", 10, 20, 100), ("car", 25, 40, 100))
    seen = seen.add_track("car", {0: (300, 10, 40, 30)})
    truth = truth.add_track("car", {0: (300, 10, 40, 30)})
    assert found(truth, seen) == [
        ("switch", 10, 11, 1, 2, 1),
        ("miss", 20, 25, 1, None, None),
        ("fragmentation", 20, 25, 1, 3, 2),
    ]
    events = br.compare(truth, seen).events
    assert events.kind.tolist()[0] == "split_identity"
    assert events.idsw.sum() == 2
    assert events.frag.tolist() == [0, 0, 0, 1]
    assert events.severity.tolist() == [0, 10, 5, 10]


def test_a_switch_stands_where_the_objects_part_not_where_clear_counts_it():
    truth = labels(("car", 0, 40, 100, 178), ("car", 0, 40, 178, 100))
    # the two meet between 19 and 20 and from there on are taken for each other
    seen = labels(("car", 0, 40, 100), ("car", 0, 40, 178))
    for track, box in ((1, (138, 10, 40, 30)), (2, (140, 10, 40, 30))):
        seen = seen.apply(br.edits.SetKeyframe(track, 19, box))
    assert found(truth, seen) == [
        ("switch", 20, 21, 1, 2, 1),
        ("switch", 20, 21, 2, 1, 2),
    ]


def test_a_prediction_that_moves_on_to_another_object():
    truth = labels(("car", 0, 12, 100), ("car", 12, 30, 102))
    seen = labels(("car", 0, 30, 101))
    assert found(truth, seen) == [("transfer", 12, 13, 2, 1, 1)]
    kinds = br.compare(truth, seen).events.kind.tolist()
    assert sorted(kinds) == ["merged_identity", "transfer"]


def test_an_object_that_leaves_and_returns_is_no_error_though_clear_counts_it():
    both = labels(("car", 0, 40, 100), ("car", 0, 40, 300))
    both = both.apply(br.edits.SetOutside(1, 10, 15))
    r = br.compare(both, both)
    assert r.errors == []
    assert r.events.kind.tolist() == ["reentry"]
    assert r.events.frag.sum() == r.evaluation["Frag"] == 1


def test_every_box_is_in_the_table_of_matches_once():
    truth, seen = true_labels(STREET), predicted_labels(STREET)
    r = br.compare(truth, seen)
    rows = r.matches
    assert rows.frame.is_monotonic_increasing
    assert (rows.kind == "match").sum() == r.evaluation["TP"]
    single = rows[rows.kind != "duplicate"]
    assert single.truth.notna().sum() == len(truth.dense())
    assert rows.prediction.notna().sum() == len(seen.dense())
    pairs = rows[rows.kind == "match"]
    assert (pairs.iou >= 0.5).all()


def test_another_threshold_looks_at_the_same_overlaps():
    r = br.compare(true_labels(STREET), predicted_labels(STREET))
    strict = r.at_iou(0.97)
    assert strict.overlaps is r.overlaps
    assert "low_iou" in {error.kind for error in strict.errors}
    fresh = br.compare(r.truth, r.predictions, iou=0.97)
    assert strict.errors == fresh.errors
    with pytest.raises(AnnotationError, match=r"iou is 1\.5"):
        r.at_iou(1.5)


def test_it_shows_its_worst():
    r = br.compare(true_labels(STREET), predicted_labels(STREET))
    text = repr(r)
    assert text.startswith("10 errors at IoU >= 0.50: 2 miss")
    assert "IDF1 88.3" in text
    assert "12 → 9" in text
    assert "<table>" in r._repr_html_()
    assert repr(br.compare(r.truth, r.truth)).startswith("0 errors at IoU >= 0.50;")
    one = br.compare(r.truth, r.truth.apply(br.edits.SetOutside(1, 5, 6)))
    assert repr(one).startswith("1 error at IoU >= 0.50: 1 miss;")


def test_nothing_at_all():
    none = labels()
    r = br.compare(none, none)
    assert r.errors == []
    assert len(r.events) == len(r.matches) == 0


def test_another_video_is_refused():
    other = br.Annotation.for_video(VideoInfo.constant("b.mp4", 64, 48, 9, fps=10))
    with pytest.raises(VideoMismatchError, match="9 frames"):
        br.compare(labels(), other)


def test_only_the_frames_that_were_verified_count():
    truth = labels(("car", 0, 40, 100))
    seen = labels(("car", 0, 10, 100), ("car", 30, 40, 100), ("car", 5, 20, 300))
    r = br.compare(truth, seen, frames=[*range(10), *range(30, 40)])
    assert r.evaluation["FN"] == 0
    assert [(e.kind, e.start, e.stop) for e in r.errors] == [
        ("false_positive", 5, 10),
        ("fragmentation", 10, 30),
    ]
    assert repr(r.at_iou(0.6)).startswith("2 errors at IoU >= 0.60 on 20 of 40 frames")
    assert "boxes on 20 of 40 frames, IoU" in repr(r.evaluation)
    with pytest.raises(AnnotationError, match="frame 40"):
        br.compare(truth, seen, frames=[40])
