"""CLEAR, Identity and HOTA are, number by number, those of TrackEval."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from boxreel.metrics.clear import clear, clear_matches
from boxreel.metrics.hota import hota
from boxreel.metrics.identity import identity
from boxreel.metrics.overlaps import Overlaps
from boxreel.model import Boxes
from tests.metrics.oracle import evaluated


def table(rows):
    """Boxes of rows: frame, track, x, y, w, h, rotation."""
    rows = np.array(rows, dtype=np.float64).reshape(-1, 7)
    count = len(rows)
    return Boxes(
        frame=rows[:, 0].astype(np.int64),
        track=rows[:, 1].astype(np.int64),
        box=rows[:, 2:],
        occluded=np.zeros(count, np.bool_),
        keyframe=np.zeros(count, np.bool_),
        source=np.zeros(count, np.uint8),
        score=np.full(count, np.nan),
        labels={},
    )


def walks(rng, frames, tracks, wobble, turn):
    """True tracks that come, go and return, and what a tracker makes of them."""
    truth, seen = [], []
    names = rng.permutation(np.arange(1, 3 * tracks + 1))
    for track in range(tracks):
        place, pace = rng.uniform(0, 120, 2), rng.normal(0, 3, 2)
        size = rng.uniform(15, 50, 2)
        angle = turn * rng.uniform(-40, 40)
        name = names[track]
        for frame in range(frames):
            place = place + pace
            if rng.random() < 0.1:
                continue
            truth.append((frame, track + 5, *place, *size, angle))
            if rng.random() < 0.05:
                name = rng.choice(names)
            if rng.random() < 0.85 and (frame, name) not in {r[:2] for r in seen}:
                off = rng.normal(0, wobble, 4)
                box = np.append(place, size) + off
                box[2:] = np.maximum(box[2:], 2)
                seen.append((frame, name, *box, angle))
    return table(truth), table(seen)


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
)
@settings(max_examples=150, deadline=None)
def test_on_random_documents(seed, frames, tracks, wobble, turn):
    rng = np.random.default_rng(seed)
    assert_same(*walks(rng, frames, tracks, wobble, turn), frames)


@pytest.mark.parametrize("empty", ["truth", "predictions", "frames between", "both"])
def test_where_something_is_empty(empty):
    truth, predictions = walks(np.random.default_rng(3), 20, 5, 2, 0)
    if empty in ("truth", "both"):
        truth = truth.picked(truth.frame < 0)
    if empty in ("predictions", "both"):
        predictions = predictions.picked(predictions.frame < 0)
    if empty == "frames between":
        predictions = predictions.picked(predictions.frame % 4 != 1)
        truth = truth.picked(truth.frame % 5 != 3)
    assert_same(truth, predictions, 20)
