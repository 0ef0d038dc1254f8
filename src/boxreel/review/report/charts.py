"""Charts as SVG: small, of few elements, in the colours of the page around them."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Final

import numpy as np

from boxreel.metrics import ALPHAS
from boxreel.model.keyframes import Floats, Ints
from boxreel.review.comparison import Comparison
from boxreel.review.figures import errors_over_time, overlap_histogram
from boxreel.review.signals import Signal

LEFT, TOP, BOTTOM, RIGHT = 44, 12, 26, 12
"""Margins around what is drawn, where axes are written."""

SIZE: Final = (1040, 220)
"""Width and height of a chart along the video."""

CLASS: Final = {
    "miss": "miss",
    "false positive": "fp",
    "identity": "idsw",
    "low IoU": "iou",
    "wrong class": "cls",
}
"""Style of each family of errors."""

Points = Sequence[tuple[float, float]]
Array = Floats | Ints


class Chart:
    """An SVG with axes, built up piece by piece.

    Parameters
    ----------
    title
        What it shows, read out by screen readers.
    size
        Width and height, pixels.
    x, y
        Largest values of the axes.
    low
        Least value of y; x begins at 0.
    """

    def __init__(
        self, title: str, size: tuple[int, int], x: float, y: float, low: float = 0
    ) -> None:
        self._title, self._size, self._low = title, size, low
        self._scale = (
            (size[0] - LEFT - RIGHT) / (x or 1),
            (size[1] - TOP - BOTTOM) / (y - low or 1),
        )
        self._parts: list[str] = []
        for value in ticks(y, low):
            at = self._y(value)
            self._parts.append(
                f'<path class="grid" d="M{LEFT} {at}H{size[0] - RIGHT}"/>'
                f'<text x="{LEFT - 6}" y="{at + 4}" text-anchor="end">{value:g}</text>'
            )
        for value in ticks(x):
            self._parts.append(
                f'<text x="{self._x(value)}" y="{size[1] - 8}" '
                f'text-anchor="middle">{value:g}</text>'
            )

    def bars(self, edges: Array, low: Array, high: Array, style: str) -> None:
        """Fill between two steps."""
        path = "".join(
            f"M{self._x(a)} {self._y(top)}H{self._x(b)}V{self._y(bottom)}H{self._x(a)}Z"
            for a, b, bottom, top in zip(edges, edges[1:], low, high, strict=False)
            if top > bottom
        )
        self._parts.append(f'<path class="fill {style}" d="{path}"/>')

    def line(self, points: Points, style: str) -> None:
        """Join points by straight lines."""
        path = "L".join(f"{self._x(x)} {self._y(y)}" for x, y in points)
        if path:
            self._parts.append(f'<path class="line {style}" d="M{path}"/>')

    def mark(self, x: float, text: str) -> None:
        """Put a line across, with a text for the pointer."""
        self._parts.append(
            f'<path class="mark" d="M{self._x(x)} {TOP}V{self._size[1] - BOTTOM}">'
            f"<title>{escape(text)}</title></path>"
        )

    def svg(self, head: str = "", above: int = 0) -> str:
        """Write it.

        Parameters
        ----------
        head
            What comes first, as a style.
        above
            Pixels that are free above it, for a heading.
        """
        width, height = self._size
        base = height - BOTTOM
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" role="img" '
            f'viewBox="0 {-above} {width} {height + above}" '
            f'aria-label="{escape(self._title)}">{head}{"".join(self._parts)}'
            f'<path class="axis" d="M{LEFT} {base}H{width - RIGHT}"/></svg>'
        )

    def _x(self, value: float) -> float:
        return round(float(LEFT + value * self._scale[0]), 1)

    def _y(self, value: float) -> float:
        up = (value - self._low) * self._scale[1]
        return round(float(self._size[1] - BOTTOM - up), 1)


def ticks(most: float, least: float = 0) -> list[float]:
    """Round numbers from the least to the largest value, seven at most.

    Examples
    --------
    >>> ticks(500), ticks(0.9), ticks(0.3, -0.5)
    ([0, 100, 200, 300, 400, 500], [0, 0.2, 0.4, 0.6, 0.8], [-0.4, -0.2, 0, 0.2])
    """
    span = most - least
    if span <= 0:
        return [0]
    power = 10.0 ** np.floor(np.log10(span / 5))
    step = next(n * power for n in (1, 2, 5, 10) if n * power * 5 >= span * 0.999)
    first, last = np.ceil(least / step - 1e-9), np.floor(most / step + 1e-9)
    numbers = (round(float(n * step), 10) for n in np.arange(first, last + 1))
    return [int(number) if number == int(number) else number for number in numbers]


def alphas_chart(comparison: Comparison) -> Chart:
    """Draw HOTA and its parts over the threshold of overlap."""
    found = comparison.evaluation.total.hota
    chart = Chart("HOTA, DetA, AssA and LocA over the least IoU", (500, 220), 1, 100)
    curves = {"l4": found.loc_a, "l3": found.ass_a, "l2": found.det_a, "l1": found.hota}
    for style, values in curves.items():
        points = zip(ALPHAS.tolist(), (100 * values).tolist(), strict=True)
        chart.line([*points], style)
    chart.mark(comparison.iou, f"IoU {comparison.iou:.2f}")
    return chart


def errors_chart(comparison: Comparison) -> Chart:
    """Draw errors along the video, and where pins are."""
    found = errors_over_time(comparison)
    low = np.zeros(len(found.edges) - 1)
    most = sum(found.counts.values(), low)
    chart = Chart("Errors a frame over the video", SIZE, found.edges[-1], most.max())
    for name, counts in found.counts.items():
        if counts.any():
            chart.bars(found.edges, low, low + counts, CLASS[name])
            low = low + counts
    for pin in comparison.pins:
        chart.mark(pin.frame, f"{pin.text}, frame {pin.frame}")
    return chart


def overlaps_chart(comparison: Comparison) -> Chart:
    """Draw how many pairs of boxes overlap how much."""
    found = overlap_histogram(comparison)
    both = found.matched + found.not_matched
    chart = Chart("Pairs of boxes by their IoU", (500, 220), 1, float(both.max()))
    none = np.zeros(len(both))
    chart.bars(found.edges, none, found.matched, "ok")
    chart.bars(found.edges, found.matched, both, "iou")
    chart.mark(comparison.iou, f"IoU {comparison.iou:.2f}")
    return chart


def signal_chart(signal: Signal) -> Chart:
    """Draw a signal over the video; of frames that share a pixel, the largest value."""
    count = len(signal.values)
    step = max(count // SIZE[0], 1)
    starts = np.arange(0, count, step)
    finite = np.where(np.isfinite(signal.values), signal.values, -np.inf)
    values = np.maximum.reduceat(finite, starts)
    there = np.isfinite(values)
    low, high = (f(values, where=there, initial=0) for f in (np.min, np.max))
    chart = Chart(signal.name, (SIZE[0], 120), count, float(high), float(low))
    chart.line(
        [*zip(starts[there].tolist(), values[there].tolist(), strict=True)], "l1"
    )
    return chart
