"""One edit on a small and on a large document: bytes sent, and pointer-up to Python.

Beside it stands the bare line: a trait that a page sets and Python observes.
Run: python benchmarks/edit.py
"""

import statistics
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.e2e import chromium
from tests.e2e.lab import Lab, Notebook

ROUNDS = 40
SIZES = (10, 10_000)

SETUP = """
import time
import anywidget, numpy as np, traitlets
import boxreel as br
from boxreel.model import Keyframes, Track

class Bare(anywidget.AnyWidget):
    value = traitlets.Int().tag(sync=True)
    _esm = '''
    export default {{
      render({{ model, el }}) {{
        el.innerHTML = "<button id=bare style='width:200px;height:60px'>bare</button>";
        el.firstChild.addEventListener("pointerup", () => {{
          window.released = performance.timeOrigin + performance.now();
          model.set("value", model.get("value") + 1);
          model.save_changes();
        }});
      }},
    }};
    '''

arrived = []
bare = Bare()
bare.observe(lambda change: arrived.append(time.time() * 1000), "value")

def document(tracks):
    video = np.zeros((200, 180, 320), np.uint8)
    labels = br.Annotation.for_video(br.open_video(video), labels=["car"])
    boxes = {{frame: (9_000 + frame, 0, 40, 30) for frame in range(0, 200, 10)}}
    labels = labels.add_track("car", {{0: (100, 60, 80, 50)}})
    if tracks > 1:
        track = labels.add_track("car", boxes).tracks[2]
        more = (br.edits.AddTrack(Track(i, "car", track.keyframes, {{}}))
                for i in range(2, tracks + 1))
        labels = labels.apply(br.edits.Batch(tuple(more)))
    return video, labels

video, labels = document({tracks})
w = br.Annotator(video, annotation=labels, save_to=None)
w.observe(lambda change: arrived.append(time.time() * 1000), "annotation")
w
"""

STAMP = """
window.addEventListener("pointerup", () => {
  window.released = performance.timeOrigin + performance.now();
}, { capture: true });
"""


def main() -> None:
    rows = []
    with tempfile.TemporaryDirectory() as folder, chromium.launch(program()) as browser:
        lab = Lab(Path(folder))
        for tracks in SIZES:
            page = browser.new_page()
            page.add_init_script(STAMP)
            sent: list[int] = []
            page.on("websocket", lambda socket, sent=sent: watch(socket, sent))
            notebook = Notebook(lab, page, [SETUP.format(tracks=tracks), "bare"], "n")
            notebook.run_all()
            rows.append((tracks, *measure(notebook, sent)))
            notebook.close()
        lab.close()
    show(rows)


def program() -> str:
    return chromium.find() or sys.exit("no Chromium found: `make .venv/chromium`")


def watch(socket, sent: list[int]) -> None:
    """Keep the size of every message that carries an edit."""

    def frame(payload: str | bytes) -> None:
        data = payload if isinstance(payload, bytes) else payload.encode()
        if b'"kind":"edit"' in data:
            sent.append(len(data))

    socket.on("framesent", frame)


def measure(notebook: Notebook, sent: list[int]) -> tuple[float, float, float]:
    widget = notebook.widget()
    page = notebook.page
    widget.click(140, 85)
    widget.wait_synced()
    edits, traits = [], []
    for turn in range(ROUNDS):
        x = 140 + (turn % 2) * 40
        widget.drag((x, 85), (x + (40 if turn % 2 == 0 else -40), 85), steps=3)
        widget.wait_synced()
        edits.append(latency(notebook))
        page.locator("#bare").click()
        traits.append(latency(notebook))
    return statistics.median(sent), statistics.median(edits), statistics.median(traits)


def latency(notebook: Notebook) -> float:
    arrived = notebook.kernel_poll("arrived", lambda times: len(times) == 1)
    notebook.kernel("arrived.clear()")
    return arrived[0] - notebook.page.evaluate("window.released")


def show(rows: list[tuple[int, float, float, float]]) -> None:
    print(f"{'tracks':>8} {'bytes':>7} {'edit ms':>8} {'trait ms':>9} {'ratio':>6}")
    for tracks, size, edit, trait in rows:
        print(f"{tracks:8} {size:7.0f} {edit:8.1f} {trait:9.1f} {edit / trait:6.2f}")
    small, large = rows[0], rows[-1]
    print(
        f"{large[0]} tracks against {small[0]}: bytes x {large[1] / small[1]:.2f}, "
        f"time x {large[2] / small[2]:.2f}"
    )


if __name__ == "__main__":
    main()
