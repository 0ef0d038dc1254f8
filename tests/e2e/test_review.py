"""A review by keys: from error to error, verdicts, fixes, numbers that follow, undo."""

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from boxreel import demo
from tests.e2e.axe import serious

# The clip that this process has made is not made again by the kernel.
CACHE = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
OPEN = f"""
import os
os.environ["XDG_CACHE_HOME"] = {CACHE!r}
import boxreel as br
scene = br.demo.street()
damage = br.edits.SetLabel(3, "bus"), br.edits.SwapTracks(4, 6, 100)
truth = scene.truth.apply(*damage)
found = br.demo.street_predictions()
models = {{"v1": found, "v2": scene.truth, "v3": found.apply(br.edits.RemoveTrack(3))}}
r = br.Review(truth, models, scene.path,
              save_to="street.boxreel.json", author="ada")
r
"""
NUMBER = "f\"{100 * r.comparison.evaluation['IDF1']:.1f}\""

DIFFERING = """
sum(__import__("boxreel.review").review.differing(
    r.comparison, [br.compare(r.annotation, r.models[name]) for name in ({})]))
"""

WORST = """
[(e.kind, e.start, e.truth) for e in sorted(r.errors, key=lambda e: -e.severity)]
"""


@pytest.fixture(scope="module")
def notebook(keep_notebook):
    demo.street()
    made = keep_notebook(OPEN)
    made.run_all()
    return made


def test_errors_are_gone_through_and_a_fix_moves_the_numbers(notebook):
    widget = notebook.widget()
    root = widget.root
    place = root.get_by_role("status", name="Error shown")
    idf1 = root.get_by_label("IDF1", exact=True)
    errors = notebook.kernel("[(e.kind, e.start, e.truth) for e in r.errors]")
    expect(place).to_have_text(f"– / {len(errors)}")
    before = notebook.kernel(NUMBER)
    expect(idf1).to_have_text(before)

    # Every error has its frame and its label, by the next key.
    root.focus()
    for count, (_, start, _) in enumerate(errors, 1):
        widget.press("e")
        expect(place).to_have_text(f"{count} / {len(errors)}")
        widget.wait_frame(start)
    widget.press("Shift+E")
    expect(place).to_have_text(f"{len(errors) - 1} / {len(errors)}")
    root.get_by_role("button", name="Kinds of missed").click()
    root.get_by_role("checkbox", name="Miss", exact=True).click()
    family = root.get_by_role("checkbox", name="Missed", exact=True)
    expect(family).to_have_attribute("aria-checked", "mixed")
    rest = sum(kind != "miss" for kind, *_ in errors)
    expect(place).to_contain_text(f"/ {rest}")
    family.click()
    expect(place).to_contain_text(f"/ {len(errors)}")

    occluded = notebook.kernel(
        "[r.truth.tracks[e.truth].occluded_at(e.start) for e in r.errors if e.truth]"
    )
    objects = root.get_by_role("combobox", name="Objects with errors")
    objects.select_option("occluded")
    assert 0 < sum(occluded) < len(errors)
    expect(place).to_have_text(re.compile(f"/ {sum(occluded)}$"))
    objects.select_option(label="All objects")

    # The second side alone, and back.
    widget.press("d", "d")
    sides = root.get_by_role("radiogroup", name="Sides shown")
    expect(sides.get_by_role("radio", name="Preds")).to_be_checked()
    widget.press("d")

    # From the worst down, and around.
    order = notebook.kernel(WORST)
    after = (order.index(errors[-2]) + 1) % len(order)
    widget.press("Control+Shift+E")
    widget.wait_frame(order[after][1])

    # The label of an error is taken away: Python's numbers follow, and come back.
    index = next(i for i, (kind, *_) in enumerate(errors) if kind == "late_start")
    row = root.get_by_role("group", name="Errors").get_by_role("button").nth(index)
    row.click()
    widget.wait_frame(errors[index][1])
    expect(root.get_by_role("region", name="Error", exact=True)).to_contain_text(
        f"Late start on #{errors[index][2]}"
    )
    notebook.kernel_poll("r.selection", lambda ids: ids == [errors[index][2]])
    widget.press("Delete")
    widget.wait_synced()
    note = root.get_by_role("note", name="Progress")
    expect(note).to_contain_text("by edits")
    after = notebook.kernel(NUMBER)
    assert after != before
    expect(idf1).to_have_text(after)
    expect(note).to_contain_text(f"IDF1 {before} → {after}")
    widget.press("Control+z")
    expect(note).to_have_count(0)
    expect(idf1).to_have_text(before)

    # Boxes are matched anew at another threshold.
    slider = root.get_by_role("slider", name="IoU", exact=False).first
    slider.fill("95")
    notebook.kernel_poll("r.iou", lambda iou: iou == 0.95)
    stricter = notebook.kernel("len(r.errors)")
    assert stricter > len(errors)
    expect(place).to_contain_text(f"/ {stricter}")
    widget.press("e")
    expect(place).not_to_contain_text("–")

    # The labels alone, and back.
    notebook.kernel("setattr(r, 'iou', 0.5)")
    root.focus()
    widget.press("Shift+V")
    expect(place).to_have_count(0)
    widget.press("Shift+V")
    expect(root.get_by_role("group", name="Errors")).to_be_visible()


