"""For those who do not see the widget or use no pointer: axe finds nothing serious."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e import clip
from tests.e2e.axe import serious

OPEN = """
import boxreel as br
v = br.open_video("access.mp4")
busy = br.Annotation.for_video(v, ["car", "person", "bus"])
for i in range(12):
    busy = busy.add_track(("car", "person", "bus")[i % 3],
        {i: (10 + 20 * i, 20 + 9 * i, 40, 30), 60 + i: (30 + 9 * i, 60, 40, 30)})
w = br.Annotator(v, labels=["car", "person"], save_to=None)
w
"""


@pytest.fixture
def notebook(lab, open_notebook):
    clip.write(lab.root / "access.mp4")
    notebook = open_notebook(OPEN)
    notebook.run_all()
    return notebook


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_serious(notebook, theme):
    widget = notebook.widget()
    widget.wait_frame(0)
    notebook.kernel(f"setattr(w, 'theme', {theme!r})")
    expect(widget.root).to_have_attribute("data-theme", theme)
    assert serious(widget) == []

    notebook.kernel("setattr(w, 'annotation', busy)")
    notebook.kernel("setattr(w, 'selection', (2,))")
    expect(widget.root.get_by_role("row")).not_to_have_count(0)
    widget.goto(20)
    assert serious(widget) == []

    for key, name in (("?", "Keyboard map"), ("Control+k", "Find an action")):
        widget.stage.focus()
        widget.press(key)
        expect(widget.root.get_by_role("dialog", name=name)).to_be_visible()
        assert serious(widget) == []
        widget.press("Escape")


def test_one_object_is_labelled_with_the_keyboard_alone(notebook):
    widget = notebook.widget()
    widget.wait_frame(0)
    there = "stage => stage === stage.getRootNode().activeElement"
    for _ in range(80):
        widget.press("Tab")
        if widget.stage.evaluate(there):
            break
    else:
        pytest.fail("Tab does not reach the stage")
    widget.press("n", "Enter", "Shift+ArrowLeft", "Control+ArrowRight", "Enter")
    widget.wait_synced()
    track = "w.annotation.tracks[1]"
    x, w, label = notebook.kernel(f"({track}.at(0).x, {track}.at(0).w, {track}.label)")
    assert label == "car"

    widget.press("2", "Shift+ArrowRight", "Shift+ArrowRight")
    widget.wait_frame(20)
    widget.press("Enter", "Shift+ArrowRight", "Shift+ArrowRight", "Enter")
    widget.press("Shift+ArrowRight", "o", "Shift+ArrowRight", "w")
    widget.wait_synced()
    assert notebook.kernel(f"{track}.label") == "person"
    at_20 = notebook.kernel(f"({track}.at(20).x, {track}.at(20).w)")
    assert at_20 == pytest.approx((x + 20, w), abs=1e-6)
    assert notebook.kernel(f"{track}.keyframes.frames.tolist()")[:2] == [0, 20]
    assert notebook.kernel(f"[{track}.occluded_at(f) for f in (29, 30, 40)]") == [
        False,
        True,
        True,
    ]
    assert notebook.kernel(f"{track}.spans()") == [[0, 41]]
    widget.press("Escape", "Escape")
    expect(widget.root).not_to_have_class(re.compile("is-focus"))
