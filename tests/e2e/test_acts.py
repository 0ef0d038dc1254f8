"""Each family of acts, by mouse and keyboard in JupyterLab, read back in Python."""

import pytest

from tests.e2e import clip

OPEN = """
import boxreel as br
crossing = br.Label("crossing", use="event")
w = br.Annotator("acts.mp4", labels=["car", "person", crossing], save_to=None)
w.annotation = (
    w.annotation
    .add_track("car", {0: (20, 40, 50, 40), 60: (40, 60, 50, 40)})
    .add_track("person", {30: (200, 40, 40, 60), 50: (220, 40, 40, 60)})
)
made = []
_ = w.on_edit(lambda change: made.append(change.edit.describe() if change.edit else ""))
w
"""
SPANS = "{id: track.spans() for id, track in w.annotation.tracks.items()}"
SEVERAL = """
import boxreel as br
w = br.Annotator(["acts.mp4", "other.mp4"], labels=["car"], save_to=None)
heard = []
_ = w.on_item(lambda item: heard.append((item.index, item.mark, item.shown)))
w
"""


@pytest.fixture
def notebook(lab, open_notebook):
    clip.write(lab.root / "acts.mp4")
    notebook = open_notebook(OPEN)
    notebook.run_all()
    return notebook


def spans_of(notebook):
    return {int(id): spans for id, spans in notebook.kernel(SPANS).items()}


def choose(widget, track):
    widget.root.get_by_role("grid").get_by_text(f"#{track}", exact=True).click()


def test_places_in_time(notebook):
    widget = notebook.widget()
    widget.stage.focus()
    widget.press("Control+g")
    widget.page.keyboard.type("0:01.2")
    widget.press("Enter")
    widget.wait_frame(30)
    widget.press("Escape", "Shift+P")
    widget.wait_frame(0)
    notebook.kernel_poll("w.selection", lambda ids: ids == [1])
    widget.press("y")
    widget.wait_frame(30)
    widget.press("k", "y")
    widget.wait_frame(45)
    widget.wait_synced()
    assert notebook.kernel("w.annotation.tracks[1].keyframes.frames.tolist()") == [
        *(0, 30, 60)
    ]
    notebook.kernel("w.show([7, 8, 90], 'look')")
    widget.wait_frame(7)
    widget.press("e")
    widget.wait_frame(90)
    widget.root.get_by_text("look 2 of 2.").first.wait_for()


def test_the_life_of_tracks(notebook):
    widget = notebook.widget()
    choose(widget, 1)
    widget.goto(20)
    widget.press("Escape", "Shift+Q")
    widget.wait_synced()
    assert spans_of(notebook)[1] == [[20, None]]
    widget.root.get_by_text("Deleted #1 on frames 0 to 19.").first.wait_for()
    widget.press("Control+b")
    widget.wait_synced()
    kept = "[w.annotation.tracks[1].at(f).x for f in (20, 30)]"
    assert len(set(notebook.kernel(kept))) == 1
    widget.press("Control+a")
    notebook.kernel_poll("w.selection", lambda ids: ids == [1, 2])
    widget.goto(80)
    widget.press("Escape", "w")
    widget.wait_synced()
    assert spans_of(notebook) == {1: [[20, 81]], 2: [[30, 81]]}
    assert notebook.kernel("made[-1]") == "2 edits"
    widget.root.get_by_role("button", name="Undo (Ctrl+Z)").click()
    notebook.kernel_poll(SPANS, lambda s: s["2"] == [[30, None]])


def test_a_range_is_occluded_and_deleted(notebook):
    widget = notebook.widget()
    choose(widget, 1)
    ruler = widget.root.get_by_role("slider", name="Frame", exact=True)
    box = ruler.bounding_box()
    at = [box["x"] + box["width"] * part for part in (0.25, 0.5)]
    widget.page.keyboard.down("Shift")
    widget.page.mouse.move(at[0], box["y"] + 15)
    widget.page.mouse.down()
    widget.page.mouse.move(at[1], box["y"] + 15, steps=4)
    widget.page.mouse.up()
    widget.page.keyboard.up("Shift")
    widget.press("o")
    widget.wait_synced()
    states = "[w.annotation.tracks[1].occluded_at(f) for f in (25, 32, 57, 65)]"
    assert notebook.kernel(states) == [False, True, True, False]
    widget.press("Delete")
    widget.wait_synced()
    (_, first), (second, _) = spans_of(notebook)[1]
    assert 28 <= first <= 31
    assert 59 <= second <= 62


def test_identity_by_menu_and_click(notebook):
    widget = notebook.widget()
    choose(widget, 1)
    widget.goto(29)
    widget.press("Escape", "w")
    widget.wait_synced()
    widget.page.mouse.click(*widget.stage_point(45, 65), button="right")
    menu = widget.root.get_by_role("menu", name="Selected tracks")
    menu.get_by_role("menuitem", name="Duplicate #1").click()
    widget.wait_synced()
    assert notebook.kernel("sorted(w.annotation.tracks)") == [1, 2, 3]
    widget.press("g")
    field = widget.root.get_by_role("textbox", name="ID", exact=True)
    field.fill("9")
    field.press("Enter")
    widget.wait_synced()
    assert notebook.kernel("w.annotation.tracks[9].group") == 1
    widget.press("Escape")
    choose(widget, 1)
    widget.press("m")
    widget.root.get_by_role("option", name="#2 person").click()
    widget.wait_synced()
    assert spans_of(notebook) == {1: [[0, None]], 9: [[0, 30]]}


def test_events_by_keys(notebook):
    widget = notebook.widget()
    widget.stage.focus()
    widget.press("r", "Shift+ArrowRight", "Shift+ArrowRight", "r")
    widget.wait_synced()
    events = "[(e.label, e.start, e.stop) for e in w.annotation.events]"
    assert notebook.kernel(events) == [["crossing", 0, 21]]
    text = widget.root.get_by_role("textbox", name="text", exact=True)
    text.fill("hello")
    text.press("Enter")
    widget.wait_synced()
    assert notebook.kernel("w.annotation.events[0].attributes['text']") == "hello"
    widget.press("Escape", "Delete")
    widget.wait_synced()
    assert notebook.kernel(events) == []


def test_several_videos(lab, open_notebook):
    clip.write(lab.root / "acts.mp4")
    clip.write(lab.root / "other.mp4")
    notebook = open_notebook(SEVERAL)
    notebook.run_all()
    widget = notebook.widget()
    widget.wait_frame(0)
    widget.draw(40, 60, 80, 50)
    widget.goto(50)
    widget.press("Escape", "Shift+D")
    notebook.kernel_poll("w.item", lambda item: item == 1)
    widget.wait_frame(0)
    widget.draw(140, 60, 80, 50)
    widget.press("Control+,")
    notebook.kernel_poll("w.item", lambda item: item == 0)
    widget.wait_frame(50)
    lefts = "[round(a.tracks[1].at(0).x) for a in w.annotations]"
    assert notebook.kernel(lefts) == pytest.approx([40, 140], abs=1)
    assert notebook.kernel("heard[0]") == [0, "done", True]
