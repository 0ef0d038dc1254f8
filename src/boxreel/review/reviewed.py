"""What people did in a review: verdicts, verified frames, and places they pinned."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from boxreel.errors import AnnotationError
from boxreel.model.checks import as_frame
from boxreel.model.keyframes import Ints
from boxreel.model.plain import fields_of, list_of
from boxreel.review.comparison import Comparison
from boxreel.review.pins import Pin, pins_from_json, pins_to_json
from boxreel.review.tables import FoundError
from boxreel.review.verdicts import (
    Verdict,
    verdicts_from_json,
    verdicts_of,
    verdicts_to_json,
)


@dataclass(frozen=True)
class Reviewed:
    """The state of a review, kept beside the labels: an immutable value.

    Parameters
    ----------
    verdicts
        In the order they were given.
    verified
        Half-open ranges of frames somebody has looked at, sorted and apart.
    pins
        Places to show to others, in the order they were pinned.

    Examples
    --------
    >>> seen = Reviewed().with_verified(10, 20).with_verified(15, 30)
    >>> seen.with_verified(12, 14, verified=False).verified
    ((10, 12), (14, 30))
    """

    verdicts: tuple[Verdict, ...] = ()
    verified: tuple[tuple[int, int], ...] = ()
    pins: tuple[Pin, ...] = ()

    def with_verdict(self, verdict: Verdict) -> Reviewed:
        """Add what was said."""
        return replace(self, verdicts=(*self.verdicts, verdict))

    def without_verdict(self, verdict: Verdict) -> Reviewed:
        """Take back what was said."""
        kept = tuple(each for each in self.verdicts if each != verdict)
        return replace(self, verdicts=kept)

    def with_pin(self, pin: Pin) -> Reviewed:
        """Add a place to show; the very same one is there once."""
        return self if pin in self.pins else replace(self, pins=(*self.pins, pin))

    def without_pin(self, pin: Pin) -> Reviewed:
        """Take a place away."""
        return replace(self, pins=tuple(each for each in self.pins if each != pin))

    def said(
        self, comparison: Comparison, error: FoundError, verdict: Verdict | None
    ) -> Reviewed:
        """Say of an error who is wrong, instead of what was said; None takes it back.

        Parameters
        ----------
        comparison, error
            One of its errors.
        verdict
            As of `verdict_on`.
        """
        before = self.verdicts_on(comparison).get(error)
        left = self if before is None else self.without_verdict(before)
        return left if verdict is None else left.with_verdict(verdict)

    def with_verified(
        self, start: int, stop: int, *, verified: bool = True
    ) -> Reviewed:
        """Mark frames as verified, or as not.

        Raises
        ------
        AnnotationError
            An empty range, or a frame before the first.
        """
        if as_frame(start, "start") >= as_frame(stop, "stop"):
            raise AnnotationError(f"frames [{start}, {stop}) are no range")
        frames = self.frames()
        here = np.arange(start, stop)
        join = np.union1d if verified else np.setdiff1d
        return replace(self, verified=_ranges(join(frames, here)))

    def frames(self) -> Ints:
        """0-based frames that are verified, increasing: what `compare` takes."""
        ranges = [np.arange(start, stop) for start, stop in self.verified]
        return np.concatenate([np.empty(0, np.int64), *ranges])

    def verdicts_on(self, comparison: Comparison) -> dict[FoundError, Verdict]:
        """Find what was said of the errors of a comparison; see `verdicts_of`."""
        return verdicts_of(comparison, self.verdicts)

    def to_json(self) -> dict[str, Any]:
        """Write it as a plain dict."""
        verified = [list(each) for each in self.verified]
        return {
            "verdicts": verdicts_to_json(self.verdicts),
            "verified": verified,
            "pins": pins_to_json(self.pins),
        }

    @classmethod
    def from_json(cls, data: Any) -> Reviewed:
        """Read it.

        Raises
        ------
        AnnotationError
            Something that is none; names it.
        """
        empty: dict[str, Any] = {"verdicts": [], "verified": [], "pins": []}
        given = fields_of(data, "review", empty)
        reviewed = cls(
            verdicts_from_json(given["verdicts"]), pins=pins_from_json(given["pins"])
        )
        for each in list_of(given["verified"], "verified"):
            start, stop = list_of(each, "a range of verified")
            reviewed = reviewed.with_verified(start, stop)
        return reviewed


def label_fixes(before: Comparison, after: Comparison, reviewed: Reviewed) -> int:
    """Count the errors that were said to be the labels' and are no more.

    Parameters
    ----------
    before, after
        With the labels as they were, and as they are; else compared alike.
    reviewed
        What was said.
    """
    was = reviewed.verdicts_on(before).values()
    still = {id(verdict) for verdict in reviewed.verdicts_on(after).values()}
    ours = ("label_wrong", "both_wrong")
    return sum(v.ruling in ours and id(v) not in still for v in was)


def progress(
    before: Comparison, after: Comparison, said: Mapping[FoundError, Verdict]
) -> str:
    """Say what fixing labels changed, and whose errors are left.

    Parameters
    ----------
    before, after
        With the labels as they were, and as they are.
    said
        Verdicts on the errors of `after`.

    Returns
    -------
    str
        As in "IDF1 71.2 → 78.0, 23 → 11 errors: 9 of the model, 2 not looked at".
    """
    numbers = [100 * each.evaluation["IDF1"] for each in (before, after)]
    counts = Counter(said[e].ruling if e in said else "open" for e in after.errors)
    names = {
        "model_wrong": "of the model",
        "label_wrong": "of the labels",
        "both_wrong": "of both",
        "unclear": "unclear",
        "open": "not looked at",
    }
    parts = [
        f"{counts[ruling]} {name}" for ruling, name in names.items() if counts[ruling]
    ]
    listed = ": " + ", ".join(parts) if parts else ""
    return (
        f"IDF1 {numbers[0]:.1f} → {numbers[1]:.1f}, "
        f"{len(before.errors)} → {len(after.errors)} errors{listed}"
    )


def _ranges(frames: Ints) -> tuple[tuple[int, int], ...]:
    cuts = np.flatnonzero(np.diff(frames) > 1) + 1
    runs = np.split(frames, cuts) if len(frames) else []
    return tuple((int(run[0]), int(run[-1]) + 1) for run in runs)
