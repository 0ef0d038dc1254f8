"""The acts that have a key or a line of the palette, one after the other."""

import json
import re

import pytest
from playwright.sync_api import expect

from tests.e2e import clip

OPEN = """
import boxreel as br
said = [br.Attribute("where", "choice", ("zebra", "road")),
        br.Attribute("count", "number")]
names = ["car", "person", br.Label("crossing", attributes=said, use="event"),
         br.Label("turn", use="event")]
START = br.Annotation.for_video(br.open_video("studio.mp4"), names)
START = START.add_track("car", {0: (20, 40, 50, 40), 40: (60, 40, 50, 40)})
START = START.add_track("person", {30: (200, 40, 40, 60), 50: (220, 40, 40, 60)})
START = START.add_track("car", {90: (100, 100, 40, 30)}, source="model")
START = START.apply(br.edits.TrimTrack(1, 0, 60)).apply(br.edits.TrimTrack(2, 30, 80))
w = br.Annotator("studio.mp4", annotation=START, save_to=None)
def begin(*selected, labels=START):
    w.annotation, w.frame = labels, 0
    w.select(*selected)
    return w._session.revision
w
"""
SEVERAL = """
import numpy as np
grey = [np.full((30, 180, 320), shade, np.uint8) for shade in (90, 120, 150)]
heard = []
many = br.Annotator(grey, labels=["bus"], save_to=None, keymap={"draw-tool": ";"})
_ = many.on_item(lambda item: heard.append((item.index, item.mark)))
many
"""
SPANS = "{id: track.spans() for id, track in w.annotation.tracks.items()}"
EVENTS = "sorted((e.start, e.stop, e.label) for e in w.annotation.events)"


@pytest.fixture(scope="module")
def notebook(lab, keep_notebook):
    clip.write(lab.root / "studio.mp4")
    notebook = keep_notebook(OPEN, SEVERAL)
    notebook.run_all()
    return notebook


@pytest.fixture
def begin(notebook):
    """``begin(1)`` starts anew, with track 1 selected, and returns the widget."""

    def begin(*selected, labels="START"):
        widget = notebook.widget()
        press(widget, "Shift+H", "0")
        revision = notebook.kernel(f"begin(*{selected}, labels={labels})")
        expect(widget.root).to_have_attribute("data-revision", str(revision))
        widget.wait_frame(0)
        chosen = f"#{selected[0]} .* selected$" if selected else "box$|boxes$"
        expect(widget.stage).to_have_accessible_name(re.compile(chosen))
        return widget

    return begin


def press(widget, *keys):
    """Type keys on the stage, and wait until the kernel has what they did."""
    widget.stage.focus()
    widget.press(*keys)
    widget.wait_synced()


def perform(widget, title):
    """Do an action by its name, through the palette."""
    widget.stage.focus()
    widget.press("Control+k")
    widget.root.get_by_role("combobox", name="Find an action").fill(title)
    named = re.compile(f"^{re.escape(title)}")
    chosen = widget.root.get_by_role("option", name=named, selected=True)
    expect(chosen).to_have_count(1)
    widget.press("Enter")
    widget.wait_synced()


def spans(notebook):
    return {int(id): found for id, found in notebook.kernel(SPANS).items()}


def row(widget, track):
    return widget.root.get_by_role("grid").get_by_text(f"#{track}", exact=True)


def select_range(widget, start, stop):
    """Shift-drag from frame `start` to the last one before `stop` on the ruler."""
    ruler = widget.root.get_by_role("slider", name="Frame", exact=True).bounding_box()
    at = [ruler["x"] + (f + 0.5) / clip.FRAMES * ruler["width"] for f in (start, stop)]
    widget.page.keyboard.down("Shift")
    widget.page.mouse.move(at[0], ruler["y"] + 15)
    widget.page.mouse.down()
    widget.page.mouse.move(at[1] - 4, ruler["y"] + 15, steps=3)
    widget.page.mouse.up()
    widget.page.keyboard.up("Shift")