def test_axe_finds_nothing_serious_in_a_review(notebook):
    widget = notebook.widget()
    widget.root.focus()
    widget.press("e")
    expect(widget.root.get_by_role("radiogroup", name="Verdict")).to_be_visible()
    assert serious(widget) == []


def test_several_predictions_scope_and_blink(notebook):
    widget = notebook.widget()
    root = widget.root
    place = root.get_by_role("status", name="Error shown")
    idf1 = root.get_by_label("IDF1", exact=True)
    metrics = root.get_by_role("region", name="Metrics", exact=True)
    count = notebook.kernel("len(r.errors)")

    # Only where the three differ, then another one.
    tick = root.get_by_role("checkbox", name="Only differing")
    tick.click()
    differing = notebook.kernel(DIFFERING.format("'v2', 'v3'"))
    assert notebook.kernel(DIFFERING.format("'v2',")) < differing < count
    expect(place).to_have_text(re.compile(f"/ {differing}$"))
    tick.click()
    models = root.get_by_role("combobox", name="Predictions")
    models.select_option("v2")
    notebook.kernel_poll("r.model", lambda model: model == "v2")
    expect(idf1).to_have_text(notebook.kernel(NUMBER))
    expect(place).to_have_text(re.compile(f"/ {notebook.kernel('len(r.errors)')}$"))
    models.select_option("v1")
    expect(place).to_have_text(re.compile(f"/ {count}$"))

    # Numbers of the frames in sight, which follow the timeline.
    scope = root.get_by_role("radiogroup", name="Metrics over")
    root.focus()
    widget.press("Shift+ArrowUp")
    scope.get_by_role("radio", name="View").click()
    expect(metrics).to_contain_text("of 500 frames: those in sight")
    start, stop = notebook.kernel_poll(
        "list(r._comparing.setting.view)", lambda view: 0 < view[1] - view[0] < 500
    )
    expect(metrics).to_contain_text(f"on {stop - start} of 500 frames")
    seen = f"br.compare(r.annotation, r.predictions, frames=range({start}, {stop}))"
    expect(idf1).to_have_text(
        notebook.kernel(f"f'{{100 * {seen}.evaluation[\"IDF1\"]:.1f}}'")
    )
    scope.get_by_role("radio", name="Clip").click()
    root.focus()
    widget.press("Shift+Z")
    expect(metrics).to_contain_text("on 500 of 500 frames.")

    # Both sides in turns, and both again afterwards.
    sides = root.get_by_role("radiogroup", name="Sides shown")
    widget.press("b")
    for name in ("Labels", "Preds", "Labels"):
        expect(sides.get_by_role("radio", name=name)).to_be_checked()
    widget.press("b")
    expect(sides.get_by_role("radio", name="Both")).to_be_checked()


def test_a_narrow_review_has_filters_sliders_and_verdicts(notebook):
    widget = notebook.widget()
    root, page = widget.root, widget.page
    size = page.viewport_size
    beside = size["width"] - root.bounding_box()["width"]
    page.set_viewport_size({"width": int(640 + beside), "height": size["height"]})
    place = root.get_by_role("status", name="Error shown")
    count = notebook.kernel("len(r.errors)")
    idf1 = root.get_by_label("IDF1", exact=True)
    expect(idf1).to_have_text(notebook.kernel(NUMBER))
    extra = root.get_by_role("checkbox", name="Extra", exact=True)
    extra.click()
    kinds = notebook.kernel("[e.kind for e in r.errors]")
    rest = sum(kind not in ("false_positive", "duplicate") for kind in kinds)
    expect(place).to_have_text(re.compile(f"/ {rest}$"))
    extra.click()
    slider = root.get_by_role("slider", name="IoU", exact=False).first
    slider.fill("95")
    notebook.kernel_poll("r.iou", lambda iou: iou == 0.95)
    slider.fill("50")
    expect(place).to_have_text(re.compile(f"/ {count}$"))

    # What is rarely set is in the menu, a verdict on the strip.
    root.get_by_role("button", name="More filters and sliders").click()
    menu = root.get_by_role("menu", name="More filters and sliders")
    menu.get_by_role("combobox", name="Objects with errors").select_option("occluded")
    expect(place).not_to_have_text(re.compile(f"/ {count}$"))
    menu.get_by_role("combobox", name="Objects with errors").select_option("")
    expect(menu.get_by_role("slider", name="Score", exact=False)).to_be_visible()
    page.keyboard.press("Escape")
    widget.goto(0)
    root.focus()
    widget.press("e")
    verdict = root.get_by_role("radiogroup", name="Verdict")
    verdict.get_by_role("radio", name="Model").click()
    expect(verdict.get_by_role("radio", name="Model")).to_be_checked()
    assert (
        len(notebook.kernel_poll("[v.ruling for v in r.reviewed.verdicts]", bool)) == 1
    )
    notebook.kernel("r.judge(r.errors[0], None)")
    widget.press("e")
    widget.wait_frame(notebook.kernel("r.errors[1].start"))
    page.set_viewport_size(size)
    expect(root.get_by_role("region", name="Error", exact=True)).to_be_visible()


