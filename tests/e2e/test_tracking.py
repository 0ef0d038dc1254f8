"""A person has an object followed, stops it, and has it followed to the end."""

from playwright.sync_api import expect

OPEN = """
import threading
import boxreel as br, numpy as np
from boxreel.tracking import follow
rng = np.random.default_rng(0)
ground = np.kron(rng.integers(0, 120, (30, 40, 3)), np.ones((6, 6, 1)))
car = np.kron(rng.integers(0, 255, (10, 12, 3)), np.ones((3, 3, 1)))
pictures = np.stack([ground] * 60).astype(np.uint8)
for frame, picture in enumerate(pictures):
    picture[60:90, 20 + 2 * frame : 56 + 2 * frame] = car
arrived, gate = threading.Event(), threading.Event()

def gated(frames, box):
    for number, found in enumerate(follow(frames, box), 1):
        if number == 10:
            arrived.set()
            assert gate.wait(30)
        yield found

w = br.Annotator(pictures, labels=["car"], save_to=None, tracker=gated)
w.annotation = w.annotation.add_track("car", {0: (20, 60, 36, 30)})
w.selection = (1,)
w
"""
SOURCES = "[row.source for row in w.annotation.tracks[1].keyframes]"


def test_an_object_is_followed(open_notebook):
    notebook = open_notebook(OPEN)
    notebook.run_all()
    widget = notebook.widget()
    widget.wait_frame(0)
    widget.stage.focus()
    widget.press("a")
    bar = widget.root.get_by_role("progressbar", name="Following #1")
    expect(bar).to_have_attribute("aria-valuemax", "59")
    notebook.kernel_poll("arrived.is_set()", bool)
    widget.press("Escape")
    notebook.kernel_poll("w._item.tracking._stopped.is_set()", bool)
    notebook.kernel("gate.set()")
    stopped = "#1 is tracked to frame 10, where it was stopped."
    expect(widget.root.get_by_text(stopped, exact=True)).to_be_visible()
    expect(bar).to_have_count(0)
    widget.press("Control+z")
    notebook.kernel_poll(SOURCES, lambda sources: sources == ["human"])
    widget.press("a")
    whole = widget.root.get_by_text("#1 is tracked to frame 59.", exact=True)
    expect(whole).to_be_visible()
    widget.wait_synced()
    assert abs(notebook.kernel("w.annotation.tracks[1].at(59).x") - 138) < 4
    assert set(notebook.kernel(SOURCES)[1:]) == {"tracker"}
