import json
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from boxreel.errors import AnnotationError
from boxreel.model import Annotation, VideoInfo
from boxreel.model.json import (
    annotation_from_json,
    annotation_to_json,
    video_from_json,
    video_to_json,
)
from tests.model.strategies import LABELS, VIDEO, annotations

EMPTY = annotation_to_json(Annotation(VIDEO, LABELS))


@given(annotations())
def test_a_document_comes_back(document):
    text = json.dumps(annotation_to_json(document), allow_nan=False)
    assert annotation_from_json(json.loads(text)) == document


@given(st.integers(-100, 100), st.lists(st.sampled_from([1, 2, 1001]), max_size=30))
def test_ticks_come_back(first, steps):
    ticks = np.cumsum([first, *steps])
    video = VideoInfo("a.mp4", 4, 4, ticks, VIDEO.time_base, "print")
    written = json.loads(json.dumps(video_to_json(video)))
    assert video_from_json(written) == video
    changes = sum(a != b for a, b in pairwise(steps))
    assert len(written["ticks"]) == 1 + (changes + 1 if steps else 0)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"version": 2}, "version 2 is not boxreel version 1"),
        ({"format": "coco"}, "format 'coco'"),
        ({"shapes": []}, "a document has no field 'shapes'"),
        ({"tracks": {}}, "tracks must be a list"),
        ({"tracks": [3]}, "3 is not a track: give an object"),
        ({"tracks": [{"id": 1, "label": "car"}]}, "needs the field 'keyframes'"),
        ({"labels": [{"name": "a", "attributes": 3}]}, "attributes of a label must be"),
        ({"video": {**EMPTY["video"], "ticks": []}}, "cannot be read"),
        ({"video": {**EMPTY["video"], "ticks": [[0], [1]]}}, "cannot be read"),
        ({"video": {**EMPTY["video"], "ticks": [["x"]]}}, "cannot be read"),
        ({"video": {**EMPTY["video"], "time_base": "1/0"}}, "cannot be read"),
        ({"video": {**EMPTY["video"], "time_base": None}}, "cannot be read"),
        ({"video": None}, "None is not a video"),
    ],
)
def test_bad_documents(fields, message):
    with pytest.raises(AnnotationError, match=message):
        annotation_from_json({**EMPTY, **fields})


@pytest.mark.parametrize("data", [None, [], "{}", 3])
def test_no_document_at_all(data):
    with pytest.raises(AnnotationError, match="is not a document: give an object"):
        annotation_from_json(data)


def test_a_missing_field_is_named():
    with pytest.raises(AnnotationError, match="a document needs the field 'tracks'"):
        annotation_from_json({k: v for k, v in EMPTY.items() if k != "tracks"})
