"""CLEAR, Identity and HOTA are, number by number, those of TrackEval."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from boxreel.metrics.clear import clear, clear_matches
from boxreel.metrics.hota import hota
from boxreel.metrics.identity import identity
from boxreel.metrics.overlaps import Overlaps
from tests.metrics.oracle import evaluated
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
