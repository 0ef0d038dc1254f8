import copy
import math
import pickle

import numpy as np
import pytest
from hypothesis import given

from boxreel.errors import AnnotationError
from boxreel.model import SOURCES, Box, Keyframe, Keyframes
from tests.model.strategies import frames, tables

BOX = [10, 20, 40, 30]


def test_columns_have_their_types_and_are_read_only():
    table = Keyframes([0, 5], [BOX, BOX], sources="model", scores=0.5)
    types = {name: column.dtype for name, column in table.columns().items()}
    assert types == {
        "frames": np.int64,
        "boxes": np.float64,
        "outside": np.bool_,
        "occluded": np.bool_,
        "hold": np.bool_,
        "sources": np.uint8,
        "scores": np.float64,
    }
    assert table.boxes.shape == (2, 5)
    assert SOURCES[table.sources[1]] == "model"
    for column in table.columns().values():
        with pytest.raises(ValueError, match="read-only"):
            column[0] = 1


def test_the_given_arrays_are_copied():
    given_frames, given_boxes = np.array([0, 5]), np.array([BOX, BOX], dtype=float)
    outside = np.array([False, True])
    table = Keyframes(given_frames, given_boxes, outside)
    given_frames[0], given_boxes[0, 0], outside[0] = 3, 99, True
    assert table == Keyframes([0, 5], [BOX, BOX], [False, True])


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ({"frames": [0.0, 1.0]}, "must be integers"),
        ({"frames": [0.5, 1]}, "must be integers"),
        ({"frames": [True, False]}, "must be integers"),
        ({"frames": ["0", "1"]}, "must be integers"),
        ({"frames": [[0, 1]]}, "must be integers"),
        ({"frames": [-1, 1]}, "frame is -1; frames are counted from 0"),
        ({"frames": [5, 5]}, "two keyframes on frame 5"),
        ({"frames": [5, 3]}, "sorted by frame, but 3 follows 5"),
        ({"boxes": [BOX]}, "1 boxes for 2 frames"),
        ({"boxes": [BOX, [1, 2, 0, 4]]}, r"at frame 1 has no area"),
        ({"boxes": [BOX, [1, math.nan, 3, 4]]}, r"at frame 1 is not finite"),
        ({"boxes": []}, "0 boxes for 2 frames"),
        ({"boxes": [BOX, [1, 2]]}, "is not a box"),
        ({"outside": [True]}, "1 outside for 2 frames"),
        ({"outside": [[True], [False]]}, "give one a frame"),
        ({"hold": [1, 0]}, "hold must be true or false"),
        ({"occluded": "yes"}, "occluded must be true or false"),
        ({"sources": "guess"}, "'guess' is no source: choose one of human, model"),
        ({"sources": [0, 4]}, "indices 0 to 3"),
        ({"sources": [0, -1]}, "indices 0 to 3"),
        ({"scores": [0.5, math.inf]}, "a score must be a finite number"),
        ({"scores": ["high", "low"]}, "a score must be a finite number"),
    ],
)
def test_bad_columns(columns, message):
    with pytest.raises(AnnotationError, match=message):
        Keyframes(**{"frames": [0, 1], "boxes": [BOX, BOX], **columns})


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"frame": 1.0}, "frame must be an integer, not 1.0"),
        ({"frame": True}, "frame must be an integer, not True"),
        ({"frame": -1}, "counted from 0"),
        ({"box": (1, 2, 3)}, "is not a box"),
        ({"hold": 1}, "hold must be true or false"),
        ({"source": "guess"}, "is no source"),
        ({"score": math.inf}, "a score must be a finite number"),
        ({"score": True}, "a score must be a finite number"),
        ({"score": 10**400}, "a score must be a finite number"),
    ],
)
def test_bad_row(fields, message):
    with pytest.raises(AnnotationError, match=message):
        Keyframe(**{"frame": 0, "box": Box(*BOX), **fields})


def test_score_of_nan_is_none():
    assert Keyframe(0, Box(*BOX), score=math.nan).score is None


@given(tables)
def test_rows_and_columns_say_the_same(table):
    assert Keyframes.of([*table]) == table
    assert Keyframes.of([*reversed([*table])]) == table
    assert len({Keyframes.of([*table]), table}) == 1


@given(tables)
def test_copies_are_equal_and_still_read_only(table):
    for twin in (pickle.loads(pickle.dumps(table)), copy.deepcopy(table)):
        assert twin == table
        assert not twin.boxes.flags.writeable


@given(tables, frames)
def test_putting_a_row(table, frame):
    row = Keyframe(frame, Box(*BOX), hold=True, score=0.5)
    put = table.put(row)
    assert put[put.index_at(frame)] == row
    others = [old for old in table if old.frame != frame]
    assert [new for new in put if new.frame != frame] == others


@given(tables, frames)
def test_a_pinned_row_changes_no_box(table, frame):
    pinned = table.pinned(frame)
    assert pinned.has(frame)
    for at in range(30):
        np.testing.assert_allclose(
            unturned(pinned.row_at(at)), unturned(table.row_at(at)), rtol=0, atol=1e-8
        )
        if at >= table.frames[0]:
            assert pinned.present_at(at) == table.present_at(at)


def unturned(row):
    """Put a box so that nearly equal directions are nearly equal numbers."""
    angle = np.deg2rad(row[4])
    return [*row[:4], np.cos(angle), np.sin(angle)]


def test_tables_differ_in_any_column():
    table = Keyframes([0], [BOX])
    for name, value in {
        "outside": True,
        "occluded": True,
        "hold": True,
        "sources": "model",
        "scores": 0.5,
    }.items():
        assert Keyframes([0], [BOX], **{name: value}) != table
    assert Keyframes([1], [BOX]) != table
    assert table != "table"
