"""Open anything that is a video."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypedDict

from boxreel.errors import VideoError
from boxreel.video.arrays import ArrayVideo, Pictures, Range, indexable, is_array
from boxreel.video.base import Video
from boxreel.video.file import FileVideo
from boxreel.video.find import Images, find, listed, natural_order
from boxreel.video.images import ImageVideo
from boxreel.video.origin import Origin, from_bytes, from_file
from boxreel.video.pages import PagesVideo, holds_image


class Stated(TypedDict):
    """What the caller says of a source that does not know it."""

    fps: float | None
    display_range: Range | None


def open_video(
    source: object, *, fps: float | None = None, display_range: Range | None = None
) -> Video:
    """Open a video file or URL, an array, images in a folder, a list or one file.

    Parameters
    ----------
    source : path, URL, bytes, file object, array, iterable or Video
        A video file, or an image of one or many pages: as a path, its bytes, an open
        file, or a URL such as ``"s3://bucket/street.mp4"`` (with ``boxreel[remote]``).
        An array of bool, uint8, uint16 or float, grey (T, H, W) or with colours last
        (T, H, W, 3) or first (T, 3, H, W), of NumPy or of any library that offers them
        by ``__array__`` or DLPack; what can be indexed, as of zarr, dask or torch, is
        read frame by frame. A folder of images or a pattern such as
        ``"frames/*.png"``, near or as a URL, in natural order: ``frame2`` before
        ``frame10``; so are paths that ``Path.glob`` gives. A list of image paths or
        URLs, or of equal arrays, none of which is copied. A video comes back as it is.
    fps : float, optional
        Frames a second of arrays and images, 30 if not stated. Files know theirs.
    display_range : tuple of float, optional
        The values of arrays and images shown as black and as white. Needless for
        bool, for uint8 (0 to 255) and for float (0 to 1); uint16 needs it.

    Returns
    -------
    Video
        Indexable by frame; close it, or use it in a ``with`` statement.

    Raises
    ------
    VideoError
        If the source cannot be opened; the message says why.

    Notes
    -----
    To open a far MP4 or MOV only its index is fetched, a tenth of ten seconds at
    8 Mbit/s and less of longer ones, and for a frame the pictures from its keyframe
    on. MKV, WebM, MPEG-TS and AVI are read through once, 1.0 to 1.2 times their size:
    where they have an index it lists keyframes, or no times, and the exact table of
    frames stands between the pictures. Far images are fetched one by one when shown.

    Examples
    --------
    >>> import numpy as np
    >>> with open_video(np.zeros((90, 4, 6), bool)) as v:
    ...     len(v), v.fps, v[89].shape
    (90, 30.0, (4, 6, 3))
    """
    stated = Stated(fps=fps, display_range=display_range)
    if isinstance(source, Video):
        _refuse("a video that is open already", stated)
        return source
    if isinstance(source, (bytes, bytearray, memoryview)):
        return _open_origin(from_bytes(bytes(source)), stated)
    if hasattr(source, "read") and hasattr(source, "seek"):
        return _open_origin(from_file(source), stated)
    if is_array(source):
        return ArrayVideo(indexable(source), **stated)
    if isinstance(source, (str, os.PathLike)):
        found = find(source)
        if isinstance(found, Images):
            return _open_images(found, stated)
        return _open_origin(found, stated)
    if isinstance(source, (Sequence, Iterator)):
        return _open_many(source, stated)
    accepted = "a path, a URL, a file, an array, a folder or a list of images"
    raise VideoError(f"{source!r:.60} is no video; pass {accepted}")


def _open_origin(origin: Origin, stated: Stated) -> Video:
    if holds_image(origin):
        return PagesVideo(origin, **stated)
    _refuse("a video file", stated)
    return FileVideo(origin)


def _open_images(found: Images, stated: Stated) -> Video:
    return ImageVideo(found.files, name=found.name, path=found.folder, **stated)


def _open_many(source: Iterable[Any], stated: Stated) -> Video:
    items = list(source)
    if not items:
        raise VideoError("an empty list is no video; list images or arrays")
    if all(isinstance(item, (str, os.PathLike)) for item in items):
        if isinstance(source, Iterator) and all(isinstance(p, Path) for p in items):
            items = natural_order(items)  # Path.glob gives them in any order
        return _open_images(listed(items), stated)
    if not all(is_array(item) for item in items):
        kinds = ", ".join(sorted({type(item).__name__ for item in items}))
        raise VideoError(f"a list of {kinds} is no video; list paths or arrays")
    return ArrayVideo(Pictures(items), **stated)


def _refuse(what: str, stated: Stated) -> None:
    for name, value in stated.items():
        if value is not None:
            hint = f"leave {name}={value} out"
            raise VideoError(f"{what} knows its own {name}; {hint}")
