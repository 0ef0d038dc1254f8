"""Clips: video files and GIFs of what was labelled."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from fractions import Fraction
from pathlib import Path

import numpy as np

from boxreel.errors import ExportError
from boxreel.export.ffmpeg import encoder
from boxreel.export.place import replacing
from boxreel.export.render import checked_blur, chosen_frames, opened, pictures
from boxreel.model import Annotation
from boxreel.progress import progress_line
from boxreel.video import Video
from boxreel.video.base import RGB

VIDEO = (
    # Named, so that every player shows the colours that went in.
    "-vf",
    "scale=out_color_matrix=bt709:out_range=tv,format=yuv420p,"
    "setparams=colorspace=bt709:color_primaries=bt709:color_trc=bt709:range=tv",
    *("-c:v", "libx264", "-crf", "18"),
)
FILM = (*VIDEO, "-movflags", "+faststart")
GIF = (
    "-vf",
    # A palette a frame: one for all would need all frames in memory.
    "split[a][b];[a]palettegen=stats_mode=single[p];[b][p]paletteuse=new=1",
)
OPTIONS = {".mp4": FILM, ".mov": FILM, ".mkv": VIDEO, ".gif": GIF}

GIF_RATE = 50
"""Most frames a second of a GIF: browsers slow faster ones down to 10."""


def export_clip(
    annotation: Annotation | None,
    video: object,
    path: str | os.PathLike[str],
    *,
    frames: Iterable[int] | None = None,
    boxes: bool = True,
    blur: Sequence[str] = (),
    width: int | None = None,
    progress: bool = True,
) -> Path:
    """Write a video file or a GIF, boxes drawn and faces blurred as asked.

    Parameters
    ----------
    annotation
        The labels; None for the bare video.
    video
        What was labelled: a path, or anything else that `open_video` takes.
    path
        The clip; its ending says which kind: .mp4, .mov and .mkv hold H.264. A file
        that is there already is replaced once the clip is whole.
    frames
        Frames in the order in which they are to be shown, such as
        ``range(100, 200)``; all by default. Negative ones count from the end.
    boxes
        Whether boxes and their tags are drawn.
    blur
        Labels whose boxes are blurred, beyond repair. Only frames on which a track is
        present are: look through them before publishing.
    width
        Pixels of the clip's pictures in width, as wide as the video at most and by
        default; the height follows. A GIF is best small.
    progress
        Whether a line on stderr tells how far it is.

    Returns
    -------
    Path
        The clip.

    Raises
    ------
    ExportError
        If the ending is unknown, the place cannot be written to, there is no frame to
        show, the width is less than 2, or FFmpeg is missing or fails. Nothing is left
        behind then.
    AnnotationError
        If there is no such label to blur.
    IndexError
        If the video has no such frame.
    VideoError
        If the video cannot be opened, or a frame cannot be decoded.
    VideoMismatchError
        If the labels belong to another video.

    Notes
    -----
    Frame `k` of the clip is ``frames[k]`` of the video, and the clip lasts as long as
    these frames do in the video: its rate is their mean rate. Of a video of variable
    rate each frame therefore lasts equally long, so that it may be seen somewhat
    before or after its time. Of a GIF above 50 frames a second frames are left out.
    There is no sound. Odd sizes of H.264 get a last row or column twice.

    Examples
    --------
    >>> import tempfile
    >>> from boxreel.video import open_video
    >>> v = open_video(np.zeros((30, 48, 64), np.uint8), fps=10)
    >>> a = Annotation.for_video(v, ["face"]).add_track("face", {0: (9, 9, 20, 20)})
    >>> out = tempfile.mkdtemp() + "/out.mp4"
    >>> path = export_clip(a, v, out, frames=range(20), blur=["face"], progress=False)
    >>> with open_video(path) as clip:
    ...     len(clip), clip.fps
    (20, 10.0)
    """
    target = Path(path).expanduser()
    options = _options(target)
    hidden = checked_blur(annotation, blur)
    with opened(video, annotation) as v, replacing(target) as temporary:
        chosen = chosen_frames(v, frames)
        rate = mean_rate(v, chosen)
        even = target.suffix.lower() != ".gif"
        if not even and rate > GIF_RATE:
            options = _before(f"fps={GIF_RATE}", options)
        if width is not None and width < v.width:
            options = _before(_scaling(v, width, even=even), options)
        size = (v.width + v.width % 2 * even, v.height + v.height % 2 * even)
        shown = pictures(v, annotation, chosen, boxes=boxes, blur=hidden)
        with (
            progress_line(target.name, len(chosen), shown=progress) as step,
            encoder(temporary, size, rate, options) as write,
        ):
            for pixels in shown:
                write(_padded(pixels, size))
                step()
    return target


def mean_rate(video: Video, frames: Sequence[int]) -> Fraction:
    """Return how many of these frames, in this order, are shown in a second.

    Examples
    --------
    >>> from boxreel.video import open_video
    >>> v = open_video(np.zeros((90, 4, 6), bool), fps=29.97)
    >>> mean_rate(v, range(10)), mean_rate(v, range(90, 0, -2)[1:])
    (Fraction(2997, 100), Fraction(2997, 200))
    """
    span = int(abs(np.diff(video.ticks[list(frames)])).sum())
    rate = Fraction(len(frames) - 1) / (span * video.time_base) if span else video.fps
    return max(Fraction(rate).limit_denominator(1001), Fraction(1, 1001))


def _options(path: Path) -> Sequence[str]:
    options = OPTIONS.get(path.suffix.lower())
    if options is None:
        known = ", ".join(OPTIONS)
        raise ExportError(
            f"{path.name!r} does not end in a kind of clip that can be written; "
            f"choose {known}"
        )
    return options


def _before(filter: str, options: Sequence[str]) -> Sequence[str]:
    """Put a filter before those of the options, which begin with them."""
    name, filters, *others = options
    return (name, f"{filter},{filters}", *others)


def _scaling(video: Video, width: int, *, even: bool) -> str:
    if width < 2:
        raise ExportError(f"width={width} is too small for a picture; 2 is the least")
    size = (width, max(round(video.height * width / video.width), 1))
    across, down = (side + side % 2 * even for side in size)
    return f"scale={across}:{down}:flags=area"


def _padded(pixels: RGB, size: tuple[int, int]) -> RGB:
    down, across = size[1] - pixels.shape[0], size[0] - pixels.shape[1]
    if not (down or across):
        return pixels
    return np.pad(pixels, ((0, down), (0, across), (0, 0)), "edge")
