"""Plots of a comparison by matplotlib."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from boxreel.errors import AnnotationError
from boxreel.metrics.plots import new_axes, plot_alphas
from boxreel.review.figures import confusion, errors_over_time, overlap_histogram

if TYPE_CHECKING:
    from boxreel.review.comparison import Comparison

COLOURS: Final = {
    "miss": "#c8342c",
    "false positive": "#c03bd0",
    "identity": "#3d5468",
    "low IoU": "#d0a02c",
    "wrong class": "#3a6fc4",
}
"""Of families of errors; they can be told apart on white and on black."""


def plot(comparison: Comparison, kind: str | None, ax: Any) -> Any:
    """Draw one of `PLOTS`, or all of them; see `Reporting.plot`."""
    if kind is None:
        axes = new_axes(2, 2)
        for each, draw in zip(axes.flat, PLOTS.values(), strict=True):
            draw(each, comparison)
        return axes
    if kind not in PLOTS:
        known = ", ".join(map(repr, PLOTS))
        raise AnnotationError(f"there is no plot {kind!r}: there are {known}")
    axes = new_axes() if ax is None else ax
    PLOTS[kind](axes, comparison)
    return axes


def _alphas(ax: Any, comparison: Comparison) -> None:
    plot_alphas(ax, comparison.evaluation)


def _errors(ax: Any, comparison: Comparison) -> None:
    found = errors_over_time(comparison)
    floor = np.zeros(len(found.edges) - 1)
    for name, counts in found.counts.items():
        if counts.any():
            ax.stairs(
                floor + counts,
                found.edges,
                baseline=floor,
                fill=True,
                color=COLOURS[name],
                label=name,
            )
            floor = floor + counts
    for pin in comparison.pins:
        ax.axvline(pin.frame, color="0.4", linewidth=1, linestyle=":")
    ax.set(xlabel="frame", ylabel="errors a frame", title="Errors over time")
    ax.set_xlim(0, found.edges[-1])
    if floor.any():
        ax.legend()


def _overlaps(ax: Any, comparison: Comparison) -> None:
    found = overlap_histogram(comparison)
    ax.stairs(found.matched, found.edges, fill=True, color="#4d9681", label="matched")
    low = COLOURS["low IoU"]
    ax.stairs(found.not_matched, found.edges, fill=True, color=low, label="not matched")
    ax.axvline(comparison.iou, color="0.4", linewidth=1, linestyle="--")
    ax.set(xlabel="IoU", ylabel="pairs of boxes", xlim=(0, 1), title="Overlap")
    ax.legend()


def _confusion(ax: Any, comparison: Comparison) -> None:
    found = confusion(comparison)
    whole = np.maximum(found.counts.sum(axis=1, keepdims=True), 1)
    share = found.counts / whole
    ax.imshow(share, cmap="Blues", vmin=0, vmax=1, aspect="auto")
    for (row, column), count in np.ndenumerate(found.counts):
        ink = "white" if share[row, column] > 0.5 else "black"
        ax.text(column, row, f"{count:,}", ha="center", va="center", color=ink)
    places = range(len(found.names))
    names = [name.replace("$", r"\$") for name in found.names]
    ax.set_xticks(places, names, rotation=30, ha="right")
    ax.set_yticks(places, names)
    ax.set(xlabel="predicted", ylabel="true", title="Confusion")


PLOTS: Final[dict[str, Callable[[Any, Comparison], None]]] = {
    "hota": _alphas,
    "errors": _errors,
    "iou": _overlaps,
    "confusion": _confusion,
}
"""Plots by name."""
