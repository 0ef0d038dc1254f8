"""The widget in other notebooks: it opens, shows its frame, and what is drawn is read.

``make test-hosts`` installs them. What is read in Python comes back to the page, as a
text beside the widget; so nothing is asked of a host but what a person has.
"""

import pytest
from playwright.sync_api import Page, expect

from boxreel import open_video
from tests.e2e import clip
from tests.e2e.lab import IS_IDLE
from tests.e2e.pixels import OF_BARS, assert_shows
from tests.e2e.widget import Widget
from tests.hosts.server import INSTALLED, serving, write_notebook

pytestmark = INSTALLED

CELL = """
import boxreel as br
import ipywidgets

w = br.Annotator("street.mp4", labels=["car"])
said = ipywidgets.Label("nothing yet")


def say(change):
    box = change.new.tracks[1].at(w.frame)
    said.value = f"frame {w.frame}: {box.x:.0f} {box.y:.0f} {box.w:.0f} {box.h:.0f}"


w.observe(say, "annotation")
display(w, said)
"""

MARIMO = """
import marimo

app = marimo.App()


@app.cell
def _():
    import marimo as mo
    import boxreel as br

    w = br.Annotator("street.mp4", labels=["car"])
    shown = mo.ui.anywidget(w)
    shown
    return mo, shown, w


@app.cell
def _(mo, shown, w):
    shown.value
    boxes = [track.at(w.frame) for track in w.annotation.tracks.values()]
    mo.md(f"frame {w.frame}: " + " ".join(
        f"{b.x:.0f} {b.y:.0f} {b.w:.0f} {b.h:.0f}" for b in boxes))
    return


if __name__ == "__main__":
    app.run()
"""


@pytest.fixture
def folder(tmp_path):
    """A folder with a video and a notebook of it for each host."""
    clip.write(tmp_path / "street.mp4")
    write_notebook(tmp_path, CELL)
    (tmp_path / "app.py").write_text(MARIMO)
    return tmp_path


@pytest.fixture
def page(browser):
    page = browser.new_page()
    page.set_default_timeout(60_000)
    yield page
    page.close()


def label(page: Page, folder) -> None:
    """Go to a frame, see that it is the one, draw a box, and read it."""
    expect.set_options(timeout=30_000)
    widget = Widget(page.locator(".br[role=region]").first)
    expect(page.locator(".br[role=region]")).to_have_count(1)
    widget.stage.focus()
    widget.press("Shift+0")
    widget.goto(50)
    with open_video(folder / "street.mp4") as video:
        assert_shows(widget, video, 50, OF_BARS)
    widget.draw(40, 60, 80, 50)
    expect(page.get_by_text("frame 50: 40 60 80 50")).to_be_visible()
    # The picture for a page without a kernel is not seen beside the widget.
    expect(page.get_by_text("Still picture")).not_to_be_visible()


JUPYTER = ("--no-browser", "--allow-root", "--port={port}", "--IdentityProvider.token=")
# It draws a widget where its manager was there before the cell ran.
KNOWS_WIDGETS = """
() => {
  const kernel = globalThis.Jupyter?.notebook?.kernel;
  const ready = kernel?.info_reply?.status === "ok";
  return ready && kernel.comm_manager.targets["jupyter.widget"];
}
"""


@pytest.mark.parametrize(
    ("module", "app", "path"),
    [
        ("jupyterlab", "LabApp", "doc/tree"),
        ("notebook", "JupyterNotebookApp", "notebooks"),
    ],
)
def test_jupyterlab_and_notebook_7(page, folder, module, app, path):
    exposed = f"--{app}.expose_app_in_browser=True"
    alone = "--YDocExtension.disable_rtc=True"
    with serving(folder, module, *JUPYTER, exposed, alone) as url:
        page.goto(f"{url}/{path}/notebook.ipynb")
        page.wait_for_function(IS_IDLE, arg="notebook.ipynb")
        page.evaluate("jupyterapp.commands.execute('notebook:run-all-cells')")
        label(page, folder)


def test_nbclassic(page, folder):
    with serving(folder, "nbclassic", *JUPYTER) as url:
        page.goto(f"{url}/nbclassic/notebooks/notebook.ipynb")
        page.wait_for_function(KNOWS_WIDGETS)
        page.evaluate("Jupyter.notebook.execute_all_cells()")
        label(page, folder)


def test_voila(page, folder):
    server = ("notebook.ipynb", "--no-browser", "--port={port}", "--Voila.ip=127.0.0.1")
    with serving(folder, "voila", *server) as url:
        page.goto(url)
        label(page, folder)


@pytest.mark.parametrize("command", ["run", "edit"])
def test_marimo(page, folder, command):
    server = (command, "app.py", "--headless", "--no-token", "--port={port}")
    with serving(folder, "marimo", *server) as url:
        page.goto(url)
        if command == "edit":
            page.get_by_test_id("cell-status").first.wait_for(state="attached")
            page.get_by_test_id("run-button").last.click()
        label(page, folder)
