"""Runs of frames on which a prediction stands for a true track."""

import numpy as np
import pytest

from boxreel import demo
from boxreel.model import Annotation, VideoInfo
from boxreel.model.edits import SetOutside
from boxreel.review import compare
from boxreel.review.pairs import pair_runs

VIDEO = VideoInfo.constant("street.mp4", 640, 480, 20, fps=25)
EMPTY = Annotation.for_video(VIDEO, labels=["car"])
BOX = (10, 10, 40, 30)


def test_a_pair_is_a_run_of_frames():
    truth = EMPTY.add_track("car", {0: BOX})
    early = EMPTY.add_track("car", {0: BOX})
    found = SetOutside(1, 8, None).apply(early).add_track("car", {11: BOX})
    runs = pair_runs(compare(truth, found).outcomes)
    assert runs.tolist() == [[0, 8, 1, 1], [11, 20, 1, 2]]


def test_without_boxes_there_are_no_runs():
    assert pair_runs(compare(EMPTY, EMPTY).outcomes).shape == (0, 4)


@pytest.mark.parametrize("iou", [0.3, 0.5, 0.9])
def test_runs_hold_every_pair_once(iou):
    found = compare(demo.street().truth, demo.street_predictions(), iou=iou)
    outcomes, overlaps = found.outcomes, found.overlaps
    said = {
        (frame, truth, prediction)
        for start, stop, truth, prediction in pair_runs(outcomes).tolist()
        for frame in range(start, stop)
    }
    row = np.flatnonzero(outcomes.true_pair >= 0)
    pair = outcomes.true_pair[row]
    assert said == set(
        zip(
            overlaps.truth.frame[row].tolist(),
            overlaps.truth.ids[overlaps.pair[0][pair]].tolist(),
            overlaps.predictions.ids[overlaps.pair[1][pair]].tolist(),
            strict=True,
        )
    )
    assert sum(stop - start for start, stop, *_ in pair_runs(outcomes)) == len(row)
