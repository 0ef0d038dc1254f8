"""Put boxes on a video inside a Jupyter notebook.

Names are loaded when they are first used, so that importing the package is quick.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from boxreel import demo, errors
    from boxreel.dataset import export_dataset
    from boxreel.export import export_clip, export_frames
    from boxreel.formats import read, write
    from boxreel.journal import compact, history, restore
    from boxreel.metrics import evaluate
    from boxreel.model import (
        Annotation,
        Attribute,
        Box,
        Event,
        Keyframes,
        Label,
        Track,
        edits,
        realign,
    )
    from boxreel.review import agree, compare, lint, rebase
    from boxreel.tracking import track
    from boxreel.video import open_video
    from boxreel.widget import Annotator
    from boxreel.widget.review import Review

    __version__: str

__all__ = [
    "Annotation",
    "Annotator",
    "Attribute",
    "Box",
    "Event",
    "Keyframes",
    "Label",
    "Review",
    "Track",
    "agree",
    "compact",
    "compare",
    "demo",
    "edits",
    "errors",
    "evaluate",
    "export_clip",
    "export_dataset",
    "export_frames",
    "history",
    "lint",
    "open_video",
    "read",
    "realign",
    "rebase",
    "restore",
    "track",
    "write",
]

_HOMES = {
    "Annotator": "boxreel.widget",
    "agree": "boxreel.review",
    "Review": "boxreel.widget.review",
    "compact": "boxreel.journal",
    "compare": "boxreel.review",
    "evaluate": "boxreel.metrics",
    "export_clip": "boxreel.export",
    "export_dataset": "boxreel.dataset",
    "export_frames": "boxreel.export",
    "lint": "boxreel.review",
    "history": "boxreel.journal",
    "open_video": "boxreel.video",
    "read": "boxreel.formats",
    "rebase": "boxreel.review",
    "restore": "boxreel.journal",
    "write": "boxreel.formats",
    "track": "boxreel.tracking",
}


def __getattr__(name: str) -> object:
    value: object
    if name == "__version__":
        value = import_module("importlib.metadata").version("boxreel")
    elif name not in __all__:
        raise AttributeError(f"module 'boxreel' has no attribute {name!r}")
    elif name in ("demo", "errors"):
        value = import_module(f"boxreel.{name}")
    else:
        value = getattr(import_module(_HOMES.get(name, "boxreel.model")), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
