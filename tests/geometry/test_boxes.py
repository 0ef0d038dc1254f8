import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from boxreel.geometry import (
    corners,
    hull,
    iou,
    rotated_iou,
    xywh_to_xyxy,
    xyxy_to_xywh,
)

whole = st.integers(-50, 50).map(float)
side = st.integers(1, 60).map(float)
boxes = st.tuples(whole, whole, side, side, st.integers(-180, 180).map(float))


@given(boxes)
def test_conversions_undo_each_other(box):
    assert xyxy_to_xywh(xywh_to_xyxy(box[:4])).tolist() == list(box[:4])


@given(boxes)
def test_corners_keep_centre_and_sides(box):
    x, y, w, h, _ = box
    points = corners(box)
    np.testing.assert_allclose(points.mean(axis=0), [x + w / 2, y + h / 2], atol=1e-9)
    sides = np.linalg.norm(np.roll(points, -1, axis=0) - points, axis=1)
    np.testing.assert_allclose(sides, [w, h, w, h], atol=1e-9)


def test_rotation_is_clockwise_on_the_screen():
    top_left = corners([0, 0, 2, 2, 45])[0]
    np.testing.assert_allclose(top_left, [1, 1 - np.sqrt(2)], atol=1e-12)


def test_hull_of_many_shapes_at_once():
    assert hull(np.zeros((2, 3, 5))).shape == (2, 3, 4)


def test_iou_is_pairwise():
    matrix = iou([[0, 0, 2, 2], [10, 10, 1, 1]], [[0, 0, 2, 2], [1, 0, 2, 2]])
    np.testing.assert_allclose(matrix, [[1, 1 / 3], [0, 0]])


@pytest.mark.parametrize("compute", [iou, rotated_iou])
def test_iou_of_none(compute):
    columns = 4 if compute is iou else 5
    assert compute(np.empty((0, columns)), np.ones((3, columns))).shape == (0, 3)


def test_iou_of_boxes_without_area_is_zero():
    assert iou([[0, 0, 0, 0]], [[0, 0, 0, 0]]).tolist() == [[0.0]]


@given(boxes, boxes)
def test_rotated_iou_is_symmetric_and_bounded(a, b):
    there, back = rotated_iou([a], [b])[0, 0], rotated_iou([b], [a])[0, 0]
    assert 0 <= there <= 1
    assert there == pytest.approx(back, abs=1e-9)


@given(boxes)
def test_rotated_iou_with_itself_is_one(box):
    assert rotated_iou([box], [box])[0, 0] == pytest.approx(1)


@given(boxes, boxes, st.integers(-3, 3))
def test_turning_by_right_angles_is_swapping_sides(a, b, quarters):
    """A box turned by 90 degrees is another upright box, whose IoU is known."""
    upright = []
    for x, y, w, h, _ in (a, b):
        if quarters % 2:
            x, y, w, h = x + (w - h) / 2, y + (h - w) / 2, h, w
        upright.append([x, y, w, h])
    turned = [[*box[:4], 90.0 * quarters] for box in (a, b)]
    assert rotated_iou(turned[:1], turned[1:])[0, 0] == pytest.approx(
        iou(upright[:1], upright[1:])[0, 0], abs=1e-9
    )


@given(boxes, boxes, st.floats(-180, 180))
def test_turning_the_whole_picture_changes_nothing(a, b, angle):
    upright = [[*box[:4], 0.0] for box in (a, b)]
    turned = [turned_about_origin(box, angle) for box in upright]
    assert rotated_iou(turned[:1], turned[1:])[0, 0] == pytest.approx(
        iou([a[:4]], [b[:4]])[0, 0], abs=1e-9
    )


def turned_about_origin(box, angle):
    x, y, w, h, rotation = box
    cos, sin = np.cos(np.deg2rad(angle)), np.sin(np.deg2rad(angle))
    centre_x, centre_y = x + w / 2, y + h / 2
    return [
        centre_x * cos - centre_y * sin - w / 2,
        centre_x * sin + centre_y * cos - h / 2,
        w,
        h,
        rotation + angle,
    ]


@given(boxes, st.floats(0.01, 0.7), st.floats(-180, 180))
def test_a_box_within_another(outer, scale, angle):
    """A square about the centre, small enough to fit in however it is turned."""
    x, y, w, h, _ = outer
    side = min(w, h) * scale
    inner = [x + (w - side) / 2, y + (h - side) / 2, side, side, angle]
    assert rotated_iou([outer], [inner])[0, 0] == pytest.approx(side**2 / (w * h))


def test_octagon_of_two_squares():
    shared = 8 * (np.sqrt(2) - 1)  # of a square of side 2 and itself turned by 45
    got = rotated_iou([[0, 0, 2, 2, 0]], [[0, 0, 2, 2, 45]])[0, 0]
    assert got == pytest.approx(shared / (8 - shared))
