"""The report of the notebook opens from disk, without a network, with all it has."""

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from playwright.sync_api import BrowserContext

NOTEBOOK = Path(__file__).parents[2] / "notebooks" / "review.ipynb"
BROKEN = "images => images.filter(i => !i.complete || !i.naturalWidth).length"
WIDE = "page => page.scrollWidth - page.clientWidth"


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    folder = tmp_path_factory.mktemp("report")
    (pin,) = (cell for cell in notebook.cells if "r.pin(" in cell.source)
    pin.source = pin.source.replace("taken for", "taken <b>for")
    resources = {"metadata": {"path": str(folder)}}
    NotebookClient(notebook, timeout=120, resources=resources).execute()
    return folder / "report.html"


@pytest.mark.parametrize(("scheme", "width"), [("light", 1120), ("dark", 400)])
def test_it_opens_without_a_network(report, browser: BrowserContext, scheme, width):
    size = {"width": width, "height": 800}
    context = browser.browser.new_context(
        offline=True, color_scheme=scheme, viewport=size
    )
    page = context.new_page()
    said, asked = [], []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(report.as_uri())
    assert (said, [url for url in asked if url[:5] != "data:"]) == (
        [],
        [report.as_uri()],
    )
    assert page.get_by_role("heading", name="taken <b>for each other").is_visible()
    pictures = page.get_by_role("img", name="Frame 253:")
    assert pictures.count() >= 2
    assert page.locator("img").evaluate_all(BROKEN) == 0
    assert page.locator("html").evaluate(WIDE) <= 0
    assert page.get_by_role("row", name="Fragmentation 193").is_visible()
    page.get_by_text("by size").click()
    assert page.get_by_role("row", name="medium").is_visible()
    ground = page.locator("body").evaluate("b => getComputedStyle(b).backgroundColor")
    assert (sum(map(int, ground[4:-1].split(","))) > 384) is (scheme == "light")
    context.close()
