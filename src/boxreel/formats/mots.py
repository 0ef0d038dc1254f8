"""MOTS's pictures of masks: read as the boxes that bound them, not written.

A picture of 16 bits is a frame; a pixel is ``1000 * class + instance``, 0 where nothing
is (https://www.vision.rwth-aachen.de/page/mots).
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import PurePath, PurePosixPath

import numpy as np
from numpy.typing import NDArray

from boxreel.errors import FormatError
from boxreel.formats.base import Format, Source
from boxreel.formats.gathered import Gathered
from boxreel.model import Annotation

CLASSES = ("car", "pedestrian")
"""What MOTS itself calls 1 and 2."""

IGNORED = 10
"""Class of regions to ignore, unless ``labels.txt`` names so many classes."""

LABELS = "labels.txt"
MAX_PIXELS = 1 << 26
HEADER = struct.Struct(">16sIIBB")
"""Of a PNG: what all begin with, width, height, bits, and kind of colour, 0 for grey"""


def sniff(head: str) -> bool:
    """Tell whether it is a PNG of 16 bits, grey."""
    begins = r"\A\ufffdPNG\r\n\x1a\n\0\0\0\rIHDR\0\0.{1,2}\0\0.{1,2}\x10\0"
    return re.match(begins, head, re.DOTALL) is not None


def spread(members: Sequence[str]) -> list[str]:
    """Return the numbered pictures, of ``instances`` if there, and names of classes.

    >>> spread(["images/0002/000001.png", "instances/0002/000001.png"])
    ['instances/0002/000001.png']
    """
    paths = [PurePosixPath(one) for one in members]
    pictures = [one for one in paths if re.search(r"\d\.png$", one.name)]
    inside = [one for one in pictures if "instances" in one.parts[:-1]]
    named = [one for one in paths if pictures and one.name == LABELS]
    return [str(one) for one in (*(inside or pictures), *named)]


def parse(
    source: Source,
    *,
    classes: Sequence[str] | None = None,
    frame_base: int | None = None,
    clip: str | None = None,
) -> Annotation:
    """Read the masks of a folder of pictures, or of one, as the boxes that bound them.

    Parameters
    ----------
    source
        The folder or the picture. ``labels.txt`` beside the pictures or above them
        names the classes.
    classes
        Names of the classes 1, 2, ...; None for ``labels.txt``, else MOTS's own.
    frame_base
        Number of the first frame in names of files. None: 0 where there is a file of
        that number, else 1.
    clip
        The sequence, where there are several: its folder.

    Returns
    -------
    Annotation
        A track for each value, which is its id. Regions to ignore are dropped.

    Raises
    ------
    FormatError
        Naming the picture.
    """
    name, numbers = _sequence(source, clip)
    if frame_base is None:
        frame_base = 0 if 0 in numbers else 1
        source.notes.guessed(f"files are numbered from {frame_base}; pass frame_base=")
    names = _names(source, numbers[min(numbers)], classes)
    found = Gathered(source, name=name)
    for number in sorted(numbers):
        picture = numbers[number]
        mask = _mask(source, picture)
        height, width = mask.shape
        found.size = found.size or (width, height)
        if found.size != (width, height):
            raise _error(
                source,
                picture,
                f"is {width}x{height}, those before are "
                f"{found.size[0]}x{found.size[1]}; give pictures of one video",
            )
        found.seen.append(number - frame_base)
        for value, box in _boxes(mask):
            label = _label(source, picture, value, names)
            if label:
                found.add(picture, number - frame_base, value, label, box)
                source.notes.dropped("masks, of which the boxes are kept", picture)
    return found.annotation()


def _sequence(source: Source, clip: str | None) -> tuple[str, dict[int, str]]:
    """Return the name of the sequence, and its pictures by number."""
    clips: dict[str, dict[int, str]] = {}
    for name in source.pictures or [PurePath(source.path).name]:
        path = PurePosixPath(name)
        match = re.fullmatch(r"(.*?)[-_]?(\d{1,9})", path.stem)
        kind, number = (match[1], int(match[2])) if match else (path.stem, 0)
        numbers = clips.setdefault(str(path.parent / kind), {})
        if numbers.setdefault(number, name) != name:
            raise source.error(f"{numbers[number]} and {name} are of one frame")
    meant = [one for one in clips if clip is None or f"/{one}".endswith(f"/{clip}")]
    if len(meant) != 1:
        known = ", ".join(map(repr, sorted(clips)[:10]))
        raise source.error(
            f"{len(meant)} of its sequences are meant; pass clip=, one of {known}"
        )
    return PurePosixPath(meant[0]).name, clips[meant[0]]


def _names(
    source: Source, picture: str, classes: Sequence[str] | None
) -> tuple[str, ...]:
    """Return the names of the classes from 1 on; none where nobody says them."""
    if classes is not None:
        return tuple(classes)
    above = [str(folder / LABELS) for folder in PurePosixPath(picture).parents]
    texts = (source.beside.get(one, "") for one in (*above, f"../{LABELS}"))
    lines = next(filter(None, texts), "").split("\n")
    names = tuple(line.strip() for line in lines if line.strip())
    if not names:
        source.notes.guessed("MOTS's own names of classes; pass classes=")
    return names


def _label(source: Source, picture: str, value: int, names: tuple[str, ...]) -> str:
    """Return the label of a value; nothing for what is no object."""
    kind = value // 1000
    if kind == 0:
        source.notes.dropped("values below 1000, which are of no class", picture)
        return ""
    if kind == IGNORED > len(names):
        source.notes.dropped("regions to ignore", picture)
        return ""
    if kind > (len(names) or IGNORED):
        known = f"{len(names)}: {', '.join(names[:20])}" if names else f"{IGNORED}"
        message = f"value {value} is of class {kind}; there are {known}"
        raise _error(source, picture, f"{message}; pass classes=")
    named = names or CLASSES
    return named[kind - 1] if kind <= len(named) else f"class {kind}"


def _mask(source: Source, picture: str) -> NDArray[np.int64]:
    """Return the values (height, width) of a picture."""
    from PIL import Image

    data = _data(source, picture)
    if data[:8] != b"\x89PNG\r\n\x1a\n" or len(data) < HEADER.size:
        raise _error(source, picture, "is no PNG, or cut short")
    _, width, height, bits, colour = HEADER.unpack_from(data)
    if (bits, colour) != (16, 0):
        grey = "grey" if colour == 0 else "in colours"
        raise _error(
            source,
            picture,
            f"is {grey}, of {bits} bits; MOTS keeps masks in grey PNGs of 16 bits",
        )
    if width * height > MAX_PIXELS:
        raise _error(source, picture, f"{width}x{height} is more than can be read")
    try:
        with Image.open(BytesIO(data), formats=["PNG"]) as opened:
            return np.asarray(opened).astype(np.int64)
    except (OSError, SyntaxError, ValueError, struct.error, zlib.error) as error:
        raise _error(source, picture, f"is damaged: {error}") from error


def _data(source: Source, picture: str) -> bytes:
    if source.pictures:
        return source.pictures[picture]()
    with source.open() as file:
        return file.read()


def _boxes(mask: NDArray[np.int64]) -> Iterator[tuple[int, list[float]]]:
    """Yield each value and its box: x, y, w, h, of which the last pixels are part."""
    first, last = np.full((2, 1 << 16, 2), -1)
    for side, lines in enumerate((mask.T, mask)):
        values, places = lines[lines > 0], np.nonzero(lines)[0]
        first[values[::-1], side] = places[::-1]  # of one value the last one stays
        last[values, side] = places
    values = np.flatnonzero(last[:, 0] >= 0)
    boxes = np.hstack([first, last + 1 - first])[values].astype(np.float64)
    yield from zip(values.tolist(), boxes.tolist(), strict=True)


def _error(source: Source, picture: str, message: str) -> FormatError:
    return source.error(f"{picture}: {message}" if source.pictures else message)


FORMAT = Format(
    name="mots",
    extensions=(),
    sniff=sniff,
    parse=parse,
    dump=None,
    companions=(LABELS, f"../{LABELS}"),
    spread=spread,
    pictures=".png",
)
