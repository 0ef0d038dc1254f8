"""A review by keys: from error to error, a fix, the numbers that Python has, undo."""

from playwright.sync_api import expect

OPEN = """
import boxreel as br
scene = br.demo.street()
r = br.Review(scene.truth, br.demo.street_predictions(), scene.path, save_to=None)
r
"""
NUMBER = "f\"{100 * r.comparison.evaluation['IDF1']:.1f}\""


def test_errors_are_gone_through_and_a_fix_moves_the_numbers(open_notebook):
    notebook = open_notebook(OPEN)
    notebook.run_all()
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

    # The second side alone, and back.
    widget.press("d", "d")
    sides = root.get_by_role("radiogroup", name="Sides shown")
    expect(sides.get_by_role("radio", name="Preds")).to_be_checked()
    widget.press("d")

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
    note = root.get_by_role("note")
    expect(note).to_contain_text("by 1 label fix")
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

    # The labels alone, and back.
    notebook.kernel("setattr(r, 'iou', 0.5)")
    root.focus()
    widget.press("Shift+V")
    expect(place).to_have_count(0)
    widget.press("Shift+V")
    expect(root.get_by_role("grid", name="Errors")).to_be_visible()
