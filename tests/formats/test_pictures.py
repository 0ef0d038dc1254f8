"""Pascal VOC, the results of TAO, and files that are known by sight only."""

import json
import zipfile
from xml.etree import ElementTree

import pytest
from hypothesis import given

from boxreel import formats
from boxreel.errors import FormatError
from boxreel.model import Annotation, VideoInfo
from tests.formats.test_dense_formats import check, few, lost_of
from tests.formats.test_round_trip import documents
from tests.formats.test_samples import data

__all__ = ["data"]

VIDEO = VideoInfo.constant("street.mp4", 640, 480, frame_count=3, fps=25)


def labels():
    a = Annotation.for_video(VIDEO, ["car", "a<b"])
    a = a.add_track("car", {1: (1.5, 2.25, 30, 40)})
    return a.add_track("a<b", {2: (0, 0, 9, 9)})


def test_voc_has_a_file_a_frame(tmp_path):
    report = formats.write(labels(), tmp_path / "voc", format="voc")
    assert "rounded" not in lost_of(report)
    listed = (tmp_path / "voc/ImageSets/Main/default.txt").read_text()
    assert listed == "000000\n000001\n000002\n"
    empty, one, two = (
        ElementTree.parse(tmp_path / f"voc/Annotations/{name}.xml").getroot()
        for name in listed.split()
    )
    assert empty.find("object") is None
    sides = [float(e.text) for e in one.find("object/bndbox")]
    assert sides == [1.5, 2.25, 31.5, 42.25]
    assert [e.text for e in two.iterfind("object/name")] == ["car", "a<b"]
    assert [e.text for e in two.iterfind("object/attributes/attribute/value")] == [
        *("1", "2")
    ]
    with pytest.raises(FormatError, match="written, not read"):
        formats.read(tmp_path / "voc", video=VIDEO)
    with pytest.raises(FormatError, match="a picture of Pascal VOC"):
        formats.read(tmp_path / "voc/Annotations/000001.xml")


@few
@given(documents())
def test_voc_holds_every_box(tmp_path_factory, annotation):
    path = tmp_path_factory.mktemp("voc") / "a.zip"
    if any(len(label.name.splitlines()) != 1 for label in annotation.labels):
        with pytest.raises(FormatError, match="breaks the line"):
            formats.write(annotation, path, format="voc")
        return
    lost = lost_of(formats.write(annotation, path, format="voc"))
    boxes = annotation.dense()
    found = {}
    with zipfile.ZipFile(path) as archive:
        for frame in range(annotation.video.frame_count):
            root = ElementTree.fromstring(archive.read(f"Annotations/{frame:06d}.xml"))
            for one in root.iterfind("object"):
                id = int(one.findtext("attributes/attribute/value"))
                sides = [float(e.text) for e in one.find("bndbox")]
                hidden = one.findtext("occluded") == "1"
                found[id, frame] = (one.findtext("name"), hidden, sides)
    assert len(found) == len(boxes)
    rows = zip(boxes.track.tolist(), boxes.frame.tolist(), strict=True)
    for i, (id, frame) in enumerate(rows):
        name, hidden, sides = found[id, frame]
        assert name == annotation.tracks[id].label
        assert hidden == boxes.occluded[i]
        assert "rotation" in lost or sides == boxes.xyxy[i].tolist()


def test_voc_as_the_devkit_has_it(tmp_path):
    report = formats.write(labels(), tmp_path / "a", format="voc", pixel_base=1)
    assert "rounded to whole pixels" in lost_of(report)
    one = ElementTree.parse(tmp_path / "a/Annotations/000001.xml")
    assert [e.text for e in one.find("object/bndbox")] == ["2.0", "3.0", "32.0", "43.0"]
    with pytest.raises(FormatError, match="pixel_base=2"):
        formats.write(labels(), tmp_path / "b", format="voc", pixel_base=2)


@few
@given(documents())
def test_results(tmp_path, annotation):
    path = tmp_path / "a.results.json"
    report = formats.write(annotation, path)
    names = [label.name for label in annotation.labels]
    back, read = formats.read_report(
        path, video=annotation.video, classes=names, format="coco-results"
    )
    assert read.notes == ()
    lost = lost_of(report)
    if "get 1" not in lost:
        lost = lost.replace("scores", "")
    check(annotation, back, lost.replace("without a score", "scores"), 0)


def result(**changes):
    one = {"image_id": 1, "category_id": 1, "bbox": [1, 2, 3, 4], "video_id": 1}
    return one | changes


def test_results_of_several_videos_and_without_names(tmp_path):
    path = tmp_path / "a.json"
    path.write_text(json.dumps([result(), result(video_id=2, score=0.5, track_id=0)]))
    with pytest.raises(FormatError, match="clip= with one of: 1, 2"):
        formats.read(path, video=VIDEO)
    a, report = formats.read_report(path, video=VIDEO, clip=2)
    assert (report.format, a.tracks[1].label) == ("coco-results", "category 1")
    assert a.tracks[1].keyframes.scores[0] == 0.5
    assert "classes=" in lost_of(report)


@pytest.mark.parametrize(
    ("one", "part"),
    [
        (result(bbox=[1, 2, 3]), "[0].bbox should be x, y"),
        (result(bbox=[1, 2, 3, 0]), "[0]: the box has no width"),
        (result(bbox=[1, 2, 3, "x"]), "should be a number"),
        (result(image_id=0), "before the first frame"),
        (result(image_id=4), "past the end"),
        (result(category_id=2), "has category 2; classes= names 1"),
        (result(category_id=None), "category_id is missing"),
        (7, "should be an object"),
    ],
)
def test_bad_results(tmp_path, one, part):
    path = tmp_path / "a.json"
    path.write_text(json.dumps([one]))
    with pytest.raises(FormatError) as caught:
        formats.read(path, format="coco-results", classes=["car"], video=VIDEO)
    assert str(caught.value).startswith(str(path))
    assert part in str(caught.value)
