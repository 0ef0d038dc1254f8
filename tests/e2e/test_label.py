"""The main job with mouse and keyboard: from a clip to labels in the kernel."""

import pytest

from tests.e2e import clip

OPEN = """
import boxreel as br
edits_seen = []
w = br.Annotator("street.mp4", labels=["car", "person"])
w.observe(lambda change: edits_seen.append(change.new), "annotation")
w
"""
TRACKS = "sorted(w.annotation.tracks)"
KEYFRAMES = "w.annotation.tracks[1].keyframes.frames.tolist()"


@pytest.fixture
def notebook(lab, open_notebook):
    clip.write(lab.root / "street.mp4")
    notebook = open_notebook(OPEN)
    notebook.run_all()
    return notebook


def box_at(notebook, track, frame):
    at = f"w.annotation.tracks[{track}].at({frame})"
    return notebook.kernel(f"(lambda b: (b.x, b.y, b.w, b.h, b.rotation))({at})")


def draw(widget, x, y, width, height):
    widget.click(300, 170)
    widget.press("n")
    widget.draw_box(x, y, width, height)
    widget.wait_synced()


def goto(widget, frame):
    field = widget.root.get_by_role("textbox", name="Frame", exact=True)
    field.fill(str(frame))
    field.press("Enter")
    widget.press("Escape") if field.evaluate("e => e.matches(':focus')") else None
    widget.wait_frame(frame)


def test_draw_keyframe_and_read_the_boxes_between(notebook):
    widget = notebook.widget()
    widget.wait_frame(0)
    draw(widget, 40, 60, 80, 50)
    assert box_at(notebook, 1, 0) == pytest.approx((40, 60, 80, 50, 0), abs=1)

    goto(widget, 20)
    widget.drag((80, 85), (120, 95))
    widget.wait_synced()
    first, last = box_at(notebook, 1, 0), box_at(notebook, 1, 20)
    assert last == pytest.approx((80, 70, 80, 50, 0), abs=1.5)
    between = box_at(notebook, 1, 5)
    expected = [a + (b - a) * 0.25 for a, b in zip(first, last, strict=True)]
    assert between == pytest.approx(expected, abs=1e-9)
    assert notebook.kernel(KEYFRAMES) == [0, 20]
    assert notebook.kernel("len(edits_seen)") == 2


def test_resize_and_turn_by_the_handles(notebook):
    widget = notebook.widget()
    draw(widget, 100, 60, 80, 60)
    widget.drag((180, 120), (200, 130))
    widget.wait_synced()
    assert box_at(notebook, 1, 0) == pytest.approx((100, 60, 100, 70, 0), abs=1.5)

    x, y = widget.stage_point(150, 60)
    centre = widget.stage_point(150, 95)
    page = widget.page.mouse
    page.move(x, y - 22)
    page.down()
    page.move(centre[0] + 80, centre[1], steps=8)
    page.up()
    widget.wait_synced()
    assert box_at(notebook, 1, 0)[4] == pytest.approx(90, abs=2)
    assert box_at(notebook, 1, 0)[2:4] == pytest.approx((100, 70), abs=1.5)


def test_occlude_end_split_undo_and_redo(notebook):
    widget = notebook.widget()
    draw(widget, 40, 60, 80, 50)
    goto(widget, 30)
    widget.press("o")
    widget.wait_synced()
    occluded = "[w.annotation.tracks[1].occluded_at(f) for f in (29, 30, 99)]"
    assert notebook.kernel(occluded) == [False, True, True]

    goto(widget, 90)
    widget.press("w")
    widget.wait_synced()
    assert notebook.kernel("w.annotation.tracks[1].spans()") == [[0, 91]]

    goto(widget, 60)
    widget.press("c")
    widget.wait_synced()
    assert notebook.kernel(TRACKS) == [1, 2]
    assert notebook.kernel("w.annotation.tracks[1].spans()") == [[0, 60]]
    assert notebook.kernel("w.annotation.tracks[2].spans()") == [[60, 91]]

    widget.press("Control+z")
    notebook.kernel_poll(TRACKS, lambda ids: ids == [1])
    widget.press("Control+z")
    notebook.kernel_poll("w.annotation.tracks[1].spans()", lambda s: s == [[0, None]])
    widget.press("Control+Shift+z")
    widget.press("Control+y")
    notebook.kernel_poll(TRACKS, lambda ids: ids == [1, 2])
    assert notebook.kernel(occluded) == [False, True, False]


def test_everything_is_there_after_a_reload_and_after_a_restart(notebook):
    widget = notebook.widget()
    draw(widget, 40, 60, 80, 50)
    goto(widget, 20)
    widget.press("o")
    widget.wait_synced()
    labels = notebook.kernel(KEYFRAMES)
    box = box_at(notebook, 1, 10)
    assert labels == [0, 20]

    notebook.reload()
    widget = notebook.widget()
    widget.wait_frame(20)
    widget.root.get_by_role("listbox").get_by_role("option", name="#1 car").wait_for()

    widget.root.and_(notebook.page.locator("[data-save=saved]")).wait_for()
    notebook.restart_kernel()
    notebook.run_all()
    notebook.widget().wait_frame(0)
    assert notebook.kernel(KEYFRAMES) == labels
    assert box_at(notebook, 1, 10) == box
    assert notebook.kernel("w.annotation.tracks[1].occluded_at(25)") is True


