"""Put boxes on a video inside a Jupyter notebook.

Names are loaded when they are first used, so that importing the package is quick.
"""

from __future__ import annotations

from importlib import import_module
from importlib.metadata import version
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from boxreel import demo, errors
    from boxreel.formats import read, write
    from boxreel.model import (
        Annotation,
        Attribute,
        Box,
        Event,
        Label,
        Track,
        VideoInfo,
        edits,
    )
    from boxreel.video import open_video
    from boxreel.widget import Annotator

__all__ = [
    "Annotation",
    "Annotator",
    "Attribute",
    "Box",
    "Event",
    "Label",
    "Track",
    "VideoInfo",
    "demo",
    "edits",
    "errors",
    "open_video",
    "read",
    "write",
]

__version__ = version("boxreel")

_HOMES = {
    "Annotator": "boxreel.widget",
    "open_video": "boxreel.video",
    "read": "boxreel.formats",
    "write": "boxreel.formats",
    "demo": "",
    "errors": "",
}


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module 'boxreel' has no attribute {name!r}")
    home = _HOMES.get(name, "boxreel.model")
    value: object = (
        getattr(import_module(home), name) if home else import_module(f"boxreel.{name}")
    )
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
