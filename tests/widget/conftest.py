"""A widget without a notebook: a comm that keeps what is sent, a video of noise."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import comm
import numpy as np
import pytest

from boxreel.widget import Annotator, assets
from tests.widget.fakes import WireComm


@pytest.fixture(autouse=True)
def _wire(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comm, "create_comm", lambda **options: WireComm(**options))
    for each in ("script", "loader"):
        monkeypatch.setattr(assets, each, lambda: "export default {}")


@pytest.fixture
def pictures() -> np.ndarray:
    noise = np.random.default_rng(1)
    return noise.integers(0, 255, (50, 24, 32, 3), np.uint8)


@pytest.fixture
def annotator(pictures: np.ndarray) -> Iterator[Callable[..., Annotator]]:
    """Make annotators, of the pictures unless a video is given, and close them."""
    made: list[Annotator] = []

    def make(*args: Any, **options: Any) -> Annotator:
        options.setdefault("labels", ["car", "person"])
        made.append(Annotator(*(args or (pictures,)), **options))
        return made[-1]

    yield make
    for widget in made:
        widget.close()
