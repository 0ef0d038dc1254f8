"""What the widget says when something is missing, damaged or hostile."""

import json

import pytest
from playwright.sync_api import expect

from tests.e2e import clip

OPEN = """
import boxreel as br
w = br.Annotator({video!r}, {options})
w
"""
TRACKS = "sorted(w.annotation.tracks)"


@pytest.fixture
def show(open_notebook):
    """``show(video, options)`` opens a notebook with that widget."""

    def show(video, options="labels=['car']"):
        notebook = open_notebook(OPEN.format(video=str(video), options=options))
        notebook.run_all()
        return notebook

    return show


@pytest.fixture
def folder(lab, request):
    """A folder beside the notebooks for this test alone."""
    path = lab.root / request.node.name
    path.mkdir()
    return path


def test_a_truncated_video_says_what_is_missing(show, folder):
    whole = clip.write(folder / "whole.mkv").read_bytes()
    (folder / "cut.mkv").write_bytes(whole[: len(whole) // 2])
    notebook = show(folder / "cut.mkv")
    widget = notebook.widget()
    warnings = notebook.kernel("w.warnings")
    assert warnings
    button = widget.root.get_by_role("button", name="warning")
    for warning in warnings:
        assert warning in button.get_attribute("aria-label")
    button.click()
    expect(widget.root.locator(".notice")).to_contain_text(warnings[0])
    last = notebook.kernel("len(w.video)") - 1
    assert last < clip.FRAMES - 1
    widget.goto(last)
    widget.draw(40, 60, 80, 50)
    assert notebook.kernel(TRACKS) == [1]


BREAK = """
import boxreel as br
from pathlib import Path
w = br.Annotator({folder!r}, labels=["car"], fps=25)
for name in ("005.png", "006.png"):
    Path({folder!r}, name).write_bytes(b"no picture")
w
"""


def test_frames_that_cannot_be_read_say_so_and_the_others_go_on(folder, open_notebook):
    clip.write_images(folder, 12)
    notebook = open_notebook(BREAK.format(folder=str(folder)))
    notebook.run_all()
    widget = notebook.widget()
    widget.wait_frame(0)
    widget.draw(40, 60, 80, 50)
    for frame in (5, 6):
        field = widget.root.get_by_role("textbox", name="Frame", exact=True)
        field.fill(str(frame))
        field.press("Enter")
        expect(widget.root.get_by_role("status")).to_contain_text(f"00{frame}.png")
        assert widget.root.get_attribute("data-painted") != str(frame)
    widget.goto(7)
    widget.goto(0)
    widget.stage.focus()
    widget.press("Space")
    widget.wait_frame(11)
    assert notebook.kernel("len(w.annotation.tracks[1].keyframes)") == 1


def test_labels_that_cannot_be_saved_are_saved_when_they_can(show, folder):
    video = clip.write(folder / "street.mp4")
    (folder / "labels").mkdir()
    path = folder / "labels" / "street.json"
    notebook = show(video, f"labels=['car'], save_to={str(path)!r}")
    widget = notebook.widget()
    widget.wait_frame(0)
    (folder / "labels").rename(folder / "away")
    widget.draw(40, 60, 80, 50)
    expect(widget.root).to_have_attribute("data-save", "error")
    reason = widget.root.locator(".save")
    expect(reason).to_contain_text("Not saved")
    assert "labels" in reason.get_attribute("title")
    assert notebook.kernel("w.warnings")

    (folder / "away").rename(folder / "labels")
    widget.root.get_by_role("button", name="Retry").click()
    expect(widget.root).to_have_attribute("data-save", "saved")
    assert [track["id"] for track in json.loads(path.read_text())["tracks"]] == [1]
    assert notebook.kernel("w.warnings") == []


def test_what_cannot_be_opened_is_refused_in_the_cell(folder, open_notebook):
    video = clip.write(folder / "street.mp4")
    (folder / "broken.json").write_text('{"format": "boxreel", "version": 1, "tra')
    cell = f"""
import boxreel as br, numpy as np
other = br.open_video(np.zeros((99, 360, 640), np.uint8))
labels = br.Annotation.for_video(other, labels=["car"])
br.Annotator({str(video)!r}, annotation=labels, save_to=None)
"""
    damaged = f"br.Annotator({str(video)!r}, save_to={str(folder / 'broken.json')!r})"
    notebook = open_notebook(cell, damaged)
    output = notebook.page.locator(".jp-OutputArea-output")
    notebook.menu("Run", "Run All Cells")
    expect(output.last).to_contain_text("99 frames instead of 120")
    expect(output.last).to_contain_text("640x360 pixels instead of 320x180")
    notebook.page.locator(".jp-CodeCell .cm-content").last.click()
    notebook.page.keyboard.press("Control+Enter")
    expect(output.last).to_contain_text("broken.json")
    assert (folder / "broken.json").read_text().endswith('"tra')


def test_without_labels_the_first_is_typed(show, folder):
    notebook = show(clip.write(folder / "street.mp4"), "save_to=None")
    widget = notebook.widget()
    widget.wait_frame(0)
    expect(widget.root).to_contain_text("No tracks yet. Press N and drag a box.")
    expect(widget.root).to_contain_text("No labels.")
    field = widget.root.get_by_role("textbox", name="New label")
    field.fill("tram")
    field.press("Enter")
    widget.wait_synced()
    widget.draw(40, 60, 80, 50)
    assert notebook.kernel("[label.name for label in w.labels]") == ["tram"]
    assert notebook.kernel("w.annotation.tracks[1].label") == "tram"


ARRAY = """
import boxreel as br
import numpy as np
shade = np.arange(30, dtype=np.uint8)[:, None, None] * 8
w = br.Annotator(np.broadcast_to(shade, (30, 180, 320)), labels=["car"], fps=10)
w
"""


def test_an_array_is_a_video_too(open_notebook):
    notebook = open_notebook(ARRAY)
    notebook.run_all()
    widget = notebook.widget()
    widget.goto(20)
    grey = (
        "e => e.querySelector('canvas').getContext('2d').getImageData({}, 1, 1).data[0]"
    )
    at = "e.clientWidth / 2, e.clientHeight / 2"
    assert widget.stage.evaluate(grey.format(at)) == pytest.approx(160, abs=3)
    widget.draw(40, 60, 80, 50)
    expect(widget.root).to_have_attribute("data-save", "off")
    assert notebook.kernel("w.annotation.tracks[1].spans()") == [[20, None]]


def test_who_may_only_look_changes_nothing(show, folder):
    video = clip.write(folder / "street.mp4")
    notebook = show(video, "labels=['car'], read_only=True, save_to=None")
    widget = notebook.widget()
    widget.wait_frame(0)
    notebook.kernel(
        "setattr(w, 'annotation', w.annotation.add_track('car', {0: (40, 60, 80, 50)}))"
    )
    widget.root.get_by_role("option", name="#1 car").wait_for()
    draw = widget.root.get_by_role("button", name="Draw a new box")
    expect(draw).to_be_disabled()
    widget.drag((80, 85), (140, 95))
    widget.press("o", "Delete")
    widget.press("ArrowRight")
    widget.wait_frame(1)
    assert notebook.kernel("len(w.annotation.tracks[1].keyframes)") == 1
    assert notebook.kernel("w.annotation.tracks[1].at(0).x") == 40


def test_a_closed_widget_leaves_the_page_and_comes_back_when_the_cell_runs(
    show, folder
):
    notebook = show(clip.write(folder / "street.mp4"))
    widget = notebook.widget()
    widget.draw(40, 60, 80, 50)
    notebook.kernel("w.close()")
    expect(notebook.page.locator(".br[role=region]")).to_have_count(0)
    for _ in range(2):
        notebook.run_all()
        notebook.widget().root.get_by_role("option", name="#1 car").wait_for()
    expect(notebook.page.locator(".br[role=region]")).to_have_count(1)
