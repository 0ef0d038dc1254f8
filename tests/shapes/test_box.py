import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from boxreel.errors import AnnotationError
from boxreel.shapes import Box
from boxreel.shapes.box import checked_rows, deltas, moved, wrapped

angles = st.floats(-1e4, 1e4)


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
@pytest.mark.parametrize("name", ["x", "y", "w", "h", "rotation"])
def test_values_must_be_finite(name, value):
    with pytest.raises(AnnotationError, match="is not finite"):
        Box(**{"x": 0, "y": 0, "w": 1, "h": 1, name: value})


@pytest.mark.parametrize("size", [0, -1, -0.0])
@pytest.mark.parametrize("name", ["w", "h"])
def test_sizes_must_be_positive(name, size):
    with pytest.raises(AnnotationError, match="has no area"):
        Box(**{"x": 0, "y": 0, "w": 1, "h": 1, name: size})


@pytest.mark.parametrize(
    "value",
    [
        (1, 2, 3),
        (1, 2, 3, 4, 5, 6),
        "abcd",
        None,
        7,
        (1, 2, 3, "4"),
        (1, 2, 3, None),
        (True, False, True, True),
        [[1, 2], [3, 4]],
    ],
)
def test_anything_else_is_no_box(value):
    with pytest.raises(AnnotationError, match="is not a box"):
        Box.of(value)


def test_an_error_names_the_frame():
    with pytest.raises(AnnotationError, match=r"box \[0.*\] at frame 7 has no area"):
        checked_rows([[0, 0, 1, 1], [0, 0, 0, 1]], [3, 7])


@pytest.mark.parametrize(
    "value", [(1, 2, 3, 4), [1, 2, 3, 4, 0], np.array([1, 2, 3, 4])]
)
def test_a_box_of_numbers(value):
    assert Box.of(value) == Box(1, 2, 3, 4)


def test_a_box_is_a_value():
    assert Box.of(box := Box(1, 2, 3, 4)) is box
    assert len({Box(1, 2, 3, 4), Box(1.0, 2, 3, 4, 360)}) == 1
    with pytest.raises(AttributeError):
        Box(1, 2, 3, 4).x = 5


def test_no_negative_zero():
    box = Box(-0.0, -0.0, 1, 1, -0.0)
    assert [math.copysign(1, value) for value in box.row] == [1] * 5


def test_rows_are_a_copy():
    given_rows = np.array([[0.0, 0, 1, 1, 270]])
    checked_rows(given_rows)
    assert given_rows[0, 4] == 270


@given(angles)
def test_rotation_is_stored_in_range_and_keeps_its_direction(angle):
    stored = Box(0, 0, 1, 1, angle).rotation
    assert -180 < stored <= 180
    assert math.cos(math.radians(stored - angle)) == pytest.approx(1)


@given(st.floats(-180, 180, exclude_min=True))
def test_rotation_in_range_is_kept_to_the_last_bit(angle):
    assert Box(0, 0, 1, 1, angle).rotation == angle
    assert wrapped(np.array([angle])).tolist() == [angle]


@pytest.mark.parametrize(
    ("start", "end", "arc"),
    [(350, 10, 20), (10, 350, -20), (0, 180, 180), (180, 0, 180), (-90, 90, 180)],
)
def test_shortest_arc(start, end, arc):
    a, b = Box(0, 0, 1, 1, start), Box(0, 0, 1, 1, end)
    assert deltas(column(a), column(b))[4] == arc


@given(angles, angles, st.floats(0, 1, exclude_max=True))
def test_a_turn_is_never_more_than_half(start, end, t):
    a, b = column(Box(0, 0, 1, 1, start)), column(Box(0, 0, 1, 1, end))
    delta = deltas(a, b)
    assert -180 < delta[4] <= 180
    assert -180 < moved(a, delta, np.array([t]))[4] <= 180
    missed = float((a + delta - b)[4, 0])
    assert math.cos(math.radians(missed)) == pytest.approx(1)


def test_nothing_moves_at_the_start():
    a, b = column(Box(0.1, 0.2, 0.3, 0.7, -12.3)), column(Box(9, 8, 7, 6, 170))
    assert moved(a, deltas(a, b), np.array([0.0])).tobytes() == a.tobytes()


def column(box):
    return np.array(box.row)[:, None]
