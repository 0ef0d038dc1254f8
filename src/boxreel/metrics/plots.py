"""Plots by matplotlib, where it is installed."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from boxreel.metrics.hota import ALPHAS

if TYPE_CHECKING:
    from boxreel.metrics.evaluation import Evaluation


def new_axes(rows: int = 1, columns: int = 1) -> Any:
    """Make axes to draw in: one, or an array ``(rows, columns)`` of them.

    Raises
    ------
    ImportError
        matplotlib is not installed; says how to install it.
    """
    try:
        pyplot = import_module("matplotlib.pyplot")
    except ImportError as error:
        raise ImportError(
            'plots need matplotlib: install it with pip install "boxreel[plot]"'
        ) from error
    size = 5.5 * columns, 3.6 * rows
    _, axes = pyplot.subplots(rows, columns, figsize=size, layout="constrained")
    return axes


def plot_alphas(ax: Any, evaluation: Evaluation) -> None:
    """Draw HOTA and its parts over the threshold of overlap."""
    found = evaluation.total.hota
    curves = {
        "HOTA": (found.hota, "-", 2.5),
        "DetA": (found.det_a, "--", 1.5),
        "AssA": (found.ass_a, "-.", 1.5),
        "LocA": (found.loc_a, ":", 1.5),
    }
    for name, (values, style, width) in curves.items():
        mean = f"{name} {100 * values.mean():.1f}"
        ax.plot(ALPHAS, 100 * values, style, linewidth=width, label=mean)
    ax.set(xlabel="least IoU", ylabel="%", xlim=(0, 1), ylim=(0, 100), title="HOTA")
    ax.legend()
