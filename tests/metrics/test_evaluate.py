"""What a person gets from `evaluate`: sums, tables, refusals, known numbers."""

import json

import pytest

import boxreel as br
from boxreel.errors import AnnotationError, VideoMismatchError
from boxreel.metrics import ALPHAS
from boxreel.model import VideoInfo

CLIP = VideoInfo.constant("street.mp4", 640, 480, 20, fps=10)


def labels(*tracks):
    made = br.Annotation.for_video(CLIP, labels=["car", "person"])
    for label, start, x in tracks:
        made = made.add_track(label, {start: (x, 10, 40, 30)})
    return made


TRUTH = labels(("car", 0, 10), ("person", 5, 200))
FOUND = labels(("car", 4, 12), ("car", 5, 203))


def test_labels_are_kept_apart_and_added_up():
    found = br.evaluate(TRUTH, FOUND)
    assert found["TP"] == found.labels["car"].clear.tp == 16
    assert found.labels["person"].clear.fn == 15
    assert found["FP"] == 15
    assert list(found.to_pandas().index) == ["car", "person", "all", "mean"]
    assert found.to_pandas().loc["all", "MOTA"] == found["MOTA"]


def test_labels_may_be_left_out_of_it():
    found = br.evaluate(TRUTH, FOUND, per="all")
    assert (found["TP"], found["FN"], found["FP"]) == (31, 4, 0)


def test_sequences_are_combined_by_counts():
    one = br.evaluate(TRUTH, FOUND)
    both = br.evaluate({"a": TRUTH, "b": TRUTH}, {"b": TRUTH, "a": FOUND})
    assert both.sequences["a"].clear == one.total.clear
    assert both["TP"] == one["TP"] + 35
    assert both["MOTA"] == pytest.approx((16 + 35 - 15) / 70)
    assert list(both.to_pandas("sequence").index) == ["a", "b", "all"]


def test_it_shows_itself():
    text = repr(br.evaluate(TRUTH, FOUND))
    assert "35 true and 31 predicted boxes, IoU >= 0.50" in text
    assert "person" in text
    assert "<table>" in br.evaluate(TRUTH, TRUTH)._repr_html_()
    assert br.evaluate(TRUTH, TRUTH)["HOTA"] == pytest.approx(1)
    assert len(ALPHAS) == 19


def test_what_cannot_be_compared_is_refused():
    other = br.Annotation.for_video(VideoInfo.constant("b.mp4", 64, 48, 9, fps=10))
    with pytest.raises(VideoMismatchError, match="9 frames"):
        br.evaluate(TRUTH, other)
    with pytest.raises(AnnotationError, match="only one has '2'"):
        br.evaluate([TRUTH, TRUTH], [FOUND])
    with pytest.raises(AnnotationError, match="iou is 0"):
        br.evaluate(TRUTH, FOUND, iou=0)
    with pytest.raises(KeyError, match="no number 'mota'"):
        br.evaluate(TRUTH, FOUND)["mota"]


SEQUENCES = [
    ("A-tud-campus", "gt.txt", "result.txt", None, (640, 480, 71, 25)),
    (
        "A-pets09-s2l1",
        "derived-gt-mot.txt",
        "res-mot15-devkit.txt",
        "full_xml",
        (768, 576, 795, 10),
    ),
    (
        "A-pets09-s2l1",
        "derived-gt-cropped-mot.txt",
        "res-mot15-devkit.txt",
        "cropped_xml",
        (768, 576, 795, 10),
    ),
]


@pytest.mark.parametrize(("folder", "gt", "result", "part", "size"), SEQUENCES)
def test_known_numbers_of_real_sequences(test_data, folder, gt, result, part, size):
    folder = test_data / "tracking" / folder
    expected = json.loads((folder / "expected.json").read_text())
    expected = expected[part] if part else expected
    video = VideoInfo.constant(folder.name, *size[:3], fps=size[3])
    truth, found = (
        br.read(folder / name, format="mot", video=video, classes=["person"])
        for name in (gt, result)
    )
    r = br.compare(truth, found)
    numbers = r.evaluation.total.numbers()
    assert 1 - numbers["MOTP"] == pytest.approx(expected["motp"], abs=1e-6)
    for ours, theirs in {
        "MOTA": "mota",
        "IDF1": "idf1",
        "IDP": "idp",
        "IDR": "idr",
        "recall": "recall",
        "precision": "precision",
        "FP": "num_false_positives",
        "FN": "num_misses",
        "IDSW": "num_switches",
        "MT": "mostly_tracked",
        "PT": "partially_tracked",
        "ML": "mostly_lost",
    }.items():
        assert numbers[ours] == pytest.approx(expected[theirs], abs=1e-6), ours
    for name in ("FN", "FP", "IDSW", "Frag"):
        assert r.events[name.lower()].sum() == numbers[name]
