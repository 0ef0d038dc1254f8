"""The boxes of CVAT's tracks as columns, checked."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

import numpy as np
from numpy.typing import ArrayLike, NDArray

from boxreel.formats.base import Source
from boxreel.formats.cvat_plain import TAKEN
from boxreel.formats.safe_xml import line_of
from boxreel.model import Annotation
from boxreel.shapes.box import deltas, wrapped

TOLERANCE = 0.011
"""Pixels by which boxes that CVAT rounded to 0.01 may differ from interpolated ones."""

FLAGS = {"keyframe": "1", "outside": "0", "occluded": "0"}
"""The flags of a box and what a missing one means."""


@dataclass
class Rows:
    """The boxes of one ``<track>``, in the order of the file.

    Attributes
    ----------
    element : dict
        Attributes of the track.
    line : int
        1-based line on which it starts.
    lines, frames : ndarray of int64, shape (n,)
        1-based lines, 0-based frames.
    boxes : ndarray of float64, shape (n, 5)
        x, y, w, h in pixels, rotation in degrees, (-180, 180].
    key, outside, occluded : ndarray of bool, shape (n,)
    attributes : dict of str to list
        For each attribute what keyframes say: (frame, text, line).
    """

    element: dict[str, str]
    line: int
    lines: NDArray[np.int64]
    frames: NDArray[np.int64]
    boxes: NDArray[np.float64]
    key: NDArray[np.bool_]
    outside: NDArray[np.bool_]
    occluded: NDArray[np.bool_]
    attributes: dict[str, list[tuple[int, str, int]]]

    @classmethod
    def of(
        cls,
        element: dict[str, str],
        line: int,
        numbers: ArrayLike,
        attributes: dict[str, list[tuple[int, str, int]]],
    ) -> Rows:
        """Make the rows of what `numbers_of` found of each box."""
        table = np.asarray(numbers)
        left, top, right, bottom, turn = table[:, 2:7].T
        key, outside, occluded = table[:, 7:].T.astype(bool)
        sides = (left, top, right - left, bottom - top, wrapped(turn))
        return cls(
            element=element,
            line=line,
            lines=table[:, 0].astype(np.int64),
            frames=table[:, 1].astype(np.int64),
            boxes=np.stack(sides, axis=1),
            key=key,
            outside=outside,
            occluded=occluded,
            attributes=attributes,
        )

    def refuse(self, source: Source, bad: NDArray[np.bool_], message: str) -> None:
        """Raise a FormatError with frame and line of the first row in `bad` (n,)."""
        if bad.any():
            i = int(np.argmax(bad))
            raise source.error(f"frame {self.frames[i]} {message}", int(self.lines[i]))


def rows_of(
    source: Source, track: Element, tables: Sequence[NDArray[np.float64]]
) -> Rows | None:
    """Take the boxes of a ``<track>`` and note what else it has.

    Parameters
    ----------
    source
        The file.
    track
        The element.
    tables
        The boxes that `taken_out` took out of tracks.

    Returns
    -------
    Rows or None
        None for a track without boxes.

    Raises
    ------
    FormatError
        Naming the line of a box that cannot stand.
    """
    plain = track.find(TAKEN)
    if plain is not None:
        table = tables[int(plain.text or "")]
        return Rows.of(dict(track.attrib), line_of(track), table, {})
    numbers: list[list[float]] = []
    said: dict[str, list[tuple[int, str, int]]] = {}
    for shape in track:
        if shape.tag == "box":
            numbers.append(numbers_of(source, shape))
            if shape.get("keyframe", "1") == "1":
                for child in shape.iterfind("attribute"):
                    value = (int(numbers[-1][1]), child.text or "", line_of(child))
                    said.setdefault(child.get("name", ""), []).append(value)
        else:
            place = f"line {line_of(shape)}"
            source.notes.dropped(f"{shape.tag}: only boxes are read", place)
    if not numbers:
        source.notes.dropped("track without boxes", f"line {line_of(track)}")
        return None
    return Rows.of(dict(track.attrib), line_of(track), numbers, said)


def numbers_of(source: Source, box: Element) -> list[float]:
    """Return line, frame, left, top, right, bottom, rotation and the flags.

    Raises
    ------
    FormatError
        Naming the line of a box that cannot stand.
    """
    line = line_of(box)
    frame = _number(source, box, "frame")
    if frame % 1 or not 0 <= frame < 1e15:
        raise source.error(f"frame {box.get('frame')!r} is no frame", line)
    left, top, right, bottom = (
        _number(source, box, side) for side in ("xtl", "ytl", "xbr", "ybr")
    )
    flags = [_flag(source, box, name) for name in FLAGS]
    if not flags[1] and (right <= left or bottom <= top):
        raise source.error(
            f"the box has no size: {left:g},{top:g} to {right:g},{bottom:g}", line
        )
    if box.get("keyframe") is None:
        source.notes.guessed("box without keyframe= is one", f"line {line}")
    if box.get("z_order", "0") != "0":
        source.notes.lost("z_order", f"line {line}")
    turn = _number(source, box, "rotation", "0")
    return [line, frame, left, top, right, bottom, turn, *flags]


def _number(
    source: Source, box: Element, name: str, default: str | None = None
) -> float:
    text = box.get(name, default)
    if text is None:
        raise source.error(f"<{box.tag}> has no {name}=", line_of(box))
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise source.error(f"{name}={text[:60]!r} is not a number", line_of(box))
    return value


def _flag(source: Source, box: Element, name: str) -> bool:
    text = box.get(name, FLAGS[name])
    if text not in ("0", "1"):
        raise source.error(f"{name}={text[:60]!r} is neither 0 nor 1", line_of(box))
    return text == "1"


def note_differences(
    source: Source, annotation: Annotation, tracks: Iterable[tuple[int, Rows]]
) -> None:
    """Note the boxes between keyframes that are not what the keyframes give.

    Parameters
    ----------
    source
        The file.
    annotation
        What was made of its keyframes.
    tracks
        Id and rows of each track.
    """
    more = [(number, rows) for number, rows in tracks if not rows.key.all()]
    if not more:
        return
    boxes = annotation.dense()
    for number, rows in more:
        between = np.flatnonzero(~rows.key & ~rows.outside)
        start, stop = np.searchsorted(boxes.track, [number, number + 1])
        if start == stop or not len(between):
            continue
        frames = rows.frames[between]
        at = start + np.searchsorted(boxes.frame[start:stop], frames)
        at = np.minimum(at, stop - 1)
        difference: NDArray[Any] = deltas(boxes.box[at].T, rows.boxes[between].T)
        difference[2:4] += difference[:2]
        wrong = (np.abs(difference) > TOLERANCE).any(axis=0)
        wrong |= boxes.frame[at] != frames
        wrong |= boxes.occluded[at] != rows.occluded[between]
        source.notes.dropped(
            "box between keyframes that is not the interpolated one",
            f"line {rows.lines[between[np.argmax(wrong)]]}",
            int(wrong.sum()),
        )
