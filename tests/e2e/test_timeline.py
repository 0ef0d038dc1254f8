"""The timeline under the mouse: what is dragged there is what the kernel has."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e import clip

OPEN = """
import boxreel as br
labels = br.Annotation.for_video(br.open_video("lanes.mp4"), labels=["car", "person"])
labels = labels.add_track("car", {10: (20, 20, 60, 40), 40: (120, 20, 60, 40),
                                  70: (20, 90, 60, 40)})
labels = labels.add_track("person", {20: (200, 60, 30, 60), 60: (150, 60, 30, 60)})
labels = labels.apply(br.edits.TrimTrack(2, 20, 90))
labels = labels.apply(br.edits.SetOccluded(2, 30, 50))
w = br.Annotator("lanes.mp4", annotation=labels, save_to=None)
w
"""


class Lanes:
    """The timeline's canvases, with frames and lanes for coordinates."""

    def __init__(self, widget):
        self.widget = widget
        self.mouse = widget.page.mouse
        self.root = widget.root

    def at(self, frame, lane, region=".lanes"):
        """Middle of a frame on a lane; the window shows the whole clip."""
        box = self.root.locator(region).bounding_box()
        x = box["x"] + (frame + 0.5) / clip.FRAMES * box["width"]
        return x, box["y"] + (lane + 0.5) * 24

    def click(self, frame, lane, count=1):
        self.mouse.click(*self.at(frame, lane), click_count=count)

    def drag(self, start, stop, lane, *, to_lane=None, inset=0, key=None, drop=True):
        """Press `inset` css px beside the middle of a frame, move, let go."""
        keyboard = self.widget.page.keyboard
        if key:
            keyboard.down(key)
        x, y = self.at(start, lane)
        u, v = self.at(stop, lane if to_lane is None else to_lane)
        self.mouse.move(x + inset, y)
        self.mouse.down()
        self.mouse.move(u + inset, v, steps=6)
        if drop:
            self.mouse.up()
        if key:
            keyboard.up(key)
        self.widget.wait_synced()


@pytest.fixture
def notebook(lab, open_notebook):
    clip.write(lab.root / "lanes.mp4")
    notebook = open_notebook(OPEN)
    notebook.run_all()
    return notebook


def frames(notebook, track):
    return notebook.kernel(f"w.annotation.tracks[{track}].keyframes.frames.tolist()")


def spans(notebook, track):
    return notebook.kernel(f"w.annotation.tracks[{track}].spans()")


def test_keyframes_move_copy_and_go(notebook):
    widget = notebook.widget()
    lanes = Lanes(widget)
    lanes.click(40, 0)
    widget.wait_frame(40)
    notebook.kernel_poll("w.selection", lambda ids: ids == [1])

    lanes.drag(40, 50, 0)
    assert frames(notebook, 1) == [10, 50, 70]
    lanes.drag(50, 100, 0)
    assert frames(notebook, 1) == [10, 69, 70]
    widget.press("Control+z")
    notebook.kernel_poll("len(w.annotation.tracks[1].keyframes)", lambda n: n == 3)
    widget.page.keyboard.press("Control+z")
    at = "w.annotation.tracks[1].keyframes.frames.tolist()"
    notebook.kernel_poll(at, lambda found: found == [10, 40, 70])

    lanes.drag(40, 55, 0, key="Alt")
    assert frames(notebook, 1) == [10, 40, 55, 70]
    lanes.click(85, 0, count=2)
    widget.wait_synced()
    assert frames(notebook, 1) == [10, 40, 55, 70, 85]

    lanes.drag(35, 75, 0, to_lane=1.4)
    widget.press("Delete")
    widget.wait_synced()
    assert frames(notebook, 1) == [10, 85]
    assert notebook.kernel("sorted(w.annotation.tracks)") == [1, 2]

    lanes.mouse.move(*lanes.at(85, 0))
    tip = widget.root.get_by_role("tooltip")
    expect(tip).to_contain_text("Keyframe 85")
    tip.get_by_role("button", name="Remove keyframe 85 of #1").click()
    widget.wait_synced()
    assert frames(notebook, 1) == [10]


