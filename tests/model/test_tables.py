import sys

import numpy as np
import pytest
from hypothesis import given

from boxreel import formats
from boxreel.model import Annotation, VideoInfo
from tests.model.strategies import VIDEO, annotations

COLUMNS = ["frame", "time", "track", "label", "x", "y", "w", "h", "rotation"]


@given(annotations())
def test_dense_table(document):
    table = document.to_pandas()
    boxes = document.dense()
    assert [*table.columns] == [*COLUMNS, "occluded", "source", "score"]
    np.testing.assert_array_equal(table[COLUMNS[4:]].to_numpy(), boxes.box)
    assert table["time"].tolist() == document.video.times[boxes.frame].tolist()
    labels = [document.tracks[id].label for id in boxes.track]
    assert table["label"].tolist() == labels


@given(annotations())
def test_keyframe_table(document):
    table = document.keyframes()
    flags = ["outside", "occluded", "hold"]
    assert [*table.columns] == [*COLUMNS, *flags, "source", "score"]
    rows = [
        (
            track.id,
            track.label,
            row.frame,
            *row.box.row,
            row.outside,
            row.hold,
            row.source,
        )
        for track in document.tracks.values()
        for row in track.keyframes
    ]
    shown = table[
        ["track", "label", "frame", *COLUMNS[4:], "outside", "hold", "source"]
    ]
    assert [*shown.itertuples(index=False, name=None)] == rows


def test_ids_need_not_be_dense():
    document = Annotation.for_video(VIDEO, ["car", "van"])
    document = document.add_track("van", {0: (0, 0, 1, 1)}, id=70)
    document = document.add_track("car", {0: (0, 0, 1, 1)}, id=9)
    counts = document.to_pandas().groupby(["track", "label"], observed=True).size()
    assert [*counts.index] == [(9, "car"), (70, "van")]


@pytest.mark.parametrize("make", [Annotation.to_pandas, Annotation.keyframes])
def test_without_pandas(make, monkeypatch):
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(ImportError, match=r"pip install boxreel\[pandas\]"):
        make(Annotation.for_video(VIDEO))


def test_labels_that_no_table_can_hold_are_escaped_and_come_back(tmp_path):
    video = VideoInfo.constant("a", 640, 480, 10, fps=25)
    labels = Annotation.for_video(video, ["half\ud800", "half\\ud800"])
    for label in ("half\ud800", "half\\ud800"):
        labels = labels.add_track(label, {0: (1, 2, 30, 40)})
    spelt = {"half\\ud800", "half\\ud800'"}
    for table in (labels.to_pandas(), labels.to_polars(), labels.to_arrow()):
        assert labels.with_table(table) is labels
    assert {*labels.to_pandas()["label"]} == spelt
    assert {*labels.keyframes()["label"]} == spelt
    for name in ("csv", "parquet", "arrow"):
        formats.write(labels, tmp_path / f"a.{name}")
        back = formats.read_report(tmp_path / f"a.{name}", video=video)[0]
        assert {label.name for label in back.labels} == spelt
