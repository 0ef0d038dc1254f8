"""Playback as it is seen: in which order, how fast, and where the view goes with it."""

import json
import re

import pytest
from playwright.sync_api import expect

from tests.e2e import clip

OPEN = """
import boxreel as br
w = br.Annotator("playing.mp4", labels=["car"], save_to=None)
moves = {0: (20, 60, 40, 30), 80: (180, 60, 40, 30)}
w.annotation = w.annotation.add_track("car", moves)
w.annotation = w.annotation.apply(br.edits.TrimTrack(1, 0, 90))
w
"""
LAST = clip.FRAMES - 1
LOG = """
root => {
  window.log = [];
  const note = () => {
    const frame = Number(root.dataset.painted);
    if (window.log.at(-1)?.[1] !== frame) window.log.push([performance.now(), frame]);
  };
  new MutationObserver(note).observe(root, { attributeFilter: ["data-painted"] });
}
"""


@pytest.fixture
def notebook(lab, open_notebook):
    clip.write(lab.root / "playing.mp4")
    notebook = open_notebook(OPEN)
    notebook.run_all()
    return notebook


@pytest.fixture
def widget(notebook):
    widget = notebook.widget()
    widget.wait_frame(0)
    widget.stage.focus()
    return widget


def set_speed(widget, speed):
    select = widget.root.get_by_role("combobox", name="Playback speed")
    select.select_option(str(speed))
    widget.stage.focus()


def ruler_point(widget, frame):
    """Middle of a frame on the ruler, which shows the whole clip."""
    ruler = widget.root.get_by_role("slider", name="Frame", exact=True)
    box = ruler.bounding_box()
    return box["x"] + (frame + 0.5) / clip.FRAMES * box["width"], box["y"] + 12


def test_backward_in_time_and_round_a_range(widget):
    root, page = widget.root, widget.page
    whole = json.dumps([{"start": 0, "stop": clip.FRAMES}], separators=(",", ":"))
    expect(root).to_have_attribute("data-stored", whole)
    around = json.dumps([{"start": 0, "stop": 49}], separators=(",", ":"))
    expect(root).to_have_attribute("data-here", around)

    root.evaluate(LOG)
    set_speed(widget, 8)
    widget.press("Space")
    widget.wait_frame(LAST)
    log = page.evaluate("log")
    frames = [frame for _, frame in log]
    assert frames == sorted(set(frames))
    seconds = (log[-1][0] - log[0][0]) / 1000
    assert 0.5 < (frames[-1] - frames[0]) / clip.FPS / seconds / 8 < 1.2

    page.evaluate("log.splice(0, log.length - 1)")
    set_speed(widget, 4)
    widget.press("j")
    widget.wait_frame(0)
    frames = page.evaluate("log.map(([, frame]) => frame)")
    assert frames == sorted(set(frames), reverse=True)
    assert len(frames) > 5

    page.keyboard.down("Shift")
    page.mouse.move(*ruler_point(widget, 40))
    page.mouse.down()
    page.mouse.move(*ruler_point(widget, 59), steps=3)
    page.mouse.up()
    page.keyboard.up("Shift")
    page.evaluate("log.splice(0, log.length - 1)")
    widget.press("Shift+Space", "Space")
    rounds = "log.filter(([, f], i) => i && f < log[i - 1][1]).length"
    page.wait_for_function(f"{rounds} > 2")
    widget.press("Space")
    frames = page.evaluate("log.slice(1).map(([, frame]) => frame)")
    assert set(frames) <= set(range(40, 60))
    assert max(frames) - min(frames) > 10


def test_the_selected_track_is_followed(notebook, widget):
    page = widget.page
    notebook.kernel("w.select(1)")
    expect(widget.stage).to_have_accessible_name(re.compile("#1 car selected"))
    widget.press("=", "=", "=", "Control+Shift+f")
    scale = json.loads(widget.stage.get_attribute("data-camera"))["scale"]

    def assert_centred():
        frame = int(widget.root.get_attribute("data-frame"))
        at = widget.stage_point(20 + 2 * frame + 20, 75)
        box = widget.stage.bounding_box()
        middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        assert at == pytest.approx(middle, abs=0.01)
        camera = json.loads(widget.stage.get_attribute("data-camera"))
        assert camera["scale"] == scale

    assert_centred()
    widget.press("ArrowRight")
    widget.wait_frame(1)
    assert_centred()
    page.mouse.move(*ruler_point(widget, 10))
    page.mouse.down()
    page.mouse.move(*ruler_point(widget, 50), steps=3)
    page.mouse.up()
    widget.wait_frame(50)
    assert_centred()
    set_speed(widget, 2)
    widget.press("Space")
    page.wait_for_function(
        "root => Number(root.dataset.painted) > 60", arg=widget.root.element_handle()
    )
    widget.press("Space")
    assert_centred()

    widget.goto(80)
    before = widget.stage.get_attribute("data-camera")
    widget.goto(100)
    assert widget.stage.get_attribute("data-camera") == before
    widget.goto(20)
    assert_centred()
    middle = widget.stage_point(100, 75)
    page.mouse.move(*middle)
    page.mouse.down(button="middle")
    page.mouse.move(middle[0] - 60, middle[1] - 20, steps=3)
    page.mouse.up(button="middle")
    before = widget.stage.get_attribute("data-camera")
    widget.goto(30)
    assert widget.stage.get_attribute("data-camera") == before
