"""Boxes on the stage, by mouse and by keys, as the kernel has them."""

import json

import pytest
from playwright.sync_api import expect

from tests.e2e import clip

OPEN = """
import boxreel as br
steps = []
w = br.Annotator("stage.mp4", labels=["car", "person"])
w.observe(lambda change: steps.append(1), "annotation")
w
"""
STEPS = "len(steps)"


@pytest.fixture
def notebook(lab, open_notebook):
    clip.write(lab.root / "stage.mp4")
    notebook = open_notebook(OPEN)
    notebook.run_all()
    return notebook


def box(notebook, track, frame=0):
    at = f"w.annotation.tracks[{track}].at({frame})"
    return notebook.kernel(f"(lambda b: (b.x, b.y, b.w, b.h, b.rotation))({at})")


def drag(widget, start, stop, *held, button="left"):
    """Drag in the picture with keys held."""
    for key in held:
        widget.page.keyboard.down(key)
    mouse = widget.page.mouse
    mouse.move(*widget.stage_point(*start))
    mouse.down(button=button)
    mouse.move(*widget.stage_point(*stop), steps=6)
    mouse.up(button=button)
    for key in held:
        widget.page.keyboard.up(key)


def camera(widget):
    return json.loads(widget.stage.get_attribute("data-camera"))


def selected(notebook, *ids):
    return notebook.kernel_poll("sorted(w.selection)", lambda got: got == list(ids))


def test_draw_over_a_box_with_shift_alt_and_not_too_small(notebook):
    widget = notebook.widget()
    widget.draw(60, 40, 200, 120)
    widget.press("n")
    drag(widget, (100, 80), (160, 110), "Shift")
    widget.wait_synced()
    assert box(notebook, 2) == pytest.approx((100, 80, 60, 60, 0), abs=1)
    widget.press("n")
    drag(widget, (200, 100), (220, 110), "Alt")
    widget.wait_synced()
    assert box(notebook, 3) == pytest.approx((180, 90, 40, 20, 0), abs=1)

    widget.press("n")
    drag(widget, (20, 20), (21, 60))
    widget.root.get_by_role("status").get_by_text("at least 4 px").wait_for()
    drag(widget, (-6, 150), (30, 200))
    widget.wait_synced()
    x, _, w, _, _ = box(notebook, 4)
    assert (x, x + w) == pytest.approx((-6, 30), abs=1)
    assert notebook.kernel(STEPS) == 4


def test_resize_turn_and_drag_on_a_frame_without_a_keyframe(notebook):
    widget = notebook.widget()
    widget.draw(100, 60, 80, 60)
    widget.goto(10)
    widget.stage.focus()
    drag(widget, (180, 120), (220, 130), "Shift")
    widget.wait_synced()
    assert box(notebook, 1, 10)[2:4] == pytest.approx((120, 90), abs=1.5)
    drag(widget, (220, 105), (230, 105), "Alt")
    widget.wait_synced()
    assert box(notebook, 1, 10)[:4] == pytest.approx((90, 60, 140, 90), abs=1.5)

    knob = 60 - 28 / camera(widget)["scale"]
    drag(widget, (160, knob), (230, 100), "Shift")
    widget.wait_synced()
    assert box(notebook, 1, 10)[4] == 90
    assert notebook.kernel("w.annotation.tracks[1].keyframes.frames.tolist()") == [
        0,
        10,
    ]
    assert notebook.kernel(STEPS) == 4


def test_boxes_that_are_selected_move_together(notebook):
    widget = notebook.widget()
    widget.draw(20, 60, 40, 40)
    widget.draw(100, 60, 40, 40)
    widget.draw(200, 100, 40, 40)
    drag(widget, (10, 50), (110, 110))
    selected(notebook, 1, 2)
    drag(widget, (215, 120), (230, 130), "Shift")
    selected(notebook, 1, 2, 3)
    drag(widget, (120, 80), (130, 70))
    widget.wait_synced()
    lefts = [box(notebook, track)[0] for track in (1, 2, 3)]
    assert lefts == pytest.approx([30, 110, 210], abs=1.5)
    assert notebook.kernel(STEPS) == 4
    widget.press("Control+z")
    notebook.kernel_poll("round(w.annotation.tracks[3].at(0).x)", lambda x: x == 200)
    width = widget.root.get_by_role("textbox", name="Width")
    width.fill("44")
    width.press("Enter")
    widget.wait_synced()
    assert [box(notebook, track)[2] for track in (1, 2, 3)] == [44, 44, 44]


def test_selecting_under_overlap_by_click_and_key(notebook):
    widget = notebook.widget()
    widget.draw(40, 40, 200, 120)
    widget.draw(80, 60, 80, 60)
    widget.click(300, 20)
    selected(notebook)
    widget.click(120, 90)
    selected(notebook, 2)
    widget.click(120, 90)
    selected(notebook, 1)
    widget.press("Shift+O")
    selected(notebook, 2)
    widget.press("Shift+O")
    selected(notebook, 1)


