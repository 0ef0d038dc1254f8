"""CLEAR, Identity and HOTA are, number by number, those of TrackEval."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from boxreel.metrics import Evaluation, Judged
from boxreel.metrics.clear import clear, clear_matches
from boxreel.metrics.hota import hota
from boxreel.metrics.identity import identity
from boxreel.metrics.overlaps import Overlaps
from tests.metrics.oracle import combined, evaluated
from tests.metrics.walks import walks


def numbers(truth, predictions, frames):
    overlaps = Overlaps.of(truth, predictions, frames)
    found = clear(overlaps, clear_matches(overlaps, 0.5))
    names, order = identity(overlaps, 0.5), hota(overlaps)
    return {
        "CLR_TP": found.tp,
        "CLR_FN": found.fn,
        "CLR_FP": found.fp,
        "IDSW": found.idsw,
        "Frag": found.frag,
        "MT": found.mt,
        "PT": found.pt,
        "ML": found.ml,
        "MOTA": found.mota,
        "MOTP": found.motp,
        "CLR_Re": found.recall,
        "CLR_Pr": found.precision,
        "IDTP": names.idtp,
        "IDFN": names.idfn,
        "IDFP": names.idfp,
        "IDF1": names.idf1,
        "IDP": names.idp,
        "IDR": names.idr,
        "HOTA": order.hota,
        "DetA": order.det_a,
        "AssA": order.ass_a,
        "AssRe": order.ass_re,
        "AssPr": order.ass_pr,
        "LocA": order.loc_a,
        "HOTA_TP": order.tp,
        "HOTA_FN": order.fn,
        "HOTA_FP": order.fp,
    }


def assert_same(truth, predictions, frames):
    ours, theirs = (
        numbers(truth, predictions, frames),
        evaluated(truth, predictions, frames),
    )
    for name, value in ours.items():
        assert value == pytest.approx(theirs[name], abs=1e-12), name


@given(
    seed=st.integers(0, 2**32 - 1),
    frames=st.integers(1, 25),
    tracks=st.integers(0, 9),
    wobble=st.sampled_from([0.5, 3, 8]),
    turn=st.sampled_from([0, 0, 1]),
    spread=st.sampled_from([10, 120]),
)
@example(seed=1328, frames=15, tracks=2, wobble=0.5, turn=0, spread=10)  # a frame
# without predictions, on which there is an object whose match goes on behind it
@settings(max_examples=200, deadline=None)
def test_on_random_documents(seed, frames, tracks, wobble, turn, spread):
    rng = np.random.default_rng(seed)
    assert_same(*walks(rng, frames, tracks, wobble, turn, spread), frames)


def without(boxes, rng, feature, frames):
    """One side with a feature that trackers and people leave in their output."""
    if feature == "empty frames":
        return boxes.picked(~np.isin(boxes.frame, rng.integers(0, frames, 4)))
    if feature == "re-entry":
        thirds = boxes.frame * 3 // frames
        return boxes.picked((thirds != 1) | (boxes.track % 3 == 0))
    if feature == "ids reused":
        ids = boxes.track % 3 + 1
        _, first = np.unique(boxes.frame * 9 + ids, return_index=True)
        return replace(boxes, track=ids, labels=dict.fromkeys((1, 2, 3), "car")).picked(
            np.sort(first)
        )
    return boxes.picked(boxes.frame < 0) if feature == "nothing" else boxes


FEATURES = ("none", "empty frames", "re-entry", "ids reused", "nothing")


@pytest.mark.parametrize("of_predictions", FEATURES)
@pytest.mark.parametrize("of_truth", FEATURES)
@given(
    seed=st.integers(0, 2**32 - 1),
    frames=st.sampled_from([1, 2, 12]),
    wobble=st.sampled_from([0.5, 5]),
)
@settings(max_examples=10, deadline=None)
def test_on_odd_documents(of_truth, of_predictions, seed, frames, wobble):
    rng = np.random.default_rng(seed)
    truth, seen = walks(rng, frames, 7, wobble, 0)
    truth = without(truth, rng, of_truth, frames)
    seen = without(seen, rng, of_predictions, frames)
    assert_same(truth, seen, frames)


@given(seed=st.integers(0, 2**32 - 1), tracks=st.integers(2, 8))
@settings(max_examples=25, deadline=None)
def test_labels_and_sequences_are_combined_as_trackeval_does(seed, tracks):
    rng = np.random.default_rng(seed)
    clips = {name: walks(rng, 12, tracks, 3, 0) for name in ("a", "b", "c")}
    judged, theirs = {}, {}
    for name, (truth, seen) in clips.items():
        overlaps = Overlaps.of(truth, seen, 12)
        judged[name] = Judged.of(None, None, overlaps, 0.5, "label")
        for label in judged[name].labels:
            sides = (_of(label, side) for side in (truth, seen))
            theirs.setdefault(label, {})[name] = evaluated(*sides, 12)
    ours = Evaluation(judged, 0.5)
    by_label = {label: combined(each)[0] for label, each in theirs.items()}
    for label, sums in by_label.items():
        assert_numbers(ours.labels[label].numbers(), sums)
    sums, means = combined(by_label)
    assert_numbers(ours.total.numbers(), sums)
    assert_numbers(ours.mean, means)


def _of(label, boxes):
    wanted = [id for id, name in boxes.labels.items() if name == label]
    return boxes.picked(np.isin(boxes.track, wanted))


def assert_numbers(ours, theirs):
    names = {"TP": "CLR_TP", "FN": "CLR_FN", "FP": "CLR_FP"}
    names |= {"recall": "CLR_Re", "precision": "CLR_Pr"}
    for name, value in ours.items():
        expected = np.mean(theirs[names.get(name, name)])
        assert value == pytest.approx(expected, abs=1e-12), name
