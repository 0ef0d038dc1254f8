"""Survey an MP4 without fetching its pictures: they are most of it, far away and dear.

The index of such a file lies apart from the pictures. FFmpeg wants to read both; it is
given the index, and zeros for the pictures.
"""

from __future__ import annotations

import os
from bisect import bisect_right
from dataclasses import replace
from typing import TYPE_CHECKING

from boxreel.video.origin import Origin, Readable
from boxreel.video.packets import Survey, close_stream, open_stream, survey

if TYPE_CHECKING:
    from boxreel.video.packets import VideoPacket


def can_skim(origin: Origin, format_name: str) -> bool:
    """Whether reading costs, and the index lies apart from the pictures."""
    return origin.far and "mp4" in format_name.split(",")


def skim(origin: Origin) -> Survey:
    """Survey the packets of an MP4 as `survey` does, reading its index and few more."""
    hollow = Hollow(origin.opened(), origin.name)
    container, stream = open_stream(replace(origin, open=lambda: hollow), parse=False)

    def content(packet: VideoPacket) -> bytes:
        at = packet.pos
        return bytes(packet) if at is None else origin.bytes_at(at, packet.size)

    hollow.spans = media_spans(origin.opened())
    found = survey(container, stream, content, name=origin.name)
    close_stream(container, stream)
    return found


class Hollow:
    """A file of which some spans read as zeros.

    Parameters
    ----------
    file : Readable
        The file.
    name : str
        What messages call it.
    """

    def __init__(self, file: Readable, name: str) -> None:
        self._file, self.name = file, name
        self.spans: list[tuple[int, int]] = []

    def read(self, size: int) -> bytes:
        """Return up to `size` bytes, as far as the next border of a span."""
        at = self._file.tell()
        i = bisect_right(self.spans, at, key=lambda span: span[0])
        if i and at < self.spans[i - 1][1]:
            zeros = min(size, self.spans[i - 1][1] - at)
            self._file.seek(zeros, os.SEEK_CUR)
            return bytes(zeros)
        border = self.spans[i][0] if i < len(self.spans) else at + size
        return self._file.read(min(size, border - at)) or b""

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Move, and return the new place."""
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        """Return where it stands."""
        return self._file.tell()


def media_spans(file: Readable) -> list[tuple[int, int]]:
    r"""Find where the pictures and sounds of an MP4 lie: the content of its `mdat`.

    Returns
    -------
    list of tuple
        Half-open spans of bytes, in order; none reaches past the end of the file.

    Examples
    --------
    >>> import io
    >>> media_spans(io.BytesIO(b"\0\0\0\x08free" + b"\0\0\0\x0cmdatABCD"))
    [(16, 20)]
    """
    end = file.seek(0, os.SEEK_END)
    spans = []
    at = 0
    while at < end:
        file.seek(at)
        head = file.read(16) or b""
        size, content = int.from_bytes(head[:4], "big"), at + 8
        if size == 1:
            size, content = int.from_bytes(head[8:16], "big"), at + 16
        stop = at + size if size else end
        if stop < content:
            break
        if head[4:8] == b"mdat":
            spans.append((content, min(stop, end)))
        at = stop
    return spans
