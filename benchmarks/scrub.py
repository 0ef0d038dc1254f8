"""From moving the scrubber to the right frame painted: `python benchmarks/scrub.py`.

In JupyterLab, on 1080p with a keyframe every 250 frames. A real mouse drags the ruler's
playhead. The clock starts as the page hears the pointer move, and stops as the stage's
canvas has got the frame asked for; the display shows it with its next refresh. Beside
it in the same page stand `<video>` (the whole file in memory; to the callback of its
frame), the same JPEGs over a bare comm and to a bitmap; and in this process a bare PyAV
seek. They take turns, and where one works the others stand still.

Parts are run by name: `python benchmarks/scrub.py cold`; they are cached, stored, cold.
"""

from __future__ import annotations

import os
import random
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter

from benchmarks import clip
from benchmarks.browser import Open, goal, heading, jupyterlab, percentiles, row
from benchmarks.frames import bare, bare_jpeg, bare_seek
from boxreel.video import open_video
from tests.e2e.lab import Notebook
from tests.e2e.widget import Widget

SAMPLES = 45
TURN = 9
"""Samples of one before it is the turn of the next."""

REFRESH = 1000 / 60
REST = 250
"""Milliseconds in which what is sent ahead arrives."""

OPEN = """
import os
os.environ["BOXREEL_CACHE"] = ""
import anywidget
import boxreel as br

class Echo(anywidget.AnyWidget):
    '''Sends the JPEG that the page asks for, and does nothing else.'''

    _esm = '''
    export default {{
      initialize({{ model }}) {{
        window.echo = (frame) => new Promise((resolve) => {{
          const start = performance.now();
          model.on("msg:custom", async function take(_, [buffer]) {{
            model.off("msg:custom", take);
            const comm = performance.now() - start;
            await createImageBitmap(new Blob([buffer], {{ type: "image/jpeg" }}));
            resolve([comm, performance.now() - start]);
          }});
          model.send({{ frame }});
        }});
      }},
    }};
    '''

    def __init__(self, jpegs):
        super().__init__()
        self.on_msg(lambda _, ask, __: self.send({{}}, [jpegs[ask["frame"]]]))

w = br.Annotator({path!r}, labels=["car"], save_to=None)
w._item.store._filler._memory._max_bytes = {memory}
jpegs = {{}}
e = Echo(jpegs)
w
"""
ECHO = "e"

WATCH = """
root => {
  let start = null;
  let tell = () => {};
  let known = root.dataset.painted;
  const moved = () => { start = performance.now(); };
  window.addEventListener("pointermove", moved, { capture: true });
  const painted = () => {
    const { painted, frame } = root.dataset;
    if (start !== null && painted === frame && painted !== known) {
      known = frame;
      tell(performance.now() - start);
      start = null;
    }
  };
  new MutationObserver(painted).observe(root, { attributeFilter: ["data-painted"] });
  window.expectScrub = () => {
    window.scrub = new Promise((resolve) => { tell = resolve; });
  };
}
"""

VIDEO = """
async (url) => {
  const file = await (await fetch(url)).blob();
  const video = document.createElement("video");
  Object.assign(video, { muted: true, src: URL.createObjectURL(file) });
  video.style.cssText = "position:fixed;z-index:9;left:0;top:0;width:854px";
  document.body.append(video);
  await new Promise((resolve) => { video.onloadeddata = resolve; });
  window.seek = (time) => new Promise((resolve) => {
    const start = performance.now();
    video.requestVideoFrameCallback(() => resolve(performance.now() - start));
    video.currentTime = time;
  });
  window.showVideo = (shown) => { video.style.display = shown ? "block" : "none"; };
}
"""


class Scrubber:
    """The ruler of the only widget of a page, dragged by a real mouse."""

    def __init__(self, notebook: Notebook, count: int) -> None:
        self.page = notebook.page
        self.widget: Widget = notebook.widget()
        self.widget.wait_frame(0)
        ruler = self.widget.root.get_by_role("slider", name="Frame", exact=True)
        ruler.scroll_into_view_if_needed()
        box = ruler.bounding_box()
        self._left, self._width, self._y = box["x"], box["width"], box["y"] + 12
        self._count = count
        self.widget.root.evaluate(WATCH)
        self.page.mouse.move(self._left + 1, self._y)
        self.page.mouse.down()

    def frame_at(self, x: int) -> int:
        """The frame under a point of the ruler."""
        return int((x + 0.5) / self._width * self._count)

    def places(self, apart: int) -> list[int]:
        """Points of the ruler at least so many frames apart, in random order."""
        step = max(1, round(apart / self._count * self._width))
        places = list(range(step, int(self._width) - step, step))
        random.Random(1).shuffle(places)
        return places

    def move(self, x: int) -> float:
        """Move the playhead; the milliseconds until its frame was painted.

        Nothing asks the page meanwhile: that would make it draw without need.
        """
        self.page.evaluate("expectScrub()")
        self.page.mouse.move(self._left + x + 0.5, self._y)
        taken = float(self.page.evaluate("window.scrub"))
        self.widget.wait_frame(self.frame_at(x))
        return taken


