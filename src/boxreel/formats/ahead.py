"""Whether the journal beside a label file holds changes that the file does not."""

from __future__ import annotations

import os
import re
from hashlib import sha256

from boxreel.formats.files import Content

ENDING = ".journal"
"""What the name of the journal has more than that of its label file."""

_WRITTEN = re.compile(
    rb'\{"crc":"[0-9a-f]{8}","kind":"(saving|saved)".*?"([0-9a-f]{64})"'
)
"""A line that says: all before it is in the label file, or soon will be."""

_LONGEST = 1 << 16
"""Most bytes of such a line."""


def journal_is_ahead(content: Content) -> bool:
    """Return whether the last line of the journal is a change of the labels.

    What is written after a line that ends is no line yet, and no change that was
    confirmed. Where there is no journal, or it cannot be read, nothing is ahead.
    """
    place = content.file.path
    try:
        with place.with_name(place.name + ENDING).open("rb") as file:
            file.seek(max(0, file.seek(0, os.SEEK_END) - _LONGEST))
            *lines, _torn = file.read(_LONGEST).split(b"\n")
    except OSError:
        return False
    if not lines:
        return False
    written = _WRITTEN.match(lines[-1])
    if written is None:
        return True
    kind, digest = written.groups()
    return kind == b"saving" and digest != sha256(content.data()).hexdigest().encode()
