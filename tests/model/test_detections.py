"""What models say, in the objects they say it in, becomes tracks; and back."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import polars
import pyarrow
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from boxreel.errors import AnnotationError, BoxreelWarning
from boxreel.model import Annotation, VideoInfo

VIDEO = VideoInfo.constant("street.mp4", 640, 480, 20, fps=10)


def supervision(xyxy, ids, classes, scores=None, names=None):
    """Make what supervision.Detections looks like."""
    data = {} if names is None else {"class_name": np.array(names)}
    return SimpleNamespace(
        xyxy=np.array(xyxy, np.float32).reshape(-1, 4),
        tracker_id=None if ids is None else np.array(ids),
        class_id=None if classes is None else np.array(classes),
        confidence=None if scores is None else np.array(scores, np.float32),
        data=data,
    )


class Tensor:
    """What a tensor looks like that lies on another device."""

    def __init__(self, values):
        self.values = np.array(values)

    def detach(self):
        return self

    def cpu(self):
        return self.values


def ultralytics(xyxy, ids, classes, scores):
    boxes = SimpleNamespace(
        xyxy=Tensor(xyxy),
        id=None if ids is None else Tensor(ids),
        cls=Tensor(classes),
        conf=Tensor(scores),
    )
    return SimpleNamespace(boxes=boxes, obb=None, names={0: "car", 2: "van"})


def test_supervision():
    found = [
        supervision([[1, 2, 11, 22], [5, 5, 9, 9]], [4, 9], [0, 1], [0.5, 0.75]),
        supervision([], [], []),
        supervision([[3, 2, 13, 22]], [4], [0], [1.0]),
    ]
    a = Annotation.from_detections(VIDEO, found, classes=["car", "van"])
    assert {id: t.label for id, t in a.tracks.items()} == {4: "car", 9: "van"}
    assert a.tracks[4].spans() == [(0, 1), (2, 3)]
    assert a.tracks[4].at(2).row == (3, 2, 10, 20, 0)
    assert a.at(0).score.tolist() == [0.5, 0.75]
    assert set(a.dense().source) == {1}
    named = supervision([[1, 2, 3, 4]], [1], [7], names=["bus"])
    assert Annotation.from_detections(VIDEO, [named]).tracks[1].label == "bus"


def test_without_ids_each_is_an_object_of_one_frame():
    found = {3: supervision([[1, 2, 3, 4], [5, 5, 9, 9]], [-1, -1], None)}
    with pytest.warns(BoxreelWarning, match="2 boxes without an id") as told:
        a = Annotation.from_detections(VIDEO, found)
    assert told[0].filename == __file__
    assert [t.spans() for t in a.tracks.values()] == [[(3, 4)], [(3, 4)]]
    assert {t.label for t in a.tracks.values()} == {"object"}


def test_ultralytics():
    found = [
        ultralytics([[1, 2, 11, 22]], [1.0], [2.0], [0.5]),
        ultralytics(np.zeros((0, 4)), None, [], []),
    ]
    a = Annotation.from_detections(VIDEO, iter(found))
    assert a.tracks[1].label == "van"
    assert a.tracks[1].at(0).row == (1, 2, 10, 20, 0)
    turned = SimpleNamespace(
        xywhr=Tensor([[50, 40, 20, 10, np.pi / 2]]),
        id=Tensor([1.0]),
        cls=Tensor([0.0]),
        conf=Tensor([0.5]),
    )
    b = Annotation.from_detections(
        VIDEO, [SimpleNamespace(boxes=None, obb=turned, names={0: "ship"})]
    )
    assert b.tracks[1].at(0).row == pytest.approx((40, 35, 20, 10, 90))


def test_torchvision_and_pairs():
    found = {"boxes": Tensor([[1.0, 2, 3, 4]]), "labels": Tensor([1]), "ids": [3]}
    a = Annotation.from_detections(VIDEO, [(7, found), (9, None)], classes={1: "cat"})
    assert (a.tracks[3].label, a.tracks[3].start) == ("cat", 7)


@pytest.mark.parametrize("make", [dict, pd.DataFrame, polars.DataFrame, pyarrow.table])
def test_tables_of_every_library(make):
    table = make(
        {
            "Frame_ID": [1, 2],
            "tracker_id": [5, 5],
            "x1": [1, 2],
            "y1": [2, 2],
            "x2": [11.0, 12.5],
            "y2": [22, 22],
            "confidence": [0.5, None],
            "class_name": ["car", "car"],
        }
    )
    a = Annotation.from_detections(VIDEO, table, frame_base=1)
    assert a.tracks[5].keyframes.frames.tolist() == [0, 1, 2]
    assert a.tracks[5].at(1).row == (2, 2, 10.5, 20, 0)
    assert np.isnan(a.at(1).score).all()


@settings(max_examples=40, deadline=None)
@given(
    st.dictionaries(
        st.tuples(st.integers(0, 19), st.integers(1, 4)),
        st.tuples(*[st.integers(1, 99)] * 4, st.floats(0, 1, width=16)),
        min_size=1,
    )
)
def test_what_goes_out_comes_back(found):
    rows = [(f, id, *box, id % 2) for (f, id), box in found.items()]
    a = Annotation.from_detections(VIDEO, np.array(rows), classes=["car", "van"])
    sorted_rows = sorted(map(list, rows), key=lambda row: (row[1], row[0]))
    classes = [label.name for label in a.labels]
    again = Annotation.from_detections(VIDEO, a.to_numpy(), classes=classes)
    assert again.tracks == a.tracks
    assert a.to_numpy()[:, :7].tolist() == [row[:7] for row in sorted_rows]
    for table in (a.to_pandas(), a.to_polars(), a.to_arrow()):
        assert Annotation.from_detections(VIDEO, table).tracks == a.tracks


@pytest.mark.parametrize(
    ("found", "message"),
    [
        (3, "int is none of the detections"),
        ([3], "frame 0: int is none"),
        ([], None),
        (np.zeros((2, 3)), "6 to 8 columns"),
        (np.array([[25, 1, 0, 0, 1, 1]]), "frame 25 is past the end"),
        (np.array([[-1, 1, 0, 0, 1, 1]]), "row 0: frame is -1"),
        (np.array([[0.5, 1, 0, 0, 1, 1]]), "row 0: frame is 0.5"),
        ([(1.5, {"boxes": [[0, 0, 1, 1]]})], "row 0: frame is 1.5"),
        (np.array([[0, 1, 0, 0, 0, 1]]), "row 0: on frame 0 .* is no box"),
        (np.array([[0, 1, 0, 0, np.nan, 1]]), "is no box: give finite numbers"),
        (np.array([[3, 1, 0, 0, 1, 1]] * 2), "object 1 is on frame 3 twice"),
        ({"x": [1], "y": [1]}, "no column of frames"),
        ({"frame": [1], "y": [1], "x": [1]}, "no columns of boxes"),
        ({"frame": [1], "y": [1, 2]}, "unequal length"),
        ({"frame": ["one"], "x": [1], "y": [1], "w": [1], "h": [1]}, "is 'one'"),
    ],
)
def test_what_is_wrong_is_named(found, message):
    if message is None:
        assert not Annotation.from_detections(VIDEO, found).tracks
        return
    with pytest.raises(AnnotationError, match=message):
        Annotation.from_detections(VIDEO, found)


def test_a_box_is_not_occluded_where_nothing_is_said():
    box = {"track": [1, 1], "x": [1, 1], "y": [1, 1], "w": [9, 9], "h": [9, 9]}
    for said in ([np.nan, 1.0], [None, True], [np.nan, "True"]):
        table = pd.DataFrame({"frame": [0, 1], **box, "occluded": said})
        a = Annotation.from_detections(VIDEO, table)
        assert a.dense([0, 1]).occluded.tolist() == [False, True]


@pytest.mark.parametrize("backend", ["numpy_nullable", "pyarrow"])
def test_empty_cells_of_tables_that_have_types_for_them(backend):
    table = pd.DataFrame(
        {
            **{"frame": [0, 1], "track": [1, None], "x": [1, 2.5], "y": [1, 2]},
            **{"w": [9, 9], "h": [9, 9], "rotation": [None, 3], "score": [0.5, None]},
            **{"label": ["car", None], "occluded": [True, None]},
        }
    ).convert_dtypes(dtype_backend=backend)
    with pytest.warns(BoxreelWarning, match="without an id"):
        a = Annotation.from_detections(VIDEO, table)
    assert [track.label for track in a.tracks.values()] == ["car", "object"]
    assert a.dense([0, 1]).occluded.tolist() == [True, False]
    assert a.dense([0, 1]).rotation.tolist() == [0, 3]
    assert np.isnan(a.dense([0, 1]).score).tolist() == [False, True]


def test_a_class_that_changes_is_told():
    rows = np.array([[0, 1, 0, 0, 9, 9, 1, 0], [1, 1, 0, 0, 9, 9, 1, 1]])
    with pytest.warns(BoxreelWarning, match="1 boxes have another class"):
        a = Annotation.from_detections(VIDEO, rows)
    assert a.tracks[1].label == "class 0"


def linkable():
    rows = [
        (f, -1, 10 + 100 * k + 3 * f, 50, 40, 60, 0.9, k // 2)
        for f in range(20)
        for k in range(4)
    ]
    return np.array(rows, dtype=float)


def test_linking_says_what_it_needs(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "trackers", None)
    with pytest.raises(ImportError, match=r"pip install boxreel\[link\]"):
        Annotation.from_detections(VIDEO, linkable(), link=True)


def test_linking():
    pytest.importorskip("trackers", reason="boxreel[link] is not installed")
    a = Annotation.from_detections(VIDEO, linkable(), link=True)
    assert [t.spans() for t in a.tracks.values()] == [[(0, None)]] * 4
    assert [t.label for t in a.tracks.values()] == ["class 0"] * 2 + ["class 1"] * 2


def test_supervision_takes_a_frame_back():
    sv = pytest.importorskip("supervision", reason="supervision is not installed")
    a = Annotation.from_detections(VIDEO, np.array([[0, 3, 1, 2, 10, 20, 0.5]]))
    found = a.to_supervision(0)
    assert isinstance(found, sv.Detections)
    assert found.xyxy.tolist() == [[1, 2, 11, 22]]
    assert found.data["class_name"].tolist() == ["object"]
    assert Annotation.from_detections(VIDEO, [found]).tracks == a.tracks