def test_bars_are_stretched_cut_and_shifted(notebook):
    widget = notebook.widget()
    lanes = Lanes(widget)
    lanes.drag(19.5, 25.5, 1, inset=1)
    assert spans(notebook, 2) == [[26, 90]]
    lanes.drag(89.5, 99.5, 1, inset=-1)
    assert spans(notebook, 2) == [[26, 100]]
    occluded = "[w.annotation.tracks[2].occluded_at(f) for f in (29, 30, 44, 45, 50)]"
    assert notebook.kernel(occluded) == [False, True, True, True, False]
    lanes.drag(49.5, 44.5, 1, inset=-12)
    assert notebook.kernel(occluded) == [False, True, True, False, False]

    lanes.drag(70, 75, 1, key="Control")
    assert spans(notebook, 2) == [[31, 105]]
    lanes.drag(70, 60, 1, key="Control", drop=False)
    widget.press("Escape")
    lanes.mouse.up()
    widget.wait_synced()
    assert spans(notebook, 2) == [[31, 105]]

    lanes.click(40, 0)
    widget.press("l")
    lanes.drag(40, 50, 0)
    assert frames(notebook, 1) == [10, 40, 70]
    expect(
        widget.root.get_by_text("#1 car is locked. Unlock it first.").first
    ).to_be_visible()


def test_the_window_and_the_range(notebook):
    widget = notebook.widget()
    lanes = Lanes(widget)
    overview = widget.root.get_by_role("slider", name="Clip overview")
    lanes.drag(30, 59, 0, key="Shift")
    title = widget.root.get_by_title("Selected range:")
    expect(title).to_contain_text("30 to 59")
    range_text = widget.root.locator(".status").get_by_text(
        "Range 30 to 59, 30 frames, 1.20 s"
    )
    expect(range_text).to_be_visible()
    widget.press("Escape")
    expect(title).to_have_count(0)
    expect(range_text).to_have_count(0)

    lanes.mouse.move(*lanes.at(60, 0))
    widget.page.keyboard.down("Control")
    lanes.mouse.wheel(0, -500)
    widget.page.keyboard.up("Control")
    zoomed = re.compile("shows frames 3[0-9] to 8[0-9]$")
    expect(overview).to_have_accessible_name(zoomed)
    lanes.mouse.dblclick(*lanes.at(5, 0, ".ovt"))
    expect(overview).to_have_accessible_name("Clip overview, shows frames 0 to 119")


EVENTS = """
import boxreel as br
video = br.open_video("lanes.mp4")
names = ["car", br.Label("crossing", use="event")]
labels = br.Annotation.for_video(video, labels=names)
labels = labels.add_track("car", {10: (20, 20, 60, 40)})
w = br.Annotator("lanes.mp4", annotation=labels, save_to=None)
w
"""


def test_events_are_drawn_moved_and_stretched(lab, open_notebook):
    clip.write(lab.root / "lanes.mp4")
    notebook = open_notebook(EVENTS)
    notebook.run_all()
    widget = notebook.widget()
    lanes = Lanes(widget)
    events = "[(e.label, e.start, e.stop) for e in w.annotation.events]"
    lanes.drag(30, 49, 0)
    assert notebook.kernel(events) == [["crossing", 30, 50]]
    lanes.drag(40, 60, 0)
    assert notebook.kernel(events) == [["crossing", 50, 70]]
    lanes.drag(69.5, 79.5, 0, inset=-1)
    assert notebook.kernel(events) == [["crossing", 50, 80]]
    widget.root.get_by_role("option", name="Events crossing, 1 event").wait_for()
    widget.press("Control+z")
    notebook.kernel_poll(events, lambda now: now == [["crossing", 50, 70]])
