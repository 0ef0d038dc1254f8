"""Two people at one notebook, by JupyterLab's real-time collaboration, and Python."""

from pathlib import Path

from playwright.sync_api import Page, expect

from boxreel import history, restore
from tests.e2e import chromium, clip
from tests.e2e.lab import IS_IDLE
from tests.e2e.widget import Widget
from tests.hosts.server import INSTALLED, serving, write_notebook
from tests.hosts.test_hosts import JUPYTER

pytestmark = INSTALLED

CELL = """
from threading import Thread

import boxreel as br

w = br.Annotator("street.mp4", labels=["car"])
places = {1: (20, 60, 40, 40), 2: (200, 60, 40, 40), 3: (120, 10, 20, 20)}
for id, place in places.items():
    if id not in w.annotation.tracks:
        w.annotation = w.annotation.add_track("car", {0: place}, id=id)


def answer(change):
    if change.client and change.edit:
        edit = br.edits.SetKeyframe(3, change.revision, (120, 10, 20, 20))
        Thread(target=w.apply, args=[edit]).start()


w.on_edit(answer)
w
"""
ROUNDS = 5


def opened(page: Page, url: str) -> Page:
    page.set_default_timeout(60_000)
    page.goto(f"{url}/doc/tree/notebook.ipynb")
    page.wait_for_function(IS_IDLE, arg="notebook.ipynb")
    return page


def run(page: Page) -> None:
    page.evaluate("jupyterapp.commands.execute('notebook:run-all-cells')")


def test_what_two_people_and_python_do_is_there_once(browser, tmp_path):
    expect.set_options(timeout=30_000)
    clip.write(tmp_path / "street.mp4")
    write_notebook(tmp_path, CELL)
    exposed = "--LabApp.expose_app_in_browser=True"
    other = browser.browser.new_context(viewport=chromium.SIZE)
    with serving(tmp_path, "jupyterlab", *JUPYTER, exposed) as url:
        one = opened(browser.new_page(), url)
        run(one)
        Widget(one.locator(".br[role=region]"))
        two = opened(other.new_page(), url)
        # JupyterLab trusts what others have run as little as a file from a stranger.
        expect(two.get_by_text("Run this cell to go on labelling")).to_be_visible()
        run(two)
        widgets = [Widget(page.locator(".br[role=region]")) for page in (one, two)]
        starts = [(40, 80), (220, 80)]
        for _ in range(ROUNDS):
            ends = [(x + 10, y) for x, y in starts]
            for widget, start, end in zip(widgets, starts, ends, strict=True):
                widget.page.mouse.move(*widget.stage_point(*start))
                widget.page.mouse.down()
                widget.page.mouse.move(*widget.stage_point(*end), steps=3)
            for widget in widgets:
                widget.page.mouse.up()
            starts = ends
        made = revision_of(widgets, f"3 tracks, {2 + 1 + 2 * ROUNDS} keyframes")
        labels = tmp_path / "street.boxreel.json"
        assert places(labels) == [70, 250]
        widgets[0].press("Control+z")
        for widget in widgets:
            expect(widget.root).to_have_attribute("data-revision", str(made + 1))
        assert places(labels) == [60, 250]
        said = history(labels)
        moved = said[said["client"].notna() & (said["kind"] == "set_keyframe")]
        assert sorted(moved.groupby("client").size()) == [ROUNDS, ROUNDS]
        assert said["revision"].tolist() == [*range(made + 2)]
        one.close()
    other.close()


def revision_of(widgets: list[Widget], text: str) -> int:
    """Return the revision that all are at, once they say what is to be there."""
    for widget in widgets:
        expect(widget.root).to_contain_text(text)
        widget.wait_synced()
    one, *others = [widget.root.get_attribute("data-revision") for widget in widgets]
    assert others == [one]
    return int(one)


def places(labels: Path) -> list[int]:
    """Return where the boxes of the two are, in whole pixels."""
    tracks = restore(labels).tracks
    return [round(tracks[id].at(0).x) for id in (1, 2)]
