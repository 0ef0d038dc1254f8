"""From running a cell to the first frame painted: `python benchmarks/opening.py`.

In JupyterLab, for one minute and for one hour of 1080p. The clock starts as the page
hears Ctrl+Enter and stops in the animation frame in which the canvas got the frame.
Beside it stands an empty anywidget in the same page, to its first animation frame, and
one cold exact decode: a bare PyAV open and first frame.
"""

from __future__ import annotations

from pathlib import Path

from benchmarks import clip
from benchmarks.browser import goal, heading, jupyterlab, row
from benchmarks.frames import bare_open, milliseconds
from tests.e2e.lab import Notebook

ROUNDS = 12
MINUTE = 60 * clip.RATE // clip.GROUP

SETUP = """
import os
os.environ["BOXREEL_CACHE"] = ""
import anywidget
import boxreel as br
import numpy as np

class Empty(anywidget.AnyWidget):
    _esm = '''
    export default {
      render({ el }) {
        requestAnimationFrame(() => { window.painted = performance.now(); });
      },
    };
    '''

# So that nothing is imported for the first time while the clock runs.
br.Annotator(np.zeros((1, 8, 8), np.uint8), save_to=None).close()
Empty()
"""
EMPTY = "Empty()"
OPEN = "w = br.Annotator({path!r}, labels=['car'], save_to=None)\nw"

WATCH = """
() => {
  window.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    Object.assign(window, { started: performance.now(), painted: null });
    old = new Set(roots());
  }, { capture: true });
  const roots = () =>
    [...document.querySelectorAll(".jp-OutputArea-output *")]
      .map((element) => element.shadowRoot?.querySelector(".br"))
      .filter((root) => root);
  let old = new Set();
  const look = () => {
    const root = roots().find((root) => !old.has(root));
    if (root?.dataset.painted === "0" && window.painted === null) {
      window.painted = performance.now();
    }
    requestAnimationFrame(look);
  };
  look();
}
"""


def run(notebook: Notebook, cell: int) -> float:
    """Run a cell; the milliseconds until what it shows was painted."""
    page = notebook.page
    page.locator(".jp-CodeCell .cm-content").nth(cell).click()
    page.keyboard.press("Control+Enter")
    page.wait_for_function("window.painted !== null")
    return float(page.evaluate("window.painted - window.started"))


def opening(notebook: Notebook, sources: dict[str, Path]) -> None:
    notebook.page.evaluate(WATCH)
    run(notebook, 0)
    for cell in range(2, notebook.code_cells):
        run(notebook, cell)
        notebook.kernel("w.close()")
    empty = []
    ours: dict[str, list[float]] = {name: [] for name in sources}
    bare: dict[str, list[float]] = {name: [] for name in sources}
    for _ in range(ROUNDS):
        empty.append(run(notebook, 1))
        for i, (name, path) in enumerate(sources.items()):
            ours[name].append(run(notebook, 2 + i))
            notebook.kernel("w.close()")
            bare[name].append(milliseconds(lambda path=path: bare_open(path)))
    heading("from running the cell to the first frame painted")
    limit, _ = row("an empty anywidget", empty)
    for name in sources:
        decode, _ = row(f"{name}: bare open and first frame", bare[name])
        p50, _ = row(f"{name}: boxreel", ours[name])
        goal(f"{name}: p50 / (empty anywidget + decode)", p50 / (limit + decode), 1.5)


if __name__ == "__main__":
    with jupyterlab() as (root, open_notebook):
        clips = {
            "1 minute": clip.make(root / "minute.mp4", MINUTE),
            "1 hour": clip.make(root / "hour.mp4", 60 * MINUTE),
        }
        cells = [OPEN.format(path=str(path)) for path in clips.values()]
        opening(open_notebook(SETUP, EMPTY, *cells), clips)
