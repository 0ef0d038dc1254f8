"""The MOTChallenge's own evaluation, asked for the same numbers."""

import contextlib
import io

import numpy as np

from boxreel.geometry import rotated_iou

with contextlib.redirect_stdout(io.StringIO()):  # it tells what it cannot import
    import trackeval


def evaluated(truth, predictions, frame_count):
    """Give TrackEval's CLEAR, Identity and HOTA of two tables of boxes."""
    data = {"num_timesteps": frame_count}
    sides = []
    for name, boxes in (("gt", truth), ("tracker", predictions)):
        ids, track = np.unique(boxes.track, return_inverse=True)
        rows = [np.flatnonzero(boxes.frame == f) for f in range(frame_count)]
        data[f"{name}_ids"] = [track[each] for each in rows]
        data[f"num_{name}_ids"] = len(ids)
        data[f"num_{name}_dets"] = len(boxes)
        sides.append([boxes.box[each] for each in rows])
    data["similarity_scores"] = [rotated_iou(a, b) for a, b in zip(*sides, strict=True)]
    metrics = trackeval.metrics
    quiet = {"PRINT_CONFIG": False}
    found = {}
    for metric in (metrics.CLEAR(quiet), metrics.Identity(quiet), metrics.HOTA()):
        with contextlib.redirect_stdout(io.StringIO()):
            found |= metric.eval_sequence(data)
    return found