def test_ways_through_time(notebook, begin):
    widget = begin()
    ways = [
        *(("End", 119), ("Home", 0), (".", 1), (",", 0), ("ArrowRight", 1)),
        *(("ArrowLeft", 0), ("Shift+ArrowRight", 10), ("Shift+ArrowLeft", 0)),
        *(("]", 30), ("PageDown", 40), ("[", 30), ("PageUp", 0)),
        *(
            ("Shift+N", 0),
            ("Shift+N", 30),
            ("Shift+End", 79),
            ("Shift+Home", 30),
            ("Shift+N", 90),
        ),
        *(("Shift+P", 30), ("Shift+U", 80), ("End", 119), ("Shift+N", 119)),
    ]
    for key, frame in ways:
        press(widget, key)
        widget.wait_frame(frame)
    expect(widget.root.locator(".notice")).to_contain_text("No track starts after")
    notebook.kernel("w.select()")
    widget.goto(119)
    notebook.kernel("setattr(w, 'annotation', START.without_track(3))")
    expect(widget.root.get_by_role("option", name="#3 car")).to_have_count(0)
    press(widget, "Shift+Y")
    widget.wait_frame(118)
    perform(widget, "Previous frame with boxes")
    widget.wait_frame(79)
    widget.goto(0)
    perform(widget, "Set the frames per jump")
    widget.page.keyboard.type("25")
    widget.press("Enter")
    press(widget, "Shift+ArrowRight")
    widget.wait_frame(25)
    perform(widget, "Set the frames per jump")
    widget.page.keyboard.type("10")
    widget.press("Enter")

    speed = widget.root.get_by_role("combobox", name="Playback speed")
    for key, expected in ((">", "2"), ("<", "1"), ("<", "0.5"), ("Shift+L", "1")):
        press(widget, key)
        expect(speed).to_have_value(expected)
    notebook.kernel("w.show([7, 50], 'look')")
    widget.wait_frame(7)
    press(widget, "e")
    widget.wait_frame(50)
    press(widget, "Shift+E")
    widget.wait_frame(7)
    notebook.kernel("w.show()")


def test_from_when_to_when(notebook, begin):
    widget = begin(1)
    widget.goto(10)
    press(widget, "q")
    assert spans(notebook)[1] == [[10, 60]]
    perform(widget, "Live from the first frame")
    perform(widget, "Live to the last frame")
    assert spans(notebook)[1] == [[0, None]]
    select_range(widget, 20, 30)
    perform(widget, "Delete #1 on the range")
    assert spans(notebook)[1] == [[0, 20], [30, None]]
    press(widget, "Escape")
    widget.goto(40)
    press(widget, "Control+Shift+B", "Control+e")
    assert spans(notebook)[1] == [[40, 41]]
    press(widget, "Control+z")
    notebook.kernel_poll(SPANS, lambda now: now["1"] != [[40, 41]])
    kept = "[round(w.annotation.tracks[1].at(f).x) for f in (30, 35, 40)]"
    assert notebook.kernel(kept) == [60, 60, 60]
    press(widget, "Control+a", "Shift+Delete")
    assert spans(notebook) == {}
    expect(widget.root.locator(".notice")).to_contain_text("Deleted")


def test_motion(notebook, begin):
    widget = begin(1)
    places = "[round(w.annotation.tracks[1].at(f).x) for f in (0, 20, 39, 40)]"
    widget.goto(20)
    press(widget, "i")
    assert notebook.kernel(places) == [20, 20, 20, 60]
    press(widget, "i")
    assert notebook.kernel(places) == [20, 40, 59, 60]
    press(widget, "Control+i")
    assert notebook.kernel("w.annotation.tracks[1].keyframes.hold.all()") is True
    press(widget, "Control+i")
    motion = widget.root.get_by_role("radiogroup", name="Motion to next keyframe")
    motion.get_by_role("radio", name="Hold").click()
    widget.wait_synced()
    assert notebook.kernel(places) == [20, 20, 20, 60]
    widget.root.get_by_role("button", name="40 – 60").click()
    widget.wait_frame(40)

    sources = "w.annotation.tracks[3].keyframes.sources.tolist()"
    model = notebook.kernel(sources)
    row(widget, 3).click()
    widget.goto(90)
    widget.root.get_by_role("button", name="Confirm this keyframe").first.click()
    widget.wait_synced()
    human = notebook.kernel("w.annotation.tracks[1].keyframes.sources.tolist()")[0]
    assert model != [human]
    assert notebook.kernel(sources) == [human]


