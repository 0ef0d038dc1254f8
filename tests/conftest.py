"""What holds for all tests: no deadline on an example, browser tests last."""

import pytest
from hypothesis import settings

settings.register_profile("boxreel", deadline=None)
settings.load_profile("boxreel")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests come last: playwright keeps an event loop running here."""
    items.sort(key=lambda item: item.get_closest_marker("e2e") is not None)
