"""What is drawn of a comparison is what was found."""

import sys

import numpy as np
import pytest

import boxreel as br
from boxreel.demo.predictions import predicted_labels
from boxreel.demo.truth import true_labels
from boxreel.errors import AnnotationError
from boxreel.review.figures import confusion, errors_over_time, overlap_histogram
from tests.review.clips import STREET, labels


@pytest.fixture(scope="module")
def street():
    return br.compare(true_labels(STREET), predicted_labels(STREET))


def test_errors_over_time_count_each_frame_once(street):
    found = errors_over_time(street)
    width = np.diff(found.edges)
    assert (found.edges[0], found.edges[-1]) == (0, 500)
    assert width.min() >= 4
    missed = [e for e in street.errors if e.kind in ("miss", "late_start", "early_end")]
    frames = sum(e.stop - e.start for e in missed)
    assert (found.counts["miss"] * width).sum() == pytest.approx(frames)
    assert (found.counts["identity"] * width).sum() == pytest.approx(3)
    one = labels(("car", 0, 40, 100))
    assert not any(
        c.any() for c in errors_over_time(br.compare(one, one)).counts.values()
    )


def test_overlaps_are_those_of_all_pairs():
    truth, seen = labels(("car", 0, 20, 100)), labels(("car", 0, 20, 100, 138))
    r = br.compare(truth, seen)
    found = overlap_histogram(r)
    assert found.matched.sum() == r.evaluation["TP"]
    assert found.not_matched.sum() == sum(e.fn for e in r.errors if e.iou)
    assert found.matched[:10].sum() == found.not_matched[10:].sum() == 0


def test_labels_mixed_up():
    truth = labels(("car", 0, 20, 100), ("person", 0, 20, 300))
    seen = labels(("person", 0, 15, 100), ("person", 0, 20, 300), ("person", 2, 5, 500))
    found = confusion(br.compare(truth, seen))
    assert found.names == ("car", "person", "nothing")
    assert found.counts.tolist() == [[0, 15, 5], [0, 20, 0], [0, 3, 0]]


def test_plots(street):
    axes = street.plot()
    titles = [ax.get_title() for ax in axes.flat]
    assert titles == ["HOTA", "Errors over time", "Overlap", "Confusion"]
    ax = street.at_iou(0.97).plot("iou")
    assert len(ax.patches) == 2
    street.plot("confusion", ax)
    with pytest.raises(AnnotationError, match="no plot 'roc': there are 'hota'"):
        street.plot("roc")


def test_without_matplotlib(street, monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib.pyplot", None)
    with pytest.raises(ImportError, match=r'pip install "boxreel\[plot\]"'):
        street.plot()
