"""Playing 1080p30 with 100 boxes in JupyterLab: `python benchmarks/playback.py`.

The store is filled first. In every animation frame the page notes which frame the
canvas carries; a frame that is due and never carried was dropped. How often the display
was not refreshed in time, whatever the reason, stands beside it: what is due then is
dropped however fast the widget is.
"""

from __future__ import annotations

import numpy as np

from benchmarks import clip
from benchmarks.browser import goal, jupyterlab
from tests.e2e.lab import Notebook

SECONDS = 10
GROUPS = 12
LATE = 1000 / clip.RATE + 1

OPEN = """
import os
os.environ["BOXREEL_CACHE"] = ""
import boxreel as br
w = br.Annotator({path!r}, labels=["car"], save_to=None)
w._item.store.limit(1 << 40)
last = len(w.video) - 1
for i in range(100):
    x, y = 90 + 180 * (i % 10), 50 + 100 * (i // 10)
    ends = {{0: (x, y, 80, 60), last: (x - 60, y + 30, 60, 80)}}
    w.annotation = w.annotation.add_track("car", ends)
w
"""

PLAY = """
async ([root, seconds]) => {
  const painted = [];
  const start = performance.now();
  await new Promise((resolve) => {
    const look = (now) => {
      painted.push([now, Number(root.dataset.painted)]);
      if (now - start < seconds * 1000) requestAnimationFrame(look);
      else resolve();
    };
    requestAnimationFrame(look);
  });
  return painted;
}
"""


def play(notebook: Notebook, speed: int) -> list[tuple[float, int]]:
    """Play from the first frame; the time in ms and the frame of each refresh."""
    widget = notebook.widget()
    widget.goto(0)
    select = widget.root.get_by_role("combobox", name="Playback speed")
    select.select_option(str(speed))
    widget.stage.focus()
    widget.press("Space")
    log = notebook.page.evaluate(PLAY, [widget.root.element_handle(), SECONDS])
    widget.press("Space")
    begin = next(i for i, (_, frame) in enumerate(log) if frame > 0)
    return log[begin:]


def show(speed: int, log: list[tuple[float, int]]) -> None:
    seen = {frame for _, frame in log}
    first, last = log[0][1], log[-1][1]
    passed = (log[-1][0] - log[0][0]) / 1e3
    real = (last - first) / clip.RATE / passed
    print(
        f"{speed}x: frames {first} to {last} in {passed:.1f} s: {real:.2f}x real time"
    )
    gaps = np.diff([time for time, _ in log])
    print(
        f"  refreshes later than a frame: {(gaps > LATE).sum()} of {len(gaps)}", end=""
    )
    print(f", the longest after {gaps.max():.0f} ms")
    if speed == 1:
        goal("frames dropped", last - first + 1 - len(seen), 1)
    else:
        goal("share of the speed that is missing", abs(1 - real / speed), 0.05)


def main() -> None:
    with jupyterlab() as (root, open_notebook):
        source = clip.make(root / "play.mp4", GROUPS)
        notebook = open_notebook(OPEN.format(path=str(source)))
        notebook.run_all()
        notebook.widget().wait_frame(0)
        notebook.kernel("w._item.store.wait()", timeout=120)
        for speed in (1, 4, 8):
            show(speed, play(notebook, speed))


if __name__ == "__main__":
    main()
