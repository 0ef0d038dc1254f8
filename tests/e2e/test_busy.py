"""A cell runs while the person goes on working."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e import clip

OPEN = """
import boxreel as br
w = br.Annotator("busy.mp4", labels=["car"], save_to=None)
w
"""
# Ends when what the person does has arrived, so it proves that it came while it ran.
BUSY = """
from time import monotonic, sleep
seen, started = None, monotonic()
while seen is None and monotonic() < started + 60:
    {pause}
    if len(w.annotation.tracks) == 2 and w.frame == 90:
        seen = sorted(w.annotation.tracks)
"""


@pytest.mark.parametrize("pause", ["sleep(0.01)", "sum(range(10_000))"])
def test_edits_and_frames_pass_a_running_cell(lab, open_notebook, pause):
    clip.write(lab.root / "busy.mp4")
    notebook = open_notebook(OPEN, BUSY.format(pause=pause))
    page = notebook.page
    run = page.locator(".jp-CodeCell .cm-content")
    run.nth(0).click()
    page.keyboard.press("Control+Enter")
    widget = notebook.widget()
    widget.wait_frame(0)
    run.nth(1).click()
    page.keyboard.press("Control+Enter")
    indicator = page.locator(".jp-Notebook-ExecutionIndicator")
    expect(indicator).to_have_attribute("data-status", "busy")

    widget.draw(40, 60, 80, 50)
    widget.goto(30)
    widget.draw(180, 60, 80, 50)
    widget.press("Control+z", "Control+Shift+z")
    for frame in (7, 100, 64):
        widget.goto(frame)
    expect(indicator).to_have_attribute("data-status", "busy")
    widget.goto(90)
    expect(indicator).to_have_attribute("data-status", "idle", timeout=30_000)
    assert notebook.kernel("seen") == [1, 2]


# From the first box on it holds the interpreter's lock, as no Python code does long:
# no thread of the kernel runs.
HOLD = """
import ctypes
from time import sleep
while not w.annotation.tracks:
    sleep(0.01)
ctypes.PyDLL(None).sleep(8)
"""


def test_a_kernel_that_hears_nothing_is_called_busy(lab, open_notebook):
    clip.write(lab.root / "busy.mp4")
    notebook = open_notebook(OPEN, HOLD)
    page = notebook.page
    run = page.locator(".jp-CodeCell .cm-content")
    run.nth(0).click()
    page.keyboard.press("Control+Enter")
    widget = notebook.widget()
    widget.wait_frame(0)
    pushed = "max(map(len, w._item.frames._sent.values()), default=0)"
    notebook.kernel_poll(pushed, lambda count: count > 20)
    run.nth(1).click()
    page.keyboard.press("Control+Enter")
    indicator = page.locator(".jp-Notebook-ExecutionIndicator")
    expect(indicator).to_have_attribute("data-status", "busy")

    widget.root.get_by_role("button", name="Draw a new box").click()
    widget.draw_box(40, 60, 80, 50)
    for frame in (20, 7):
        widget.goto(frame)
        widget.stage.focus()
        widget.press("k")
    waiting = widget.root.get_by_text(re.compile("edits waiting: the kernel is busy"))
    expect(waiting).to_be_visible()
    expect(indicator).to_have_attribute("data-status", "busy")
    expect(widget.root).to_have_attribute("data-pending", "0", timeout=30_000)
    expect(waiting).to_be_hidden()
    assert notebook.kernel("w.annotation.tracks[1].keyframes.frames") == [0, 7, 20]


# What anywidget waits for a widget to be there, two seconds, passes at once.
IMPATIENT = """
() => {
  const patient = AbortSignal.timeout;
  AbortSignal.timeout = () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 0);
    return controller.signal;
  };
  return () => (AbortSignal.timeout = patient);
}
"""


def test_a_widget_that_was_long_in_coming_hears_the_kernel(lab, open_notebook):
    clip.write(lab.root / "busy.mp4")
    notebook = open_notebook(OPEN)
    mend = notebook.page.evaluate_handle(IMPATIENT)
    notebook.run_all()
    widget = notebook.widget()
    mend.evaluate("mend => mend()")
    assert any("Failed to initialize model" in line for line in notebook.console)
    widget.draw(40, 60, 80, 50)
    assert notebook.kernel("sorted(w.annotation.tracks)") == [1]
