"""Decode one stream of a file to any frame, going on from where it stands if it can."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from fractions import Fraction
from itertools import chain
from typing import TYPE_CHECKING

from boxreel.errors import VideoError
from boxreel.video.check import Header
from boxreel.video.frametable import read_table
from boxreel.video.indexed import is_proven, read_index
from boxreel.video.origin import Origin
from boxreel.video.packets import (
    close_stream,
    decode,
    flush,
    mark_of,
    open_stream,
    packets_of,
)

if TYPE_CHECKING:
    import av

    from boxreel.video.packets import VideoPacket

NEAR = 8
"""A keyframe so few packets ahead is reached faster by going on than by seeking."""


class Decoder:
    """A position in a file, moved by decoding. For one thread at a time.

    Its table is proven when `first` has returned.

    Parameters
    ----------
    origin : Origin
        The file.
    """

    def __init__(self, origin: Origin) -> None:
        self._origin = origin
        self._proof: Future[bool] | None = None
        aside = ThreadPoolExecutor(1, "boxreel-index")
        try:
            reading = aside.submit(read_index, origin)
            self._container, self._stream = open_stream(origin)
            index = reading.result()
            if index is not None:
                # Most of it is waiting for memory, while frame 0 is decoded.
                self._proof = aside.submit(is_proven, origin, index)
            self.table = read_table(origin, self._container, self._stream, index)
        finally:
            aside.shutdown(wait=self._proof is None)
        self._packets: Iterator[VideoPacket] = iter(())
        self._number = 0
        self._last = -1
        self._skipped = -1
        self._ended = True
        self._damaged = self._spoiled = self.table.damaged
        self.lost: set[int] = set()
        self.marred: set[int] = set()
        self._ready: deque[av.VideoFrame] = deque()

    @property
    def aspect(self) -> Fraction | None:
        """Width of a sample over its height, None if the file does not say."""
        return self._stream.sample_aspect_ratio or None

    @property
    def header(self) -> Header:
        """What the file says of its frames."""
        stream, whole = self._stream, self._container.duration
        duration = None if whole is None else Fraction(whole, 1_000_000)
        if stream.duration and stream.time_base:
            duration = stream.duration * stream.time_base
        return Header(stream.frames or None, stream.average_rate or None, duration)

    def first(self) -> av.VideoFrame:
        """Decode frame 0 of a table that is proven by then.

        Raises
        ------
        VideoError
            If it cannot be decoded.
        """
        frame = self._first()
        proof, self._proof = self._proof, None
        if proof is None or proof.result():
            return frame
        self._read_again(trusted=True)
        return self._first()

    def _first(self) -> av.VideoFrame:
        """Decode frame 0.

        Where it is the first packet it leans on no other, and the decoder gives it away
        without having been fed what follows.
        """
        if self.table.packets[0] == 0 and not self._damaged:
            self._seek(0)
            frame = self._alone(next(self._packets, None))
            if frame is not None:
                return frame
        return self.reach(0, _nothing)[1]

    def reach(
        self, target: int, wanted: Callable[[int], bool]
    ) -> tuple[int, av.VideoFrame]:
        """Decode up to the first `wanted` frame on the way to `target`, or `target`.

        Raises
        ------
        VideoError
            If `target` cannot be decoded.
        """
        start = self.table.start_of(target)
        if not self._leads_to(target):
            self._seek(start)
        reached = self._advance(target, wanted, thrifty=True)
        for retry in (start, max(start - 1, 0)):
            if reached is None:
                self._seek(retry)
                reached = self._advance(target, _nothing, thrifty=False)
        if reached is None:
            self.lost.add(target)
            message = f"frame {target} of {self._origin.name} cannot be decoded"
            raise VideoError(f"{message}; the file is damaged there")
        return reached

    def distrust(self) -> None:
        """Decode everything for a table of what really comes out.

        Raises
        ------
        VideoError
            If that is nothing.
        """
        self._read_again(trusted=False)

    def close(self) -> None:
        """Close the file."""
        self._ready.clear()
        close_stream(self._container, self._stream)
        self._origin.close()

    def _read_again(self, *, trusted: bool) -> None:
        """Read the table from the packets, which tell what an index does not."""
        self._proof = None
        self._reopen()
        self.table = read_table(
            self._origin, self._container, self._stream, None, trusted=trusted
        )
        self._damaged = self._spoiled = self.table.damaged or not trusted
        self._ended = True
        self.lost.clear()
        self.marred.clear()

    def _leads_to(self, target: int) -> bool:
        """Whether going on from here is the shortest way to a frame."""
        start = self.table.starts[self.table.start_of(target)]
        ahead = target > max(self._last, self._skipped)
        more = bool(self._ready) or not self._ended
        return ahead and more and start.packet <= self._number + NEAR

    def _advance(
        self, target: int, wanted: Callable[[int], bool], *, thrifty: bool
    ) -> tuple[int, av.VideoFrame] | None:
        """Go on to a wanted frame or the target; None if the target does not come."""
        while True:
            while self._ready:
                frame = self._ready.popleft()
                index = int(self.table.frame_of[frame.pts])
                if index <= self._last:
                    continue
                self._last = index
                if index > target:
                    return None
                if index == target or wanted(index):
                    return index, frame
            if self._ended:
                return None
            self._feed(lambda n: thrifty and n < target and not wanted(n))

    def _feed(self, needless: Callable[[int], bool]) -> None:
        """Decode one more packet; if needless, only should other frames lean on it."""
        packet = next(self._packets, None)
        if packet is None:
            self._ended = True
            self._ready.extend(flush(self._stream))
            return
        number = self._number
        self._number += 1
        if number >= len(self.table.sizes) or packet.size != self.table.sizes[number]:
            message = f"{self._origin} is no longer the file that was opened"
            raise VideoError(f"{message}; open it again")
        frame = int(self.table.frame_of[number])
        skip = frame >= 0 and needless(frame)
        if skip:
            self._skipped = max(self._skipped, frame)
        self._stream.codec_context.skip_frame = "NONREF" if skip else "DEFAULT"
        frames, sound = decode(packet, number)
        self._ready.extend(frames)
        marred = (f.pts for f in frames if f.is_corrupt and f.pts is not None)
        self.marred.update(int(self.table.frame_of[pts]) for pts in marred)
        if not sound:
            self._damaged = self._spoiled = True

    def _alone(self, packet: VideoPacket | None) -> av.VideoFrame | None:
        """Decode one packet and fetch its frame; None if that is not all of one."""
        self._ended = True
        if packet is None or packet.size != self.table.sizes[0]:
            return None
        frames, sound = decode(packet, 0)
        frames += flush(self._stream)
        # A packet that holds one of two fields gives a picture too, but half of it.
        whole = sound and len(frames) == 1 and not frames[0].interlaced_frame
        return frames[0] if whole else None

    def _seek(self, start: int) -> None:
        """Stand at a start, or at the nearest one before it that can be found."""
        if self._spoiled:
            self._reopen()
        for index in range(start, -1, -1):
            packets = self._found(index)
            if packets is not None:
                self._begin(packets, index)
                return
        self._reopen()
        self._begin(packets_of(self._container, self._stream), 0)

    def _reopen(self) -> None:
        """Open the file again: damage stays in a decoder even if it is flushed."""
        close_stream(self._container, self._stream)
        threads = "SLICE" if self._damaged else "AUTO"
        self._container, self._stream = open_stream(self._origin, threads=threads)
        self._spoiled = False

    def _found(self, start: int) -> Iterator[VideoPacket] | None:
        """Seek to a start by either of its times; its packet comes first, or None."""
        import av

        for stamp in self.table.starts[start].mark[:2]:
            if stamp is None:
                continue
            try:
                self._container.seek(stamp, stream=self._stream)
                packets = packets_of(self._container, self._stream)
                for packet in packets:
                    landed = self.table.start_at.get(mark_of(packet))
                    if landed is not None:
                        if landed == start:
                            return chain([packet], packets)
                        break
            except av.FFmpegError:
                continue
        return None

    def _begin(self, packets: Iterator[VideoPacket], start: int) -> None:
        self._packets = packets
        self._number = self.table.starts[start].packet
        self._last = self.table.starts[start].frame - 1
        self._skipped = -1
        self._ended = False
        self._ready.clear()


def _nothing(_: int) -> bool:
    return False
