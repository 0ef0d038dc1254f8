"""Videos that are arrays, of NumPy or of anything that can be read as one."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
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

    What is in memory is checked at once; of any other array, such as one of zarr or
    dask, frames are read and checked one at a time, when they are asked for.

    Parameters
    ----------
    array : array
        (T, H, W), (T, H, W, 1), (T, H, W, 3), (T, 1, H, W) or (T, 3, H, W); bool,
        uint8, uint16 or float. Anything with a shape whose items NumPy can read.
    fps : float, optional
        Frames a second, 30 if not stated.
    display_range : tuple of float, optional
        The values shown as black and as white. Needless for bool (False, True), uint8
        (0, 255) and float (0, 1); uint16 needs it.

    Raises
    ------
    VideoError
        If shape, dtype or values cannot be pictures.

    Examples
    --------
    >>> depth = np.full((4, 6, 8), 2048, np.uint16)
    >>> v = ArrayVideo(depth, display_range=(0, 4096))
    >>> v[0].shape, int(v[0].max())
    ((6, 8, 3), 128)
    """

    def __init__(
        self,
        array: Any,
        *,
        fps: float | None = None,
        display_range: Range | None = None,
    ) -> None:
        shape = _sides(array)
        self._channels_first = _has_channels_first(shape)
        self._array = array
        self._stated = display_range is not None
        self._dtype = dtype = self._read(0).dtype
        self._range = value_range(dtype, display_range, "the array")
        self._is_float = dtype.kind == "f"
        self._is_checked = is_in_memory(array)
        if self._is_checked and self._is_float:
            for i in range(shape[0]):
                _check_values(i, array[i], *self._range, stated=self._stated)
        super().__init__(
            name="array",
            width=shape[3 if self._channels_first else 2],
            height=shape[2 if self._channels_first else 1],
            ticks=np.arange(shape[0], dtype=np.int64),
            time_base=1 / frame_rate(fps),
            fingerprint=self._fingerprint(shape, dtype),
        )

    def reach(self, target: int, wanted: Callable[[int], bool]) -> tuple[int, Picture]:
        """Return frame `target`; nothing lies on the way to it."""
        pixels = self._read(target)
        if pixels.dtype != self._dtype:
            mixed = f"frame {target} is of {pixels.dtype}, the first of {self._dtype}"
            raise VideoError(f"{mixed}; give all of them one dtype")
        if self._is_float and not self._is_checked:
            _check_values(target, pixels, *self._range, stated=self._stated)
        if self._channels_first:
            pixels = np.moveaxis(pixels, 0, -1)
        return target, ArrayPicture(to_rgb(pixels, self._range))

    def _read(self, i: int) -> npt.NDArray[Any]:
        try:
            return as_numpy(self._array[i])
        except (TypeError, ValueError, RuntimeError, BufferError, OSError) as error:
            message = f"frame {i} of the {type(self._array).__name__} cannot be read"
            hint = "pass what NumPy can read, as tensor.detach().cpu().float()"
            raise VideoError(f"{message}: {error}; {hint}") from error

    def _fingerprint(self, shape: tuple[int, ...], dtype: np.dtype[Any]) -> str:
        about = f"{shape} {dtype.str} {self._range}"
        digest = hashlib.blake2b(about.encode(), digest_size=16)
        for i in sampled(shape[0]):
            digest.update(self._read(i).tobytes())
        return digest.hexdigest()


class Pictures:
    """A list of pictures as one array, none of them copied.

    Parameters
    ----------
    pictures : sequence of array
        At least one.

    Raises
    ------
    VideoError
        If they differ in shape; what has none is looked at when it is read.

    Examples
    --------
    >>> Pictures([np.zeros((4, 6)), np.ones((4, 6))]).shape
    (2, 4, 6)
    """

    def __init__(self, pictures: Sequence[Any]) -> None:
        self._pictures = pictures
        first = as_numpy(pictures[0])
        self.shape = (len(pictures), *first.shape)
        for i, picture in enumerate(pictures):
            self._check(i, tuple(getattr(picture, "shape", first.shape)))

    def __getitem__(self, i: int) -> npt.NDArray[Any]:
        picture = as_numpy(self._pictures[i])
        self._check(i, picture.shape)
        return picture

    def is_in_memory(self) -> bool:
        """Whether all are arrays of NumPy."""
        return all(is_in_memory(picture) for picture in self._pictures)

    def _check(self, i: int, shape: tuple[int, ...]) -> None:
        if shape != self.shape[1:]:
            message = f"picture {i} is of shape {shape}, the first of {self.shape[1:]}"
            raise VideoError(f"{message}; the pictures of a video are of one shape")


