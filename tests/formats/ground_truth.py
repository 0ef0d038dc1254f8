"""Ground truth of real tracking sequences, and what a correction may change in it."""

import imageio.v3 as imageio
import numpy as np

from boxreel import formats
from boxreel.geometry import paired_iou

MIN_IOU = 0.9
ROUNDED = 1e-3
"""Overlap that a small box may lose when it is written to 0.001 pixel."""

CROSSING = "A-otb-crossing/groundtruth_rect.txt"
CAR = "A-davis-car-shadow/mask"
SEQUENCES = [
    "A-pets09-s2l1/derived-gt-mot.txt",
    "A-pets09-s2l1/derived-gt-cropped-mot.txt",
    "A-tud-campus/gt.txt",
    "A-mot17-02-gt/gt.txt",
    "A-kitti-labels/0000.txt",
    "A-kitti-labels/0012.txt",
    CROSSING,
    CAR,
]


def mot_file(data, name, folder):
    """The ground truth of a sequence as a MOT file, written to `folder` if it is none.

    Rectangles and the bounds of masks are one track, KITTI's are as boxreel reads them.
    """
    path, made = data / "tracking" / name, folder / "truth.txt"
    if path.parent.name == "A-kitti-labels":
        annotation, _ = formats.read_report(path)
        formats.write(annotation, made, format="mot")
    elif name in (CROSSING, CAR):
        boxes = np.loadtxt(path) if name == CROSSING else bounds(path)
        rows = [(frame, 1, *box, 1, -1, -1, -1) for frame, box in enumerate(boxes, 1)]
        np.savetxt(made, rows, "%g", ",")
    else:
        made = path
    return made


def bounds(folder):
    """x, y, w, h of what each mask of a folder shows."""
    for path in sorted(folder.iterdir()):
        mask = imageio.imread(path)
        y, x = np.nonzero(mask.reshape(*mask.shape[:2], -1).any(axis=2))
        yield x.min(), y.min(), np.ptp(x) + 1, np.ptp(y) + 1


def longest_way(annotation):
    """Track and keyframes, (first, last), with the most frames of movement between."""
    return max(
        (
            (track.id, (int(first), int(last)))
            for track in annotation.tracks.values()
            for first, last, outside in zip(
                track.keyframes.frames,
                track.keyframes.frames[1:],
                track.keyframes.outside,
                strict=False,
            )
            if not outside
        ),
        key=lambda way: way[1][1] - way[1][0],
    )


def assert_corrected(truth, back, track, way, frame, box):
    """Two MOT files are alike but for a track between the keyframes of `way`.

    There it is `box` on `frame`; everywhere else boxes lie within `MIN_IOU`.
    """
    before, after = (np.loadtxt(path, delimiter=",") for path in (truth, back))
    before, after = (rows[np.lexsort(rows.T[1::-1])] for rows in (before, after))
    same = [0, 1, 6, 7]  # frame, id, flag, class
    np.testing.assert_array_equal(before[:, same], after[:, same])
    frames, ids = before[:, 0] - 1, before[:, 1]
    between = (ids == track) & (way[0] < frames) & (frames < way[1])
    upright = [np.insert(rows[:, 2:6], 4, 0, axis=1) for rows in (before, after)]
    overlap = paired_iou(*upright)
    assert overlap[~between].min() >= MIN_IOU - ROUNDED
    (row,) = np.flatnonzero(between & (frames == frame))
    assert overlap[row] < MIN_IOU
    np.testing.assert_allclose(after[row, 2:6], box, atol=1e-3)
