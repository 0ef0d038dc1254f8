"""The browser's half of the widget: a script and its loader, from ``make build``."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

from boxreel.errors import BoxreelError

SCRIPT = Path(__file__).parent / "static" / "widget.js"
HOT_RELOAD = os.environ.get("ANYWIDGET_HMR") == "1"
"""Whether a developer wants every build to show at once in open notebooks."""


@cache
def script() -> str:
    """Return the text of the built script.

    Raises
    ------
    BoxreelError
        If it was not built, which happens in a fresh clone only.
    """
    return _built(SCRIPT)


@cache
def loader() -> str:
    """Return the text of the script that loads the other one, once a page.

    Raises
    ------
    BoxreelError
        As `script`.
    """
    return _built(SCRIPT.with_name("loader.js"))


@cache
def keymap() -> str:
    """Return the key map that the script has, as JSON.

    Raises
    ------
    BoxreelError
        As `script`.
    """
    return _built(SCRIPT.with_name("keymap.json"))


def _built(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise BoxreelError(
            f"the browser part of the widget is not built: {path} is missing; "
            "run `make build` in the repository (wheels contain it)"
        ) from None
