"""Who is in the street and what happens in its twenty seconds."""

from __future__ import annotations

from boxreel.demo.scene import FRAMES, Actor, Ease, Mark

LAST = FRAMES - 1
FAR_LANE = 13.7
NEAR_LANE = 10.9
KERB = 15.15
BIKE_LANE = 9.9

SIZES: dict[str, tuple[float, float]] = {
    "commuter": (0.69, 1.76),
    "camel coat": (0.69, 1.76),
    "shopper": (0.70, 1.77),
    "student": (0.69, 1.79),
    "gentleman": (0.70, 1.78),
    "neighbour": (0.70, 1.77),
    "waiting": (0.60, 1.76),
    "away": (0.60, 1.76),
    "towards": (0.60, 1.76),
    "red saloon": (4.39, 1.45),
    "teal hatch": (3.89, 1.50),
    "blue saloon": (4.39, 1.45),
    "yellow taxi": (4.39, 1.64),
    "white van": (4.89, 2.15),
    "bus": (7.40, 2.95),
    "cyclist": (1.75, 1.77),
    "tree": (3.20, 4.52),
    "shelter": (3.60, 2.50),
    "lamp": (1.50, 5.18),
    "traffic light": (0.46, 3.10),
}
"""Width and height of the tight box of each look, metres."""


def _actor(label: str, look: str, facing: int, path: list[Mark]) -> Actor:
    width, height = SIZES[look]
    return Actor(label, look, width, height, facing, tuple(path))


def _person(look: str, facing: int, depth: float, *marks: tuple[int, float]) -> Actor:
    path = [Mark(frame, x, depth) for frame, x in marks]
    return _actor("person", look, facing, path)


def _crosser(look: str, *marks: tuple[int, float, float]) -> Actor:
    return _actor("person", look, 1, [Mark(*mark) for mark in marks])


def _driver(
    label: str, look: str, facing: int, depth: float, *marks: tuple[int, float, Ease]
) -> Actor:
    path = [Mark(frame, x, depth, ease) for frame, x, ease in marks]
    return _actor(label, look, facing, path)


def _prop(look: str, x: float, depth: float) -> Actor:
    return _actor("", look, 1, [Mark(0, x, depth), Mark(LAST, x, depth)])


BUS = _driver(
    "bus", "bus", -1, FAR_LANE,
    (108, 12.83, "steady"), (175, 0.1, "steady"), (225, -4.65, "brake"),
    (288, -4.65, "steady"), (328, -8.65, "pull_away"), (350, -13.05, "steady"),
)  # fmt: skip
PARKED = _driver(
    "car", "teal hatch", -1, KERB, (0, 6.3, "steady"), (LAST, 6.3, "steady")
)
RED = _driver(
    "car", "red saloon", 1, NEAR_LANE,
    (0, -7.3, "steady"), (7, -6.25, "steady"), (47, -3.25, "brake"),
    (152, -3.25, "steady"), (192, -0.25, "pull_away"), (258, 9.65, "steady"),
)  # fmt: skip
BLUE = _driver(
    "car", "blue saloon", -1, FAR_LANE, (0, -1.9, "steady"), (46, -11.1, "steady")
)
TAXI = _driver(
    "car", "yellow taxi", 1, NEAR_LANE,
    (266, -9.65, "steady"), (287, -6.29, "steady"), (325, -3.25, "brake"),
    (456, -3.25, "steady"), (LAST, 0.15, "pull_away"),
)  # fmt: skip
VAN = _driver(
    "car", "white van", -1, FAR_LANE,
    (352, 11.4, "steady"), (364, 9.24, "steady"), (400, 6.0, "brake"),
    (418, 6.0, "steady"), (463, 1.95, "pull_away"), (LAST, -4.53, "steady"),
)  # fmt: skip
CYCLIST = _driver(
    "bicycle", "cyclist", 1, BIKE_LANE, (360, -7.4, "steady"), (466, 7.44, "steady")
)
WALKER_AWAY = _crosser("away", (0, 1.1, 10.6), (118, 1.6, 16.6), (178, 1.4, 19.7))
WALKER_TOWARDS = _crosser(
    "towards", (300, 2.5, 19.7), (348, 2.3, 16.6), (LAST, 1.9, 7.8)
)
TWIN_RIGHT = _person("commuter", 1, 7.95, (150, -6.2), (392, 5.6))
TWIN_LEFT = _person("commuter", -1, 8.5, (96, 6.3), (360, -6.5))
PASSER = _person("shopper", 1, 17.5, (110, -11.7), (LAST, 6.9))
LADY = _person("camel coat", -1, 16.9, (0, 8.6), (405, -11.4))
BOARDING = _person("waiting", 1, 17.0, (0, -5.4), (270, -5.4))
ALIGHTING = _person("student", 1, 16.5, (262, -2.2), (LAST, 8.9))
GENTLEMAN = _person("gentleman", -1, 8.1, (0, 2.9), (195, -5.7))
STROLLER = _person("neighbour", 1, 8.2, (352, -5.9), (LAST, 0.5))

TRACKS: dict[int, Actor] = {
    1: RED,
    2: BLUE,
    3: PARKED,
    4: WALKER_AWAY,
    5: LADY,
    6: BOARDING,
    7: GENTLEMAN,
    8: TWIN_LEFT,
    9: PASSER,
    10: BUS,
    11: TWIN_RIGHT,
    12: TAXI,
    13: ALIGHTING,
    14: WALKER_TOWARDS,
    15: VAN,
    16: STROLLER,
    17: CYCLIST,
}
"""Everyone with a track in the ground truth, by id, in the order of appearance."""

SHELTER = _prop("shelter", -5.2, 18.3)
TRAFFIC_LIGHT = _prop("traffic light", 3.75, 9.15)
PROPS = (
    SHELTER,
    _prop("tree", -10.4, 16.3),
    _prop("tree", -1.2, 16.3),
    _prop("tree", 9.6, 16.3),
    _prop("lamp", 4.0, 16.2),
    TRAFFIC_LIGHT,
)
"""Scenery that stands among the actors and can hide them."""

RED_LIGHT = ((0, 150), (312, 454))
"""Spans of frames, half-open, in which the traffic light is red."""
