"""Where boxes lie, by the vectors that the front end runs too."""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from boxreel.geometry import corners, hull, xywh_to_xyxy, xyxy_to_xywh

VECTORS = Path(__file__).parent / "vectors" / "coordinates.json"

# The front end alone has a camera and handles.
OURS: dict[tuple[tuple[str, ...], str], Callable] = {
    (("box",), "corners"): corners,
    (("box",), "bounds"): lambda box: xyxy_to_xywh(hull(box)),
    (("xywh",), "xyxy"): xywh_to_xyxy,
    (("xyxy",), "xywh"): xyxy_to_xywh,
}


VECTORS_OF_OURS = [
    pytest.param(OURS[key], vector, id=vector["name"])
    for vector in json.loads(VECTORS.read_text("utf-8"))
    if (key := (tuple(vector["given"]), vector["when"])) in OURS
]


@pytest.mark.parametrize(("compute", "vector"), VECTORS_OF_OURS)
def test_vector(compute, vector):
    (given,) = vector["given"].values()
    np.testing.assert_allclose(compute(given), vector["then"], rtol=0, atol=1e-9)


def test_every_function_has_a_vector():
    assert {param.values[0] for param in VECTORS_OF_OURS} == set(OURS.values())
