"""Videos that are one image file of one or many pages."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
import numpy.typing as npt

from boxreel.errors import VideoError
from boxreel.video.arrays import Range, frame_rate, sampled, to_rgb, value_range
from boxreel.video.base import Picture, Video
from boxreel.video.find import SUFFIXES
from boxreel.video.images import without_alpha
from boxreel.video.origin import Origin
from boxreel.video.picture import ArrayPicture

UNREADABLE = (OSError, ValueError, SyntaxError, EOFError)
"""What Pillow raises of images that are none."""

BEGINNINGS = (b"II*\0", b"MM\0*", b"\x89PNG", b"\xff\xd8\xff", b"BM")
"""First bytes of images; those of WebP need a second look."""


def holds_image(origin: Origin) -> bool:
    """Whether it is an image by its name or, where that says nothing, its beginning.

    Animated PNG, like GIF, is a video: it states times, and FFmpeg knows it.
    """
    suffix = Path(origin.name).suffix.lower()
    if suffix and suffix not in SUFFIXES:
        return False
    head = origin.head(1 << 16)
    if head.startswith(b"\x89PNG") and b"acTL" in head.split(b"IDAT")[0]:
        return False
    return bool(suffix) or head.startswith(BEGINNINGS) or head[8:12] == b"WEBP"


class PagesVideo(Video):
    """The pages of an image file, such as a TIFF stack; `open_video` makes it.

    Parameters
    ----------
    origin : Origin
        The image; a single page is a video of one frame.
    fps : float, optional
        Frames a second, 30 if not stated.
    display_range : tuple of float, optional
        The values shown as black and as white; pages of 16 bits need it.

    Raises
    ------
    VideoError
        If it cannot be read as an image.
    """

    def __init__(
        self,
        origin: Origin,
        *,
        fps: float | None = None,
        display_range: Range | None = None,
    ) -> None:
        import imageio.v3 as iio

        self._origin = origin
        self._lock = Lock()
        self._closed = False
        try:
            imopen: Any = iio.imopen
            self._image = imopen(origin.open(), "r", plugin="pillow")
            count: int = self._image.properties(index=...).n_images
        except UNREADABLE as error:
            message = f"{origin} cannot be read as an image"
            raise VideoError(f"{message}: {error}; is it complete?") from error
        first = self._read(0)
        self._size = first.shape[:2]
        self._range = value_range(first.dtype, display_range, str(origin))
        super().__init__(
            name=origin.name,
            width=first.shape[1],
            height=first.shape[0],
            ticks=np.arange(count, dtype=np.int64),
            time_base=1 / frame_rate(fps),
            fingerprint=self._fingerprint(count),
            path=origin.path,
        )

    def reach(self, target: int, wanted: Callable[[int], bool]) -> tuple[int, Picture]:
        """Return frame `target`; nothing lies on the way to it."""
        pixels = self._read(target)
        if pixels.shape[:2] != self._size:
            height, width = pixels.shape[:2]
            message = f"page {target} of {self._origin} is {width} × {height}"
            hint = f"the others are {self._size[1]} × {self._size[0]}"
            raise VideoError(f"{message}, {hint}; split it into files of one size")
        return target, ArrayPicture(to_rgb(pixels, self._range))

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._closed = True
            self._image.close()
            self._origin.close()

    def _read(self, page: int) -> npt.NDArray[Any]:
        with self._lock:
            if self._closed:
                raise VideoError(f"{self._origin.name} was closed; open it again")
            try:
                return without_alpha(self._image.read(index=page, rotate=True))
            except UNREADABLE as error:
                message = f"page {page} of {self._origin} cannot be read"
                raise VideoError(f"{message}: {error}; is it complete?") from error

    def _fingerprint(self, count: int) -> str:
        digest = hashlib.blake2b(f"{count} {self._size}".encode(), digest_size=16)
        for page in sampled(count):
            digest.update(self._read(page).tobytes())
        return digest.hexdigest()