def width_asked(notebook: Notebook) -> int:
    return notebook.kernel("w._item.frames._width")


def cached(folder: Path, open_notebook: Open) -> None:
    """Frames in the browser: decoded there, and as JPEGs."""
    source = clip.make(folder / "cached.mp4", 4)
    notebook = open_notebook(OPEN.format(path=str(source), memory=1 << 40), ECHO)
    notebook.run_all()
    with open_video(source) as video:
        scrubber = Scrubber(notebook, len(video))
    notebook.kernel("w._item.store.wait()", timeout=60)
    heading("in the browser's cache")
    places = scrubber.places(2)[:SAMPLES]
    for x in places:
        scrubber.move(x)
    again = places[-2::-1]
    others = scrubber.places(2)[SAMPLES : 8 * SAMPLES]  # more than stay decoded
    row("decoded", samples := [scrubber.move(x) for x in again])
    for x in others:
        scrubber.move(x)
    jpegs = [scrubber.move(x) for x in places]
    row("as JPEGs", jpegs)
    goal("p95 of both, ms", percentiles(samples + jpegs)[1], round(REFRESH, 1))


def stored(folder: Path, open_notebook: Open) -> None:
    """Frames in the kernel's store, beside the same bytes over a bare comm."""
    source = clip.make(folder / "stored.mp4", 14)
    notebook = open_notebook(OPEN.format(path=str(source), memory=1 << 40), ECHO)
    notebook.run_all()
    with open_video(source) as video:
        scrubber = Scrubber(notebook, len(video))
    notebook.kernel("w._item.store.wait()", timeout=200)
    width = width_asked(notebook)
    heading(f"in the kernel's store, {width} px")
    places = scrubber.places(70)[:SAMPLES]
    get = f"w._item.store.get(i, {width})"
    notebook.kernel(f"jpegs.update({{i: {get} for i in range(len(w.video))}})")
    size = notebook.kernel("sum(map(len, jpegs.values())) / len(jpegs) / 1e3")
    ours, echoes = [], []
    for x in places:  # in turns, so that both see the same machine
        ours.append(scrubber.move(x))
        scrubber.page.wait_for_timeout(REST)
        frame = scrubber.frame_at(x)
        echoes.append(scrubber.page.evaluate("frame => echo(frame)", frame))
    _, p95 = row("boxreel", ours)
    row(f"bare: comm round trip of {size:.0f} kB", [comm for comm, _ in echoes])
    _, limit = row("bare: comm round trip and bitmap", [both for _, both in echoes])
    row("bare: bitmap", [both - comm for comm, both in echoes])
    goal("p95 / bare comm and bitmap", p95 / limit, 1.5)


def cold(folder: Path, open_notebook: Open) -> None:
    """Frames that are nowhere, beside `<video>` and a bare seek in their turn."""
    source = clip.make(folder / "cold.mp4", 100)
    notebook = open_notebook(OPEN.format(path=str(source), memory=96 << 20), ECHO)
    notebook.run_all()
    video = open_video(source)
    scrubber = Scrubber(notebook, len(video))
    page, width = scrubber.page, width_asked(notebook)
    kernel = notebook.kernel("__import__('os').getpid()")
    page.evaluate(VIDEO, f"/files/{source.name}")
    container, stream = bare(source)
    heading(f"cold: neither, {width} px")
    ours, peer, seeks, jpegs = [], [], [], []
    places = iter(scrubber.places(50))
    while len(ours) < SAMPLES:
        frames = []
        page.evaluate("showVideo(false)")
        while len(frames) < TURN:
            frame = scrubber.frame_at(x := next(places))
            if notebook.kernel(f"w._item.store.get({frame}, {width}) is None"):
                ours.append(scrubber.move(x))
                frames.append(frame)
        page.evaluate("showVideo(true)")
        with stopped(kernel):
            for frame in frames:
                middle = video.times[frame] + 0.5 / video.fps
                peer.append(page.evaluate("time => seek(time)", middle))
            for frame in frames:
                begin = perf_counter()
                picture = bare_seek(container, stream, int(video.ticks[frame]))
                sought = perf_counter()
                bare_jpeg(picture)
                seeks.append((sought - begin) * 1e3)
                jpegs.append((perf_counter() - sought) * 1e3)
    container.close()
    video.close()
    p50, _ = row("boxreel", ours)
    seek_p50, _ = row("bare: PyAV exact seek", seeks)
    row("bare: scale and JPEG", jpegs)
    video_p50, _ = row("<video>", peer)
    goal("p50 / bare exact seek", p50 / seek_p50, 1.1)
    goal("p50 / <video>", p50 / video_p50, 1)


@contextmanager
def stopped(process: int) -> Iterator[None]:
    """Hold a process still: a kernel that fills its store would slow down others."""
    os.kill(process, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(process, signal.SIGCONT)


PARTS = {part.__name__: part for part in (cached, stored, cold)}

if __name__ == "__main__":
    chosen = [PARTS[name] for name in sys.argv[1:]] or [*PARTS.values()]
    for part in chosen:
        with jupyterlab() as (root, opener):
            part(root, opener)
