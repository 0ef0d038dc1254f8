"""A thousand tracks under the hand: `python benchmarks/studio.py`.

1,000 tracks with 200 keyframes each over 100,000 frames, every track present on every
frame, in JupyterLab and Chromium. For each act the work of the page's main thread
(script, style, layout, paint, and whatever else runs there) is summed up from one
animation frame to the next, out of Chromium's own trace, in processor time: where there
are few processors, the thread also waits for the browser's other processes. Beside it
stand the same moves of the pointer over an empty page of its size, in the same run;
beside the opening that of an anywidget which shows a word, and a line of HTML, in
another page. The opening counts from the press of Ctrl+Enter until all is drawn, the
crowd of tags at last, and leaves out refreshes in which nothing was to be done. Both
notebooks show a formula before: for the first text of a page, HTML or Markdown,
JupyterLab loads what sets formulas, whatever it is that shows the text.
Both pages ask for every refresh of the display: work that comes while nothing is drawn
counts for the refreshes it fell into, not all for the next one that shows something.
"""

import json
import statistics
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from playwright.sync_api import Page

from tests.e2e import chromium
from tests.e2e.lab import Lab, Notebook

BUDGET = 1000 / 60
MOVES = 120
CATEGORIES = [
    "disabled-by-default-devtools.timeline",
    "disabled-by-default-devtools.timeline.frame",
]

SETUP = """
import boxreel as br, numpy as np
from IPython.display import HTML
from boxreel.model import Keyframes, Label, Track, VideoInfo

TRACKS, FRAMES, KEYFRAMES = 1_000, 100_000, 200
rng = np.random.default_rng(0)
picture = np.full((720, 1280, 3), 96, np.uint8)
video = br.open_video(np.broadcast_to(picture, (FRAMES, 720, 1280, 3)), fps=25)
names = ["car", "person", "cyclist", "bus", "dog"]
display(HTML("<p>$1000$ tracks</p>"))

def made(id):
    frames = np.unique(rng.integers(1, FRAMES, KEYFRAMES - 1))
    frames = np.concatenate([[0], frames]).astype(np.int32)
    centre = np.cumsum(rng.normal(0, 30, (len(frames), 2)), axis=0)
    centre = (centre + rng.uniform(0, [1280, 720])) % [1200, 640]
    size = rng.uniform(20, 80, 2) + np.zeros((len(frames), 2))
    boxes = np.column_stack([centre, size, np.zeros(len(frames))])
    occluded = rng.random(len(frames)) < 0.1
    label = names[id % len(names)]
    return Track(id, label, Keyframes(frames, boxes, occluded=occluded))

tracks = [made(id) for id in range(1, TRACKS + 1)]
labels = br.Annotation(VideoInfo.of(video), [Label(name) for name in names], tracks)
w = br.Annotator(video, annotation=labels, save_to=None)
"""

SETUP_EMPTY = """
import anywidget
from IPython.display import HTML
display(HTML("<p>$0$ tracks</p>"))

class Empty(anywidget.AnyWidget):
    _esm = "export default { render({ el }) { el.textContent = 'empty' } }"

w = Empty()
"""
CELL, CELL_EMPTY = "w", "display(w, HTML('<p id=shown>empty</p>'))"

TICK = "(function tick() { requestAnimationFrame(tick) })()"
"""Keeps the display refreshing: what lies between two refreshes is one frame's work."""

SHOWN = """
() => new Promise(resolve => {
  const shown = () => {
    const all = document.querySelectorAll(".jp-OutputArea-output *");
    const host = [...all].find(each => each.shadowRoot);
    const root = host?.shadowRoot.querySelector(".br");
    return root?.dataset.painted === "0" && root.dataset.ready === "true";
  };
  const look = () => shown() ? resolve() : setTimeout(look, 50);
  look();
})
"""