def test_which_object_is_which(notebook, begin):
    widget = begin(1)
    widget.goto(40)
    press(widget, "Shift+C")
    widget.root.get_by_role("option", name="#2 person").click()
    widget.wait_synced()
    same = "w.annotation.tracks[{}].at(50) == START.tracks[{}].at(50)"
    assert notebook.kernel(same.format(1, 2)) is True
    assert notebook.kernel(same.format(2, 1)) is True

    widget = begin(1)
    row(widget, 3).click(modifiers=["Control"])
    press(widget, "g")
    groups = "{id: track.group for id, track in w.annotation.tracks.items()}"
    assert notebook.kernel(groups) == {"1": 1, "2": None, "3": 1}
    row(widget, 1).click()
    widget.root.get_by_role("button", name="1, 2 tracks").click()
    notebook.kernel_poll("sorted(w.selection)", lambda ids: ids == [1, 3])
    press(widget, "Shift+G")
    assert set(notebook.kernel(groups).values()) == {None}
    press(widget, "m")
    assert spans(notebook) == {1: [[0, 60], [90, None]], 2: [[30, 80]]}
    press(widget, "Control+d")
    assert sorted(spans(notebook)) == [1, 2, 4]
    perform(widget, "Change the ID of #4")
    field = widget.root.get_by_role("textbox", name="ID", exact=True)
    expect(field).to_be_focused()
    field.fill("2")
    widget.press("Enter")
    refusal = widget.root.get_by_role("alert")
    expect(refusal).to_contain_text("#2")
    refusal.get_by_role("button", name="Close this message").click()
    field.fill("8")
    field.press("Enter")
    widget.wait_synced()
    assert sorted(spans(notebook)) == [1, 2, 8]


def test_events(notebook, begin):
    widget = begin()
    for frame, key in ((5, "Shift+2"), (20, "Shift+1"), (24, "Shift+2")):
        widget.goto(frame)
        press(widget, key)
    widget.goto(30)
    press(widget, "Shift+1", "Control+j")
    perform(widget, "Tag the whole clip")
    crossing = [[0, 120, "crossing"], [20, 31, "crossing"], [30, 31, "crossing"]]
    assert notebook.kernel(EVENTS) == sorted([*crossing, [5, 25, "turn"]])

    for way, frame in (("Previous", 20), ("Previous", 5), ("Next", 20)):
        perform(widget, f"{way} event")
        widget.wait_frame(frame)
    widget.goto(22)
    perform(widget, "Let the event start here")
    widget.goto(50)
    perform(widget, "Let the event end here")
    assert [22, 51, "crossing"] in notebook.kernel(EVENTS)

    events = widget.root.get_by_role("region", name="Events")
    events.get_by_role("button", name="turn 5 – 24").click()
    widget.wait_frame(5)
    events.get_by_role("button", name="crossing 22 – 50").click()
    widget.wait_frame(22)
    row(widget, 2).click()
    press(widget, "Control+l")
    event = "next(e for e in w.annotation.events if e.start == 22)"
    assert notebook.kernel(f"list({event}.tracks)") == [2]
    events.get_by_role("button", name="Unlink the event").click()
    widget.wait_synced()
    assert notebook.kernel(f"list({event}.tracks)") == []
    events.get_by_role("combobox", name="where").select_option("zebra")
    count = events.get_by_role("textbox", name="count")
    count.fill("3")
    count.press("Enter")
    last = events.get_by_role("textbox", name="Last frame of the event")
    last.fill("60")
    last.press("Enter")
    widget.wait_synced()
    said = notebook.kernel(f"({event}.stop, dict({event}.attributes))")
    assert said == [61, {"where": "zebra", "count": 3}]
    events.get_by_role("button", name="Delete the event").click()
    widget.wait_synced()
    assert len(notebook.kernel(EVENTS)) == 3
    widget.goto(110)
    press(widget, "Escape", "r", "Space")
    widget.wait_frame(119)
    press(widget, "r")
    assert [110, 120, "crossing"] in notebook.kernel(EVENTS)


