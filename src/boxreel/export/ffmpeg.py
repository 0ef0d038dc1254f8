"""Encode pictures with the FFmpeg that imageio-ffmpeg brings."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from fractions import Fraction
from pathlib import Path
from typing import IO

from boxreel.errors import ExportError
from boxreel.video.base import RGB


def executable() -> str:
    """Return the path of FFmpeg.

    Raises
    ------
    ExportError
        If there is none.
    """
    import imageio_ffmpeg

    try:
        return str(imageio_ffmpeg.get_ffmpeg_exe())
    except RuntimeError as error:
        raise ExportError(
            "no FFmpeg was found to write the clip with; pip install --force-reinstall "
            "imageio-ffmpeg brings one, or name yours in the environment variable "
            "IMAGEIO_FFMPEG_EXE"
        ) from error


@contextmanager
def encoder(
    path: Path, size: tuple[int, int], rate: Fraction, options: Sequence[str]
) -> Iterator[Callable[[RGB], None]]:
    """Give a function that takes the pictures of a video file, one after the other.

    Parameters
    ----------
    path
        The file; whatever is there is overwritten.
    size
        Width and height of the pictures, (H, W, 3) uint8 RGB.
    rate
        Frames a second.
    options
        FFmpeg's, of the output.

    Raises
    ------
    ExportError
        If FFmpeg cannot be run, or fails: says why in its words.
    """
    width, height = size
    given = ["-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{width}x{height}"]
    output = [*options, "-y", str(path)]
    head = [executable(), "-loglevel", "error", *given, "-r", str(rate), "-i", "pipe:"]
    with tempfile.TemporaryFile() as log:
        process = _started([*head, *output], log)
        assert process.stdin is not None
        stdin = process.stdin

        def write(pixels: RGB) -> None:
            try:
                stdin.write(pixels.data)
            except OSError as error:  # FFmpeg gave up; it has said why
                process.wait()
                raise _failure(log) from error

        try:
            yield write
            with suppress(OSError):
                stdin.close()
            if process.wait():
                raise _failure(log)
        finally:
            process.kill()
            process.wait()
            with suppress(OSError):
                stdin.close()


def _started(command: list[str], log: IO[bytes]) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=log
        )
    except OSError as error:
        raise ExportError(f"{command[0]} cannot be run: {error.strerror}") from error


def _failure(log: IO[bytes]) -> ExportError:
    log.seek(0)
    lines = log.read().decode("utf-8", "replace").strip().splitlines()
    reason = "; ".join(lines[:3]) or "it does not say why"
    return ExportError(f"FFmpeg cannot write the clip: {reason}")
