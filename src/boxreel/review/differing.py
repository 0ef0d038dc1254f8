"""Errors that not all models make."""

from __future__ import annotations

from collections.abc import Iterable

from boxreel.review.comparison import Comparison
from boxreel.review.verdicts import verdict_on, verdicts_of


def differing(comparison: Comparison, others: Iterable[Comparison]) -> list[bool]:
    """Say of each error whether there is a model that does not make it.

    An error is known again with another model as verdicts are, see `verdicts_of`.

    Parameters
    ----------
    comparison
        Whose errors are asked about.
    others
        Of other predictions with the same labels.

    Returns
    -------
    list of bool
        In the order of ``comparison.errors``.

    Examples
    --------
    >>> from boxreel.model import Annotation, VideoInfo
    >>> from boxreel.review import compare
    >>> video = VideoInfo.constant("street.mp4", 1920, 1080, 10, fps=30)
    >>> empty = Annotation.for_video(video, labels=["car"])
    >>> truth = empty.add_track("car", {0: (10, 20, 40, 30)})
    >>> late = compare(truth, empty.add_track("car", {4: (10, 20, 40, 30)}))
    >>> differing(late, [compare(truth, truth)]), differing(late, [late])
    ([True], [False])
    """
    asked = [verdict_on(comparison, error, "unclear") for error in comparison.errors]
    differs = [False] * len(asked)
    for other in others:
        known = {id(verdict) for verdict in verdicts_of(other, asked).values()}
        differs = [
            was or id(each) not in known
            for was, each in zip(differs, asked, strict=True)
        ]
    return differs
