"""Hours of work, and whether memory stays flat: `python benchmarks/soak.py [minutes]`.

In JupyterLab, on 1080p, one widget shown twice. Round after round a script scrubs,
draws, moves, hides, undoes, redoes and removes, in one view and the other by turns, and
waits for what each act leads to in both. Sixty times it looks at memory: of the kernel
what is its own (not files), of the page the script's heap after a collection, and the
nodes and listeners of its documents. Five minutes by default; the long form takes 60.
"""

from __future__ import annotations

import random
import statistics
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from time import monotonic

from playwright.sync_api import CDPSession, Error, expect

from benchmarks import clip
from benchmarks.browser import goal, jupyterlab
from tests.e2e.lab import Notebook
from tests.e2e.widget import Widget

GROUPS = 4
SAMPLES = 60
WARM = 0.2
"""Share of the time after which caches, histories and pools have their size."""
PATIENCE = 60_000
"""Milliseconds after which an act counts as not answered."""
FLAT = 5.0
"""Percent by which the end may differ from the time after the warm-up."""

OPEN = """
import os
import boxreel as br
w = br.Annotator({path!r}, labels=["car"], height=430)
display(w, w)
"""
DO_NOTHING = """
() => new Promise((resolve) => requestIdleCallback(resolve, { timeout: 1000 }))
"""


class Soak:
    """What a person does all day, and how it is answered.

    Parameters
    ----------
    notebook
        Whose cell has run.
    """

    def __init__(self, notebook: Notebook) -> None:
        self.notebook = notebook
        self.views = [notebook.widget(0), notebook.widget(1)]
        self.frames = notebook.kernel("len(w.video)")
        self.answered, self.unanswered = Counter[str](), Counter[str]()
        self._draw = random.Random(1)

    def round(self, number: int) -> None:
        """Do one round of acts in one of the views."""
        here = self.views[number % 2]
        self._try("scrub", lambda: self._scrub(here))
        half = self.frames // 2
        first, then = self._draw.randrange(half), self._draw.randrange(half, half * 2)
        x, y = self._draw.uniform(100, 1200), self._draw.uniform(100, 600)

        def draw() -> None:
            here.press("n")
            here.draw_box(x, y, 400, 300)

        def move() -> None:
            here.drag((x + 200, y + 150), (x + 300, y + 180))

        self._try("go to a frame", lambda: self._go(here, first))
        self._try("draw", lambda: self._edit(here, draw))
        self._try("go to a frame", lambda: self._go(here, then))
        self._try("move", lambda: self._edit(here, move))
        self._try("occlude", lambda: self._edit(here, lambda: here.press("o")))
        self._try("undo", lambda: self._edit(here, lambda: here.press("Control+z")))
        self._try("redo", lambda: self._edit(here, lambda: here.press("Control+y")))
        self._try("remove", lambda: self._edit(here, lambda: here.press("Delete")))

    def _try(self, name: str, act: Callable[[], None]) -> None:
        try:
            act()
        except (Error, AssertionError) as error:
            self.unanswered[name] += 1
            print(f"  {name}: {str(error)[:300]}", flush=True)
        else:
            self.answered[name] += 1

    def _scrub(self, view: Widget) -> None:
        ruler = view.root.get_by_role("slider", name="Frame", exact=True)
        ruler.scroll_into_view_if_needed()
        box = ruler.bounding_box()
        y, mouse = box["y"] + 12, view.page.mouse
        mouse.move(box["x"] + self._draw.random() * box["width"], y)
        mouse.down()
        for _ in range(3):
            to = box["x"] + self._draw.uniform(0.01, 0.99) * box["width"]
            mouse.move(to, y, steps=12)
        mouse.up()
        self._shown(int(view.root.get_attribute("data-frame")))

    def _go(self, view: Widget, frame: int) -> None:
        view.goto(frame)
        self._shown(frame)
        view.stage.focus()

    def _shown(self, frame: int) -> None:
        for view in self.views:
            view.wait_frame(frame)

    def _edit(self, view: Widget, act: Callable[[], None]) -> None:
        """Do what changes the labels; wait until kernel and views have it."""
        revision = self.notebook.kernel("w._session.revision")
        act()
        for each in self.views:
            each.wait_synced()
        self.notebook.kernel_poll(
            "w._session.revision", lambda now: now == revision + 1
        )


class Memory:
    """How much kernel and page hold, from sample to sample."""

    def __init__(self, notebook: Notebook) -> None:
        pid = notebook.kernel("os.getpid()")
        self._status = Path(f"/proc/{pid}/status")
        self._page: CDPSession = notebook.page.context.new_cdp_session(notebook.page)
        self._notebook = notebook
        self.samples: dict[str, list[float]] = {}

    def __len__(self) -> int:
        return max(map(len, self.samples.values()), default=0)

    def look(self) -> None:
        """Take a sample."""
        self._notebook.page.evaluate(DO_NOTHING)
        self._page.send("HeapProfiler.collectGarbage")
        heap = self._page.send("Runtime.getHeapUsage")
        counts = self._page.send("Memory.getDOMCounters")
        found = {
            "kernel, MB": self._of_kernel(),
            "page, script's heap, MB": heap["usedSize"] / 2**20,
            "page, buffers, MB": heap.get("backingStorageSize", 0) / 2**20,
            "page, nodes": counts["nodes"],
            "page, listeners": counts["jsEventListeners"],
            "kernel, threads": self._line("Threads"),
        }
        for name, value in found.items():
            self.samples.setdefault(name, []).append(value)
        print("  " + ", ".join(f"{n} {v:.1f}" for n, v in found.items()), flush=True)

    def _of_kernel(self) -> float:
        return self._line("RssAnon") / 1024

    def _line(self, name: str) -> int:
        lines = self._status.read_text().splitlines()
        return int(next(each for each in lines if each.startswith(name)).split()[1])

    def show(self) -> None:
        """Print what the first and the last quarter after the warm-up held."""
        for name, values in self.samples.items():
            warm = values[int(len(values) * WARM) :]
            quarter = max(1, len(warm) // 4)
            first = statistics.median(warm[:quarter])
            last = statistics.median(warm[-quarter:])
            change = 100 * (last / first - 1) if first else 0.0
            goal(f"{name}: {first:.1f} -> {last:.1f}, percent more", change, FLAT)


def main(minutes: float) -> None:
    """Work for so many minutes, then say how it went."""
    expect.set_options(timeout=PATIENCE)
    with jupyterlab() as (root, open_notebook):
        source = clip.make(root / "soak.mp4", GROUPS)
        notebook = open_notebook(OPEN.format(path=str(source)))
        notebook.page.set_viewport_size({"width": 1280, "height": 1300})
        notebook.run_all()
        soak, memory = Soak(notebook), Memory(notebook)
        begin, rounds = monotonic(), 0
        while (passed := monotonic() - begin) < 60 * minutes:
            soak.round(rounds)
            rounds += 1
            if passed * SAMPLES >= 60 * minutes * len(memory):
                memory.look()
        print(f"\n{rounds} rounds in {minutes:g} minutes: {dict(soak.answered)}")
        memory.show()
        goal("acts that were not answered", sum(soak.unanswered.values()), 0)
        goal("boxes left", notebook.kernel("len(w.annotation.tracks)"), 0)
        reported = notebook.kernel("w.warnings")
        errors = [line for line in notebook.console if line.startswith("uncaught")]
        goal(f"errors {[*reported, *errors]}", len(reported) + len(errors), 0)


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 5)
