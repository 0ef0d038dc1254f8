"""Videos that are NumPy arrays."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt

from boxreel.errors import VideoError
from boxreel.video.base import RGB, Picture, Video
from boxreel.video.picture import ArrayPicture

Range = tuple[float, float]

DEFAULT_FPS = 30
"""Frames a second of arrays and images whose rate nobody stated."""


class ArrayVideo(Video):
    """An array of pictures; `open_video` makes it. The array is not copied.

    Parameters
    ----------
    array : numpy.ndarray
        (T, H, W), (T, H, W, 1) or (T, H, W, 3); bool, uint8, uint16 or float.
    fps : float, optional
        Frames a second, 30 if not stated.
    range : tuple of float, optional
        The values shown as black and as white. Needless for bool (False, True), uint8
        (0, 255) and float (0, 1); uint16 needs it.

    Raises
    ------
    VideoError
        If shape, dtype or values cannot be pictures.

    Examples
    --------
    >>> depth = np.full((4, 6, 8), 2048, np.uint16)
    >>> v = ArrayVideo(depth, range=(0, 4096))
    >>> v[0].shape, int(v[0].max())
    ((6, 8, 3), 128)
    """

    def __init__(
        self,
        array: npt.NDArray[Any],
        *,
        fps: float | None = None,
        range: Range | None = None,
    ) -> None:
        _check_shape(array.shape)
        self._array = array
        self._range = value_range(array.dtype, range, "the array")
        if array.dtype.kind == "f":
            _check_values(array, *self._range, stated=range is not None)
        super().__init__(
            name="array",
            width=array.shape[2],
            height=array.shape[1],
            ticks=np.arange(len(array), dtype=np.int64),
            time_base=1 / frame_rate(fps),
            fingerprint=_fingerprint(array, self._range),
        )

    def reach(self, target: int, wanted: Callable[[int], bool]) -> tuple[int, Picture]:
        """Return frame `target`; nothing lies on the way to it."""
        return target, ArrayPicture(to_rgb(self._array[target], self._range))


def frame_rate(fps: float | None) -> Fraction:
    """Frames a second as an exact number: 29.97 is 30000/1001, near enough.

    Raises
    ------
    VideoError
        If `fps` is not a positive, finite number.
    """
    if fps is None:
        return Fraction(DEFAULT_FPS)
    if not 0 < fps < float("inf"):
        raise VideoError(f"fps must be a positive number, not {fps}")
    return Fraction(fps).limit_denominator(1001)


def value_range(dtype: np.dtype[Any], stated: Range | None, what: str) -> Range:
    """Return the values that are black and white, stated or by the dtype.

    Raises
    ------
    VideoError
        If pictures cannot be of that dtype, or the range is needed or makes no sense.
    """
    usual = {"b": (0, 1), "f": (0, 1), "u": (0, 255) if dtype == np.uint8 else None}
    if dtype.kind not in usual or dtype.itemsize > (8 if dtype.kind == "f" else 2):
        allowed = "bool, uint8, uint16 or float"
        raise VideoError(f"{what} is of {dtype}; pictures must be {allowed}")
    chosen = stated or usual[dtype.kind]
    if chosen is None:
        hint = "state the values of black and white, as in range=(0, 4095)"
        raise VideoError(f"{what} is of {dtype}: {hint}")
    low, high = chosen
    if not (np.isfinite(low) and np.isfinite(high) and low < high):
        raise VideoError(f"range={chosen} must go from a lower to a higher number")
    return float(low), float(high)


def sampled(count: int) -> list[int]:
    """Return the few frames that a fingerprint looks at, and always the last.

    Examples
    --------
    >>> sampled(12)
    [0, 1, 2, 4, 8, 11]
    """
    return [i for i in range(count) if i & (i - 1) == 0 or i == count - 1]


def to_rgb(pixels: npt.NDArray[Any], shown: Range) -> RGB:
    """Turn one picture, (H, W), (H, W, 1) or (H, W, 3), into RGB.

    Examples
    --------
    >>> to_rgb(np.array([[0.0, 0.5, 1.0]]), (0, 1))[0, :, 0].tolist()
    [0, 128, 255]
    """
    low, high = shown
    if pixels.dtype != np.uint8 or shown != (0, 255):
        scaled = (pixels.astype(np.float32) - low) * (255 / (high - low))
        pixels = np.rint(scaled.clip(0, 255)).astype(np.uint8)
    grey = pixels if pixels.ndim == 3 else pixels[..., None]
    return np.ascontiguousarray(np.broadcast_to(grey, (*grey.shape[:2], 3)))


def _check_shape(shape: tuple[int, ...]) -> None:
    message = f"an array of shape {shape} is no video"
    expected = "(frames, height, width) or (frames, height, width, 3)"
    if len(shape) == 3 and shape[2] in (3, 4):
        raise VideoError(f"{message}; of one picture, pass picture[None]")
    if len(shape) == 4 and shape[3] == 4:
        raise VideoError(f"{message}; leave the alpha channel out: array[..., :3]")
    if len(shape) == 4 and shape[1] == 3 and shape[3] not in (1, 3):
        hint = "put the channels last: array.transpose(0, 2, 3, 1)"
        raise VideoError(f"{message}; {hint}")
    if len(shape) not in (3, 4) or (len(shape) == 4 and shape[3] not in (1, 3)):
        raise VideoError(f"{message}; it must be {expected}")
    if 0 in shape:
        raise VideoError(f"{message}; it holds no pixels")


def _check_values(
    array: npt.NDArray[Any], low: float, high: float, *, stated: bool
) -> None:
    for i, picture in enumerate(array):
        least, most = float(picture.min()), float(picture.max())
        if not (np.isfinite(least) and np.isfinite(most)):
            message = f"frame {i} of the array holds NaN or infinity"
            raise VideoError(f"{message}; replace them, as with np.nan_to_num")
        if not stated and (least < low or most > high):
            message = f"frame {i} of the array holds {least:g} to {most:g}, not 0 to 1"
            hint = f"state the values of black and white, as in range=(0, {most:g})"
            raise VideoError(f"{message}; {hint}")


def _fingerprint(array: npt.NDArray[Any], shown: Range) -> str:
    about = f"{array.shape} {array.dtype.str} {shown}"
    digest = hashlib.blake2b(about.encode(), digest_size=16)
    for i in sampled(len(array)):
        digest.update(array[i].tobytes())
    return digest.hexdigest()
