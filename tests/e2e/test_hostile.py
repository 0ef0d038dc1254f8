"""Names of strangers are text: in the widget, in tables, in what went wrong.

What would be markup counts itself: as a script that ran, as what the page's policy
forbids once it has one, and as an element that is there.
"""

import pytest
from playwright.sync_api import expect

from tests.e2e import clip

MARKUP = (
    "<img src=x onerror=window.ran++><script>window.ran++</script>"
    "<svg onload=window.ran++></svg>\"'`]]>&lt;\u202e\u200b\x07"
)
OPEN = f"""
import boxreel as br
from boxreel.model import Attribute, Event, Label
bad = {MARKUP!r}
kinds = [
    Attribute(bad, "text", default=bad),
    Attribute("pose" + bad, "choice", choices=(bad, "sits"), default=bad),
]
video = br.open_video({{video!r}})
w = br.Annotator([video, {{other!r}}], labels=[Label(bad, attributes=kinds), "car"],
                 save_to=None, author=bad, keymap={{{{}}}})
a = w.annotation.add_track(bad, {{{{0: (40, 60, 80, 50), 30: (60, 60, 80, 50)}}}})
w.annotation = a.apply(
    br.edits.SetNote(bad, track=1), br.edits.SetNote(bad, frame=0),
    br.edits.AddEvent(Event(1, bad, 0, 9, (1,), {{{{bad: bad}}}})),
)
w.show({{{{"frame": [0, 3], "text": [bad, bad]}}}}, bad)
w.selection = (1,)
w
"""
TABLES = """
from IPython.display import HTML, display
other = w.annotation.add_track(bad, {0: (45, 60, 80, 50)})
for shown in (
    w.annotation, w.annotation.tracks[1], w.annotation.at(0), w.annotation.keyframes(),
    w.annotation.tracks[1].keyframes, br.lint(other), br.agree(w.annotation, other),
    br.evaluate(w.annotation, other), br.compare(w.annotation, other),
    br.rebase(w.annotation, other),
):
    display(shown)
    if hasattr(shown, "_repr_html_"):
        display(HTML(shown._repr_html_()))
raise br.errors.FormatError(bad)
"""
POLICY = """
() => {
  window.ran = 0;
  window.forbidden = [];
  addEventListener("securitypolicyviolation", (event) => {
    window.forbidden.push(`${event.violatedDirective} ${event.blockedURI}`);
  });
  const policy = document.createElement("meta");
  policy.httpEquiv = "Content-Security-Policy";
  policy.content = "script-src 'self' blob: 'unsafe-eval'; img-src 'self' data: blob:";
  document.head.append(policy);
}
"""
WORKS = """
() => {
  document.body.insertAdjacentHTML("beforeend", "<img src=x onerror='window.ran++'>");
  return new Promise((done) => setTimeout(done, 500));
}
"""
"""What the counters have to see, or the test could not fail."""
ELEMENTS = "img, script, svg[onload], [onerror], [onload]"


@pytest.fixture
def notebook(lab, open_notebook):
    folder = lab.root / "hostile"
    folder.mkdir()
    video = clip.write(folder / "<img src=x onerror=window.ran++>.mp4")
    other = clip.write(folder / "'\"><script>window.ran++<⁄script>.mp4")
    return open_notebook(OPEN.format(video=str(video), other=str(other)), TABLES)


def test_names_of_strangers_are_text_everywhere(notebook):
    page = notebook.page
    page.evaluate(POLICY)
    notebook.menu("Run", "Run All Cells")
    widget = notebook.widget()
    widget.wait_frame(0)
    root = widget.root
    root.get_by_text("#1 <img src=x").first.wait_for()
    outputs = page.locator(".jp-OutputArea-output")
    expect(outputs.last).to_contain_text("FormatError")

    widget.stage.focus()
    for opens in ("Control+k", "Control+h", "?"):
        widget.press(opens, "Escape")
    widget.drag((200, 100), (280, 150))
    widget.stage.focus()
    widget.press("n")
    widget.draw_box(200, 100, 60, 50)
    widget.wait_synced()
    x, y = widget.stage_point(80, 85)
    page.mouse.click(x, y, button="right")
    widget.press("Escape")
    notebook.kernel("w._link._notice(bad)")
    expect(root.locator(".notice").last).to_contain_text("<script>")
    notebook.kernel("w._link.playlist.current.reported.append(bad)")
    notebook.kernel("w._post({'kind': 'warnings', 'warnings': [bad, bad]}, [])")
    notebook.kernel(
        "w._post({'kind': 'save', 'state': 'error', 'text': bad, 'path': bad}, [])"
    )
    expect(root).to_have_attribute("data-save", "error")

    assert root.locator(ELEMENTS).count() == 0
    assert outputs.locator(ELEMENTS).count() == 1  # the still picture's own
    assert page.evaluate("[window.ran, window.forbidden]") == [0, []]
    page.evaluate(WORKS)
    ran, forbidden = page.evaluate("[window.ran, window.forbidden]")
    assert ran or forbidden