def is_in_memory(array: object) -> bool:
    """Whether looking at all of it costs little: memory maps and others are far."""
    if isinstance(array, Pictures):
        return array.is_in_memory()
    return type(array) is np.ndarray


def is_array(source: object) -> bool:
    """Whether something is an array, or hands one over.

    Examples
    --------
    >>> is_array(np.zeros(3)), is_array([1, 2])
    (True, False)
    """
    offers = ("__array__", "__array_interface__", "__dlpack__", "shape")
    return any(hasattr(source, offer) for offer in offers)


def indexable(source: Any) -> Any:
    """Return an array as it is if it can be read by frames, or else in NumPy's form."""
    by_frames = hasattr(source, "shape") and hasattr(source, "__getitem__")
    return source if by_frames else as_numpy(source)


def as_numpy(source: Any) -> npt.NDArray[Any]:
    """See an array of any library as one of NumPy, without a copy where it can be."""
    if hasattr(source, "__dlpack__") and not hasattr(source, "__array__"):
        return np.from_dlpack(source)
    return np.asarray(source)


def frame_rate(fps: float | None) -> Fraction:
    """Frames a second as an exact number: 29.97 is 30000/1001, near enough.

    Raises
    ------
    VideoError
        If `fps` is not a positive, finite number.
    """
    if fps is None:
        return Fraction(DEFAULT_FPS)
    try:
        is_rate = 0 < fps < float("inf")
    except TypeError:
        is_rate = False
    if not is_rate:
        raise VideoError(f"fps must be a positive number, not {fps!r}")
    rate = Fraction(float(fps))
    if rate < 1:
        return 1 / (1 / rate).limit_denominator(1001)
    return rate.limit_denominator(1001)


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
        message = f"{what} is of {dtype}; pictures must be {allowed}"
        raise VideoError(f"{message}, as array.astype(np.uint8) makes them")
    chosen = stated or usual[dtype.kind]
    if chosen is None:
        hint = "state the values of black and white, as in display_range=(0, 4095)"
        raise VideoError(f"{what} is of {dtype}: {hint}")
    try:
        low, high = map(float, chosen)
    except (TypeError, ValueError):
        hint = "state two numbers, black and white, as (0, 4095)"
        raise VideoError(f"display_range={chosen!r:.60} is no range; {hint}") from None
    if not (np.isfinite(low) and np.isfinite(high) and low < high):
        raise VideoError(
            f"display_range={chosen} must go from a lower to a higher number"
        )
    return low, high


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


def _sides(array: Any) -> tuple[int, ...]:
    """Return the shape of an array, all of which has to be known."""
    try:
        return tuple(int(side) for side in array.shape)
    except (TypeError, ValueError) as error:
        message = f"the {type(array).__name__} is of shape {array.shape}, not all known"
        hint = "have it counted first, as array.compute_chunk_sizes() of dask does"
        raise VideoError(f"{message}; {hint}") from error


def _has_channels_first(shape: tuple[int, ...]) -> bool:
    """Check the shape of a video, and tell where its colours are."""
    message = f"an array of shape {shape} is no video"
    expected = "(frames, height, width), (frames, height, width, 3) or (frames, 3, ...)"
    if len(shape) == 3 and shape[2] in (3, 4):
        raise VideoError(f"{message}; of one picture, pass picture[None]")
    if len(shape) == 4 and shape[3] == 4 and shape[1] not in (1, 3):
        raise VideoError(f"{message}; leave the alpha channel out: array[..., :3]")
    channels_first = len(shape) == 4 and shape[3] not in (1, 3) and shape[1] in (1, 3)
    channels_last = len(shape) == 4 and shape[3] in (1, 3)
    if not (len(shape) == 3 or channels_first or channels_last):
        raise VideoError(f"{message}; it must be {expected}")
    if 0 in shape:
        raise VideoError(f"{message}; it holds no pixels")
    return channels_first


def _check_values(
    i: int, picture: npt.NDArray[Any], low: float, high: float, *, stated: bool
) -> None:
    least, most = float(picture.min()), float(picture.max())
    if not (np.isfinite(least) and np.isfinite(most)):
        message = f"frame {i} of the array holds NaN or infinity"
        raise VideoError(f"{message}; replace them, as with np.nan_to_num")
    if not stated and (least < low or most > high):
        message = f"frame {i} of the array holds {least:g} to {most:g}, not 0 to 1"
        hint = f"state the values of black and white, as in display_range=(0, {most:g})"
        raise VideoError(f"{message}; {hint}")
