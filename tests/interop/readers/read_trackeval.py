"""TrackEval reads MOT, KITTI, TAO's COCO and its results, and finds them perfect."""

import contextlib
import io
import shutil

import numpy as np
from common import FOLDER, FRAMES, same, upright

with contextlib.redirect_stdout(io.StringIO()):  # it tells what it cannot import
    import trackeval

HERE = FOLDER / "trackeval"
QUIET = {"PRINT_CONFIG": False, "OUTPUT_FOLDER": str(HERE / "out")}


def place(name, to):
    (HERE / to).parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(FOLDER / name, HERE / to)


def found(dataset, sequence, names, first_id=0, corners=False, tracker=None):
    raw = dataset._load_raw_file(tracker, sequence, is_gt=tracker is None)
    kind = "gt" if tracker is None else "tracker"
    boxes = {}
    for frame in range(raw["num_timesteps"]):
        rows = (
            raw[f"{kind}_{what}"][frame].tolist() for what in ("ids", "classes", "dets")
        )
        for id, code, box in zip(*rows, strict=True):
            if corners:
                box = [*box[:2], box[2] - box[0], box[3] - box[1]]
            boxes[frame, id + first_id] = (names[code], box)
    return boxes


def perfect(dataset, classes):
    evaluator = trackeval.Evaluator(
        {
            **{"PRINT_RESULTS": False, "PRINT_CONFIG": False, "TIME_PROGRESS": False},
            **{"OUTPUT_SUMMARY": False, "OUTPUT_DETAILED": False},
            **{"PLOT_CURVES": False, "BREAK_ON_ERROR": True},
        }
    )
    metrics = [
        trackeval.metrics.HOTA(),
        trackeval.metrics.CLEAR({"PRINT_CONFIG": False}),
    ]
    with contextlib.redirect_stdout(io.StringIO()):
        results, _ = evaluator.evaluate([dataset], metrics)
    [of_tool] = results.values()
    for name in classes:
        one = of_tool["ours"]["COMBINED_SEQ"][name]
        assert np.allclose(one["HOTA"]["HOTA"], 1), (name, one["HOTA"]["HOTA"])
        assert one["CLEAR"]["MOTA"] == 1, (name, one["CLEAR"])
        assert one["CLEAR"]["CLR_TP"] > 0, name


def mot(benchmark, source, names):
    base = f"{benchmark}/gt/{benchmark}-train"
    place(f"{source}/street/gt/gt.txt", f"{base}/street/gt/gt.txt")
    place(f"{source}/street/seqinfo.ini", f"{base}/street/seqinfo.ini")
    place(
        "results/street.txt",
        f"{benchmark}/trackers/{benchmark}-train/ours/data/street.txt",
    )
    seqmap = HERE / benchmark / "gt/seqmaps" / f"{benchmark}-train.txt"
    seqmap.parent.mkdir(parents=True)
    seqmap.write_text("name\nstreet\n")
    config = {
        "GT_FOLDER": str(HERE / benchmark / "gt"),
        "TRACKERS_FOLDER": str(HERE / benchmark / "trackers"),
        "BENCHMARK": benchmark,
    }
    dataset = trackeval.datasets.MotChallenge2DBox(config | QUIET)
    wanted = {
        key: (label if "pedestrian" in names.values() else "", box)
        for key, (label, box) in upright().items()
    }
    same(benchmark, found(dataset, "street", names), wanted, 0.001)
    if benchmark == "MOT15":
        perfect(dataset, ["pedestrian"])


def kitti():
    place("kitti/label_02/0000.txt", "kitti/gt/label_02/0000.txt")
    place("kitti/label_02/0000.txt", "kitti/trackers/ours/data/0000.txt")
    seqmap = HERE / "kitti/gt/evaluate_tracking.seqmap.training"
    seqmap.write_text(f"0000 empty 000000 {FRAMES:06d}\n")
    config = {
        "GT_FOLDER": str(HERE / "kitti/gt"),
        "TRACKERS_FOLDER": str(HERE / "kitti/trackers"),
    }
    dataset = trackeval.datasets.Kitti2DBox(config | QUIET)
    boxes = found(dataset, "0000", {1: "car", 4: "pedestrian"}, 1, corners=True)
    same("KITTI", boxes, upright())
    perfect(dataset, ["car", "pedestrian"])


def tao():
    place("coco/annotations/instances_default.json", "tao/gt/ours.json")
    place("ours.results.json", "tao/trackers/ours/data/ours.json")
    config = {
        "GT_FOLDER": str(HERE / "tao/gt"),
        "TRACKERS_FOLDER": str(HERE / "tao/trackers"),
    }
    dataset = trackeval.datasets.TAO(config | QUIET)
    [sequence] = dataset.seq_list
    names = {code: name for name, code in dataset.class_name_to_class_id.items()}
    same("TAO", found(dataset, sequence, names), upright())
    same("TAO's results", found(dataset, sequence, names, tracker="ours"), upright())
    perfect(dataset, ["car", "pedestrian"])


mot("MOT17", "mot", {1: "pedestrian", 2: "car"})
mot("MOT15", "mot15", {-1: ""})
kitti()
tao()
