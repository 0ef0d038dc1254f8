"""Videos that are folders or lists of image files."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from boxreel.errors import VideoError
from boxreel.video.arrays import Range, frame_rate, sampled, to_rgb, value_range
from boxreel.video.base import Picture, Video
from boxreel.video.picture import ArrayPicture

SUFFIXES = {".bmp", ".jpeg", ".jpg", ".png", ".ppm", ".pgm", ".tif", ".tiff", ".webp"}
"""Which files of a folder are its frames."""


class ImageVideo(Video):
    """A list of image files of one size, one frame each; `open_video` makes it.

    Parameters
    ----------
    paths : sequence of pathlib.Path
        The images, in the order of the frames.
    name : str
        What messages call the video.
    path : pathlib.Path, optional
        The folder.
    fps : float, optional
        Frames a second, 30 if not stated.
    range : tuple of float, optional
        The values shown as black and as white; images of 16 bits need it.

    Raises
    ------
    VideoError
        If there are no images, one cannot be read, or they differ in size.
    """

    def __init__(
        self,
        paths: Sequence[Path],
        *,
        name: str,
        path: Path | None = None,
        fps: float | None = None,
        range: Range | None = None,
    ) -> None:
        if not paths:
            raise VideoError(f"{name} holds no images to show")
        first = read_image(paths[0])
        for other in paths[1:]:
            # Turned upright by its metadata, an image may swap its sides.
            if sorted(_stored_size(other)) != sorted(first.shape[:2]):
                raise _mixed_sizes(paths[0], first.shape, other, _stored_size(other))
        self._paths = tuple(paths)
        self._size = first.shape[:2]
        self._stated = range
        value_range(first.dtype, range, str(paths[0]))
        super().__init__(
            name=name,
            width=first.shape[1],
            height=first.shape[0],
            ticks=np.arange(len(paths), dtype=np.int64),
            time_base=1 / frame_rate(fps),
            fingerprint=_fingerprint(self._paths),
            path=path,
        )

    def reach(self, target: int, wanted: Callable[[int], bool]) -> tuple[int, Picture]:
        """Return frame `target`; nothing lies on the way to it."""
        path = self._paths[target]
        pixels = read_image(path)
        if pixels.shape[:2] != self._size:
            raise _mixed_sizes(self._paths[0], self._size, path, pixels.shape)
        shown = value_range(pixels.dtype, self._stated, str(path))
        return target, ArrayPicture(to_rgb(pixels, shown))


def natural_order(paths: Iterable[Path]) -> list[Path]:
    """Sort paths as people count: `2.png` comes before `10.png`.

    Examples
    --------
    >>> [p.name for p in natural_order([Path("f10.png"), Path("f9.png")])]
    ['f9.png', 'f10.png']
    """

    def key(path: Path) -> list[tuple[int, str]]:
        parts = re.split(r"(\d+)", str(path).lower())
        return [(int(p), "") if p.isdecimal() else (-1, p) for p in parts]

    return sorted(paths, key=key)


def images_in(folder: Path) -> list[Path]:
    """Return the image files of a folder in natural order, hidden ones left out."""
    files = (path for path in folder.iterdir() if not path.name.startswith("."))
    return natural_order(path for path in files if path.suffix.lower() in SUFFIXES)


def read_image(path: Path) -> npt.NDArray[Any]:
    """Read one image file, turned upright; colours without alpha.

    Raises
    ------
    VideoError
        If the file cannot be read as an image.
    """
    import imageio.v3 as iio

    try:
        pixels = iio.imread(path, plugin="pillow", index=0, rotate=True)
    except (OSError, ValueError, SyntaxError) as error:
        raise VideoError(f"{path} cannot be read as an image: {error}") from error
    return without_alpha(pixels)


def without_alpha(pixels: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Return the colours of a picture, (H, W), (H, W, 1) or (H, W, 3).

    Examples
    --------
    >>> without_alpha(np.zeros((4, 6, 4))).shape, without_alpha(np.zeros((4, 6))).shape
    ((4, 6, 3), (4, 6))
    """
    if pixels.ndim == 3:
        return pixels[..., :3] if pixels.shape[2] >= 3 else pixels[..., :1]
    return pixels


def _stored_size(path: Path) -> tuple[int, int]:
    """Height and width of an image file, as stored; decodes nothing."""
    import imageio.v3 as iio

    try:
        height, width = iio.improps(path, plugin="pillow", index=0).shape[:2]
    except (OSError, ValueError, SyntaxError) as error:
        raise VideoError(f"{path} cannot be read as an image: {error}") from error
    return height, width


def _mixed_sizes(
    first: Path, size: tuple[int, ...], other: Path, found: tuple[int, ...]
) -> VideoError:
    sizes = f"{first.name} is {size[1]} × {size[0]}, {other} is {found[1]} × {found[0]}"
    return VideoError(f"images must be of one size: {sizes}")


def _fingerprint(paths: Sequence[Path]) -> str:
    sizes = [path.stat().st_size for path in paths]
    digest = hashlib.blake2b(str(sizes).encode(), digest_size=16)
    for i in sampled(len(paths)):
        digest.update(paths[i].read_bytes())
    return digest.hexdigest()