def test_the_list_is_searched_filtered_and_sorted(notebook, begin):
    widget = begin(2)
    rows = widget.root.get_by_role("grid", name="Tracks").get_by_role("row")
    press(widget, "Shift+F")
    find = widget.root.get_by_role("textbox", name="Find a track")
    expect(find).to_be_focused()
    widget.page.keyboard.type("car")
    expect(rows).to_contain_text(["#1", "#3"])
    find.fill("")
    sort = widget.root.get_by_role("combobox", name="Sort tracks")
    sort.select_option("length")
    expect(rows).to_contain_text(["#1", "#2", "#3"])
    sort.select_option("label")
    expect(rows).to_contain_text(["#1", "#3", "#2"])
    show = widget.root.get_by_role("combobox", name="Show tracks")
    widget.goto(95)
    widget.root.get_by_role("button", name="Lock #1").click()
    widget.root.get_by_role("button", name="Hide #3").click()
    for choice, ids in (
        *(("frame", ["#3"]), ("selected", ["#2"]), ("hidden", ["#3"])),
        *(("locked", ["#1"]), ("label:person", ["#2"]), ("all", ["#1", "#3", "#2"])),
    ):
        show.select_option(choice)
        expect(rows).to_contain_text(ids)
    sort.select_option("id")
    widget.root.get_by_role("button", name="Unlock #1").click()
    press(widget, "Shift+H", "Shift+F")
    expect(find).to_have_count(0)


def test_what_is_shown_and_locked(notebook, begin):
    widget = begin(1)
    widget.goto(35)

    def boxes(count):
        counted = re.compile(f", {count} box")
        expect(widget.stage).to_have_accessible_name(counted)

    boxes(2)
    for key, count in (("h", 1), ("h", 2), ("s", 1), ("Shift+H", 2)):
        press(widget, key)
        boxes(count)
    press(widget, "l", "Delete")
    widget.drag((70, 60), (120, 90))
    press(widget, "o")
    expect(widget.root.locator(".notice")).to_contain_text("#1 car is locked")
    assert notebook.kernel("w.annotation == START") is True
    press(widget, "l")


def test_looking_closer(begin):
    widget = begin(2)
    widget.goto(35)
    press(widget, "Shift+0")
    scale = json.loads(widget.stage.get_attribute("data-camera"))["scale"]
    assert scale == pytest.approx(1)
    press(widget, "=", "=", "-")
    assert json.loads(widget.stage.get_attribute("data-camera"))["scale"] == 1.25
    press(widget, "z")
    middle = widget.stage.bounding_box()
    x, y = widget.stage_point(205 + 20, 40 + 30)
    assert x == pytest.approx(middle["x"] + middle["width"] / 2, abs=1)
    assert y == pytest.approx(middle["y"] + middle["height"] / 2, abs=1)
    press(widget, "0")
    overview = widget.root.get_by_role("slider", name="Clip overview")
    press(widget, "Shift+ArrowUp", "Shift+ArrowUp")
    expect(overview).to_have_accessible_name(re.compile("frames 2[0-9] to 5[0-9]$"))
    press(widget, "Shift+ArrowDown")
    expect(overview).to_have_accessible_name(re.compile("frames .* to [67][0-9]$"))
    press(widget, "Shift+Z")
    expect(overview).to_have_accessible_name(re.compile("frames 0 to 119$"))


# How opaque the canvas of the boxes that rest is at a point of the picture.
ALPHA = """
(stage, [x, y]) => {
  const camera = JSON.parse(stage.dataset.camera);
  const context = stage.querySelectorAll("canvas")[1].getContext("2d");
  const at = [camera.x + x * camera.scale, camera.y + y * camera.scale];
  return context.getImageData(...at.map((v) => v * devicePixelRatio), 1, 1).data[3];
}
"""


