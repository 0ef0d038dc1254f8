"""The plug is pulled under a page, once for each fault; `faults.py` does it often."""

from collections.abc import Iterator

import pytest

from tests.e2e.faults import FAULTS, Work


@pytest.fixture(scope="module")
def work(lab, browser) -> Iterator[Work]:
    """A page of its own: the line of one that is loaded already cannot be cut."""
    for page in browser.pages:
        page.close()
    page = browser.new_page()
    work = Work(lab, page, "faults")
    yield work
    work.notebook.close()
    page.close()


@pytest.mark.parametrize("name", FAULTS)
def test_nothing_is_lost(work, name):
    work.edit(2)
    FAULTS[name](work, 2)
    work.edit(1)
    assert work.lost() == 0
