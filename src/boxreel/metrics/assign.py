"""Pairs chosen one to one, of the greatest weight together."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from boxreel.metrics.order import numbered, order_by
from boxreel.model.keyframes import Bools, Floats, Ints


def components(left: Ints, right: Ints) -> Ints:
    """Tell apart the parts of a graph that hang together.

    Parameters
    ----------
    left, right
        ``(k,)`` the two ends of each edge, counted from 0 on either side, sorted by
        the left one.

    Returns
    -------
    (k,) int64 array
        Number of the part that each edge belongs to.
    """
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import connected_components

    if not len(left):
        return np.empty(0, np.int64)
    count = int(left.max()) + 1
    size = count + int(right.max()) + 1
    rows = np.append(0, np.bincount(left, minlength=size).cumsum())
    graph = csr_array((np.ones(len(left)), right + count, rows), shape=(size, size))
    _, part = connected_components(graph, directed=False)
    return np.asarray(part[left], np.int64)


def tangles(left: Ints, right: Ints) -> tuple[Bools, list[list[int]]]:
    """Tell edges that stand alone from those that exclude each other.

    Returns
    -------
    (k,) bool array
        Edges without a neighbour.
    list of lists
        The edges of each other part, counted among those that do not stand alone; parts
        in the order of their first edge.
    """
    crowd = np.zeros(len(left), np.bool_)
    for end in (left, right):
        crowd |= (np.bincount(end) > 1)[end]
    part = components(left[crowd], right[crowd])
    order = np.argsort(part, kind="stable")
    starts = np.flatnonzero(np.diff(part[order], prepend=-1)).tolist()
    edges = order.tolist()
    ranges = pairwise([*starts, len(edges)])
    return ~crowd, sorted(edges[start:stop] for start, stop in ranges)


def settled(left: Ints, right: Ints, weight: Floats) -> tuple[Ints, Ints]:
    """Choose edges that belong to the heaviest choice for certain.

    An edge at least as heavy as the heaviest others at its two ends together is one:
    choosing it costs no more than those.

    Parameters
    ----------
    left, right
        ``(k,)`` the two ends of each edge, sorted by the left one.
    weight
        ``(k,)`` over 0.

    Returns
    -------
    chosen, open
        Edges that are chosen, and those whose ends are both still free.

    Examples
    --------
    >>> ends = np.array([0, 0, 1]), np.array([0, 1, 1])
    >>> settled(*ends, np.array([0.9, 0.1, 0.5]))
    (array([0, 2]), array([], dtype=int64))
    """
    chosen = [np.empty(0, np.int64)]
    rest = np.arange(len(left))
    while len(rest):
        a, b, w = left[rest], right[rest], weight[rest]
        by_right = order_by(b, int(b.max()) + 1)
        others = _best_other(a, w)
        others[by_right] += _best_other(b[by_right], w[by_right])
        sure = w >= others
        # of two edges at one end that weigh the same, both may seem sure
        sure &= _first(a, sure)
        sure[by_right] &= _first(b[by_right], sure[by_right])
        if not sure.any():
            break
        chosen.append(rest[sure])
        rest = rest[~(np.isin(a, a[sure]) | np.isin(b, b[sure]))]
    return np.sort(np.concatenate(chosen)), rest


def crossed(left: Ints, right: Ints, weight: Floats) -> tuple[Ints, Ints]:
    """Choose the heavier way wherever two objects are in each other's way, no third.

    Parameters
    ----------
    left, right
        ``(k,)`` the two ends of each edge, sorted by the left one.
    weight
        ``(k,)`` over 0.

    Returns
    -------
    chosen, open
        Edges that are chosen, and those of parts with three ends or more on a side.

    Examples
    --------
    >>> ends = np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1])
    >>> crossed(*ends, np.array([0.6, 0.5, 0.5, 0.3]))
    (array([1, 2]), array([], dtype=int64))
    """
    if not len(left):
        return left, left
    part = components(left, right)
    part = numbered(part, int(part.max()) + 1)[1]
    order = order_by(part, len(part))
    cuts = np.flatnonzero(np.diff(part[order], prepend=-1))
    straight = np.ones(len(left), np.bool_)
    large = np.zeros(len(left), np.bool_)
    for end in (left, right):
        low, high = (
            each.reduceat(end[order], cuts)[part] for each in (np.minimum, np.maximum)
        )
        straight ^= end == low
        large |= (end != low) & (end != high)
    ways = np.bincount(2 * part + straight, weight, 2 * len(cuts)).reshape(-1, 2)
    large = np.logical_or.reduceat(large[order], cuts)[part]
    best = straight == (ways[:, 1] >= ways[:, 0])[part]
    return np.flatnonzero(best & ~large), np.flatnonzero(large)


def _best_other(end: Ints, weight: Floats) -> Floats:
    """Weight of the heaviest other edge at the same end, 0 without one."""
    starts = np.flatnonzero(np.diff(end, prepend=-1))
    count = np.diff(np.append(starts, len(end)))
    best = np.repeat(np.maximum.reduceat(weight, starts), count)
    is_best = weight == best
    rest = np.where(is_best, 0.0, weight)
    second = np.repeat(np.maximum.reduceat(rest, starts), count)
    several = np.repeat(np.add.reduceat(is_best.astype(np.int64), starts), count) > 1
    return np.where(is_best & ~several, second, best)


def _first(end: Ints, marked: Bools) -> Bools:
    """Whether an edge is the first marked one at its end."""
    starts = np.flatnonzero(np.diff(end, prepend=-1))
    before = marked.cumsum() - marked
    count = np.diff(np.append(starts, len(end)))
    return np.asarray(before == np.repeat(before[starts], count))


def heaviest(left: Ints, right: Ints, weight: Floats) -> Ints:
    """Choose, of edges that exclude each other, those of the greatest weight together.

    Parameters
    ----------
    left, right
        ``(k,)`` the two ends of each edge; an end is chosen once at most.
    weight
        ``(k,)`` over 0.

    Returns
    -------
    int64 array
        The edges chosen.

    Examples
    --------
    >>> heaviest(np.array([0, 0, 1]), np.array([0, 1, 1]), np.array([3.0, 2, 2]))
    array([0, 2])
    """
    from scipy.optimize import linear_sum_assignment

    rows, row = _places(left)
    columns, column = _places(right)
    if rows == 1 or columns == 1:
        return np.array([weight.argmax()])
    table = np.zeros((rows, columns))
    edge = np.full(table.shape, -1)
    table[row, column] = weight
    edge[row, column] = np.arange(len(weight))
    chosen = edge[linear_sum_assignment(table, maximize=True)]
    return np.asarray(np.sort(chosen[chosen >= 0]))


def _places(ends: Ints) -> tuple[int, list[int]]:
    """Count the different ends, and place each among them; for the few of one part."""
    listed = ends.tolist()
    place = {end: at for at, end in enumerate(sorted({*listed}))}
    return len(place), [place[end] for end in listed]


def assigned(left: Ints, right: Ints, weight: Floats) -> Ints:
    """Choose the heaviest edges of a large graph that falls into many parts.

    Parameters
    ----------
    left, right
        ``(k,)`` the two ends of each edge, sorted by the left one; an end is chosen
        once at most.
    weight
        ``(k,)`` over 0.

    Returns
    -------
    int64 array
        The edges chosen, increasing.

    Examples
    --------
    >>> assigned(np.array([0, 0, 1]), np.array([0, 1, 1]), np.array([3.0, 2, 2]))
    array([0, 2])
    """
    chosen = [np.empty(0, np.int64)]
    rest = np.arange(len(left))
    for choose in (settled, crossed):
        found, open = choose(left[rest], right[rest], weight[rest])
        chosen.append(rest[found])
        rest = rest[open]
    alone, parts = tangles(left[rest], right[rest])
    chosen.append(rest[alone])
    rest = rest[~alone]
    for part in parts:
        edges = rest[part]
        best = heaviest(left[edges], right[edges], weight[edges])
        chosen.append(edges[best])
    return np.sort(np.concatenate(chosen))
