"""Single frames as image files."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from boxreel.errors import ExportError
from boxreel.export.place import replacing, stem_of, writing
from boxreel.export.render import chosen_frames, opened, pictures
from boxreel.model import Annotation
from boxreel.video import Video
from boxreel.video.base import RGB

QUALITY = 95
"""Of JPEGs, unless asked for another."""

JPEG = {"subsampling": 0}
IMAGES: dict[str, dict[str, Any]] = {
    ".png": {"compress_level": 3},
    ".jpg": JPEG,
    ".jpeg": JPEG,
    ".webp": {"lossless": True},
    ".bmp": {},
    ".tif": {},
    ".tiff": {},
}
"""Kinds of images, and how Pillow is to write them."""


def snapshot(
    annotation: Annotation | None,
    video: Video,
    frame: int,
    path: str | os.PathLike[str] | None = None,
) -> Path:
    """Write one frame as an image, with the boxes of `annotation` if there is one.

    Parameters
    ----------
    annotation
        Labels of the video, or None for the bare picture.
    video
        An open video.
    frame
        From 0; negative numbers count from the end.
    path
        The image; ``<video>_<frame>.png`` in the working folder by default.

    Raises
    ------
    IndexError
        If there is no such frame.
    ExportError
        If the ending is unknown or the place cannot be written to.
    """
    (number,) = chosen_frames(video, [frame])
    name = f"{stem_of(video)}_{number}.png" if path is None else path
    target = Path(name).expanduser()
    _check_ending(target)
    (pixels,) = pictures(video, annotation, [number])
    with replacing(target) as temporary:
        save(pixels, temporary, target)
    return target


def export_frames(
    annotation: Annotation | None,
    video: object,
    folder: str | os.PathLike[str],
    frames: Iterable[int],
    *,
    pattern: str = "{name}_{frame:06d}.png",
) -> list[Path]:
    """Write chosen frames as image files: all of them, or none.

    Parameters
    ----------
    annotation
        Labels whose boxes are drawn; None for the decoder's own pixels, as training
        needs them.
    video
        A path, or anything else that `open_video` takes.
    folder
        Where the images go; made if its parent is there. Files of the same names are
        replaced.
    frames
        Which, from 0; negative ones count from the end.
    pattern
        Names of the files: ``{name}`` is the video's without its ending, ``{frame}``
        the number of the frame. Ends in .png, .jpg, .jpeg, .webp, .bmp, .tif or .tiff;
        all but JPEG keep every pixel as it is.

    Returns
    -------
    list of Path
        One a frame, in the order given; a frame given twice is written once.

    Raises
    ------
    ExportError
        If the pattern makes no file names, gives two frames one name or ends in an
        unknown kind of image, or the folder cannot be written to.
    IndexError
        If the video has no such frame.
    VideoError
        If the video cannot be opened, or a frame cannot be decoded.
    VideoMismatchError
        If the labels belong to another video.

    Examples
    --------
    >>> import numpy as np, tempfile
    >>> pixels = np.zeros((30, 48, 64), np.uint8)
    >>> paths = export_frames(None, pixels, tempfile.mkdtemp(), [4, 29])
    >>> [path.name for path in paths]
    ['array_000004.png', 'array_000029.png']
    """
    target = Path(folder).expanduser()
    with opened(video, annotation) as v:
        chosen = list(dict.fromkeys(chosen_frames(v, frames)))
        names = _names(pattern, stem_of(v), chosen)
        with _staged(target) as staging:
            shown = pictures(v, annotation, chosen)
            for name, pixels in zip(names, shown, strict=True):
                save(pixels, staging / name, target / name)
            with writing(target / names[0]):
                return [(staging / name).replace(target / name) for name in names]


@contextmanager
def _staged(folder: Path) -> Iterator[Path]:
    """Give a place in `folder` for files while they are not all there yet."""
    made = not folder.exists()
    with writing(folder):
        folder.mkdir(exist_ok=True)
    try:
        with writing(folder):
            staging = Path(tempfile.mkdtemp(prefix=".boxreel-", dir=folder))
        try:
            yield staging
        finally:
            shutil.rmtree(staging, ignore_errors=True)
    except BaseException:
        if made:
            with suppress(OSError):
                folder.rmdir()
        raise


def _names(pattern: str, stem: str, frames: list[int]) -> list[str]:
    example = "such as '{name}_{frame:06d}.png'"
    try:
        names = [pattern.format(name=stem, frame=frame) for frame in frames]
    except (LookupError, ValueError, AttributeError) as error:
        message = f"pattern={pattern!r} makes no file name: {error!r}"
        raise ExportError(
            f"{message}; use {{name}} and {{frame}}, {example}"
        ) from error
    if any(Path(name).name != name for name in names):
        message = f"pattern={pattern!r} names files in another folder"
        raise ExportError(f"{message}; say where they go with folder=")
    _check_ending(Path(names[0]))
    if len(set(names)) < len(frames):
        message = f"pattern={pattern!r} gives several frames the name {names[0]!r}"
        raise ExportError(f"{message}; put {{frame}} in it, {example}")
    return names


def _check_ending(path: Path) -> None:
    if path.suffix.lower() not in IMAGES:
        raise ExportError(
            f"{path.name!r} does not end in a kind of image that can be written; "
            f"choose {', '.join(IMAGES)}"
        )


def save(pixels: RGB, path: Path, target: Path, quality: int = QUALITY) -> None:
    """Write an image to `path`, which is to become `target`; JPEGs of some quality."""
    from PIL import Image

    options = IMAGES[path.suffix.lower()]
    if options is JPEG:
        options = options | {"quality": quality}
    with writing(target):
        Image.fromarray(pixels).save(path, **options)
