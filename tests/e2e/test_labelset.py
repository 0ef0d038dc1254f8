"""Labels, what is said of objects and of the clip, and keys, as Python has them."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e import clip

OPEN = """
import boxreel as br
said = [
    br.Attribute("plate"),
    br.Attribute("doors", "number"),
    br.Attribute("kind", "choice", ("taxi", "police")),
    br.Attribute("braking", "boolean", per="frame"),
    br.Attribute("lane", "choice", ("left", "right"), per="frame"),
]
names = [br.Label("car", attributes=said), br.Label("taxi", parent="car", key="t"),
         "person"]
START = br.Annotation.for_video(br.open_video("labelset.mp4"), names).apply(
    br.edits.DeclareClipAttributes([br.Attribute("weather", "choice", ("dry", "wet"))]))
START = START.add_track("car", {0: (20, 40, 50, 40), 40: (60, 40, 50, 40)})
START = START.add_track("person", {10: (200, 40, 40, 60)})
w = br.Annotator("labelset.mp4", annotation=START, save_to=None)
def begin():
    w.annotation, w.frame, w.labels_locked, w.keymap = START, 0, False, {}
    w.select(1)
    return w._session.revision
w
"""
LABELS = "[(label.name, label.parent, label.key) for label in w.labels]"
OF_TRACKS = "[track.label for track in w.annotation.tracks.values()]"


@pytest.fixture(scope="module")
def notebook(lab, keep_notebook):
    clip.write(lab.root / "labelset.mp4")
    notebook = keep_notebook(OPEN)
    notebook.run_all()
    return notebook


@pytest.fixture
def widget(notebook):
    widget = notebook.widget()
    revision = notebook.kernel("begin()")
    expect(widget.root).to_have_attribute("data-revision", str(revision))
    widget.wait_frame(0)
    expect(widget.stage).to_have_accessible_name(re.compile("#1 car selected"))
    widget.stage.focus()
    return widget


def field(widget, name):
    return widget.root.get_by_role("textbox", name=name, exact=True)


def box(widget, name):
    return widget.root.get_by_role("combobox", name=name, exact=True)


def type_in(widget, name, text):
    field(widget, name).fill(text)
    widget.press("Enter")
    widget.wait_synced()


def choose(widget, name, choice):
    box(widget, name).select_option(choice)
    widget.wait_synced()


def values(notebook, name, *frames, track=1):
    at = f"[w.annotation.tracks[{track}].attribute_at({name!r}, f) for f in {frames}]"
    return notebook.kernel(at)


def test_the_picker_finds_gives_and_adds_labels(notebook, widget):
    widget.press("/")
    picker = widget.root.get_by_role("dialog", name="Find a label")
    expect(picker.get_by_role("option")).to_have_count(3)
    widget.page.keyboard.type("tax")
    expect(picker.get_by_role("option", name="taxi")).to_have_attribute(
        "aria-selected", "true"
    )
    widget.press("Enter")
    widget.wait_synced()
    assert notebook.kernel(OF_TRACKS) == ["taxi", "person"]

    widget.press("Control+a", "Shift+M")
    widget.page.keyboard.type("tram")
    widget.press("Enter")
    widget.wait_synced()
    assert notebook.kernel(OF_TRACKS) == ["tram", "tram"]
    assert notebook.kernel("w.labels[-1].name") == "tram"
    widget.press("t")
    widget.wait_synced()
    assert notebook.kernel(OF_TRACKS) == ["taxi", "taxi"]
    choose(widget, "Label", "person")
    assert notebook.kernel(OF_TRACKS) == ["person", "person"]


def test_the_label_set_is_changed_and_labels_go_with_it(notebook, widget):
    widget.root.get_by_role("button", name="Change the label set").click()
    sheet = widget.root.get_by_role("dialog", name="Label set")
    choose(widget, "Label to change", "car")
    type_in(widget, "Name of the label", "vehicle")
    type_in(widget, "Key of the label", ";")
    sheet.get_by_label("Colour of the label").fill("#12ab9f")
    choose(widget, "Label to change", "person")
    choose(widget, "The label it is a kind of", "taxi")
    assert notebook.kernel(LABELS) == [
        ["vehicle", None, ";"],
        ["taxi", "vehicle", "t"],
        ["person", "taxi", None],
    ]
    assert notebook.kernel("w.labels[0].color") == "#12ab9f"
    assert notebook.kernel(OF_TRACKS) == ["vehicle", "person"]

    gone = sheet.get_by_role("button", name="Remove person")
    expect(gone).to_be_disabled()
    expect(sheet).to_contain_text("With this label: 1 track.")
    choose(widget, "What has it gets instead", "vehicle")
    sheet.get_by_role("button", name="Merge person into vehicle").click()
    widget.wait_synced()
    assert notebook.kernel(OF_TRACKS) == ["vehicle", "vehicle"]
    type_in(widget, "Key of the label", "k")
    expect(widget.root.locator(".notice")).to_contain_text("k is the key of")
    assert notebook.kernel("w.annotation.label_version - START.label_version") == 5
    widget.stage.focus()
    widget.press("Escape")
    expect(sheet).to_have_count(0)
    widget.press("Control+z")
    notebook.kernel_poll(OF_TRACKS, lambda labels: labels == ["vehicle", "person"])


def test_a_locked_label_set_stays_as_it_is(notebook, widget):
    notebook.kernel("setattr(w, 'labels_locked', True)")
    expect(field(widget, "New event label")).to_be_disabled()
    widget.press("/")
    widget.page.keyboard.type("tram")
    add = widget.root.get_by_role("option", name="Add the label 'tram'")
    expect(add).to_have_attribute("aria-disabled", "true")
    widget.press("Enter", "Escape")
    widget.root.get_by_role("button", name="Change the label set").click()
    sheet = widget.root.get_by_role("dialog", name="Label set")
    expect(sheet).to_contain_text("The label set is locked")
    expect(field(widget, "Name of the label")).to_have_count(0)
    widget.stage.focus()
    widget.press("Escape", "2")
    widget.wait_synced()
    assert notebook.kernel(OF_TRACKS) == ["person", "person"]
    assert notebook.kernel("w.labels == START.labels") is True


def test_attributes_of_a_track_and_of_its_frames(notebook, widget):
    type_in(widget, "plate", "B-XY 1")
    type_in(widget, "doors", "2,5")
    choose(widget, "kind", "police")
    assert [values(notebook, name, 0)[0] for name in ("plate", "doors", "kind")] == [
        *("B-XY 1", 2.5, "police")
    ]
    field(widget, "doors").fill("many")
    widget.press("Enter")
    expect(widget.root.locator(".notice")).to_contain_text("doors: ")
    assert values(notebook, "doors", 0) == [2.5]

    widget.goto(20)
    choose(widget, "braking", "yes")
    widget.goto(30)
    choose(widget, "braking", "no")
    choose(widget, "kind", "taxi")
    assert values(notebook, "braking", 19, 20, 29, 30, 119) == [
        *(None, True, True, False, False)
    ]
    assert values(notebook, "kind", 0, 119) == ["taxi", "taxi"]
    widget.goto(25)
    choose(widget, "braking", "")
    assert values(notebook, "braking", 20, 25, 30) == [True, None, False]


def test_attributes_are_gone_through_by_keys(notebook, widget):
    widget.press("u")
    walk = widget.root.get_by_role("group", name="Attributes of #1 car")
    expect(walk).to_contain_text("plate1 of 5")
    widget.press("Enter")
    expect(field(widget, "plate of #1 car")).to_be_focused()
    notebook.page.keyboard.type("A-B")
    widget.press("Enter", "Escape", "ArrowDown", "ArrowDown", "2")
    expect(walk.get_by_role("button", name="police")).to_have_attribute(
        "aria-pressed", "true"
    )
    widget.press("ArrowDown", "1", "ArrowDown", "2", "1", "Tab")
    widget.wait_synced()
    said = {"plate": "A-B", "kind": "police", "braking": True, "lane": "left"}
    assert {name: values(notebook, name, 0)[0] for name in said} == said
    widget.press("Backspace", "Escape")
    widget.wait_synced()
    assert values(notebook, "lane", 0) == [None]
    expect(walk).to_have_count(0)


def test_a_change_reaches_as_far_as_was_chosen(notebook, widget):
    scope = "A change applies"
    widget.goto(10)
    choose(widget, scope, "To next keyframe")
    choose(widget, "lane", "left")
    assert values(notebook, "lane", 9, 10, 39, 40) == [None, "left", "left", None]
    choose(widget, scope, "This frame only")
    choose(widget, "lane", "right")
    assert values(notebook, "lane", 9, 10, 11) == [None, "right", "left"]
    state = widget.root.get_by_role("radiogroup", name="State", exact=True)
    state.get_by_role("radio", name="Occluded").click()
    widget.wait_synced()
    occluded = "[f for f in range(120) if w.annotation.tracks[1].occluded_at(f)]"
    assert notebook.kernel(occluded) == [10]
    choose(widget, scope, "Whole track")
    choose(widget, "braking", "yes")
    assert values(notebook, "braking", 0, 119) == [True, True]
    choose(widget, scope, "To the end")
    widget.goto(100)
    state.get_by_role("radio", name="Outside").click()
    widget.wait_synced()
    assert notebook.kernel("w.annotation.tracks[1].spans()") == [[0, 100]]
    choose(widget, scope, "Until it changes")


def test_notes_and_what_is_said_of_the_clip(notebook, widget):
    type_in(widget, "Note on #1", "dented")
    widget.goto(12)
    type_in(widget, "Note on frame 12", "glare")
    assert notebook.kernel("w.annotation.tracks[1].note") == "dented"
    assert notebook.kernel("dict(w.annotation.notes)") == {"12": "glare"}
    widget.stage.focus()
    widget.press("Escape")
    choose(widget, "weather", "wet")
    assert notebook.kernel("dict(w.annotation.attributes)") == {"weather": "wet"}
    type_in(widget, "Note on frame 12", "")
    assert notebook.kernel("dict(w.annotation.notes)") == {}


def test_keys_come_from_python(notebook, widget):
    notebook.kernel("setattr(w, 'keymap', {'keyframe': ';'})")
    widget.goto(20)
    button = widget.root.get_by_role("button", name="Add a keyframe here").first
    expect(button).to_have_attribute("aria-keyshortcuts", ";")
    widget.stage.focus()
    widget.press("k")
    widget.press(";")
    widget.wait_synced()
    frames = "w.annotation.tracks[1].keyframes.frames.tolist()"
    assert notebook.kernel(frames) == [0, 20, 40]
    notebook.kernel("setattr(w, 'keymap', {})")
    remove = widget.root.get_by_role("button", name="Remove this keyframe").first
    expect(remove).to_have_attribute("aria-keyshortcuts", "K")
    widget.press("k")
    widget.wait_synced()
    assert notebook.kernel(frames) == [0, 40]
