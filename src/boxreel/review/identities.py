"""Where identity breaks: switches, fragmentations, transfers, and what they add up to.

Stints are runs of matches of one true track with one prediction; a break is where a
stint ends and the next one of the same true track begins.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from boxreel.metrics.order import order_by
from boxreel.model.keyframes import Bools, Ints
from boxreel.review import kinds
from boxreel.review.outcomes import Outcomes

Columns = dict[str, npt.NDArray[Any]]


@dataclass(frozen=True, eq=False)
class Identities:
    """Matches in the order of their true tracks, each by frame.

    Attributes
    ----------
    outcomes
        What became of every box.
    pair, row
        ``(k,)`` the pair, and the row of its true box.
    truth, prediction
        ``(k,)`` place of both tracks.
    frame
        ``(k,)`` 0-based frame.
    """

    outcomes: Outcomes
    pair: Ints
    row: Ints
    truth: Ints
    prediction: Ints
    frame: Ints

    @classmethod
    def of(cls, outcomes: Outcomes) -> Identities:
        """Bring the matches into order."""
        overlaps, pair = outcomes.overlaps, outcomes.matches
        pair = pair[order_by(overlaps.pair[0][pair], len(overlaps.truth.ids))]
        row = overlaps.true[pair]
        truth, prediction = (tracks[pair] for tracks in overlaps.pair)
        frame = overlaps.truth.frame[row]
        return cls(outcomes, pair, row, truth, prediction, frame)

    @cached_property
    def follows(self) -> Bools:
        """Whether the match before is of the same true track."""
        return _same_as_before(self.truth)

    @cached_property
    def switched(self) -> Bools:
        """Where CLEAR counts an identity switch."""
        return self.follows & ~_same_as_before(self.prediction)

    @cached_property
    def restarts(self) -> Bools:
        """Where CLEAR counts a fragmentation."""
        rank = self.outcomes.rank[self.row]
        return np.asarray(self.follows & (rank != np.roll(rank, 1) + 1))

    @cached_property
    def by_prediction(self) -> Ints:
        """Order of the predicted tracks, each by frame."""
        by_frame = order_by(self.frame, self.outcomes.overlaps.frame_count)
        count = len(self.outcomes.overlaps.predictions.ids)
        return np.asarray(by_frame[order_by(self.prediction[by_frame], count)])

    @cached_property
    def stints(self) -> Ints:
        """Length ``(k,)`` of the stint that each match belongs to."""
        starts = ~self.follows | self.switched
        return _lengths(starts)

    def broken_by(self, run_of_row: Ints) -> tuple[Ints, Ints]:
        """Say why tracking starts again where identity is kept.

        Parameters
        ----------
        run_of_row
            Run of errors that each true box is in, -1 for none.

        Returns
        -------
        runs
            Those that end where tracking starts again.
        rest
            Matches at which it starts again though the object was just absent.
        """
        before = self.outcomes.overlaps.truth.before
        again = np.flatnonzero(self.restarts & ~self.switched)
        run = run_of_row[before[self.row[again]]]
        return run[run >= 0], again[run < 0]

    def breaks(self) -> Columns:
        """Switches, fragmentations and transfers."""
        order = self.by_prediction
        again = np.zeros(len(order), np.bool_)
        again[order] = _same_as_before(self.prediction[order])
        at = np.flatnonzero(self.switched)
        last = self.frame[at - 1] + 1
        new = ~again[at] & (last < self.frame[at])
        start = np.where(new, last, self.onset[at])
        here = self._columns(
            at,
            np.where(new, kinds.FRAGMENTATION, kinds.SWITCH),
            start,
            np.where(new, self.frame[at], start + 1),
            self.prediction[at - 1],
        )
        here["severity"] = np.minimum(self.stints[at - 1], self.stints[at]) * 1.0
        here["idsw"] += 1
        here["frag"] += self.restarts[at]
        moved = self._transfers()
        return {name: np.append(here[name], moved[name]) for name in here}

    def _transfers(self) -> Columns:
        """Where a prediction moves to another true track that does not switch."""
        order = self.by_prediction
        same = _same_as_before(self.prediction[order])
        moved = same & ~_same_as_before(self.truth[order])
        lengths = _lengths(~same | moved)
        at = np.flatnonzero(moved & ~self.switched[order])
        match = order[at]
        columns = self._columns(
            match,
            np.full(len(at), kinds.TRANSFER),
            self.frame[match],
            self.frame[match] + 1,
            self.truth[order[at - 1]],
        )
        columns["severity"] = np.minimum(lengths[at - 1], lengths[at]) * 1.0
        return columns

    def reentries(self, at: Ints) -> Columns:
        """Objects that leave and return, found before and after."""
        start = self.frame[at - 1] + 1
        kind = np.full(len(at), kinds.REENTRY)
        columns = self._columns(at, kind, start, self.frame[at], self.prediction[at])
        columns["was"][:] = -1
        columns["frag"] += 1
        return columns

    def mixed(self) -> Columns:
        """Find true tracks of several predictions, and predictions of several."""
        tables = []
        for kind, whole, order in (
            (kinds.SPLIT_IDENTITY, self.truth, np.arange(len(self.row))),
            (kinds.MERGED_IDENTITY, self.prediction, self.by_prediction),
        ):
            other = self.prediction if whole is self.truth else self.truth
            track, other = whole[order], other[order]
            first = np.flatnonzero(~_same_as_before(track))
            changes = ~_same_as_before(other) & _same_as_before(track)
            several = np.add.reduceat(changes, first) > 0 if len(first) else first > 0
            last = np.append(first[1:], len(track)) - 1
            first, last = order[first[several]], order[last[several]]
            columns = self._columns(
                first,
                np.full(len(first), kind),
                self.frame[first],
                self.frame[last] + 1,
                first * 0 - 1,
            )
            odd = "prediction" if whole is self.truth else "truth"
            columns[odd] = np.full(len(first), -1)
            columns["iou"] = np.full(len(first), np.nan)
            tables.append(columns)
        return {name: np.append(tables[0][name], tables[1][name]) for name in tables[0]}

    @cached_property
    def onset(self) -> Ints:
        """Frame ``(k,)`` from which the prediction of a match is the better one.

        CLEAR stays with a prediction while it overlaps enough, hence counts a switch
        some frames after two objects have crossed.
        """
        overlaps = self.outcomes.overlaps
        starts = np.flatnonzero(~self.follows | self.switched)
        stint = (~self.follows | self.switched).cumsum() - 1
        switched = np.append(self.switched[starts[1:]], False)[: len(starts)]
        next_one = np.where(switched, self.prediction[np.roll(starts, -1)], -1)
        after = np.full(len(overlaps.truth), -1)
        iou = np.zeros(len(overlaps.truth))
        after[self.row] = next_one[stint]
        iou[self.row] = overlaps.iou[self.pair]
        better = np.zeros(len(overlaps.truth), np.bool_)
        won = np.flatnonzero((after >= 0)[overlaps.true])
        won = won[overlaps.pair[1][won] == after[overlaps.true[won]]]
        won = won[overlaps.iou[won] > iou[overlaps.true[won]]]
        better[overlaps.true[won]] = True
        place = np.arange(len(self.row))
        adjacent = np.append(False, np.diff(self.frame) == 1)[: len(place)]
        keeps = better[self.row] & np.append(adjacent[1:], False)[: len(place)]
        last_kept = np.maximum.accumulate(np.where(keeps, -1, place))
        lost = np.append(-1, last_kept[:-1])[: len(place)]
        since = np.append(0, starts[stint[:-1]])[: len(place)]
        return np.asarray(self.frame[np.minimum(np.maximum(lost + 1, since), place)])

    def _columns(
        self, match: Ints, kind: Ints, start: Ints, stop: Ints, was: Ints
    ) -> Columns:
        none = np.zeros(len(match), np.int64)
        return {
            "kind": kind.astype(np.uint8),
            "start": start,
            "stop": stop,
            "truth": self.truth[match],
            "prediction": self.prediction[match],
            "was": was.copy(),
            "iou": self.outcomes.overlaps.iou[self.pair[match]],
            "severity": np.zeros(len(match)),
            "fn": none,
            "fp": none,
            "idsw": none.copy(),
            "frag": none.copy(),
        }


def _same_as_before(column: Ints) -> Bools:
    return np.append(False, column[1:] == column[:-1])[: len(column)]


def _lengths(starts: Bools) -> Ints:
    stint = starts.cumsum() - 1
    return np.asarray(np.bincount(stint)[stint])