def test_a_box_by_keys_alone(notebook):
    widget = notebook.widget()
    widget.stage.focus()
    widget.press("n", "Enter", "Shift+ArrowLeft", "Enter")
    widget.wait_synced()
    x, y, w, h, _ = box(notebook, 1)
    assert (x + w / 2, y + h / 2) == pytest.approx((150, 90), abs=1)
    widget.press(
        "Enter", "ArrowDown", "ArrowDown", "Control+Shift+ArrowRight", "]", "Enter"
    )
    widget.wait_synced()
    assert box(notebook, 1) == pytest.approx((x, y + 2, w + 10, h, 1))
    assert notebook.kernel(STEPS) == 2
    widget.press("Enter", "ArrowDown", "Escape", "Enter", "ArrowLeft", ".")
    widget.wait_frame(1)
    widget.wait_synced()
    assert box(notebook, 1)[:2] == pytest.approx((x - 1, y + 2))
    assert notebook.kernel(STEPS) == 3


def test_how_long_a_new_box_lives(notebook):
    widget = notebook.widget()
    widget.goto(10)
    widget.root.get_by_role("checkbox", name="New boxes: this frame only").click()
    widget.draw(40, 40, 60, 60)
    assert notebook.kernel("w.annotation.tracks[1].spans()") == [[10, 11]]
    widget.press("Shift+S")
    widget.draw(140, 40, 60, 60)
    assert notebook.kernel("w.annotation.tracks[2].spans()") == [[10, None]]
    widget.goto(15)
    widget.stage.focus()
    widget.press("x")
    widget.wait_synced()
    widget.goto(20)
    widget.stage.focus()
    widget.press("Shift+B")
    widget.draw_box(150, 50, 40, 40)
    widget.wait_synced()
    assert notebook.kernel("w.annotation.tracks[2].spans()") == [[10, 15], [20, None]]
    assert box(notebook, 2, 20)[:2] == pytest.approx((150, 50), abs=1)


def test_looking_around(notebook):
    widget = notebook.widget()
    widget.draw(100, 60, 60, 40)
    fitted = camera(widget)
    drag(widget, (30, 150), (60, 160), "Control")
    moved = camera(widget)
    assert moved["x"] - fitted["x"] == pytest.approx(30 * fitted["scale"], abs=1)
    drag(widget, (30, 150), (-4000, 150), button="middle")
    assert camera(widget)["x"] + 320 * fitted["scale"] == pytest.approx(48, abs=1)
    widget.press("0")
    widget.page.mouse.dblclick(*widget.stage_point(130, 80))
    assert camera(widget)["scale"] > fitted["scale"]
    assert notebook.kernel(STEPS) == 1


def test_how_the_picture_is_shown(notebook):
    widget = notebook.widget()
    canvas = widget.stage.locator("canvas").first
    slider = widget.root.get_by_role("slider", name="Contrast")
    slider.focus()
    widget.press("ArrowRight", "ArrowRight")
    expect(canvas).to_have_css("filter", "brightness(1) contrast(1.1) saturate(1)")
    box, mouse = slider.bounding_box(), widget.page.mouse
    middle = box["y"] + box["height"] / 2
    mouse.move(box["x"] + 4, middle)
    mouse.down()
    mouse.move(box["x"] + box["width"] - 1, middle, steps=3)
    mouse.up()
    expect(slider).to_have_value("300")
    expect(widget.root).to_be_focused()
    widget.press("b")
    expect(canvas).to_have_css("filter", "none")
    widget.press("b")
    slider.dblclick()
    expect(canvas).to_have_css("filter", "none")
    more = widget.root.get_by_role("button", name="More of how it is shown")
    by_track = widget.root.get_by_role("menuitemcheckbox", name="Colour by track")
    more.click()
    by_track.click()
    more.click()
    expect(by_track).to_be_checked()
    assert notebook.kernel(STEPS) == 0


def test_copy_to_another_frame_and_as_a_new_object(notebook):
    widget = notebook.widget()
    widget.draw(40, 40, 60, 50)
    widget.press("Control+c")
    widget.goto(20)
    widget.stage.focus()
    drag(widget, (70, 65), (170, 95))
    widget.press("Control+v")
    widget.wait_synced()
    assert box(notebook, 1, 20) == box(notebook, 1, 0)
    widget.press("Control+Shift+v")
    widget.wait_synced()
    x, y, *rest = box(notebook, 1, 20)
    assert box(notebook, 2, 20) == pytest.approx((x + 10, y + 10, *rest))
    assert notebook.kernel("w.annotation.tracks[2].spans()") == [[20, None]]
    assert notebook.kernel(STEPS) == 4
