"""Hard frames are those with most wrong boxes, apart, and go out as a data set."""

import json

import numpy as np
import pytest

import boxreel as br
from boxreel.errors import AnnotationError, ExportError
from boxreel.review.hard import wrong_boxes
from tests.review.clips import labels

VIDEO = br.open_video(np.zeros((40, 480, 640), np.uint8), fps=10)


@pytest.fixture
def r():
    truth = labels(("car", 0, 40, 100), ("car", 20, 30, 300), ("person", 0, 40, 500))
    seen = labels(("car", 8, 40, 100), ("person", 0, 23, 500), ("person", 27, 40, 500))
    return br.compare(truth, seen)


def test_most_wrong_boxes_first_and_apart(r):
    wrong = wrong_boxes(r)
    assert wrong[[0, 9, 20, 25, 26, 30]].tolist() == [1, 0, 1, 2, 2, 0]
    assert r.hard_frames(1) == [23]
    assert r.hard_frames(2) == [0, 23]
    assert r.hard_frames(apart=0) == [f for f in range(40) if wrong[f]]
    assert min(np.diff(r.hard_frames(apart=0.3))) == 3
    r.pin("look", 35)
    assert r.hard_frames(2) == [23, 35]
    with pytest.raises(AnnotationError, match="count=0"):
        r.hard_frames(0)


def test_a_break_of_identity_is_one_frame_and_a_low_overlap_a_part():
    truth = labels(("car", 0, 40, 100), ("car", 0, 40, 300))
    seen = labels(("car", 0, 20, 100), ("car", 20, 40, 100), ("car", 0, 40, 320))
    wrong = wrong_boxes(br.compare(truth, seen))
    assert wrong[0] == pytest.approx(1 - 20 / 60)
    assert wrong[20] == pytest.approx(1 + wrong[19])


def test_they_are_exported_with_the_labels_as_they_are_now(r, tmp_path):
    with pytest.raises(ExportError, match="give video="):
        r.export_hard_frames(tmp_path / "hard")
    options = {"format": "coco", "progress": False}
    report = r.export_hard_frames(tmp_path / "hard", 2, video=VIDEO, **options)
    assert report.counts["images"] == 2
    (path,) = (tmp_path / "hard").rglob("*train*.json")
    document = json.loads(path.read_text())
    assert len(document["annotations"]) == len(r.truth.dense([0, 23]))
    same = br.compare(r.truth, r.truth)
    with pytest.raises(ExportError, match="no error"):
        same.export_hard_frames(tmp_path / "none", video=VIDEO)
