"""Two people agree as far either way round; where they do not is a queue."""

import pytest

import boxreel as br
from boxreel.demo.predictions import predicted_labels
from boxreel.demo.truth import true_labels
from tests.review.clips import STREET, labels


def test_it_is_the_same_either_way_round():
    one, two = true_labels(STREET), predicted_labels(STREET)
    here, there = br.agree(one, two), br.agree(two, one)
    assert here.hota == pytest.approx(there.hota, abs=1e-12)
    assert here.iou == pytest.approx(there.iou, abs=1e-12)
    assert here.labels == pytest.approx(dict(there.labels), abs=1e-12)


def test_numbers_and_places():
    one = labels(("car", 0, 40, 100), ("person", 0, 40, 300))
    two = labels(("car", 10, 40, 100), ("person", 0, 20, 300), ("person", 15, 25, 500))
    found = br.agree(one, two)
    assert found.labels["car"] == pytest.approx(2 * 30 / 70)
    assert found.labels["person"] == pytest.approx(2 * 20 / 70)
    assert found.iou == pytest.approx(1)
    assert found.disputed == ((0, 10), (15, 40))
    assert "they differ on 35 of 40 frames, in 2 places" in repr(found)
    assert "<table>" in found._repr_html_()


def test_who_agrees_wholly_and_who_has_nothing():
    one = labels(("car", 0, 40, 100))
    same = br.agree(one, one)
    assert (same.hota, same.labels["car"], same.disputed) == (pytest.approx(1), 1, ())
    none = br.agree(labels(), labels())
    assert (none.hota, none.iou, none.disputed) == (0, 0, ())
