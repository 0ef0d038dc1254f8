"""One JupyterLab and one Chromium a process for the browser tests, and notebooks."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import mkdtemp

import pytest
from playwright.sync_api import BrowserContext

from tests.e2e import chromium
from tests.e2e.lab import Lab, Notebook

OPEN = pytest.StashKey[list[Notebook]]()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.e2e)


@pytest.fixture(scope="session")
def browser() -> Iterator[BrowserContext]:
    """Chromium with an empty profile."""
    program = chromium.find()
    if program is None:
        reason = "no Chromium found: `make .venv/chromium` installs one"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    with chromium.launch(program) as context:
        yield context


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """The server; ``lab.root`` is the folder of the notebooks."""
    lab = Lab(tmp_path_factory.mktemp("lab"))
    yield lab
    lab.close()


Open = Callable[..., Notebook]


@pytest.fixture
def open_notebook(
    request: pytest.FixtureRequest, browser: BrowserContext, lab: Lab
) -> Iterator[Open]:
    """``open_notebook(cell, ...)`` opens a new notebook of these cells, not run yet."""
    yield from _opener(request, browser, lab)


@pytest.fixture(scope="module")
def keep_notebook(
    request: pytest.FixtureRequest, browser: BrowserContext, lab: Lab
) -> Iterator[Open]:
    """As `open_notebook`; what it opens is there for all tests of the module."""
    yield from _opener(request, browser, lab)


def _opener(
    request: pytest.FixtureRequest, browser: BrowserContext, lab: Lab
) -> Iterator[Open]:
    """Open notebooks in the page of the test before, when nothing failed in it.

    JupyterLab takes longer to load than most tests to run.
    """
    notebooks = request.node.stash.setdefault(OPEN, [])
    page = browser.pages[0] if browser.pages else browser.new_page()
    page.set_viewport_size(chromium.SIZE)

    def open_notebook(*cells: str) -> Notebook:
        name = f"{Path(request.node.name).stem}-{len(notebooks)}"
        notebooks.append(Notebook(lab, page, list(cells), name))
        return notebooks[-1]

    yield open_notebook
    for notebook in notebooks:
        notebook.close()
    if request.session.testsfailed:
        page.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Keep what the browser showed when a test failed."""
    report = yield
    if report.when == "call" and report.failed:
        for notebook in item.stash.get(OPEN, []) + item.parent.stash.get(OPEN, []):
            folder = Path(mkdtemp(prefix="boxreel-failure-"))
            notebook.page.screenshot(path=folder / "page.png")
            (folder / "console.log").write_text("\n".join(notebook.console))
            report.sections.append(
                ("browser", f"see page.png, console.log in {folder}")
            )
    return report
