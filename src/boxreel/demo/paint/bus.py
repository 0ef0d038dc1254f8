"""The bus, seen from its driver's side and driving to the right."""

from __future__ import annotations

from boxreel.demo.paint.canvas import Canvas, mix
from boxreel.demo.paint.wheels import GLASS, SKY, wheel

RADIUS = 0.47
BODY = "#5f9793"
BASE = "#3f6c6b"
BAND = "#f1e6cc"
PASSENGERS = (
    (0.62, "#6d5a5e"),
    (1.48, "#8a7a5f"),
    (2.66, "#5d6f77"),
    (3.50, "#7d5f52"),
    (5.30, "#66735f"),
)


def bus(phase: float, scale: float) -> Canvas:
    """Paint the bus.

    Parameters
    ----------
    phase : float
        Part of the turn from one spoke of the wheels to the next, 0 to 1.
    scale : float
        Pixels a metre.
    """
    c = Canvas(-0.2, -0.1, 7.6, 3.1, scale)
    c.rect(0.0, 0.30, 7.40, 2.95, BODY, 0.22)
    c.rect(0.0, 0.30, 7.40, 0.80, BASE, 0.10)
    c.rect(0.0, 0.62, 7.40, 1.02, BODY)
    c.rect(0.0, 1.14, 7.40, 1.28, BAND)
    c.rect(0.25, 2.78, 7.1, 2.95, mix(BODY, "#ffffff", 0.35), 0.08)
    _windows(c)
    _cab(c)
    c.limb([(0.3, 0.70), (7.0, 0.70)], 0.02, mix(BASE, "#000000", 0.2))
    for x in (2.55, 4.25):
        c.rect(x, 0.42, x + 0.9, 0.60, mix(BASE, "#000000", 0.15), 0.03)
    c.rect(0.02, 0.75, 0.12, 1.05, "#c4443a", 0.03)
    for x in (1.45, 5.85):
        wheel(c, x, RADIUS, phase, "#28393b")
    return c


def _windows(c: Canvas) -> None:
    low, high = 1.42, 2.58
    c.rect(0.22, low, 6.42, high, GLASS, 0.10)
    for x, colour in PASSENGERS:
        c.ellipse(x, 2.06, 0.13, 0.16, mix(GLASS, colour, 0.75))
        c.rect(x - 0.24, low, x + 0.22, 1.88, mix(GLASS, colour, 0.55), 0.14)
    c.tint(0.22, high, 6.42, low, (*SKY, 120), (*SKY, 10))
    for k in range(6):
        x = 0.45 + 1.03 * k
        band = [(x, low), (x + 0.24, low), (x + 0.62, high), (x + 0.38, high)]
        c.wash(band, (*SKY, 100), (*SKY, 50))
    for k in range(1, 6):
        x = 0.19 + 1.035 * k
        c.rect(x, low, x + 0.07, high, mix(BASE, "#1f2226", 0.35))


def _cab(c: Canvas) -> None:
    pane = [(6.56, 1.30), (6.56, 2.58), (7.22, 2.58), (7.36, 2.40), (7.40, 1.30)]
    c.polygon(pane, GLASS)
    c.wash(pane, (*SKY, 130), (*SKY, 20))
    c.rect(5.1, 2.62, 6.35, 2.78, "#2f3a3d", 0.03)
    for x, width in ((5.20, 0.14), (5.56, 0.30), (5.92, 0.22)):
        c.rect(x, 2.67, x + width, 2.73, "#f0c65a", 0.02)
    c.rect(7.18, 0.72, 7.38, 0.92, "#fbf1cf", 0.06)
    c.rect(7.22, 0.34, 7.40, 0.50, "#33484a", 0.05)
