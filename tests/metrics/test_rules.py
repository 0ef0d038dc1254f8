"""What is not judged: ignored boxes, regions, and the presets as TrackEval has them."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import boxreel as br
from boxreel.errors import AnnotationError
from boxreel.formats.mot_terms import CLASSES
from boxreel.model import VideoInfo
from tests.metrics.oracle import prepared
from tests.metrics.walks import walks

KITTI = ("Car", "Van", "Pedestrian", "Person", "Cyclist", "DontCare")
CLIP = VideoInfo.constant("street.mp4", 640, 480, 20, fps=10)


def annotation(rng, boxes, frames, classes, attributes=()):
    """Labels of random boxes, tracks of random classes, attributes in random steps."""
    video = VideoInfo.constant("street.mp4", 640, 480, frames, fps=10)
    ids, place = np.unique(boxes.track, return_inverse=True)
    code = rng.integers(0, len(classes), len(ids))[place]
    scores = np.ones(len(boxes))
    columns = (boxes.frame, boxes.track, *boxes.box.T[:4], scores, code)
    found = br.Annotation.from_detections(
        video, np.column_stack(columns), classes=dict(enumerate(classes))
    )
    for name, high in attributes:
        for track in found.tracks.values():
            at = np.unique(rng.integers(0, frames, 2)).tolist()
            steps = tuple((frame, int(rng.integers(0, high + 1))) for frame in at)
            given = {**track.attributes, name: steps}
            found = found.with_track(replace(track, attributes=given))
    return found


def same(ours, theirs):
    names = {"CLR_TP": "TP", "CLR_FN": "FN", "CLR_FP": "FP", "IDSW": "IDSW"}
    names |= {"Frag": "Frag", "MT": "MT", "MOTA": "MOTA", "IDF1": "IDF1"}
    for theirs_name, name in names.items():
        assert ours[name] == pytest.approx(theirs[theirs_name], abs=1e-12), name
    for name in ("HOTA", "DetA", "AssA", "LocA"):
        assert ours[name] == pytest.approx(theirs[name].mean(), abs=1e-12), name


scenes = given(
    seed=st.integers(0, 2**32 - 1),
    frames=st.integers(1, 20),
    tracks=st.integers(1, 12),
    wobble=st.sampled_from([1, 4]),
)


@scenes
@settings(max_examples=60, deadline=None)
def test_mot17_is_prepared_as_trackeval_does(seed, frames, tracks, wobble):
    rng = np.random.default_rng(seed)
    truth, seen = walks(rng, frames, tracks, wobble, 0)
    classes = [*CLASSES, *["pedestrian"] * 6]
    truth = annotation(rng, truth, frames, classes, [("ignored", 1)])
    seen = annotation(rng, seen, frames, ["pedestrian"])
    ours = br.evaluate(truth, seen, preset="mot17").total.numbers()
    same(ours, prepared("mot17", truth, seen, "pedestrian"))


@scenes
@settings(max_examples=60, deadline=None)
def test_kitti_is_prepared_as_trackeval_does(seed, frames, tracks, wobble):
    rng = np.random.default_rng(seed)
    truth, seen = walks(rng, frames, tracks, wobble, 0)
    steps = [("occlusion", 3), ("truncated", 1)]
    truth = annotation(rng, truth, frames, KITTI, steps)
    seen = annotation(rng, seen, frames, KITTI[:4])
    ours = br.evaluate(truth, seen, preset="kitti")
    for label in ("Car", "Pedestrian"):
        theirs = prepared("kitti", truth, seen, label.casefold())
        scores = ours.labels.get(label)
        if scores is not None:
            same(scores.numbers(), theirs)
        else:
            assert theirs["CLR_TP"] + theirs["CLR_FN"] + theirs["CLR_FP"] == 0
    assert set(ours.labels) <= {"Car", "Pedestrian"}


@scenes
@settings(max_examples=60, deadline=None)
def test_ignored_boxes_and_regions_are_left_out_as_trackeval_does(
    seed, frames, tracks, wobble
):
    rng = np.random.default_rng(seed)
    truth, seen = walks(rng, frames, tracks, wobble, 0)
    kinds = ("Car", "Car", "Pedestrian", "DontCare")
    truth = annotation(rng, truth, frames, kinds, [("ignored", 1)])
    seen = annotation(rng, seen, frames, kinds[:3])
    regions = {"DontCare"} & {label.name for label in truth.labels}
    ours = br.evaluate(truth, seen, ignore=regions).labels
    for label in ("Car", "Pedestrian"):
        theirs = prepared("none", truth, seen, label.casefold())
        scores = ours.get(label)
        if scores is not None:
            same(scores.numbers(), theirs)
        else:
            assert theirs["CLR_TP"] + theirs["CLR_FN"] + theirs["CLR_FP"] == 0


def street(*tracks):
    made = br.Annotation.for_video(CLIP, labels=["car", "crowd"])
    for label, box in tracks:
        made = made.add_track(label, {0: box})
    return made


def test_a_prediction_on_an_ignored_box_is_not_judged():
    truth = street(("car", (10, 10, 40, 30)), ("car", (200, 10, 40, 30)))
    seen = street(("car", (10, 10, 40, 30)), ("car", (201, 10, 40, 30)))
    ignored = br.edits.SetAttribute(1, "ignored", True, 5, 10)
    counts = br.evaluate(truth.apply(ignored), seen)
    assert (counts["TP"], counts["FN"], counts["FP"]) == (35, 0, 0)
    alone = seen.apply(br.edits.RemoveTrack(1))
    counts = br.evaluate(truth.apply(ignored), alone)
    assert (counts["TP"], counts["FN"], counts["FP"]) == (20, 15, 0)
    assert {e.start for e in br.compare(truth.apply(ignored), alone).errors} == {0, 10}


def test_a_prediction_in_a_region_is_not_judged():
    truth = street(("car", (10, 10, 40, 30)), ("crowd", (200, 10, 100, 100)))
    seen = street(
        ("car", (10, 10, 40, 30)),
        ("car", (185, 20, 40, 30)),
        ("car", (175, 20, 40, 30)),
    )
    counts = br.evaluate(truth, seen, ignore=["crowd"])
    assert (counts["TP"], counts["FN"], counts["FP"]) == (20, 0, 20)
    assert list(counts.labels) == ["car"]
    assert br.evaluate(truth, seen)["FN"] == 20
    (error,) = br.compare(truth, seen, ignore=["crowd"]).errors
    assert (error.kind, error.prediction) == ("false_positive", 3)


def test_what_cannot_be_ignored_is_refused():
    truth = street()
    with pytest.raises(AnnotationError, match="no label 'crowds'"):
        br.evaluate(truth, truth, ignore=["crowds"])
    with pytest.raises(AnnotationError, match="is the text 'crowd'"):
        br.evaluate(truth, truth, ignore="crowd")
    with pytest.raises(AnnotationError, match="preset is 'MOT'"):
        br.compare(truth, truth, preset="MOT")
    with pytest.raises(AnnotationError, match="its own rules"):
        br.compare(truth, truth, preset="kitti", ignore=["crowd"])
