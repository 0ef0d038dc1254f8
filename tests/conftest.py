"""What holds for all tests: no deadline, no cache on disk, the same examples in CI."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

# What a change is held against in CI does not depend on chance; here it searches on.
settings.register_profile(
    "boxreel", deadline=None, derandomize=os.environ.get("CI") == "true"
)
settings.load_profile("boxreel")

# Nobody's own cache of frames is touched, also not by a kernel that a test starts.
os.environ["BOXREEL_CACHE"] = ""

# Plots open no window.
os.environ["MPLBACKEND"] = "Agg"


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests come last: playwright keeps an event loop running here."""
    items.sort(key=lambda item: item.get_closest_marker("e2e") is not None)


@pytest.fixture(scope="session")
def test_data() -> Path:
    """The folder of real clips and labels; without it tests that need it skip."""
    folder = os.environ.get("BOXREEL_TEST_DATA")
    if not folder:
        pytest.skip("BOXREEL_TEST_DATA names no folder with real material")
    return Path(folder)
