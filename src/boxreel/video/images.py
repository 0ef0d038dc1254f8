"""Videos that are folders or lists of image files."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from boxreel.errors import VideoError
from boxreel.progress import PATIENCE, progress_line
from boxreel.video.arrays import Range, frame_rate, sampled, to_rgb, value_range
from boxreel.video.base import Picture, Video
from boxreel.video.origin import Origin
from boxreel.video.picture import ArrayPicture


class ImageVideo(Video):
    """A list of image files of one size, one frame each; `open_video` makes it.

    The sizes of images on this computer are compared at once, of far ones when they
    are fetched, which is when they are shown.

    Parameters
    ----------
    files : sequence of Origin
        The images, in the order of the frames.
    name : str
        What messages call the video.
    path : pathlib.Path, optional
        The folder.
    fps : float, optional
        Frames a second, 30 if not stated.
    display_range : tuple of float, optional
        The values shown as black and as white; images of 16 bits need it.

    Raises
    ------
    VideoError
        If there are no images, one cannot be read, or they differ in size.
    """

    def __init__(
        self,
        files: Sequence[Origin],
        *,
        name: str,
        path: Path | None = None,
        fps: float | None = None,
        display_range: Range | None = None,
    ) -> None:
        first = read_image(files[0])
        near = [file for file in files[1:] if file.path is not None]
        with progress_line(f"Opening {name}", len(near), after=PATIENCE) as step:
            for other in near:
                found = _stored_size(other)
                # Turned upright by its metadata, an image may swap its sides.
                if sorted(found) != sorted(first.shape[:2]):
                    raise _mixed_sizes(files[0], first.shape, other, found)
                step()
        self._files = tuple(files)
        self._size = first.shape[:2]
        self._stated = display_range
        value_range(first.dtype, display_range, str(files[0]))
        super().__init__(
            name=name,
            width=first.shape[1],
            height=first.shape[0],
            ticks=np.arange(len(files), dtype=np.int64),
            time_base=1 / frame_rate(fps),
            fingerprint=_fingerprint(self._files),
            path=path,
        )

    def reach(self, target: int, wanted: Callable[[int], bool]) -> tuple[int, Picture]:
        """Return frame `target`; nothing lies on the way to it."""
        file = self._files[target]
        pixels = read_image(file)
        if pixels.shape[:2] != self._size:
            raise _mixed_sizes(self._files[0], self._size, file, pixels.shape)
        shown = value_range(pixels.dtype, self._stated, str(file))
        return target, ArrayPicture(to_rgb(pixels, shown))


def read_image(file: Origin) -> npt.NDArray[Any]:
    """Read one image file, turned upright; colours without alpha.

    Raises
    ------
    VideoError
        If the file cannot be read as an image.
    """
    import imageio.v3 as iio

    try:
        imread: Any = iio.imread
        pixels = imread(file.open(), plugin="pillow", index=0, rotate=True)
    except (OSError, ValueError, SyntaxError) as error:
        raise _no_image(file, error) from error
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


def _stored_size(file: Origin) -> tuple[int, int]:
    """Height and width of an image file, as stored; decodes nothing."""
    import imageio.v3 as iio

    try:
        height, width = iio.improps(file.path, plugin="pillow", index=0).shape[:2]
    except (OSError, ValueError, SyntaxError) as error:
        raise _no_image(file, error) from error
    return height, width


def _no_image(file: Origin, error: Exception) -> VideoError:
    if isinstance(error, FileNotFoundError):
        return VideoError(f"{file} does not exist; seen from {Path.cwd()}")
    hint = "a list or a folder is of images, open a video file by itself"
    return VideoError(f"{file} cannot be read as an image: {error}; {hint}")


def _mixed_sizes(
    first: Origin, size: tuple[int, ...], other: Origin, found: tuple[int, ...]
) -> VideoError:
    sizes = f"{first.name} is {size[1]} × {size[0]}, {other} is {found[1]} × {found[0]}"
    return VideoError(f"images must be of one size: {sizes}")


def _fingerprint(files: Sequence[Origin]) -> str:
    sizes = [
        file.size if file.path is None else file.path.stat().st_size for file in files
    ]
    digest = hashlib.blake2b(str(sizes).encode(), digest_size=16)
    for i in sampled(len(files)):
        digest.update(files[i].head(-1))
    return digest.hexdigest()
