"""The line to the kernel is cut, and the page loaded anew: nothing is lost."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect

from tests.e2e import clip
from tests.e2e.widget import Widget

OPEN = """
import boxreel as br
w = br.Annotator("faults.mp4", labels=["car"])
w
"""
TRACKS = "sorted(map(int, w.annotation.tracks))"


class Cable:
    """The connection of a page to its kernels, which can be cut."""

    def __init__(self, page: Page) -> None:
        self._page, self._open, self._plugs = page, True, []
        page.route_web_socket(re.compile(r"/channels\?"), self._connect)

    def _connect(self, plug: WebSocketRoute) -> None:
        if self._open:
            plug.connect_to_server()
            self._plugs.append(plug)
        else:
            plug.close()

    def cut(self) -> None:
        self._open = False
        for plug in self._plugs:
            plug.close()
        self._plugs.clear()

    def mend(self) -> None:
        self._open = True


def draw(widget: Widget, place: int) -> None:
    """Draw a box without waiting for the kernel."""
    widget.root.get_by_role("button", name="Draw a new box").click()
    widget.draw_box(20 + 50 * place, 30, 40, 30)


@pytest.fixture
def cable(browser) -> Iterator[Cable]:
    """A page of its own: what is loaded already cannot be cut."""
    for page in browser.pages:
        page.close()
    page = browser.new_page()
    yield Cable(page)
    page.close()


def test_nothing_is_lost(lab, cable, open_notebook):
    clip.write(lab.root / "faults.mp4")
    notebook = open_notebook(OPEN)
    page = notebook.page
    notebook.run_all()
    widget = notebook.widget()
    widget.wait_frame(0)
    widget.draw(20, 30, 40, 30)

    # The connection is cut for a while.
    cable.cut()
    draw(widget, 1)
    draw(widget, 2)
    expect(widget.root.get_by_text("Disconnected (2 edits kept here)")).to_be_visible()
    cable.mend()
    expect(widget.root).to_have_attribute("data-pending", "0", timeout=60_000)
    expect(widget.root).to_have_attribute("data-line", "live")
    assert notebook.kernel(TRACKS) == [1, 2, 3]
    assert notebook.kernel("w._session.revision") == 3

    # The page is loaded anew with an edit that could not be sent.
    notebook.save()
    cable.cut()
    draw(widget, 3)
    expect(widget.root.get_by_text("Disconnected (1 edit kept here)")).to_be_visible()
    cable.mend()
    page.reload()
    notebook._wait_idle()
    widget = notebook.widget()
    offer = widget.root.get_by_role("alertdialog", name="Edits that were not saved")
    expect(offer).to_contain_text("1 edit made here was not saved.")
    offer.get_by_role("button", name="Show").click()
    expect(offer.get_by_role("listitem")).to_have_text(["new car #4"])
    offer.get_by_role("button", name="Apply").click()
    widget.wait_synced()
    assert notebook.kernel(TRACKS) == [1, 2, 3, 4]
