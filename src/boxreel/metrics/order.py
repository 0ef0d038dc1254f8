"""Sorting and numbering of whole numbers under a known limit."""

from __future__ import annotations

from typing import Final

import numpy as np

from boxreel.model.keyframes import Ints

SHORT: Final = 1 << 16
"""Numbers under this are sorted by their digits."""

DENSE: Final = 1 << 24
"""Numbers under this are counted in a table that holds all there could be."""


def order_by(column: Ints, limit: int) -> Ints:
    """Sort a column stably: the indices that do it.

    Parameters
    ----------
    column
        ``(n,)`` from 0 on.
    limit
        One more than the largest there could be.

    Examples
    --------
    >>> order_by(np.array([2, 0, 2, 1]), 3).tolist()
    [1, 3, 0, 2]
    """
    short = column.astype(np.uint16) if limit <= SHORT else column
    return np.argsort(short, kind="stable")


def numbered(codes: Ints, limit: int) -> tuple[Ints, Ints]:
    """Find the different numbers and the place of each among them.

    Returns
    -------
    codes, place
        Those that occur, increasing, and ``(n,)`` which of them each one is.

    Examples
    --------
    >>> codes, place = numbered(np.array([7, 3, 7]), 8)
    >>> codes.tolist(), place.tolist()
    ([3, 7], [1, 0, 1])
    """
    if limit > DENSE:
        found, place = np.unique(codes, return_inverse=True)
        return found, place.reshape(-1)
    there = np.zeros(limit, np.bool_)
    there[codes] = True
    return np.flatnonzero(there), (there.cumsum() - 1)[codes]
