"""Keys and clicks of a labelling task: `python benchmarks/labelling_task.py`.

The first 30 seconds of PETS09-S2L1 (300 frames; BOXREEL_TEST_DATA names the folder it
is in), five pedestrians, through the real user interface in JupyterLab and Chromium.
For each person: go to where it appears, draw it, go on by ten frames at a time, put the
box right where it fits the truth by less than IoU 0.6, end it. What to do where is
planned from the truth first, so that every tool would do the same drawing and the same
corrections; what differs is what each asks for besides. A key, a click and a drag count
one each; typing counts its keys. See docs/labelling-task.md.
"""

import os
import shutil
import sys
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import numpy as np

from benchmarks.browser import jupyterlab
from tests.e2e.lab import Notebook
from tests.e2e.widget import Widget

FOLDER = "tracking/A-pets09-s2l1"
SCALE = 480 / 768
"""The truth is of the original's pixels, the clip at hand is smaller."""
CLIP, FRAMES, STEP, PEOPLE, FIT = 795, 300, 10, 5, 0.6

CELL = """
import boxreel as br
w = br.Annotator("pets.mp4", labels=["person"], save_to=None, height=900)
w
"""


@dataclass
class Person:
    """What is done about one object: its box where it is drawn and put right."""

    start: int
    stop: int
    boxes: dict[int, np.ndarray]
    fixes: list[int] = field(default_factory=list)


class Counter:
    """A widget whose keys, clicks and drags are counted."""

    def __init__(self, widget: Widget) -> None:
        self.widget = widget
        self.counts = {"keys": 0, "clicks": 0, "drags": 0}

    def press(self, key: str) -> None:
        self.counts["keys"] += 1
        self.widget.press(key)

    def click(self, x: float, y: float) -> None:
        self.counts["clicks"] += 1
        self.widget.page.mouse.click(x, y)

    def drag(self, start: tuple[float, float], stop: tuple[float, float]) -> None:
        self.counts["drags"] += 1
        self.widget.drag(start, stop)
        self.widget.wait_synced()

    @property
    def total(self) -> int:
        return sum(self.counts.values())


def plan(folder: Path) -> list[Person]:
    """Decide, from the truth alone, where each person is drawn and put right."""
    rows = np.loadtxt(folder / "derived-gt-mot.txt", delimiter=",")
    rows = rows[rows[:, 0] <= FRAMES]
    people = []
    for track in np.unique(rows[:, 1]):
        own = rows[rows[:, 1] == track]
        boxes = {int(row[0]) - 1: row[2:6] * SCALE for row in own}
        start = min(boxes)
        stop = start + (max(boxes) - start) // STEP * STEP
        gapless = len(boxes) == max(boxes) - start + 1
        if gapless and stop - start >= 5 * STEP:
            people.append(Person(start, stop, boxes))
    people.sort(key=lambda person: (person.start, person.stop))
    for person in people[:PEOPLE]:
        shown = person.boxes[person.start]
        for frame in range(person.start + STEP, person.stop + 1, STEP):
            if fit(shown, person.boxes[frame]) < FIT:
                person.fixes.append(frame)
                shown = moved(shown, person.boxes[frame])
    return people[:PEOPLE]


def moved(box: np.ndarray, to: np.ndarray) -> np.ndarray:
    """The box as large as before, with its middle where the other's is."""
    return np.concatenate([to[:2] + to[2:] / 2 - box[2:] / 2, box[2:]])


def fit(a: np.ndarray, b: np.ndarray) -> float:
    """IoU of two upright boxes."""
    low, high = np.maximum(a[:2], b[:2]), np.minimum(a[:2] + a[2:], b[:2] + b[2:])
    both = np.prod(np.maximum(high - low, 0))
    return float(both / (np.prod(a[2:]) + np.prod(b[2:]) - both))


def label(hand: Counter, people: list[Person]) -> None:
    """Do the task as a person who knows the keys does it."""
    widget = hand.widget
    ruler = widget.root.get_by_role("slider", name="Frame", exact=True).bounding_box()
    for person in people:
        x = ruler["x"] + (person.start + 0.5) / CLIP * ruler["width"]
        hand.click(x, ruler["y"] + 15)
        widget.wait_frame(person.start)
        x, y, w, h = person.boxes[person.start]
        hand.press("n")
        hand.drag((x, y), (x + w, y + h))
        shown = person.boxes[person.start]
        for frame in range(person.start + STEP, person.stop + 1, STEP):
            hand.press("Shift+ArrowRight")
            widget.wait_frame(frame)
            if frame in person.fixes:
                to = moved(shown, person.boxes[frame])
                hand.drag(middle(shown), middle(to))
                shown = to
        hand.press("w")
        widget.wait_synced()


def middle(box: np.ndarray) -> tuple[float, float]:
    return float(box[0] + box[2] / 2), float(box[1] + box[3] / 2)


def labelled(notebook: Notebook) -> dict[int, list[np.ndarray]]:
    """The boxes in the kernel, by frame."""
    dense = "w.annotation.dense(range(300))"
    frames = notebook.kernel(f"{dense}.frame")
    boxes = notebook.kernel(f"{dense}.box[:, :4]")
    shown: dict[int, list[np.ndarray]] = {}
    for frame, box in zip(frames, boxes, strict=True):
        shown.setdefault(frame, []).append(np.array(box))
    return shown


def main() -> None:
    data = Path(os.environ.get("BOXREEL_TEST_DATA", "")) / FOLDER
    if not (data / "derived-vtest.mp4").exists():
        sys.exit(f"no {FOLDER}/derived-vtest.mp4 under BOXREEL_TEST_DATA")
    people = plan(data)
    jumps = sum((person.stop - person.start) // STEP for person in people)
    fixes = sum(len(person.fixes) for person in people)
    with jupyterlab() as (root, open_notebook):
        shutil.copy(data / "derived-vtest.mp4", root / "pets.mp4")
        notebook = open_notebook(CELL)
        notebook.page.set_viewport_size({"width": 1600, "height": 1200})
        notebook.run_all()
        hand = Counter(notebook.widget())
        label(hand, people)
        shown = labelled(notebook)
    fits = [
        max((fit(box, other) for other in shown.get(frame, [])), default=0.0)
        for person in people
        for frame, box in person.boxes.items()
        if frame <= person.stop
    ]
    shared = jumps + fixes
    print(f"{len(people)} people, {jumps} jumps of {STEP} frames, {fixes} corrections")
    print(f"IoU with the truth on {len(fits)} boxes: median {np.median(fits):.2f}")
    print(f"boxreel: {hand.total} {hand.counts}")
    # Besides the shared ones, as docs/labelling-task.md counts them.
    print(f"CVAT: {shared + 6 * PEOPLE + 1}, Label Studio: {shared + 5 * PEOPLE - 1}")


if __name__ == "__main__":
    main()
