"""A report is a file: opened from disk, without a network, it shows all that it has."""

import pytest
from playwright.sync_api import BrowserContext

import boxreel as br

BROKEN = "images => images.filter(i => !i.complete || !i.naturalWidth).length"
WIDE = "page => page.scrollWidth - page.clientWidth"


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    scene = br.demo.street()
    r = br.compare(scene.truth, br.demo.street_predictions())
    switch = next(error for error in r.errors if error.kind == "switch")
    r.pin("switch <behind> the bus", switch)
    folder = tmp_path_factory.mktemp("report")
    return r.report(folder / "report.html", video=scene.path, worst=4)


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
    assert page.get_by_role("heading", name="switch <behind> the bus").is_visible()
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
