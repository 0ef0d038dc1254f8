"""A long document goes ahead of its snapshot in pieces: no message holds a page up."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import count
from time import sleep

from boxreel.model import Annotation, Track
from boxreel.widget.compose import Ahead, columns, head
from boxreel.widget.messages import Send

ROWS = 4_000
"""Keyframes in a piece, 56 bytes each; a longer track is a piece of its own."""

PAUSE = 1 / 60
"""Seconds between two pieces, in which a page can show a frame."""


class Pieces:
    """Sends the tracks of long documents.

    Parameters
    ----------
    send
        Takes a message and its buffers, on any thread.
    """

    def __init__(self, send: Send) -> None:
        self._send = send
        self._numbers = count(1)

    def go_ahead(self, annotation: Annotation, pause: float = 0.0) -> Ahead:
        """Send all tracks to all pages, and wait `pause` seconds after each piece."""
        number = next(self._numbers)
        for tracks in cut(annotation.tracks.values()):
            heads = [head(track) for track in tracks]
            self._send(
                {"kind": "tracks", "number": number, "tracks": heads}, columns(tracks)
            )
            sleep(pause)
        return Ahead(number, annotation)


def is_long(annotation: Annotation) -> bool:
    """Tell whether a document is more than one message should carry."""
    return sum(len(track.keyframes) for track in annotation.tracks.values()) > ROWS


def cut(tracks: Iterable[Track]) -> list[list[Track]]:
    """Cut tracks, in their order, into lists of `ROWS` keyframes at most."""
    pieces: list[list[Track]] = []
    room = 0
    for track in tracks:
        room -= len(track.keyframes)
        if room < 0 or not pieces:
            pieces.append([])
            room = ROWS - len(track.keyframes)
        pieces[-1].append(track)
    return pieces
