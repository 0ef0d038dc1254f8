"""An edited table taken back changes what was changed in it, and nothing else."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from boxreel.errors import AnnotationError
from boxreel.model import Annotation, Event, VideoInfo

VIDEO = VideoInfo.constant("street.mp4", 640, 480, 40, fps=10)


@pytest.fixture(scope="module")
def labels():
    a = Annotation.for_video(VIDEO, ["car", "van"])
    a = a.add_track("car", {0: (10, 20, 40, 30), 20: (50, 20, 40, 30)})
    return a.add_track("van", {5: (100, 20, 40, 30, 15), 30: (10, 90, 40, 30, -20)})


def test_nothing_changed_is_the_same_object(labels):
    for table in (labels.to_pandas(), labels.to_polars(), labels.to_arrow()):
        assert labels.with_table(table) is labels
    shuffled = labels.to_pandas().sample(frac=1, random_state=1)
    assert labels.with_table(shuffled) is labels


def test_a_track_moved_as_a_whole_keeps_its_keyframes(labels):
    table = labels.to_pandas()
    table.loc[table.track == 1, "y"] += 7
    moved = labels.with_table(table)
    assert moved.tracks[2] is labels.tracks[2]
    assert moved.tracks[1].keyframes.frames.tolist() == [0, 20, 39]
    assert moved.tracks[1].at(13).row == (36, 27, 40, 30, 0)


def test_rows_left_out_and_added(labels):
    table = labels.to_pandas()
    table = table[~((table.track == 1) & table.frame.between(10, 14))]
    table = table[table.track != 2]
    new = {"frame": 3, "track": np.nan, "label": "bus", "x": 1, "y": 2, "w": 3, "h": 4}
    table = pd.concat([table.astype({"label": str}), pd.DataFrame([new])])
    table["occluded"] = table.occluded.eq(True)
    done = labels.with_table(table)
    assert done.tracks[1].spans() == [(0, 10), (15, None)]
    assert [*done.tracks] == [1, 3]
    assert (done.tracks[3].label, done.tracks[3].spans()) == ("bus", [(3, 4)])
    assert [label.name for label in done.labels] == ["car", "van", "bus"]


def test_events_forget_tracks_that_are_gone(labels):
    event = Event(1, "car", 0, 9, (1, 2))
    with_event = Annotation(VIDEO, labels.labels, labels.tracks, [event])
    table = labels.to_pandas()
    done = with_event.with_table(table[table.track == 1])
    assert done.events[0].tracks == (1,)


@settings(max_examples=40, deadline=None)
@given(
    st.dictionaries(
        st.integers(0, 74), st.tuples(st.integers(-9, 9), st.booleans()), max_size=9
    )
)
def test_every_row_is_met_and_others_stay(labels, edits):
    table = labels.to_pandas()
    for row, (by, occluded) in edits.items():
        table.loc[row, "x"] += by / 10
        table.loc[row, "occluded"] = occluded
    done = labels.with_table(table)
    after = done.to_pandas()
    columns = ["x", "y", "w", "h", "rotation"]
    assert after.frame.tolist() == table.frame.tolist()
    np.testing.assert_allclose(after[columns], table[columns], atol=1e-5)
    assert after.occluded.tolist() == table.occluded.tolist()
    touched = {
        table.track[row] for row, change in edits.items() if change != (0, False)
    }
    same = {id for id in (1, 2) if done.tracks[id] is labels.tracks[id]}
    assert same == {1, 2} - touched


def test_what_cannot_be_is_refused(labels):
    table = labels.to_pandas()
    with pytest.raises(AnnotationError, match="object 1 is on frame 0 twice"):
        labels.with_table(pd.concat([table, table]))
    table["label"] = table.label.astype(str)
    table.loc[3, "label"] = "van"
    with pytest.raises(AnnotationError, match="object 1 has several labels"):
        labels.with_table(table)