SHOWN_EMPTY = """
() => new Promise(resolve => {
  const look = () =>
    document.getElementById("shown") ? resolve() : setTimeout(look, 50);
  look();
})
"""

TAGS = 600
"""Milliseconds after which the tags of a crowd are there."""
IDLE = 1.0
"""A refresh with less than this, in milliseconds, has shown nothing."""

EMPTY = """
<!doctype html><body style="margin:0;height:100vh"></body>
<script>addEventListener("pointermove", () => {})</script>
"""

Place = tuple[float, float, float, float]
Act = Callable[[Page, dict[str, Place]], None]


def glide(page: Page, start: tuple[float, float], stop: tuple[float, float]) -> None:
    """Move the pointer along a line, in as many steps as every act has."""
    (x, y), (u, v) = start, stop
    for step in range(1, MOVES + 1):
        share = step / MOVES
        page.mouse.move(x + (u - x) * share, y + (v - y) * share)


def scroll(page: Page, places: dict[str, Place]) -> None:
    """Wheel over the lanes."""
    x, y, width, height = places["lanes"]
    page.mouse.move(x + width / 2, y + height / 2)
    for step in range(MOVES):
        page.mouse.wheel(0, 60 if step < MOVES * 2 / 3 else -60)


def scrub(page: Page, places: dict[str, Place]) -> None:
    """Drag along the ruler."""
    x, y, width, height = places["ruler"]
    page.mouse.move(x + 10, y + height / 2)
    page.mouse.down()
    glide(page, (x + 10, y + height / 2), (x + width - 10, y + height / 2))
    page.mouse.up()


def drag(page: Page, places: dict[str, Place]) -> None:
    """Drag the selected box across the stage."""
    x, y = places["box"][:2]
    page.mouse.move(x, y)
    page.mouse.down()
    glide(page, (x, y), (x + 150, y + 60))
    page.mouse.up()


def hover(page: Page, places: dict[str, Place]) -> None:
    """Move over the stage without a press."""
    x, y, width, height = places["stage"]
    glide(page, (x + 10, y + 10), (x + width - 10, y + height - 10))


def zoom(page: Page, places: dict[str, Place]) -> None:
    """Wheel over the ruler: the timeline zooms at the pointer."""
    x, y, width, height = places["ruler"]
    page.mouse.move(x + width / 3, y + height / 2)
    for step in range(MOVES):
        page.mouse.wheel(0, -50 if step < MOVES / 2 else 50)


ACTS: dict[str, Act] = {
    "scrolling lanes": scroll,
    "scrubbing": scrub,
    "zooming": zoom,
    "hovering": hover,
    "dragging a box": drag,
}


def traced(page: Page, act: Callable[[], None]) -> list[float]:
    """Milliseconds of main-thread work of each animation frame during `act`."""
    browser = page.context.browser
    browser.start_tracing(page=page, categories=CATEGORIES)
    act()
    events = json.loads(browser.stop_tracing())["traceEvents"]
    return frames_of(events)


def frames_of(events: list[dict]) -> list[float]:
    """The durations of the tasks from one animation frame to the next, added up."""
    main = main_thread(events)
    own = [event for event in events if (event["pid"], event["tid"]) == main]
    starts = sorted(e["ts"] for e in own if e["name"] == "BeginMainThreadFrame")
    tasks = sorted(
        (e["ts"], e["dur"], e["tdur"])
        for e in own
        if e["name"] == "RunTask" and "tdur" in e
    )
    work = [0.0] * len(starts)
    frame = -1
    for begin, duration, busy in tasks:
        while frame + 1 < len(starts) and starts[frame + 1] < begin + duration:
            frame += 1
        if frame >= 0:
            work[frame] += busy / 1000
    return work


def main_thread(events: list[dict]) -> tuple[int, int]:
    """Process and thread that painted the page."""
    started = next(e for e in events if e["name"] == "TracingStartedInBrowser")
    frames = started["args"]["data"]["frames"]
    pid = next(f["processId"] for f in frames if "parent" not in f)
    named = (e for e in events if e["name"] == "thread_name" and e["pid"] == pid)
    return pid, next(e["tid"] for e in named if e["args"]["name"] == "CrRendererMain")


