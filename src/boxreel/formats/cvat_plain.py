"""Tracks of CVAT whose boxes are written all alike, read as columns.

An XML parser calls back for every box, which takes several times as long as all else.
What is not written alike is left to it, and so is whatever is wrong.
"""

from __future__ import annotations

import re
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Table: TypeAlias = NDArray[np.float64]

TAKEN = "boxreel-boxes"
"""Tag of the element that stands for the boxes taken out; in it, the table's place.

It has no quotes: in a damaged document they could end a value that goes on.
"""

ODD = ("<!", "<?", "\r", f"<{TAKEN}")
"""Where one is in a text, "<" may not begin a tag, or lines may count otherwise."""

FLAGS = ("keyframe", "outside", "occluded")
COLUMNS = ("frame", "xtl", "ytl", "xbr", "ybr", "rotation", *FLAGS)
OUTSIDE = 1 + COLUMNS.index("outside")
KNOWN = {*COLUMNS, "z_order"}

NAME = re.compile(" ([a-z_]+)=")
FIRST = re.compile("[ \t\n]*<box ([a-z_]+)=")
NEXT = re.compile("(>[ \t\n]*</box>|/>)[ \t\n]*<box ([a-z_]+)=")
LAST = re.compile("(>[ \t\n]*</box>|/>)[ \t\n]*")


def taken_out(text: str) -> tuple[str, list[Table]]:
    r"""Take the boxes out of every track that is written plainly.

    Parameters
    ----------
    text
        A document of XML, maybe a damaged one.

    Returns
    -------
    str
        The document with an element `TAKEN` in the place of the boxes of such a track,
        well-formed if and only if `text` is, and with everything on the same lines.
    list of ndarray of float64, shape (n, 10)
        The boxes of each such track as `cvat_rows.numbers_of` gives them.

    Examples
    --------
    >>> box = '<box frame="3" keyframe="1" outside="0" occluded="0" xtl="1" ytl="2" '
    >>> box += 'xbr="4" ybr="6" z_order="0"/>'
    >>> text, tables = taken_out(f"<track id='0'>\n{box}</track>")
    >>> text
    "<track id='0'><boxreel-boxes>0</boxreel-boxes>\n</track>"
    >>> tables[0].tolist()
    [[2.0, 3.0, 1.0, 2.0, 4.0, 6.0, 0.0, 1.0, 0.0, 0.0]]
    """
    declaration = text.find("?>") + 2 if text.startswith("<?xml ") else 0
    # A single character is looked for many times as fast as two that begin with "<".
    if any(
        text.find(odd[-1], declaration) >= 0 and text.find(odd, declaration) >= 0
        for odd in ODD
    ):
        return text, []
    tables: list[Table] = []
    pieces: list[str] = []
    done, line, end = 0, 1, 0
    start = text.find("<track ")
    while start >= 0:
        begin = text.find(">", start) + 1
        start = text.find("<track ", start + 1)
        if end < begin:
            end = text.find("</track>", begin)
        if not begin or end < 0:
            break
        if 0 <= start < end:
            continue
        line += text.count("\n", done, begin)
        pieces.append(text[done:begin])
        done = begin
        table = _table(text[begin:end], line)
        if table is not None:
            lines = text.count("\n", begin, end)
            pieces.append(f"<{TAKEN}>{len(tables)}</{TAKEN}>" + "\n" * lines)
            tables.append(table)
            line += lines
            done = end
    return "".join([*pieces, text[done:]]), tables


def _table(body: str, line: int) -> Table | None:
    """Return the boxes between the tags of a track; None where they are not plain."""
    first = FIRST.match(body)
    if first is None:
        return None
    width = body.count('"', 0, body.find(">"))
    parts = body.split('"')
    count = len(parts) // width if width else 0
    if not count or len(parts) != count * width + 1 or not LAST.fullmatch(parts[-1]):
        return None
    between = parts[width::width][:-1]
    if between and (
        not (following := NEXT.fullmatch(between[0]))
        or following[2] != first[1]
        or between.count(between[0]) != count - 1
    ):
        return None
    names = [first[1]]
    for at in range(2, width, 2):
        name = NAME.fullmatch(parts[at])
        if name is None or parts[at::width].count(parts[at]) != count:
            return None
        names.append(name[1])
    values = {key: parts[2 * i + 1 :: width] for i, key in enumerate(names)}
    if len(values) != len(names) or values.keys() | {"rotation"} != KNOWN:
        return None
    if values.pop("z_order").count("0") != count:
        return None
    if any(set(values[flag]) - {"0", "1"} for flag in FLAGS):
        return None
    table = np.zeros((count, 1 + len(COLUMNS)))
    step = between[0].count("\n") if between else 0
    table[:, 0] = line + parts[0].count("\n") + step * np.arange(count)
    try:
        for i, column in enumerate(COLUMNS, 1):
            if column in values:
                table[:, i] = [*map(float, values[column])]
    except ValueError:
        return None
    return table if _stands(table) else None


def _stands(table: Table) -> bool:
    """Tell whether the boxes are such as `cvat_rows.numbers_of` lets stand."""
    frame, left, top, right, bottom = table.T[1:6]
    outside = table[:, OUTSIDE] == 1
    sized = (right > left) & (bottom > top) | outside
    frames = (frame % 1 == 0) & (frame >= 0) & (frame < 1e15)
    return bool((np.isfinite(table).all(axis=1) & sized & frames).all())
