"""A video file, decoded with FFmpeg."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from threading import Lock

from boxreel.errors import VideoError
from boxreel.video.base import Picture, Video
from boxreel.video.check import Header
from boxreel.video.decoder import Decoder
from boxreel.video.frametable import NAMED
from boxreel.video.origin import Origin
from boxreel.video.picture import DecodedPicture, Upright


class FileVideo(Video):
    """A video file; `open_video` makes it.

    Parameters
    ----------
    origin : Origin
        Any file that FFmpeg decodes.

    Raises
    ------
    VideoError
        If the file cannot be opened, holds no video, or nothing of it can be decoded.
    """

    def __init__(self, origin: Origin) -> None:
        self._lock = Lock()
        self._decoder = Decoder(origin)
        self._closed = False
        try:
            frame = self._decoder.first()
        except VideoError:
            self._decoder.distrust()
            frame = self._decoder.first()
        table = self._decoder.table
        self._upright = Upright.of(frame, self._decoder.aspect)
        self._reached = (0, DecodedPicture(frame, self._upright))
        super().__init__(
            name=origin.name,
            width=self._upright.width,
            height=self._upright.height,
            ticks=table.ticks,
            time_base=table.time_base,
            fingerprint=table.fingerprint,
            path=origin.path,
        )

    @property
    def warnings(self) -> tuple[str, ...]:
        """What is wrong with the file; grows as damage is met while decoding."""
        decoder = self._decoder
        met = [
            ("cannot be decoded", decoder.lost),
            ("damaged, shown as far as it goes", decoder.marred - decoder.lost),
        ]
        notes = (f"{self.name}: {what}: {_runs(which)}" for what, which in met if which)
        return (*self._decoder.table.warnings, *notes)

    def reach(self, target: int, wanted: Callable[[int], bool]) -> tuple[int, Picture]:
        """Decode towards `target`; stop at the first `wanted` frame or at `target`."""
        with self._lock:
            self._assert_open()
            if self._reached[0] != target:
                index, frame = self._decoder.reach(target, wanted)
                self._reached = (index, DecodedPicture(frame, self._upright))
            return self._reached

    def _header(self) -> Header:
        with self._lock:
            self._assert_open()
            return self._decoder.header

    def _assert_open(self) -> None:
        if self._closed:
            raise VideoError(f"{self.name} was closed; open it again")

    def close(self) -> None:
        """Close the file. Closing twice is fine; reading afterwards is an error."""
        with self._lock:
            self._closed = True
            self._decoder.close()


def _runs(frames: Iterable[int]) -> str:
    """Name frames, runs of them by their ends.

    Examples
    --------
    >>> _runs({7, 3, 4, 5})
    'frames 3 to 5, 7'
    """
    ends: list[list[int]] = []
    for frame in sorted(frames):
        if ends and frame == ends[-1][1] + 1:
            ends[-1][1] = frame
        else:
            ends.append([frame, frame])
    named = [f"{a} to {b}" if b > a else f"{a}" for a, b in ends]
    more = f" and {len(named) - NAMED} places more" if len(named) > NAMED else ""
    word = "frame" if ends[0][0] == ends[-1][1] else "frames"
    return f"{word} {', '.join(named[:NAMED])}{more}"
