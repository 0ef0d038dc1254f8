import json
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from boxreel.errors import AnnotationError
from boxreel.model import VideoInfo
from boxreel.model.json import (
    event_from_json,
    label_from_json,
    track_from_json,
    video_from_json,
    video_to_json,
)
from tests.model.strategies import VIDEO

WRITTEN = video_to_json(VIDEO)


def keyframe(data):
    """Read a track of a good keyframe and of this one."""
    good = {"frame": 5, "box": [1, 2, 3, 4]}
    return track_from_json({"id": 1, "label": "car", "keyframes": [good, data]})


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
        ({"codec": "h264"}, "a video has no field 'codec'"),
        ({"ticks": []}, "ticks of the video cannot be read"),
        ({"ticks": [[0], [1]]}, "ticks of the video cannot be read"),
        ({"ticks": [["x"]]}, "ticks of the video cannot be read"),
        ({"ticks": [[0], [10**30, 23]]}, "ticks of the video cannot be read"),
        ({"ticks": [[10**30]]}, "ticks of the video cannot be read"),
        ({"time_base": "1/0"}, "time base is 1/0"),
        ({"time_base": None}, "time base is None"),
        ({"frames": 3}, "3 frames but 24 ticks"),
    ],
)
def test_bad_videos(fields, message):
    with pytest.raises(AnnotationError, match=message):
        video_from_json({**WRITTEN, **fields})


@pytest.mark.parametrize(
    ("read", "data", "message"),
    [
        (video_from_json, None, "None is not a video: give an object"),
        (label_from_json, {"name": "a", "attributes": 3}, "attributes of a label must"),
        (track_from_json, 3, "3 is not a track: give an object"),
        (track_from_json, {"id": 1, "label": "car"}, "needs the field 'keyframes'"),
        (keyframe, {"frame": 0, "box": [1, 2]}, "is not a box: give 4 or 5 numbers"),
        (keyframe, {"frame": 0, "box": 5}, "a box must be a list"),
        (keyframe, {"frame": 10**30, "box": [1, 2, 3, 4]}, "integers go up to"),
        (event_from_json, {"id": 1}, "an? event needs the field 'label'"),
    ],
)
def test_bad_parts(read, data, message):
    with pytest.raises(AnnotationError, match=message):
        read(data)