def test_how_boxes_are_shown(begin):
    widget = begin(1)
    widget.goto(35)
    more = widget.root.get_by_role("button", name="More of how it is shown")

    def opaque(x, y, test):
        script = f"([stage, at]) => ({ALPHA})(stage, at) {test}"
        widget.page.wait_for_function(script, arg=[stage, [x, y]])

    stage = widget.stage.element_handle()
    inside, tag = (235, 75), (206, 38)
    opaque(*inside, "=== 0")
    fill = widget.root.get_by_role("slider", name="Fill of boxes")
    fill.focus()
    widget.press("End")
    opaque(*inside, "> 100")
    fill.dblclick()
    opaque(*inside, "=== 0")
    opaque(*tag, "=== 255")
    widget.root.get_by_role("checkbox", name="Box tags").click()
    opaque(*tag, "=== 0")
    widget.root.get_by_role("checkbox", name="Box tags").click()
    opaque(*tag, "=== 255")
    press(widget, "Shift+T", "Shift+R")
    ghosts = widget.root.get_by_role("checkbox", name="Keyframe ghosts")
    press(widget, "Shift+I")
    expect(ghosts).not_to_be_checked()
    press(widget, "Shift+I")
    expect(ghosts).to_be_checked()
    for name in ("Trails", "Hair lines at the pointer"):
        more.click()
        item = widget.root.get_by_role("menuitemcheckbox", name=name)
        expect(item).to_be_checked()
        item.click()
    beside = (206 + 45, 38)
    opaque(*beside, "=== 0")
    for drawn in ("=== 255", "=== 0"):
        more.click()
        widget.root.get_by_role("menuitemcheckbox", name="Tags say the size").click()
        opaque(*beside, drawn)


SCORED = """
import pandas as pd
SCORED = pd.DataFrame({"frame": [30], "track_id": [2], "x": [200], "y": [60],
                       "w": [40], "h": [40], "score": [0.75], "class_name": ["person"]})
SCORED = br.Annotation.from_detections(START.video, SCORED)
gait = br.Label("person", attributes=[br.Attribute("gait", "text")])
SCORED = SCORED.apply(br.edits.EditLabel(gait),
                      br.edits.SetAttribute(2, "gait", "walking fast"))
"""
TAG_WIDTH = """
(stage, [x, y]) => {
  const camera = JSON.parse(stage.dataset.camera);
  const canvas = stage.querySelectorAll("canvas")[1];
  const [left, top] = [camera.x + x * camera.scale, camera.y + y * camera.scale - 9];
  const scale = devicePixelRatio;
  const line = canvas.getContext("2d");
  const { data } = line.getImageData(left * scale, top * scale, canvas.width, 1);
  let width = 0;
  while (data[4 * width + 3] === 255) width++;
  return width / scale;
}
"""


def test_what_tags_say(notebook, begin):
    notebook.kernel(f"exec({SCORED!r})")
    widget = begin(labels="SCORED")
    widget.goto(30)
    stage = widget.stage.element_handle()
    more = widget.root.get_by_role("button", name="More of how it is shown")

    def toggle(part):
        more.click()
        widget.root.get_by_role("menuitemcheckbox", name=f"Tags say the {part}").click()

    def wait_width(test):
        script = f"([stage, at]) => {{ const w = ({TAG_WIDTH})(stage, at); {test} }}"
        done = widget.page.wait_for_function(script, arg=[stage, [200, 60]])
        return done.json_value()

    width = wait_width("return w > 10 && w")
    for part in ("score", "attributes"):
        toggle(part)
        width = wait_width(f"return w > {width} + 10 && w")
    for part in ("attributes", "score", "label"):
        toggle(part)
        width = wait_width(f"return w > 10 && w < {width} - 10 && w")
    toggle("label")
    width = wait_width(f"return w > {width} + 10 && w")
    toggle("id")
    wait_width(f"return w < {width} - 8")
    toggle("id")
    wait_width(f"return Math.abs(w - {width}) < 1")


MANY = """
MANY = [br.Label(f"thing{n}") for n in range(1, 10)]
MANY += [br.Label(f"event{n}", use="event") for n in range(1, 10)]
MANY = br.Annotation.for_video(START.video, MANY)
MANY = MANY.add_track("thing1", {0: (20, 40, 50, 40)})
"""


