"""Hypothesis profile and the order of the tests."""

import pytest


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests come last: an event loop runs in the main thread once playwright has started."""
    items.sort(key=lambda item: item.get_closest_marker("e2e") is not None)
