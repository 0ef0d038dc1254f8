"""Decoded frames as people see them: upright, square pixels, the right colours."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from boxreel.video.base import RGB, Picture
from boxreel.video.jpeg import encode, fitted, reformat, scale

if TYPE_CHECKING:
    import av


@dataclass(frozen=True)
class Upright:
    """How to turn a coded picture upright, and its size once that is done.

    Parameters
    ----------
    width, height : int
        Size of the upright picture with square pixels.
    transpose, flip_rows, flip_columns : bool
        Applied to the coded picture in this order.
    """

    width: int
    height: int
    transpose: bool = False
    flip_rows: bool = False
    flip_columns: bool = False

    @classmethod
    def of(cls, frame: av.VideoFrame, aspect: Fraction | None) -> Upright:
        """Read the orientation of a frame's display matrix.

        Parameters
        ----------
        frame : av.VideoFrame
            Any frame of the video.
        aspect : fractions.Fraction or None
            Width of a sample over its height; it stretches the coded width.
        """
        width = max(1, round(frame.width * aspect)) if aspect else frame.width
        side_data: Any = frame.side_data.get("DISPLAYMATRIX")
        if side_data is None:
            return cls(width, frame.height)
        a, b, _, c, d = np.frombuffer(bytes(side_data), np.int32)[:5]
        if abs(b) > abs(a):
            return cls(frame.height, width, True, bool(b < 0), bool(c < 0))
        return cls(width, frame.height, False, bool(d < 0), bool(a < 0))

    @property
    def as_coded(self) -> bool:
        """Whether the coded picture already stands upright."""
        return not (self.transpose or self.flip_rows or self.flip_columns)

    def apply(self, pixels: RGB) -> RGB:
        """Turn an (H, W, 3) picture upright; a C-contiguous result.

        Examples
        --------
        >>> clockwise = Upright(1, 2, transpose=True, flip_columns=True)
        >>> clockwise.apply(np.uint8([[[1], [2]]]))[..., 0].tolist()
        [[1], [2]]
        >>> Upright(2, 1, flip_columns=True).apply(np.uint8([[[1], [2]]])).tolist()
        [[[2], [1]]]
        """
        if self.transpose:
            pixels = pixels.swapaxes(0, 1)
        rows = slice(None, None, -1 if self.flip_rows else 1)
        columns = slice(None, None, -1 if self.flip_columns else 1)
        return np.ascontiguousarray(pixels[rows, columns])

    def coded_size(self, width: int, height: int) -> tuple[int, int]:
        """Size before turning of a picture that is `width` × `height` after it."""
        return (height, width) if self.transpose else (width, height)


@dataclass(frozen=True)
class DecodedPicture(Picture):
    """A frame as the decoder left it, and how to turn it upright."""

    frame: av.VideoFrame
    upright: Upright

    def rgb(self) -> RGB:
        """Return the pixels as a new (H, W, 3) uint8 RGB array."""
        width, height = self.upright.coded_size(self.upright.width, self.upright.height)
        converted = reformat(
            self.frame,
            width,
            height,
            "rgb24",
            src_color_range=self.frame.color_range,
            # RGB has no matrix, but naming one makes older PyAV heed the source's.
            dst_colorspace="ITU601",
        )
        pixels = pixels_of(converted)
        return self.upright.apply(pixels.copy() if converted is self.frame else pixels)

    def jpeg(self, width: int) -> bytes:
        """Return a JPEG scaled to `width` pixels, never to more than its own width."""
        upright = self.upright
        size = fitted(upright.width, upright.height, width)
        layout = "yuvj420p" if upright.as_coded else "rgb24"
        coded = scale(self.frame, *upright.coded_size(*size), layout)
        if upright.as_coded:
            return encode(coded)
        return encode_rgb(upright.apply(pixels_of(coded)), width)


@dataclass(frozen=True)
class ArrayPicture(Picture):
    """Pixels that are upright RGB already."""

    pixels: RGB

    def rgb(self) -> RGB:
        """Return the pixels as a new (H, W, 3) uint8 RGB array."""
        return self.pixels.copy()

    def jpeg(self, width: int) -> bytes:
        """Return a JPEG scaled to `width` pixels, never to more than its own width."""
        return encode_rgb(self.pixels, width)


def pixels_of(frame: av.VideoFrame) -> RGB:
    """View the (H, W, 3) uint8 pixels of an rgb24 frame."""
    return cast("RGB", frame.to_ndarray())


def encode_rgb(pixels: RGB, width: int) -> bytes:
    """Scale (H, W, 3) uint8 RGB pixels and encode them as a JPEG."""
    import av

    size = fitted(pixels.shape[1], pixels.shape[0], width)
    frame = av.VideoFrame.from_ndarray(pixels, format="rgb24")
    return encode(scale(frame, *size, "yuvj420p"))


def encode_exact(pixels: RGB) -> bytes:
    """Encode (H, W, 3) uint8 RGB pixels as near to them as a JPEG gets."""
    import av

    frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(pixels), format="rgb24")
    full = scale(frame, frame.width, frame.height, "yuvj444p")
    return encode(full, quantiser=1)