def test_each_digit_is_a_label(notebook, begin):
    notebook.kernel(f"exec({MANY!r})")
    widget = begin(1, labels="MANY")
    label = "w.annotation.tracks[1].label"
    for digit in (*range(2, 10), 1):
        press(widget, str(digit))
        assert notebook.kernel(label) == f"thing{digit}"
    press(widget, *(f"Shift+{digit}" for digit in range(1, 10)))
    widget.goto(5)
    press(widget, *(f"Shift+{digit}" for digit in range(1, 10)))
    said = [[0, 6, f"event{digit}"] for digit in range(1, 10)]
    assert notebook.kernel(EVENTS) == said


def test_fingers_draw_and_zoom(notebook, begin):
    widget = begin()
    browser = widget.page.context.new_cdp_session(widget.page)

    def touch(kind, *points):
        places = [widget.stage_point(*point) for point in points]
        fingers = [{"x": x, "y": y, "id": i} for i, (x, y) in enumerate(places)]
        event = {"type": f"touch{kind}", "touchPoints": fingers}
        browser.send("Input.dispatchTouchEvent", event)

    draws = widget.root.get_by_role("button", name="Draw a new box")
    for key, pressed in (("n", "true"), ("v", "false"), ("n", "true")):
        press(widget, key)
        expect(draws).to_have_attribute("aria-pressed", pressed)
    touch("Start", (150, 20))
    touch("Move", (180, 40))
    touch("Move", (210, 60))
    touch("End")
    widget.wait_synced()
    box = "(lambda b: (b.x, b.y, b.w, b.h))(w.annotation.tracks[4].at(0))"
    assert notebook.kernel(box) == pytest.approx((150, 20, 60, 40), abs=1)

    before = json.loads(widget.stage.get_attribute("data-camera"))["scale"]
    touch("Start", (140, 90))
    touch("Start", (140, 90), (180, 90))
    centre = widget.stage_point(160, 90)
    half = 40 * before
    places = [
        {"x": centre[0] + by, "y": centre[1], "id": i}
        for i, by in enumerate((-half, half))
    ]
    event = {"type": "touchMove", "touchPoints": places}
    browser.send("Input.dispatchTouchEvent", event)
    touch("End")
    after = json.loads(widget.stage.get_attribute("data-camera"))["scale"]
    assert after == pytest.approx(2 * before, rel=0.02)
    assert notebook.kernel("len(w.annotation.tracks)") == 4
    press(widget, "0")


def test_the_whole_screen_and_saving(begin):
    widget = begin()
    press(widget, "Control+s")
    expect(widget.root.locator(".notice")).to_contain_text("Saved to the kernel")
    press(widget, "f")
    expect(widget.root).to_have_js_property("clientWidth", 1280)
    press(widget, "f")
    out = widget.root.get_by_role("button", name="Full screen", exact=True)
    expect(out).to_have_attribute("aria-pressed", "false")


def test_several_videos_and_what_is_copied_between_widgets(notebook, begin):
    first = begin(1)
    press(first, "Control+c")
    many = notebook.widget(1)
    many.stage.scroll_into_view_if_needed()
    scripts = "globalThis[Symbol.for('boxreel.scripts')].size"
    assert notebook.page.evaluate(scripts) == 1
    press(many, "Control+.")
    notebook.kernel_poll("many.item", lambda item: item == 1)
    many.wait_frame(0)
    press(many, "Control+Shift+v")
    box = "(lambda b: (b.x, b.y, b.w, b.h))(many.annotation.tracks[1].at(0))"
    assert notebook.kernel(box) == [20, 40, 50, 40]
    assert notebook.kernel("many.annotation.tracks[1].label") == "bus"
    many.root.get_by_role("button", name="Discarded, next video").click()
    notebook.kernel_poll("many.item", lambda item: item == 2)
    many.wait_frame(0)
    press(many, ";")
    many.draw_box(100, 60, 80, 50)
    many.wait_synced()
    many.root.get_by_role("combobox", name="Video").select_option("0")
    notebook.kernel_poll("many.item", lambda item: item == 0)
    counts = "[len(labels.tracks) for labels in many.annotations]"
    assert notebook.kernel(counts) == [0, 1, 1]
    assert [1, "discarded"] in notebook.kernel("heard")
    videos = many.root.get_by_role("combobox", name="Video")
    expect(videos.get_by_role("option")).to_have_text(["array", "✕ array", "array"])
