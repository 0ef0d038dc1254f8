"""What the benchmarks in JupyterLab share: a notebook in Chromium, and their tables."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from tests.e2e import chromium
from tests.e2e.lab import Lab, Notebook

Open = Callable[..., Notebook]
"""``open(cell, ...)`` opens a notebook of these cells in a new page, not run yet."""


@contextmanager
def jupyterlab() -> Iterator[tuple[Path, Open]]:
    """Run JupyterLab and Chromium; give the notebooks' folder and what opens them."""
    program = chromium.find() or sys.exit("no Chromium found: `make .venv/chromium`")
    with tempfile.TemporaryDirectory() as folder, chromium.launch(program) as browser:
        lab = Lab(Path(folder))
        made: list[Notebook] = []

        def open_notebook(*cells: str) -> Notebook:
            page = browser.new_page()
            made.append(Notebook(lab, page, list(cells), f"bench{len(made)}"))
            return made[-1]

        try:
            yield lab.root, open_notebook
        finally:
            for notebook in made:
                notebook.close()
            lab.close()


def percentiles(values: Sequence[float]) -> tuple[float, float]:
    """The median and the 95th percentile."""
    p50, p95 = np.percentile(values, (50, 95))
    return float(p50), float(p95)


def heading(what: str) -> None:
    print(f"\n{what}")
    print(f"{'':54} {'p50 ms':>8} {'p95 ms':>8} {'n':>5}")


def row(what: str, values: Sequence[float]) -> tuple[float, float]:
    """Print a row of milliseconds; return its percentiles."""
    p50, p95 = percentiles(values)
    print(f"{what:54} {p50:8.1f} {p95:8.1f} {len(values):5}", flush=True)
    return p50, p95


def goal(what: str, value: float, limit: float) -> None:
    """Print a value beside the most it may be."""
    verdict = "met" if value <= limit else "MISSED"
    print(f"  {what:68} {value:7.2f}  at most {limit:g}: {verdict}", flush=True)
