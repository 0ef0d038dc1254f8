"""Any document: what hypothesis draws the model's values from."""

from fractions import Fraction

import numpy as np
from hypothesis import strategies as st

from boxreel.model import (
    SOURCES,
    Annotation,
    Attribute,
    Box,
    Event,
    Keyframe,
    Keyframes,
    Label,
    Track,
    VideoInfo,
)

FRAMES = 24

VIDEO = VideoInfo("small.mp4", 640, 480, np.arange(FRAMES) * 512, Fraction(1, 12800))
LABELS = (
    Label("car"),
    Label(
        "person",
        "#12abef",
        (
            Attribute("pose", "choice", ("walking", "running"), per="frame"),
            Attribute("name"),
        ),
    ),
    Label("meeting", use="event"),
)

coordinates = st.floats(-1e4, 1e4, allow_subnormal=False)
sizes = st.floats(0.01, 1e4)
rotations = st.floats(-400, 400) | st.sampled_from([0.0, 90.0, 180.0, -90.0, 270.0])
boxes = st.builds(Box, coordinates, coordinates, sizes, sizes, rotations)
frames = st.integers(0, FRAMES - 1)
stops = st.none() | st.integers(1, FRAMES)
scores = st.none() | st.floats(0, 1)
values = st.sampled_from(["walking", "running"])


def tables_on(frames):
    rows = st.builds(
        Keyframe,
        frames,
        boxes,
        st.booleans(),
        st.booleans(),
        st.booleans(),
        st.sampled_from(SOURCES),
        scores,
    )
    return (
        st.lists(rows, min_size=1, max_size=7, unique_by=lambda row: row.frame)
        .filter(lambda rows: not all(row.outside for row in rows))
        .map(Keyframes.of)
    )


tables = tables_on(frames)
steps = st.dictionaries(frames, values | st.none(), max_size=3).map(
    lambda steps: tuple(sorted(steps.items()))
)
attributes = st.dictionaries(st.sampled_from(["pose", "mood"]), steps, max_size=2)


def tracks(id, tables=tables):
    labels = st.sampled_from(["car", "person"])
    groups = st.none() | st.integers(1, 2)
    notes = st.sampled_from(["", "a taxi"])
    return st.builds(Track, st.just(id), labels, tables, attributes, groups, notes)


@st.composite
def annotations(draw, min_tracks=0, max_tracks=3):
    count = draw(st.integers(min_tracks, max_tracks))
    some = [draw(tracks(id)) for id in range(1, count + 1)]
    events = [Event(1, "meeting", 2, 9, tuple(range(1, count + 1)))]
    said = draw(st.dictionaries(st.sampled_from(["pose", "mood"]), values, max_size=1))
    notes = draw(st.dictionaries(frames, st.just("a crash"), max_size=2))
    return Annotation(VIDEO, LABELS, some, events, said, (), notes)
