"""A review by keys: from error to error, verdicts, fixes, numbers that follow, undo."""

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from boxreel import demo

# The clip that this process has made is not made again by the kernel.
CACHE = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
OPEN = f"""
import os
os.environ["XDG_CACHE_HOME"] = {CACHE!r}
import boxreel as br
scene = br.demo.street()
damage = br.edits.SetLabel(3, "bus"), br.edits.SwapTracks(4, 6, 100)
truth = scene.truth.apply(*damage)
r = br.Review(truth, br.demo.street_predictions(), scene.path,
              save_to="street.boxreel.json", author="ada")
r
"""
NUMBER = "f\"{100 * r.comparison.evaluation['IDF1']:.1f}\""

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
    root.get_by_role("checkbox", name="Miss", exact=True).click()
    rest = sum(kind != "miss" for kind, *_ in errors)
    expect(place).to_contain_text(f"/ {rest}")
    root.get_by_role("checkbox", name="Miss", exact=True).click()

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
    row = root.get_by_role("grid", name="Errors").get_by_role("button").nth(index)
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
    expect(root.get_by_role("grid", name="Errors")).to_be_visible()


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

    # A number a frame is a lane: what is dragged up to selects, its peaks are stops.
    notebook.kernel("str(r.add_signal('loss', [f % 50 for f in range(500)]))")
    expect(root.get_by_role("option", name="Signal loss")).to_be_visible()
    lanes = root.locator(".lanes").bounding_box()
    mouse = widget.page.mouse
    mouse.move(lanes["x"] + 90, lanes["y"] + 22)
    mouse.down()
    mouse.move(lanes["x"] + 90, lanes["y"] + 8, steps=4)
    mouse.up()
    widget.goto(0)
    root.focus()
    widget.press("w", "w")
    widget.wait_frame(99)

    # The cell runs again: labels, numbers and verdicts are back, with who said it.
    notebook.run_all()
    again = notebook.widget().root
    expect(again.get_by_role("note", name="Progress")).to_have_text(done)
    expect(again.get_by_label("IDF1", exact=True)).to_have_text(end)
    row = again.get_by_role("grid", name="Errors").get_by_role("button").first
    expect(row).to_have_attribute("aria-label", re.compile("Model wrong$"))
    row.click()
    said = again.get_by_role("region", name="Verdict")
    expect(said).to_contain_text("ada")
    expect(said.get_by_role("radio", name="Model")).to_be_checked()
    assert notebook.kernel("len(r.reviewed.verified)") == 1
