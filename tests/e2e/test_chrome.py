"""What stands around the picture: palette, history, messages, help."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e import clip

OPEN = """
import boxreel as br
w = br.Annotator("chrome.mp4", labels=["car", "person"], save_to=None)
w
"""
TRACKS = "sorted(w.annotation.tracks)"


@pytest.fixture
def notebook(lab, open_notebook):
    clip.write(lab.root / "chrome.mp4")
    notebook = open_notebook(OPEN)
    notebook.run_all()
    return notebook


def test_the_palette_finds_and_does_an_action(notebook):
    widget = notebook.widget()
    widget.draw(40, 60, 80, 50)
    widget.goto(20)
    widget.stage.focus()
    widget.press("Control+k")
    field = widget.root.get_by_role("combobox", name="Find an action")
    expect(field).to_be_focused()
    widget.page.keyboard.type("outside")
    outside = widget.root.get_by_role("option", name=re.compile("^Outside from here"))
    expect(outside).to_have_attribute("aria-selected", "true")
    widget.press("Enter")
    expect(field).to_have_count(0)
    widget.wait_synced()
    assert notebook.kernel("w.annotation.tracks[1].spans()") == [[0, 20]]
    widget.press("o")  # the keyboard is the widget's again
    expect(widget.root.locator(".notice")).to_contain_text("outside on frame 20")


def test_history_goes_back_and_forth_several_steps(notebook):
    widget = notebook.widget()
    for x in (20, 120, 220):
        widget.draw(x, 60, 60, 50)
    widget.stage.focus()
    widget.press("Control+h")
    history = widget.root.get_by_role("dialog", name="History")
    steps = history.get_by_role("button").filter(has_not_text=re.compile("^$"))
    expect(steps).to_have_count(4)
    steps.filter(has_text="Opened").click()
    notebook.kernel_poll(TRACKS, lambda ids: ids == [])
    expect(steps.first).to_contain_text("taken back")
    expect(steps.nth(2)).not_to_have_attribute("aria-disabled", "true")
    steps.nth(1).click()
    notebook.kernel_poll(TRACKS, lambda ids: ids == [1, 2])
    notebook.kernel("w.undo()")
    expect(steps.nth(2)).to_contain_text("now")
    widget.press("Escape")
    expect(history).to_have_count(0)


def test_a_deletion_is_taken_back_by_its_message(notebook):
    widget = notebook.widget()
    widget.draw(40, 60, 80, 50)
    widget.press("Delete")
    widget.wait_synced()
    assert notebook.kernel(TRACKS) == []
    notice = widget.root.locator(".notice")
    expect(notice).to_contain_text("Deleted #1 car")
    notice.get_by_role("button", name="Undo").click()
    notebook.kernel_poll(TRACKS, lambda ids: ids == [1])
    expect(notice).to_have_count(0)
