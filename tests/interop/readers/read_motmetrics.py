"""py-motmetrics reads MOT in both its forms; it takes its pixels to count from 1."""

import motmetrics
from common import FOLDER, same, upright


def found(name, form):
    table = motmetrics.io.loadtxt(FOLDER / name, fmt=form).reset_index()
    columns = ["FrameId", "Id", "X", "Y", "Width", "Height"]
    rows = zip(*(table[column].tolist() for column in columns), strict=True)
    return {(f - 1, i): ("", (x + 1, y + 1, w, h)) for f, i, x, y, w, h in rows}


wanted = {key: ("", box) for key, (_, box) in upright().items()}
for name, form in (
    ("mot/street/gt/gt.txt", "mot16"),
    ("mot15/street/gt/gt.txt", "mot15-2D"),
    ("results/street.txt", "mot15-2D"),
):
    same(f"{form} {name}", found(name, form), wanted, 0.001)
truth, results = (
    motmetrics.io.loadtxt(FOLDER / name, fmt="mot15-2D")
    for name in ("mot15/street/gt/gt.txt", "results/street.txt")
)
accumulator = motmetrics.utils.compare_to_groundtruth(truth, results, "iou", distth=0.5)
summary = motmetrics.metrics.create().compute(
    accumulator, metrics=["mota", "idf1", "num_objects"], name="street"
)
assert summary.loc["street"].tolist() == [1, 1, len(wanted)], summary