def percentile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def places_of(notebook: Notebook) -> dict[str, Place]:
    """Where on the page the regions are, and the middle of the selected box."""
    widget = notebook.widget()
    frame = notebook.kernel("w.frame")
    at = f"w.annotation.tracks[500].at({frame})"
    x, y, w, h = notebook.kernel(f"(lambda b: (b.x, b.y, b.w, b.h))({at})")
    middle = widget.stage_point(x + w / 2, y + h / 2)
    hosts = {"stage": ".stage-host", "ruler": ".rlt", "lanes": ".lanes"}
    boxes = {
        name: widget.root.locator(css).bounding_box() for name, css in hosts.items()
    }
    return {"box": (*middle, 0, 0)} | {
        name: (box["x"], box["y"], box["width"], box["height"])
        for name, box in boxes.items()
    }


def opening(notebook: Notebook, shown: str) -> list[float]:
    """Run the first cell, then measure how the second one shows its widget."""
    page = notebook.page
    page.set_viewport_size({"width": 1280, "height": 1400})
    page.locator(".jp-CodeCell .cm-content").first.click()
    page.keyboard.press("Control+Enter")
    notebook.kernel_poll("'w' in globals()", bool, timeout=120)
    page.locator("mjx-container").wait_for()
    page.locator(".jp-CodeCell .cm-content").nth(1).click()
    page.evaluate(TICK)
    return [work for work in traced(page, partial(opened, page, shown)) if work > IDLE]


def opened(page: Page, shown: str) -> None:
    page.keyboard.press("Control+Enter")
    page.evaluate(shown)
    page.wait_for_timeout(TAGS)


def show(name: str, work: list[float], empty: list[float] | None = None) -> None:
    p95 = percentile(work, 0.95)
    numbers = (
        f"{len(work):10}{statistics.median(work):10.1f}{p95:10.1f}{max(work):10.1f}"
    )
    if empty:
        bare = percentile(empty, 0.95)
        numbers += f"{bare:10.1f}{p95 / bare:10.1f}"
    verdict = "" if p95 <= BUDGET else "  over the budget"
    print(f"{name:<18}{numbers}{verdict}", flush=True)


def main() -> None:
    program = chromium.find() or sys.exit("no Chromium found: `make .venv/chromium`")
    with tempfile.TemporaryDirectory() as folder, chromium.launch(program) as browser:
        lab = Lab(Path(folder))
        try:
            cells = [SETUP_EMPTY, CELL_EMPTY]
            empty = Notebook(lab, browser.new_page(), cells, "empty")
            bare = opening(empty, SHOWN_EMPTY)
            empty.close()
            studio = Notebook(lab, browser.new_page(), [SETUP, CELL], "studio")
            measure(studio, bare)
        finally:
            lab.close()


def measure(notebook: Notebook, bare: list[float]) -> None:
    page = notebook.page
    header = ("frames", "median", "p95", "max", "empty p95", "ratio")
    print("milliseconds of the main thread an animation frame; budget 16.7")
    print(f"{'act':<18}" + "".join(f"{name:>10}" for name in header))
    show("opening", opening(notebook, SHOWN), bare)
    notebook.kernel("setattr(w, 'selection', (500,))")
    empty = page.context.new_page()
    empty.set_content(EMPTY)
    empty.evaluate(TICK)
    for name, act in ACTS.items():
        page.bring_to_front()
        notebook.widget().stage.focus()
        places = places_of(notebook)
        mine = traced(page, partial(act, page, places))
        empty.bring_to_front()
        bare = traced(empty, partial(act, empty, places))
        show(name, mine, bare)
    notebook.close()


if __name__ == "__main__":
    main()
