"""The predictions are right but for the planted errors, and those are all there."""

import numpy as np
import pytest

from boxreel.demo import street_errors
from boxreel.demo.predictions import predicted_labels
from boxreel.model import SOURCES

TWINS = {8, 11}


def by_kind(kind):
    return [error for error in street_errors() if error.kind == kind]


def iou(a, b):
    if a is None or b is None:
        return 0.0
    width = min(a.x + a.w, b.x + b.w) - max(a.x, b.x)
    height = min(a.y + a.h, b.y + b.h) - max(a.y, b.y)
    both = max(width, 0.0) * max(height, 0.0)
    return both / (a.w * a.h + b.w * b.h - both)


def best(labels, said, prediction, frame):
    """Track that overlaps a prediction most on a frame, and how much."""
    box = said.tracks[prediction].at(frame)
    overlaps = {t: iou(track.at(frame), box) for t, track in labels.tracks.items()}
    winner = max(overlaps, key=overlaps.get)
    return winner, overlaps[winner]


def test_it_is_equal_each_time(said, video):
    assert predicted_labels(video) == said


def test_a_keyframe_with_a_score_on_every_frame(said):
    dense = said.dense()
    assert dense.keyframe.all()
    assert (dense.source == SOURCES.index("model")).all()
    assert ((dense.score > 0) & (dense.score < 1)).all()


def test_ids_follow_the_order_of_appearance(said):
    assert list(said.tracks) == list(range(1, len(said.tracks) + 1))
    starts = [track.start for track in said.tracks.values()]
    assert starts == sorted(starts)


def test_boxes_jitter_but_stay_near(labels, said):
    alarms = {error.prediction for error in by_kind("false_positive")}
    worst = 1.0
    for prediction, track in said.tracks.items():
        if prediction in alarms:
            continue
        for frame in range(track.start, 500, 7):
            if track.at(frame) is not None:
                _, overlap = best(labels, said, prediction, frame)
                worst = min(worst, overlap)
                assert overlap < 1.0
    assert worst > 0.7


def test_every_present_object_is_found_outside_the_planted_gaps(labels, said):
    gaps = {
        (error.track, frame)
        for error in street_errors()
        if error.kind in ("miss", "late_start", "early_end")
        for frame in range(error.start, error.stop)
    }
    for number, track in labels.tracks.items():
        for frame in range(track.start, 500, 3):
            box = track.at(frame)
            if box is None or (number, frame) in gaps:
                continue
            overlaps = [iou(box, other.at(frame)) for other in said.tracks.values()]
            assert max(overlaps) > 0.7, (number, frame)


def test_every_kind_is_planted():
    counts = {kind: len(by_kind(kind)) for kind in {e.kind for e in street_errors()}}
    assert counts == {
        "miss": 2,
        "late_start": 1,
        "early_end": 1,
        "false_positive": 2,
        "switch": 2,
        "fragmentation": 1,
        "duplicate": 1,
    }
    starts = [error.start for error in street_errors()]
    assert starts == sorted(starts)


def test_a_miss_pauses_the_prediction_while_the_track_goes_on(labels, said):
    for error in by_kind("miss"):
        track, prediction = labels.tracks[error.track], said.tracks[error.prediction]
        for frame in (error.start, error.stop - 1):
            assert track.at(frame) is not None
            assert prediction.at(frame) is None
        for frame in (error.start - 1, error.stop):
            assert iou(track.at(frame), prediction.at(frame)) > 0.7


def test_late_start_and_early_end(labels, said):
    (late,), (early,) = by_kind("late_start"), by_kind("early_end")
    assert labels.tracks[late.track].start == late.start
    assert said.tracks[late.prediction].start == late.stop
    assert labels.tracks[early.track].spans()[-1][1] == early.stop
    assert said.tracks[early.prediction].spans()[-1][1] == early.start


def test_false_alarms_are_people_where_nobody_is(labels, said):
    for error in by_kind("false_positive"):
        assert error.track is None
        alarm = said.tracks[error.prediction]
        assert alarm.label == "person"
        assert alarm.spans() == [(error.start, error.stop)]
        for frame in range(error.start, error.stop):
            assert best(labels, said, error.prediction, frame)[1] < 0.4


def test_the_look_alikes_are_switched_when_they_cross(labels, said):
    one, other = by_kind("switch")
    assert {one.track, other.track} == TWINS
    assert one.start == other.start
    at = one.start
    centres = {
        frame: [labels.tracks[t].at(frame) for t in (8, 11)] for frame in (at - 1, at)
    }
    gaps = {
        frame: (left.x + left.w / 2) - (right.x + right.w / 2)
        for frame, (left, right) in centres.items()
    }
    assert gaps[at - 1] > 0 >= gaps[at]
    for error in (one, other):
        (before,) = TWINS - {error.track}
        assert best(labels, said, error.prediction, at - 12)[0] == before
        assert best(labels, said, error.prediction, at + 12)[0] == error.track


def test_a_track_goes_on_under_another_id_behind_the_bus(labels, said):
    (error,) = by_kind("fragmentation")
    assert best(labels, said, error.prediction, error.stop)[0] == error.track
    assert said.tracks[error.prediction].start == error.stop
    last = labels.tracks[error.track].at(error.start - 1)
    before = [
        prediction
        for prediction, track in said.tracks.items()
        if iou(track.at(error.start - 1), last) > 0.7
    ]
    assert len(before) == 1
    assert before[0] != error.prediction
    assert said.tracks[before[0]].at(error.stop) is None


def test_a_duplicate_lies_on_the_track_of_another_prediction(labels, said):
    (error,) = by_kind("duplicate")
    assert said.tracks[error.prediction].spans() == [(error.start, error.stop)]
    for frame in (error.start, error.stop - 1):
        box = labels.tracks[error.track].at(frame)
        boxes = [track.at(frame) for track in said.tracks.values()]
        assert sum(iou(box, other) > 0.7 for other in boxes) == 2


def test_scores_fall_with_what_is_hidden(said):
    parked = said.tracks[3]
    assert parked.keyframes[150].score < parked.keyframes[60].score - 0.2


@pytest.mark.parametrize("error", street_errors(), ids=lambda e: f"{e.kind}-{e.start}")
def test_an_error_names_tracks_that_exist(labels, said, error):
    assert error.track is None or error.track in labels.tracks
    assert error.prediction in said.tracks
    assert 0 <= error.start < error.stop <= 500


def test_scores_are_rounded_like_a_model_prints_them(said):
    scores = said.dense().score
    assert np.array_equal(scores, np.round(scores, 3))
