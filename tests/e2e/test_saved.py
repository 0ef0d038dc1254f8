"""What a notebook keeps of a widget, for when it is looked at without a kernel."""

from playwright.sync_api import expect

from tests.e2e import clip

OPEN = """
import boxreel as br
w = br.Annotator("saved.mp4", labels=["car"], save_to=None)
w._still._rest = 0.1
w
"""


def test_a_saved_notebook_is_small_and_has_a_picture_of_the_boxes(lab, open_notebook):
    clip.write(lab.root / "saved.mp4")
    notebook = open_notebook(OPEN)
    notebook.run_all()
    notebook.widget().draw(40, 60, 80, 50)
    page = notebook.page
    line = page.get_by_text("frame 0 of 0 to 119, 1 track. Run this cell")
    expect(line).to_have_count(1)
    expect(line).not_to_be_visible()
    notebook.save()
    assert notebook.path.stat().st_size < 60_000
    assert "data:image/jpeg;base64," in notebook.path.read_text()
    notebook.kernel("w.close()")
    expect(line).to_be_visible()
    expect(page.get_by_role("img", name="frame 0")).to_be_visible()
