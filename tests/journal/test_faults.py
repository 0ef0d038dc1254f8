"""The plug is pulled, a few times for each fault; `faults.py` does it twenty times."""

from __future__ import annotations

import os

import pytest

from tests.journal.faults import FAULTS, pulled, tiny


@pytest.mark.parametrize("name", FAULTS)
@pytest.mark.parametrize("seed", [1, 2])
def test_nothing_that_was_confirmed_is_lost(name: str, seed: int) -> None:
    if FAULTS[name] is tiny and os.geteuid() != 0:
        pytest.skip("only root mounts a file system")
    assert pulled(FAULTS[name], seed) == 0
