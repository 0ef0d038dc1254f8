"""A video file, decoded with FFmpeg."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock

from boxreel.errors import VideoError
from boxreel.video.base import Picture, Video
from boxreel.video.check import Header
from boxreel.video.decoder import Decoder
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
        table = self._decoder.table
        self._closed = False
        _, frame = self._decoder.reach(0, lambda _: False)
        self._upright = Upright.of(frame, self._decoder.aspect)
        self._reached = (0, DecodedPicture(frame, self._upright))
        super().__init__(
            name=origin.name,
            width=self._upright.width,
            height=self._upright.height,
            ticks=table.ticks,
            time_base=table.time_base,
            fingerprint=table.fingerprint,
            warnings=table.warnings,
            path=origin.path,
        )

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
