"""Open anything that is a video."""

from __future__ import annotations

import glob
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from boxreel.errors import VideoError
from boxreel.video.arrays import ArrayVideo, Range, as_numpy, indexable, is_array
from boxreel.video.base import Video
from boxreel.video.file import FileVideo
from boxreel.video.images import SUFFIXES, ImageVideo, images_in, natural_order
from boxreel.video.origin import Origin, from_bytes, from_file, from_path, from_url
from boxreel.video.pages import PagesVideo, holds_image


def open_video(
    source: object, *, fps: float | None = None, range: Range | None = None
) -> Video:
    """Open a video file or URL, an array, images in a folder, a list or one file.

    Parameters
    ----------
    source : path, URL, bytes, file object, array, sequence or Video
        A video file, or an image of one or many pages: as a path, its bytes, an open
        file, or a URL such as ``"s3://bucket/street.mp4"`` (with ``boxreel[remote]``).
        An array of bool, uint8, uint16 or float, grey (T, H, W) or with colours last
        (T, H, W, 3) or first (T, 3, H, W), of NumPy or of any library that offers them
        by ``__array__`` or DLPack; what can be indexed, as of zarr, dask or torch, is
        read frame by frame. A folder of images, a pattern such as ``"frames/*.png"``,
        or a list of image paths or of equal arrays. A video comes back as it is.
    fps : float, optional
        Frames a second of arrays and images, 30 if not stated. Files know theirs.
    range : tuple of float, optional
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

    Examples
    --------
    >>> with open_video(np.zeros((90, 4, 6), bool)) as v:
    ...     len(v), v.fps, v[89].shape
    (90, 30.0, (4, 6, 3))
    """
    if isinstance(source, Video):
        _refuse("a video that is open already", fps, range)
        return source
    if isinstance(source, (bytes, bytearray, memoryview)):
        return _open_origin(from_bytes(bytes(source)), fps, range)
    if hasattr(source, "read") and hasattr(source, "seek"):
        return _open_origin(from_file(source), fps, range)
    if isinstance(source, str) and "://" in source:
        return _open_origin(from_url(source), fps, range)
    if is_array(source):
        return ArrayVideo(indexable(source), fps=fps, range=range)
    if isinstance(source, (str, os.PathLike)):
        return _open_path(Path(source), fps, range)
    if isinstance(source, Sequence):
        return _open_list(source, fps, range)
    kind = type(source).__name__
    accepted = "a path, a URL, a file, an array, a folder or a list of images"
    raise VideoError(f"a {kind} is no video; pass {accepted}")


def _open_path(path: Path, fps: float | None, range: Range | None) -> Video:
    if path.is_dir():
        found = images_in(path)
        if not found:
            expected = ", ".join(sorted(SUFFIXES))
            raise VideoError(f"the folder {path} holds no images ({expected})")
        name = path.resolve().name
        return ImageVideo(found, name=name, path=path, fps=fps, range=range)
    if not path.exists():
        found = natural_order(Path(match) for match in glob.glob(str(path)))  # noqa: PTH207 - any pattern
        if not found:
            raise VideoError(f"{path} does not exist; seen from {Path.cwd()}")
        return ImageVideo(found, name=path.name, fps=fps, range=range)
    return _open_origin(from_path(path), fps, range)


def _open_origin(origin: Origin, fps: float | None, range: Range | None) -> Video:
    if holds_image(origin):
        return PagesVideo(origin, fps=fps, range=range)
    _refuse("a video file", fps, range)
    return FileVideo(origin)


def _open_list(source: Sequence[Any], fps: float | None, range: Range | None) -> Video:
    if len(source) == 0:
        raise VideoError("an empty list is no video")
    if all(isinstance(item, (str, os.PathLike)) for item in source):
        paths = [Path(item) for item in source]
        name = paths[0].parent.resolve().name
        return ImageVideo(paths, name=name, fps=fps, range=range)
    if not all(is_array(item) for item in source):
        kinds = ", ".join(sorted({type(item).__name__ for item in source}))
        raise VideoError(f"a list of {kinds} is no video; list paths or arrays")
    pictures = [as_numpy(item) for item in source]
    shapes = {picture.shape for picture in pictures}
    if len(shapes) > 1:
        raise VideoError(f"the pictures of a video are of one shape, not {shapes}")
    return ArrayVideo(np.stack(pictures), fps=fps, range=range)


def _refuse(what: str, fps: float | None, range: Range | None) -> None:
    for name, value in (("fps", fps), ("range", range)):
        if value is not None:
            hint = f"leave {name}={value} out"
            raise VideoError(f"{what} knows its own {name}; {hint}")
