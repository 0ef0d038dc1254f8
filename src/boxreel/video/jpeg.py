"""Scale a decoded frame and encode it as a JPEG, with FFmpeg's own scaler and encoder.

The scaler goes from the decoder's planes straight to the small picture's planes, so
a full-size RGB picture is never made.
"""

from __future__ import annotations

import threading
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from boxreel.errors import VideoError

if TYPE_CHECKING:
    import av

QUANTISER = 2
"""MJPEG's quantiser scale, 1 (best) to 31: 2 looks like quality 90 elsewhere."""

FULL_RANGE = 2
"""AVCOL_RANGE_JPEG: samples use 0 to 255."""


def fitted(width: int, height: int, wanted: int) -> tuple[int, int]:
    """Size of a picture made `wanted` pixels wide, never larger than it is.

    Raises
    ------
    VideoError
        If `wanted` is less than 1.

    Examples
    --------
    >>> fitted(1920, 1080, 854)
    (854, 480)
    >>> fitted(320, 240, 854)
    (320, 240)
    """
    if wanted < 1:
        raise VideoError(f"a picture cannot be {wanted} pixels wide; ask for 1 or more")
    width_out = min(wanted, width)
    return width_out, max(1, round(height * width_out / width))


_own = threading.local()


def reformat(frame: av.VideoFrame, *what: Any, **how: Any) -> av.VideoFrame:
    """Do what ``frame.reformat`` does, faster, and while other threads read the frame.

    A frame's own scaler is set up anew for each frame, which takes longer than to
    scale, and crashes in two threads at once. So each thread has one for all frames.
    """
    from av.video.reformatter import VideoReformatter

    if not hasattr(_own, "scaler"):
        _own.scaler = VideoReformatter()
    converted: av.VideoFrame = _own.scaler.reformat(frame, *what, **how)
    return converted


def scale(frame: av.VideoFrame, width: int, height: int, layout: str) -> av.VideoFrame:
    """Scale to `width` × `height` full-range pixels of `layout`, areas averaged."""
    return reformat(
        frame,
        width,
        height,
        layout,
        interpolation="AREA",
        src_color_range=frame.color_range,
        dst_colorspace="ITU601",
        dst_color_range=FULL_RANGE,
    )


def encode(frame: av.VideoFrame, quantiser: int = QUANTISER) -> bytes:
    """Encode a full-range `yuvj420p` or `yuvj444p` frame as one JPEG."""
    import av

    encoder = av.CodecContext.create("mjpeg", "w")
    encoder.width, encoder.height = frame.width, frame.height
    encoder.pix_fmt = frame.format.name
    encoder.time_base = Fraction(1, 25)
    encoder.qmin = encoder.qmax = quantiser
    encoder.thread_count = 1
    encoder.options = {"huffman": "default"}
    frame.pts = 0
    return b"".join(bytes(p) for p in (*encoder.encode(frame), *encoder.encode(None)))