def test_verdicts_and_fixes_move_the_numbers_and_come_back(notebook):
    widget = notebook.widget()
    root = widget.root
    idf1 = root.get_by_label("IDF1", exact=True)
    progress = root.get_by_role("note", name="Progress")
    start = notebook.kernel(NUMBER)
    widget.goto(0)
    root.focus()

    # By the next key to each error: one key says who is wrong, A also mends the label.
    mended = 0
    errors = notebook.kernel("len(r.errors)")
    error = root.get_by_role("region", name="Error", exact=True)
    verdict = root.get_by_role("radiogroup", name="Verdict")
    for _ in range(errors - 1):  # a swap mends two of them
        widget.press("e")
        widget.wait_told()
        title = error.locator(".nm").first.inner_text()
        if title in ("Wrong class on #3", "ID switch on #4"):
            expect(
                root.get_by_role("group", name="Fixes of the label")
            ).to_contain_text(
                "Make #3 a car" if mended == 0 else "Swap #4 and #6 from 100 on"
            )
            widget.press("a")
            mended += 1
            expect(progress).to_contain_text(f"by {mended} label fix")
        else:
            widget.press("r")
            expect(verdict.get_by_role("radio", name="Model")).to_be_checked()
    end = notebook.kernel(NUMBER)
    done = f"IDF1 {start} → {end} by 2 label fixes; {errors - 3} model errors left"
    expect(progress).to_have_text(done)
    expect(idf1).to_have_text(end)
    widget.press("u")
    expect(root.get_by_role("status")).to_contain_text(["Every error"])

    # An ordinary edit: taken back, the error and what was said of it are there again.
    widget.press("Control+z")
    expect(progress).to_contain_text("by 1 label fix; ")
    assert start < notebook.kernel(NUMBER) < end
    expect(idf1).to_have_text(notebook.kernel(NUMBER))
    widget.press("Control+Shift+Z")
    expect(progress).to_have_text(done)
    widget.press("y")
    notebook.kernel_poll("len(r.reviewed.verified)", lambda count: count == 1)
    widget.wait_synced()
    scope = root.get_by_role("radiogroup", name="Metrics over")
    scope.get_by_role("radio", name="Verified").click()
    frames = notebook.kernel("len(r.reviewed.frames())")
    metrics = root.get_by_role("region", name="Metrics", exact=True)
    expect(metrics).to_contain_text(f"on {frames} of 500 frames: those verified")
    scope.get_by_role("radio", name="Clip").click()
    root.focus()

    # A number a frame is a lane: what is dragged up to selects, its peaks are stops.
    notebook.kernel("str(r.add_signal('loss', [f % 50 for f in range(500)]))")
    expect(root.get_by_role("option", name="Signal loss")).to_be_visible()
    lanes = root.locator(".lanes").bounding_box()
    mouse = widget.page.mouse
    mouse.move(lanes["x"] + 90, lanes["y"] + 22)
    mouse.down()
    mouse.move(lanes["x"] + 90, lanes["y"] + 8, steps=4)
    mouse.up()
    threshold = root.get_by_role("button", name=re.compile("^loss ≥ "))
    expect(threshold).to_be_visible()
    widget.goto(0)
    root.focus()
    widget.press("w", "w")
    widget.wait_frame(99)
    widget.press("q")
    widget.wait_frame(49)
    threshold.click()
    expect(threshold).to_have_count(0)

    # The cell runs again: labels, numbers and verdicts are back, with who said it.
    notebook.run_all()
    again = notebook.widget().root
    expect(again.get_by_role("note", name="Progress")).to_have_text(done)
    expect(again.get_by_label("IDF1", exact=True)).to_have_text(end)
    row = again.get_by_role("group", name="Errors").get_by_role("button").first
    expect(row).to_have_attribute("aria-label", re.compile("Model wrong$"))
    row.click()
    said = again.get_by_role("region", name="Verdict")
    expect(said).to_contain_text("ada")
    expect(said.get_by_role("radio", name="Model")).to_be_checked()
    assert notebook.kernel("len(r.reviewed.verified)") == 1
