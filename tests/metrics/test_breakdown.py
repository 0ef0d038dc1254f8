"""Numbers by what boxes are like: rows add up, values are what they are called."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import boxreel as br
from boxreel.demo.predictions import predicted_labels
from boxreel.demo.truth import true_labels
from boxreel.errors import AnnotationError
from boxreel.metrics import Overlaps, Side
from boxreel.metrics.judged import Judged
from boxreel.metrics.values import motion_iou
from boxreel.model import VideoInfo
from tests.metrics.walks import walks
from tests.review.clips import STREET

CLIP = VideoInfo.constant("street.mp4", 640, 480, 20, fps=30)
EMPTY = br.Annotation.for_video(CLIP, labels=["car", "person"])


@given(
    seed=st.integers(0, 2**32 - 1),
    frames=st.integers(1, 15),
    tracks=st.integers(0, 8),
    by=st.sampled_from(["size", "speed", "occluded"]),
)
@settings(max_examples=60, deadline=None)
def test_rows_add_up_to_the_whole(seed, frames, tracks, by):
    rng = np.random.default_rng(seed)
    overlaps = Overlaps.of(*walks(rng, frames, tracks, 4, 0), frames)
    judged = Judged.of(EMPTY, EMPTY, overlaps, 0.5, "label")
    rows, whole = judged.by(by).values(), judged.labels.values()
    for name in ("tp", "fn", "fp"):
        parts = sum(getattr(each.clear, name) for each in rows)
        assert parts == sum(getattr(each.clear, name) for each in whole), name
    for row in rows:
        assert row.identity.idtp + row.identity.idfn == row.clear.tp + row.clear.fn
        assert row.hota.tp[9] + row.hota.fn[9] == row.clear.tp + row.clear.fn


def test_boxes_of_one_kind_alone_are_judged_as_if_there_were_no_others():
    truth = EMPTY.add_track("car", {0: (0, 0, 20, 20)})
    truth = truth.add_track("car", {0: (100, 0, 200, 200), 19: (300, 0, 200, 200)})
    seen = EMPTY.add_track("car", {0: (0, 0, 20, 20), 10: (500, 400, 20, 20)})
    seen = seen.add_track("car", {0: (100, 0, 200, 200), 19: (300, 0, 200, 200)})
    sizes = br.evaluate(truth, seen).by("size")
    large = truth.apply(br.edits.RemoveTrack(1)), seen.apply(br.edits.RemoveTrack(1))
    assert sizes["large"].numbers() == br.evaluate(*large).total.numbers()
    assert list(sizes.rows) == ["small", "large"]
    assert list(sizes.to_pandas().index) == ["small", "large", "all"]
    with pytest.raises(KeyError, match="no size 'medium': there are 'small', 'large'"):
        sizes["medium"]


def test_a_prediction_belongs_to_the_box_that_it_lies_on():
    truth = EMPTY.add_track("car", {0: (0, 0, 40, 40)})
    truth = truth.apply(br.edits.SetOccluded(1, 0, 5))
    off = EMPTY.add_track("car", {0: (25, 0, 40, 40)})
    rows = br.evaluate(truth, off).by("occluded").rows
    assert {name: row.clear.fp for name, row in rows.items()} == {"no": 15, "yes": 5}


def test_an_attribute_of_tracks():
    truth = EMPTY.add_track("car", {0: (0, 0, 40, 40)})
    truth = truth.add_track("car", {0: (200, 0, 40, 40)})
    steps = br.edits.SetAttribute(1, "weather", "rain", 0, 8)
    truth = truth.apply(steps).apply(br.edits.SetAttribute(2, "parked", True))
    seen = EMPTY.add_track("car", {4: (0, 0, 40, 40)})
    found = br.evaluate({"a": truth, "b": truth}, {"a": seen, "b": truth})
    rain = found.by("weather")["rain"].clear
    assert (rain.tp, rain.fn) == (4 + 8, 4)
    assert list(found.by("parked").rows) == ["yes", "none"]
    with pytest.raises(AnnotationError, match="occluded, size, speed, weather, parked"):
        found.by("colour")


def test_speed_is_the_overlap_with_a_third_of_a_second_before_and_after():
    moving = EMPTY.add_track("car", {0: (0, 0, 100, 50), 19: (95, 0, 100, 50)})
    moving = moving.add_track("car", {0: (0, 200, 100, 50)})
    side = Side.of(moving.dense())
    overlap = motion_iou(side, 30)[side.track == 0]
    near = [95 / 19 * abs(step) for step in range(-10, 10) if step]
    assert overlap[10] == pytest.approx(np.mean([(100 - d) / (100 + d) for d in near]))
    moving = moving.add_track("car", {0: (0, 400, 100, 50), 19: (38, 400, 100, 50)})
    rows = br.evaluate(moving, moving).by("speed").rows
    found = {name: row.clear.tp for name, row in rows.items()}
    assert found == {"slow": 20, "medium": 20, "fast": 20}
    once = EMPTY.add_track("car", {0: (0, 0, 9, 9)}).apply(br.edits.TrimTrack(1, 0, 1))
    assert list(br.evaluate(once, once).by("speed").rows) == ["none"]


def test_tables():
    found = br.compare(true_labels(STREET), predicted_labels(STREET)).evaluation
    table = found.to_pandas()
    ratios = table.loc[list(found.labels), "HOTA"]
    assert table.loc["mean", "HOTA"] == pytest.approx(ratios.mean())
    assert table.loc["mean", "IDSW"] == table.loc["all", "IDSW"] == 3
    assert found.alphas().HOTA.mean() == pytest.approx(found["HOTA"])
    assert list(found.alphas().index[[0, -1]]) == [0.05, 0.95]
    assert "small" in repr(found.by("size"))
    assert "<table>" in found.by("speed")._repr_html_()


def test_a_plot_over_all_thresholds():
    found = br.compare(true_labels(STREET), predicted_labels(STREET)).evaluation
    ax = found.plot()
    assert ax.lines[0].get_label() == "HOTA 88.3"
    assert ax.lines[0].get_ydata() == pytest.approx(100 * found.total.hota.hota)
    assert found.plot(ax) is ax
