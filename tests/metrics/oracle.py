"""The MOTChallenge's own evaluation, asked for the same numbers."""

import contextlib
import io

import numpy as np

from boxreel.formats.mot_terms import CLASSES
from boxreel.geometry import rotated_iou

with contextlib.redirect_stdout(io.StringIO()):  # it tells what it cannot import
    import trackeval

QUIET = {"PRINT_CONFIG": False}


def prepared(preset, truth, predictions, label):
    """Give what TrackEval's preprocessing leaves of two annotations, as `evaluated`."""
    datasets = trackeval.datasets
    data = {"num_timesteps": truth.video.frame_count, "seq": "random"}
    if preset == "mot17":
        of = object.__new__(datasets.MotChallenge2DBox)
        of.benchmark, of.do_preproc = "MOT17", True
        of.class_name_to_class_id = {name: n for n, name in enumerate(CLASSES, 1)}
        of.valid_class_numbers = [*of.class_name_to_class_id.values()]
    else:
        of = object.__new__(datasets.Kitti2DBox)
        names = ("car", "van", "pedestrian", "person")
        of.class_name_to_class_id = {name: n for n, name in enumerate(names, 1)}
        of.max_occlusion, of.max_truncation = 2, 0
        of.min_height = 25 if preset == "kitti" else -1
    for name, side in (("gt", truth), ("tracker", predictions)):
        frames = [_frame(of, side, frame) for frame in range(data["num_timesteps"])]
        for key in frames[0]:
            data[f"{name}_{key}"] = [each[key] for each in frames]
    data["gt_crowd_ignore_regions"] = data.pop("gt_regions")
    data["similarity_scores"] = [
        of._calculate_box_ious(a, b, box_format="x0y0x1y1")
        for a, b in zip(data["gt_dets"], data["tracker_dets"], strict=True)
    ]
    return scored(of.get_preprocessed_seq_data(data, label))


def _frame(of, annotation, frame):
    boxes = annotation.at(frame)
    tracks = [annotation.tracks[id] for id in boxes.track.tolist()]
    numbers = [of.class_name_to_class_id.get(t.label.casefold(), 0) for t in tracks]
    known = np.array(numbers, int) > 0
    region = np.array([t.label == "DontCare" for t in tracks], bool)

    def values(name):
        given = [t.attribute_at(name, frame) or 0 for t in tracks]
        return np.array(given, int)[known]

    return {
        "ids": boxes.track[known],
        "dets": boxes.xyxy[known],
        "classes": np.array(numbers, int)[known],
        "confidences": np.ones(known.sum()),
        "regions": boxes.xyxy[region],
        "extras": {
            "zero_marked": 1 - values("ignored"),
            # TrackEval knows no ignored boxes elsewhere: these are as hidden for KITTI
            "occlusion": values("occlusion") + 3 * values("ignored"),
            "truncation": values("truncated"),
        },
    }


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
    return scored(data)


def combined(results):
    """Give TrackEval's sums over sequences or classes, and its means over classes."""
    metrics = trackeval.metrics
    sums, means = {}, {}
    for metric in (metrics.CLEAR(QUIET), metrics.Identity(QUIET), metrics.HOTA()):
        own = {
            name: {field: result[field] for field in metric.fields}
            for name, result in results.items()
        }
        sums |= metric.combine_sequences(own)
        means |= metric.combine_classes_class_averaged(own)
    return sums, means


def scored(data):
    """Give all numbers of what TrackEval's metrics take."""
    metrics = trackeval.metrics
    found = {}
    for metric in (metrics.CLEAR(QUIET), metrics.Identity(QUIET), metrics.HOTA()):
        with contextlib.redirect_stdout(io.StringIO()):
            found |= metric.eval_sequence(data)
    return found