def test_removing_a_keyframe_a_frame_the_rest_and_the_track(notebook):
    widget = notebook.widget()
    draw(widget, 40, 60, 80, 50)
    goto(widget, 20)
    widget.press("k")
    widget.wait_synced()
    assert notebook.kernel("len(w.annotation.tracks[1].keyframes)") == 2
    widget.press("k")
    widget.wait_synced()
    assert notebook.kernel("len(w.annotation.tracks[1].keyframes)") == 1
    widget.press("Shift+X")
    widget.wait_synced()
    spans = "w.annotation.tracks[1].spans()"
    assert notebook.kernel(spans) == [[0, 20], [21, None]]
    goto(widget, 50)
    widget.press("Shift+W")
    widget.wait_synced()
    assert notebook.kernel(spans) == [[0, 20], [21, 50]]
    widget.press("Delete")
    widget.wait_synced()
    assert notebook.kernel(TRACKS) == []
    widget.press("Control+z")
    notebook.kernel_poll(TRACKS, lambda ids: ids == [1])


def test_number_keys_choose_labels_and_relabel(notebook):
    widget = notebook.widget()
    widget.click(300, 170)
    widget.press("2", "n")
    widget.draw_box(40, 60, 80, 50)
    widget.wait_synced()
    assert notebook.kernel("w.annotation.tracks[1].label") == "person"
    widget.press("1")
    widget.wait_synced()
    assert notebook.kernel("w.annotation.tracks[1].label") == "car"


def test_python_and_the_page_move_each_other(notebook):
    widget = notebook.widget()
    notebook.kernel("setattr(w, 'frame', 33)")
    widget.wait_frame(33)
    widget.stage.focus()
    widget.press("ArrowRight", "Shift+ArrowRight")
    widget.wait_frame(44)
    notebook.kernel_poll("w.frame", lambda frame: frame == 44)

    added = "w.annotation.add_track('person', {0: (200, 20, 40, 30)})"
    notebook.kernel(f"setattr(w, 'annotation', {added})")
    lane = widget.root.get_by_role("option", name="#1 person")
    lane.wait_for()
    notebook.kernel("setattr(w, 'selection', (1,))")
    widget.root.get_by_text("#1 person", exact=True).first.wait_for()
    widget.press("Control+z")
    notebook.kernel_poll(TRACKS, lambda ids: ids == [])
    assert notebook.kernel("w.selection") == []
    assert notebook.kernel("len(edits_seen)") == 2


def test_a_click_on_stage_lane_or_list_selects(notebook):
    widget = notebook.widget()
    draw(widget, 20, 60, 60, 50)
    draw(widget, 200, 60, 60, 50)
    notebook.kernel_poll("w.selection", lambda ids: ids == [2])
    widget.click(50, 80)
    notebook.kernel_poll("w.selection", lambda ids: ids == [1])
    widget.root.get_by_role("grid").get_by_text("#2", exact=True).click()
    notebook.kernel_poll("w.selection", lambda ids: ids == [2])
    widget.root.get_by_role("option", name="#1 car").click()
    notebook.kernel_poll("w.selection", lambda ids: ids == [1])
    widget.press("ArrowDown")
    notebook.kernel_poll("w.selection", lambda ids: ids == [2])


def test_keys_never_leak_into_the_notebook(notebook):
    widget = notebook.widget()
    cells = notebook.page.locator(".jp-Notebook .jp-Cell")
    assert cells.count() == 1
    widget.stage.focus()
    widget.press(*"abcdlmorvxyz01234")
    widget.press("Escape", "Escape", "Escape")
    assert cells.count() == 1
    widget.press("b")
    notebook.page.wait_for_function(
        "document.querySelectorAll('.jp-Notebook .jp-Cell').length === 2"
    )


def test_two_views_stay_in_step(lab, open_notebook):
    clip.write(lab.root / "street.mp4")
    notebook = open_notebook(OPEN, "w")
    notebook.run_all()
    first, second = notebook.widget(0), notebook.widget(1)
    draw(first, 40, 60, 80, 50)
    second.root.get_by_role("option", name="#1 car").wait_for()
    second.stage.focus()
    second.press("ArrowRight", "ArrowRight")
    first.wait_frame(2)
    second.press("Control+z")
    notebook.kernel_poll(TRACKS, lambda ids: ids == [])
    first.root.get_by_text("No tracks yet.").first.wait_for()


def test_plays_and_stops_at_the_end(notebook):
    widget = notebook.widget()
    goto(widget, 100)
    widget.stage.focus()
    widget.press("Space")
    widget.wait_frame(119)
    notebook.kernel_poll("w.frame", lambda frame: frame == 119)


def test_zoom_and_fit(notebook):
    widget = notebook.widget()
    fitted = widget.stage.get_attribute("data-camera")
    widget.stage.focus()
    widget.page.mouse.move(*widget.stage_point(160, 90))
    widget.page.mouse.wheel(0, -300)
    widget.page.wait_for_function(
        "([e, c]) => e.dataset.camera !== c",
        arg=[widget.stage.element_handle(), fitted],
    )
    widget.press("0")
    widget.page.wait_for_function(
        "([e, c]) => e.dataset.camera === c",
        arg=[widget.stage.element_handle(), fitted],
    )
