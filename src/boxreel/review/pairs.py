"""Who is whose: runs of frames on which a prediction stands for a true track."""

from __future__ import annotations

import numpy as np

from boxreel.model.keyframes import Ints
from boxreel.review.outcomes import Outcomes


def pair_runs(outcomes: Outcomes) -> Ints:
    """Return the frames on which two tracks are one pair: matched, or in one error.

    Parameters
    ----------
    outcomes
        What became of every box.

    Returns
    -------
    ndarray
        ``(n, 4)`` int64, by first frame: start, stop (half-open), id of the true track,
        id of the predicted one. A duplicate is in no pair.
    """
    overlaps = outcomes.overlaps
    row = np.flatnonzero(outcomes.true_pair >= 0)
    pair = outcomes.true_pair[row]
    frame = overlaps.truth.frame[row]
    truth, prediction = (tracks[pair] for tracks in overlaps.pair)
    order = np.lexsort((frame, prediction, truth))
    frame, truth, prediction = frame[order], truth[order], prediction[order]
    goes_on = np.diff(frame, prepend=-2) == 1
    for track in (truth, prediction):
        goes_on &= np.diff(track, prepend=-1) == 0
    first = np.flatnonzero(~goes_on)
    last = np.append(first, len(frame))[1:] - 1
    runs = np.column_stack(
        [
            frame[first],
            frame[last] + 1,
            overlaps.truth.ids[truth[first]],
            overlaps.predictions.ids[prediction[first]],
        ]
    )
    return runs[np.argsort(runs[:, 0], kind="stable")]
