"""Files of tools that are known by sight and not read."""

from __future__ import annotations

import re

STRANGERS = {
    r'"classTitle"\s*:.*"points"\s*:': "a picture of Supervisely's",
    r"<annotation[\s>]": "a picture of Pascal VOC",
    r"\A\ufffdPNG": "a picture; MOTS keeps masks in grey ones of 16 bits",
}
"""What a file has at its beginning, and whose it then is."""


def known_as(head: str) -> str:
    """Say whose file it is that begins so; nothing where that is not known.

    Examples
    --------
    >>> known_as("<annotation><folder/>")
    'a picture of Pascal VOC'
    """
    return next(
        (name for sign, name in STRANGERS.items() if re.search(sign, head, re.DOTALL)),
        "",
    )
