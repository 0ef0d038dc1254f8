"""Cars, seen from the side and driving to the right."""

from __future__ import annotations

from dataclasses import dataclass

from boxreel.demo.paint.canvas import Canvas, Point, mix, soft
from boxreel.demo.paint.wheels import GLASS, SKY, wheel


@dataclass(frozen=True)
class Body:
    """Shape of a car: metres from the rear bumper, and up from the road.

    Parameters
    ----------
    outline : tuple of Point
        Its corners, still sharp, without the wheels.
    windows : tuple of tuple of Point
        The rear one and the front one.
    wheels : tuple of float
        Middles of the axles.
    """

    outline: tuple[Point, ...]
    windows: tuple[tuple[Point, ...], ...]
    wheels: tuple[float, float]

    @property
    def length(self) -> float:
        """From bumper to bumper, metres."""
        return max(x for x, _ in self.outline)


RADIUS = 0.33
SALOON = Body(
    (
        (0.02, 0.36), (0.0, 0.62), (0.05, 0.86), (0.20, 0.96), (0.72, 1.0),
        (1.08, 1.32), (1.42, 1.44), (2.15, 1.46), (2.50, 1.40), (3.10, 1.03),
        (3.95, 0.92), (4.30, 0.78), (4.40, 0.56), (4.38, 0.34), (4.22, 0.26),
        (4.0, 0.26), (0.4, 0.26), (0.18, 0.26),
    ),
    (
        ((0.98, 1.03), (1.22, 1.31), (1.48, 1.37), (1.86, 1.38), (1.86, 1.02)),
        ((1.95, 1.02), (1.95, 1.38), (2.12, 1.38), (2.42, 1.32), (2.84, 1.04)),
    ),
    (0.86, 3.52),
)  # fmt: skip
HATCH = Body(
    (
        (0.02, 0.36), (0.0, 0.66), (0.06, 0.92), (0.24, 1.32), (0.50, 1.46),
        (1.20, 1.51), (1.80, 1.49), (2.15, 1.40), (2.75, 1.03), (3.50, 0.92),
        (3.82, 0.78), (3.90, 0.56), (3.88, 0.34), (3.72, 0.26), (3.5, 0.26),
        (0.4, 0.26), (0.18, 0.26),
    ),
    (
        ((0.36, 1.04), (0.48, 1.34), (0.70, 1.41), (1.36, 1.42), (1.36, 1.02)),
        ((1.45, 1.02), (1.45, 1.42), (1.75, 1.40), (2.05, 1.32), (2.50, 1.04)),
    ),
    (0.72, 3.10),
)  # fmt: skip
VAN = Body(
    (
        (0.02, 0.36), (0.0, 0.55), (0.0, 1.86), (0.03, 2.08), (0.20, 2.15),
        (3.20, 2.15), (3.70, 2.06), (4.22, 1.28), (4.66, 1.10), (4.86, 0.86),
        (4.90, 0.56), (4.88, 0.34), (4.72, 0.26), (4.5, 0.26), (0.4, 0.26),
        (0.18, 0.26),
    ),
    (
        ((2.72, 1.26), (2.72, 1.90), (3.22, 1.90), (3.22, 1.26)),
        ((3.30, 1.26), (3.30, 1.90), (3.58, 1.88), (3.98, 1.26)),
    ),
    (0.92, 3.96),
)  # fmt: skip


def car(body: Body, paint: str, phase: float, scale: float, sign: bool) -> Canvas:
    """Paint a car.

    Parameters
    ----------
    body : Body
        Its shape.
    paint : str
        Its colour, ``#rrggbb``.
    phase : float
        Part of the turn from one spoke of the wheels to the next, 0 to 1.
    scale : float
        Pixels a metre.
    sign : bool
        It is a taxi: a sign on the roof and a chequered band.
    """
    c = Canvas(-0.2, -0.1, body.length + 0.2, 2.4, scale)
    if sign:
        c.rect(1.62, 1.44, 2.12, 1.64, "#f6efdd", 0.05)
    dark = mix(paint, "#1f2226", 0.38)
    _panels(c, body, paint, dark)
    for window in body.windows:
        c.polygon(window, GLASS)
        _reflection(c, window)
    c.rect(body.length - 0.30, 0.66, body.length - 0.06, 0.80, "#fbf1cf", 0.05)
    c.rect(0.015, 0.68, 0.16, 0.86, "#c4443a", 0.04)
    if sign:
        for k in range(14):
            x, y = 0.9 + 0.16 * k, 0.58 + 0.06 * (k % 2)
            c.rect(x, y, x + 0.16, y + 0.06, "#3a3d40")
    for x in body.wheels:
        wheel(c, x, RADIUS, phase, mix(dark, "#1f2226", 0.6))
    return c


def _panels(c: Canvas, body: Body, paint: str, dark: str) -> None:
    light = mix(paint, "#ffffff", 0.32)
    outline = soft(body.outline)
    c.polygon(outline, paint)
    c.polygon([(x, min(y, 0.56)) for x, y in outline], mix(paint, dark, 0.5))
    c.polygon([(x, min(y, 0.50)) for x, y in outline], dark)
    c.limb([(0.22, 0.90), (body.length - 0.72, 0.88)], 0.025, light)
    rear = max(x for x, _ in body.windows[0]) + 0.045
    front = body.wheels[1] - 0.62
    for x in (rear, front):
        c.limb([(x, 0.98), (x, 0.42)], 0.014, dark)
        c.limb([(x - 0.32, 0.80), (x - 0.18, 0.80)], 0.035, light)


def _reflection(c: Canvas, window: tuple[Point, ...]) -> None:
    (left, low), (right, high) = (tuple(map(end, *window)) for end in (min, max))
    c.wash(window, (*SKY, 110), (*SKY, 0))
    start, width = left + 0.45 * (right - left), 0.16 * (right - left)
    slant = 0.35 * (high - low)
    band = [
        (start, low + 0.04),
        (start + width, low + 0.04),
        (start + width + slant, high - 0.07),
        (start + slant, high - 0.07),
    ]
    inside = [(min(x, right - 0.12), y) for x, y in band]
    c.wash(inside, (*SKY, 90), (*SKY, 40))
