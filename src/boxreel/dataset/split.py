"""Parts of a data set, as train and val: made of whole clips, the same every time."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from hashlib import sha256
from itertools import accumulate

from boxreel.errors import ExportError


def fractions_of(split: float | Mapping[str, float] | None) -> dict[str, float]:
    """Return the share of each part, in order; one part for None.

    Raises
    ------
    ExportError
        Shares that are none, or do not add up to 1, or a name that is no folder's.

    Examples
    --------
    >>> fractions_of(0.75)
    {'train': 0.75, 'val': 0.25}
    """
    if split is None:
        return {"train": 1.0}
    if isinstance(split, Mapping):
        shares = dict(split)
    else:
        shares = {"train": split, "val": 1 - split}
    bad = [name for name in shares if not re.fullmatch(r"[\w-]{1,40}", str(name))]
    if bad:
        raise ExportError(f"split: {bad[0]!r} is no name of a part, such as 'train'")
    if not all(0 < share <= 1 for share in shares.values()) or not math.isclose(
        sum(shares.values()), 1, abs_tol=1e-6
    ):
        raise ExportError(
            f"split={split!r}: shares must be above 0 and add up to 1, as in "
            "{'train': 0.8, 'val': 0.2}, or 0.8 for short"
        )
    return shares


def bound(names: Sequence[Sequence[str]]) -> list[str]:
    """Say for each clip which group it belongs to, by the names it goes by.

    Clips that share a name, such as a fingerprint, are of one group, and so are those
    that a third one links.

    Returns
    -------
    list of str
        The least name in the group of each clip, whatever the order of the clips.

    Examples
    --------
    >>> bound([["b"], ["a", "c"], ["c", "b"], ["d"]])
    ['a', 'a', 'a', 'd']
    """
    leads: dict[str, str] = {}

    def lead(name: str) -> str:
        while leads.setdefault(name, name) != name:
            name = leads[name]
        return name

    for mine in names:
        first = min(lead(name) for name in mine)
        for name in mine:
            leads[lead(name)] = first
    return [lead(mine[0]) for mine in names]


def parts_of(
    groups: Sequence[str], fractions: Mapping[str, float], seed: int
) -> list[str]:
    """Say for each clip in which part it is.

    Groups are sorted by a hash of their name and the seed and dealt out in that order,
    so that shares are met as well as whole groups can, no part is empty, and one group
    more moves at most one of the others over each border.

    Parameters
    ----------
    groups
        Name of the group of each clip: clips of one group stay together.
    fractions
        Share of each part, of the number of groups.
    seed
        Another one gives another split.

    Raises
    ------
    ExportError
        If there are fewer groups than parts.

    Examples
    --------
    >>> parts_of(["a", "b", "c", "b"], {"train": 0.7, "val": 0.3}, seed=0)
    ['train', 'val', 'train', 'val']
    """
    known = sorted(
        set(groups), key=lambda name: sha256(f"{seed}:{name}".encode()).digest()
    )
    count, parts = len(known), [*fractions]
    if count < len(parts):
        raise ExportError(
            f"{count} clips cannot be split into {len(parts)} parts, {', '.join(parts)}"
            ": frames of one source stay together, as neighbours look alike. Give more "
            "clips, or leave split out; where clips of one file name are of different "
            "sources, groups= says which"
        )
    ends = [round(share * count) for share in accumulate(fractions.values())]
    for i, end in enumerate(ends):
        ends[i] = min(max(end, ends[i - 1] + 1 if i else 1), count - len(parts) + i + 1)
    rank = {name: i for i, name in enumerate(known)}
    return [
        next(part for part, end in zip(parts, ends, strict=True) if rank[group] < end)
        for group in groups
    ]
