import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from boxreel.errors import AnnotationError
from boxreel.model import SOURCES, Annotation, Boxes, interpolate
from tests.model.strategies import FRAMES, LABELS, VIDEO, annotations, frames

EMPTY = Annotation(VIDEO, LABELS)


def expected(document, wanted):
    """Rows as `Track.at` gives them, one after the other."""
    rows = []
    for track in document.tracks.values():
        table = track.keyframes
        for frame in wanted:
            box = track.at(frame)
            if box is not None:
                row = table[table.index_at(frame)]
                rows.append((frame, track.id, box.row, row, row.frame == frame))
    return rows


def check(boxes, document, wanted):
    rows = expected(document, wanted)
    assert boxes.frame.tolist() == [row[0] for row in rows]
    assert boxes.track.tolist() == [row[1] for row in rows]
    exact = np.array([row[2] for row in rows]).reshape(-1, 5)
    assert np.ascontiguousarray(boxes.box).tobytes() == exact.tobytes()
    assert boxes.occluded.tolist() == [row[3].occluded for row in rows]
    assert boxes.source.tolist() == [SOURCES.index(row[3].source) for row in rows]
    scores = [np.nan if row[3].score is None else row[3].score for row in rows]
    np.testing.assert_array_equal(boxes.score, np.array(scores, dtype=float))
    assert boxes.keyframe.tolist() == [row[4] for row in rows]


@given(annotations())
def test_dense_is_at_bit_for_bit(document):
    check(document.dense(), document, range(FRAMES))


@given(annotations(), st.lists(frames, max_size=8))
def test_any_frames_are_at_bit_for_bit(document, wanted):
    check(document.dense(wanted), document, sorted(set(wanted)))


@given(annotations(), frames)
def test_one_frame(document, frame):
    check(document.at(frame), document, [frame])


@given(annotations(min_tracks=1), st.integers(1, 60))
def test_however_it_is_cut_into_parts(document, rows):
    whole = document.dense()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(interpolate, "ROWS_AT_ONCE", rows)
        assert document.dense() == whole


def test_no_tracks():
    boxes = EMPTY.dense()
    assert len(boxes) == 0
    assert boxes.box.shape == (0, 5)
    assert boxes.track.dtype == boxes.frame.dtype == np.int64
    assert boxes.xyxy.shape == (0, 4)


@pytest.mark.parametrize("give", [list, np.array, iter, tuple, set])
def test_frames_of_any_kind(give):
    document = EMPTY.add_track("car", {0: (0, 0, 1, 1)})
    assert document.dense(give([3, 1, 3])).frame.tolist() == [1, 3]


@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        ([FRAMES], f"frame {FRAMES} is not in the video: its frames are 0 to"),
        ([0, -1], "frame -1 is not in the video"),
        ([0.5], "frames must be integers"),
        ([1.0, 2.0], "frames must be integers"),
        (np.array([[1]]), "frames must be integers"),
        ([True], "frames must be integers"),
    ],
)
def test_bad_frames(wanted, message):
    with pytest.raises(AnnotationError, match=message):
        EMPTY.dense(wanted)


def test_a_bad_frame_of_at():
    with pytest.raises(AnnotationError, match="frames must be integers"):
        EMPTY.at(1.5)


def test_columns():
    document = EMPTY.add_track("car", {0: (1, 2, 3, 4, 5)}).add_track(
        "car", {2: (1, 2, 3, 4)}
    )
    boxes = document.dense([1, 2])
    names = ["x", "y", "w", "h", "rotation"]
    columns = boxes.columns()
    assert [columns[name][0] for name in names] == [1, 2, 3, 4, 5]
    assert boxes.xyxy[0].tolist() == [1, 2, 4, 6]
    assert {len(column) for column in columns.values()} == {len(boxes)} == {3}
    assert boxes != document.dense([1])
    assert isinstance(boxes, Boxes)
