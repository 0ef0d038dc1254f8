"""Find what a path, a pattern or a URL names: one file, or the images of a folder."""

from __future__ import annotations

import glob
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TypeVar

from boxreel.errors import VideoError
from boxreel.video.origin import (
    Origin,
    connected,
    from_path,
    from_url,
    refused,
    small_files,
)

SUFFIXES = {".bmp", ".jpeg", ".jpg", ".png", ".ppm", ".pgm", ".tif", ".tiff", ".webp"}
"""Which files of a folder are its frames."""

AnyPath = TypeVar("AnyPath", Path, PurePosixPath)


@dataclass(frozen=True)
class Images:
    """Images that are the frames of one video, in order.

    Parameters
    ----------
    files : list of Origin
        One each.
    name : str
        What messages call them together.
    folder : pathlib.Path, optional
        Where they are, if they are all of a folder of this computer.
    """

    files: list[Origin]
    name: str
    folder: Path | None = None


def find(place: str | os.PathLike[str]) -> Origin | Images:
    """Find a file, or images by their folder or a pattern; near, or far by a URL.

    Raises
    ------
    VideoError
        If there is nothing, or many files that are no images.
    """
    if not os.fspath(place):
        raise VideoError("an empty path names no video; name a file or a folder")
    if isinstance(place, str) and "://" in place:
        return _far(place)
    return _near(Path(place).expanduser())


def listed(places: Iterable[str | os.PathLike[str]]) -> Images:
    """Name images one by one, by path or URL, in the order given.

    Raises
    ------
    VideoError
        If a server or what is needed to ask it is not there.
    """
    given = [os.fspath(place) for place in places]
    far = iter(small_files([connected(place) for place in given if "://" in place]))
    files = [
        next(far) if "://" in place else from_path(Path(place).expanduser())
        for place in given
    ]
    name = PurePosixPath(given[0]).parent.name
    if files[0].path is not None:
        name = files[0].path.parent.resolve().name
    return Images(files, name)


def natural_order(paths: Iterable[AnyPath]) -> list[AnyPath]:
    """Sort paths as people count: `2.png` comes before `10.png`.

    Examples
    --------
    >>> [p.name for p in natural_order([Path("f10.png"), Path("f9.png")])]
    ['f9.png', 'f10.png']
    """

    def key(path: AnyPath) -> list[tuple[int, str]]:
        parts = re.split(r"(\d+)", str(path).lower())
        return [(int(p), "") if p.isdecimal() else (-1, p) for p in parts]

    return sorted(paths, key=key)


def _near(path: Path) -> Origin | Images:
    if path.is_dir():
        found = _images(path.iterdir(), f"the folder {path}")
        return Images([*map(from_path, found)], path.resolve().name, path)
    if path.exists():
        return from_path(path)
    matches = [Path(match) for match in glob.glob(str(path), recursive=True)]  # noqa: PTH207 - any pattern
    if not matches:
        raise VideoError(f"{path} does not exist; seen from {Path.cwd()}")
    if len(matches) == 1:
        return _near(matches[0])
    return Images([*map(from_path, _images(matches, f"{path}"))], path.name)


def _far(url: str) -> Origin | Images:
    system, path = connected(url)
    place = PurePosixPath(path)
    try:
        if "*" in path:
            inside = system.glob(path)
        elif url.endswith("/") or (not place.suffix and system.isdir(path)):
            inside = system.ls(path, detail=False)
        else:
            return from_url(url)
    except (ImportError, ValueError, OSError) as error:
        raise refused(url, error) from error
    found = _images(map(PurePosixPath, inside), url)
    return Images(small_files([(system, str(file)) for file in found]), place.name)


def _images(paths: Iterable[AnyPath], where: str) -> list[AnyPath]:
    """Choose the images in natural order, hidden ones left out."""
    inside = [path for path in paths if not path.name.startswith(".")]
    found = [path for path in inside if path.suffix.lower() in SUFFIXES]
    if not found:
        expected = ", ".join(sorted(SUFFIXES))
        others = ", ".join(path.name for path in natural_order(inside)[:3])
        instead = f" but {others}; name one file" if others else ""
        raise VideoError(f"{where} holds no images ({expected}){instead}")
    return natural_order(found)
