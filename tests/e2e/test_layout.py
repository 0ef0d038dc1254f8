"""The widget in narrow pages, other themes, and for those who do not see it."""

import pytest
from playwright.sync_api import expect

from tests.e2e import clip

OPEN = """
import boxreel as br
w = br.Annotator("layout.mp4", labels=["car", "person"], save_to=None)
w
"""
# Whether the numbers of the ruler are light on dark, or dark on light.
SHADES = """
(host, dark) => {
  const canvas = host.querySelector("canvas");
  const context = canvas.getContext("2d");
  const { data } = context.getImageData(canvas.width / 2, 0, canvas.width / 2, 12);
  const ink = [];
  for (let i = 0; i < data.length; i += 4) {
    if (data[i + 3] > 100) {
      ink.push((data[i] + data[i + 1] + data[i + 2]) / 3);
    }
  }
  return ink.length > 0 && ink.every((light) => (dark ? light > 200 : light < 55));
}
"""


@pytest.fixture
def notebook(lab, open_notebook):
    clip.write(lab.root / "layout.mp4")
    notebook = open_notebook(OPEN)
    notebook.run_all()
    return notebook


def outside(widget):
    """Names of the controls that stick out of the widget or have no size."""
    return widget.root.evaluate(
        """root => {
          const { left, right, top, bottom } = root.getBoundingClientRect();
          return [...root.querySelectorAll("button, input, select, [role=slider]")]
            .map(e => [e.ariaLabel ?? e.title, e.getBoundingClientRect()])
            .filter(([, r]) => r.width > 0)
            .filter(([, r]) => r.left < left || r.right > right + 0.5
              || r.top < top || r.bottom > bottom + 0.5)
            .map(([name]) => name);
        }"""
    )


@pytest.mark.parametrize("width", [640, 800, 1100])
def test_draw_and_keyframe_in_pages_of_any_width(notebook, width):
    widget = notebook.widget()
    page = notebook.page
    beside = 1280 - widget.root.bounding_box()["width"]
    page.set_viewport_size({"width": int(width + beside), "height": 960})
    widget.wait_frame(0)
    widget.draw(40, 60, 80, 50)
    widget.goto(20)
    widget.drag((80, 85), (120, 95))
    widget.wait_synced()
    box = "(lambda b: (b.x, b.y, b.w, b.h))(w.annotation.tracks[1].at({}))"
    assert notebook.kernel(box.format(0)) == pytest.approx((40, 60, 80, 50), abs=1.5)
    assert notebook.kernel(box.format(10)) == pytest.approx((60, 65, 80, 50), abs=2)
    widget.press("o")
    widget.wait_synced()
    assert notebook.kernel("w.annotation.tracks[1].occluded_at(20)") is True
    assert outside(widget) == []


def test_the_picture_stays_where_it_belongs_when_the_page_changes(notebook):
    widget = notebook.widget()
    widget.wait_frame(0)
    for width in (640, 1400, 900):
        notebook.page.set_viewport_size({"width": width, "height": 960})
    for key in "ptpt":
        widget.stage.focus()
        widget.press(key)
        widget.draw(120, 60, 60, 50)
        track = "w.annotation.tracks[max(w.annotation.tracks)]"
        box = f"(lambda b: (b.x, b.y, b.w, b.h))({track}.at(0))"
        assert notebook.kernel(box) == pytest.approx((120, 60, 60, 50), abs=1.5)


def test_the_theme_of_the_notebook_reaches_the_canvases(notebook):
    widget = notebook.widget()
    widget.wait_frame(0)
    ruler = widget.root.get_by_role("slider", name="Frame", exact=True)
    try:
        for theme in ("Dark", "Light", "Dark"):
            notebook.menu("Settings", "Theme", f"JupyterLab {theme}")
            expect(widget.root).to_have_attribute("data-theme", theme.lower())
            test = f"host => ({SHADES})(host, {str(theme == 'Dark').lower()})"
            notebook.page.wait_for_function(test, arg=ruler.element_handle())
    finally:
        notebook.menu("Settings", "Theme", "JupyterLab Light")
    assert not [line for line in notebook.console if line.startswith("uncaught")]


def test_everything_has_a_name(notebook):
    widget = notebook.widget()
    widget.draw(40, 60, 80, 50)
    expect(widget.root).to_have_attribute("role", "region")
    assert "layout.mp4" in widget.root.get_attribute("aria-label")
    unnamed = widget.root.evaluate(
        """root => [...root.querySelectorAll(
             "button, input, select, [role=slider], [role=toolbar], [role=listbox]")]
           .filter(e => !(e.ariaLabel || e.textContent.trim()))
           .map(e => e.outerHTML)"""
    )
    assert unnamed == []
    widget.goto(25)
    for slider in widget.root.locator("[role=slider]").all():
        assert slider.get_attribute("aria-valuenow") == "25"
        assert "Frame 25" in slider.get_attribute("aria-valuetext")
    assert "Frame 25 of 119, 1 box" in widget.stage.get_attribute("aria-label")


def test_capslock_and_tab(notebook):
    widget = notebook.widget()
    widget.draw(40, 60, 80, 50)
    widget.goto(20)
    widget.stage.focus()
    # What a browser says when K is pressed while CapsLock is on.
    widget.stage.dispatch_event(
        "keydown", {"key": "K", "code": "KeyK", "bubbles": True, "composed": True}
    )
    widget.wait_synced()
    assert notebook.kernel("w.annotation.tracks[1].keyframes.frames.tolist()") == [
        0,
        20,
    ]
    inside = "root => root.contains(root.getRootNode().activeElement)"
    for _ in range(60):
        widget.press("Tab")
        if not widget.root.evaluate(inside):
            break
    else:
        pytest.fail("Tab never leaves the widget")
