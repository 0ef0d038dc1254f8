"""CVAT for images: boxes by image, whose tracks an attribute tells."""

import zipfile

import numpy as np
import pytest
from hypothesis import given

from boxreel import formats
from boxreel.errors import FormatError
from boxreel.model import Annotation, Attribute, Label, VideoInfo
from tests.formats.test_dense_formats import check, few, lost_of
from tests.formats.test_round_trip import documents

VIDEO = VideoInfo.constant("street.mp4", 640, 480, frame_count=9, fps=25)


def images(*listed, labels="car"):
    declared = f"<label><name>{labels}</name></label>" if labels else ""
    return (
        "<?xml version='1.0'?>\n<annotations><meta><task><size>9</size>"
        f"<labels>{declared}</labels></task></meta>\n{''.join(listed)}</annotations>\n"
    )


def image(number, *boxes, size="width='640' height='480'"):
    return f"<image id='{number}' name='{number}.jpg' {size}>\n{''.join(boxes)}</image>"


def box(left=1, right=9, label="car", id=None, **values):
    if id is not None:
        values["track_id"] = id
    inside = "".join(
        f"<attribute name='{k}'>{v}</attribute>" for k, v in values.items()
    )
    return (
        f"<box label='{label}' source='manual' occluded='0' xtl='{left}' ytl='2' "
        f"xbr='{right}' ybr='9'>{inside}</box>\n"
    )


@few
@given(documents())
def test_equal_up_to_the_report(tmp_path, annotation):
    path = tmp_path / "a.xml"
    report = formats.write(annotation, path, format="cvat-images")
    back, read = formats.read_report(path, video=annotation.video)
    assert (read.format, read.notes) == ("cvat-images", ())
    assert back.labels == annotation.labels
    a, b = annotation.dense(), back.dense()
    turned = " rotation" * bool(a.rotation.any())
    check(annotation, back, lost_of(report) + turned, 0.0101)
    turn = np.abs(a.rotation - b.rotation)
    assert (np.minimum(turn, 360 - turn) <= 0.0101).all()
    assert "rotation" not in lost_of(report)


def test_what_is_written(tmp_path):
    label = Label("car", attributes=(Attribute("wet", "boolean", per="frame"),))
    a = Annotation.for_video(VIDEO, [label])
    boxes = {3: (1, 2, 30, 40), 5: (3, 2, 30, 40)}
    a = a.add_track("car", boxes, attributes={"wet": {4: True}})
    for name in ("a.images.xml", "a.zip"):
        path = tmp_path / name
        formats.write(a, path, format="cvat-images", file_name="{frame:04d}.jpg")
        back, report = formats.read_report(path)
        assert report.format == "cvat-images"
        assert back.tracks[1].spans() == [(3, None)]
        assert [back.tracks[1].attribute_at("wet", f) for f in (3, 4)] == [None, True]
    assert zipfile.ZipFile(path).namelist() == ["annotations.xml"]
    text = (tmp_path / "a.images.xml").read_text()
    assert text.count("<image ") == 9
    assert '<image id="3" name="0003.jpg" width="640" height="480">\n<box ' in text
    assert "<mode>annotation</mode>" in text


def test_boxes_without_an_id_are_objects_of_one_frame(tmp_path):
    path = tmp_path / "a.xml"
    path.write_text(
        images(image(2, box(), box(id=4)), image(4, box(id=4, left=3)), image(8, box()))
    )
    a, report = formats.read_report(path)
    assert {id: track.spans() for id, track in a.tracks.items()} == {
        4: [(2, 3), (4, 5)],
        5: [(2, 3)],
        6: [(8, None)],
    }
    assert (a.video.width, a.video.height, a.video.frame_count) == (640, 480, 9)
    assert report.counts["boxes"] == 4
    [note] = [n for n in report.notes if "without an id" in n.text]
    assert (note.count, note.place) == (2, "line 4")


def test_frames_may_count_from_1(tmp_path):
    path = tmp_path / "a.xml"
    path.write_text(images(image(1, box())))
    a, _ = formats.read_report(path, frame_base=1)
    assert a.tracks[1].spans() == [(0, 1)]


BAD = [
    (images(image("x", box())), "line 3", "'x' is no number"),
    (images(image(2, box(left=9))), "line 4", "no size"),
    (images(image(2, box(left="nan"))), "line 4", "not a number"),
    (images(image(2, box(label="cat"))), "line 4", "'cat' is not declared"),
    (images(image(2, box(id=1), box(id=1))), "line 5", "second keyframe on frame 2"),
    (images(image(9, box())), "line 4", "past the end"),
    (images(image(999999999999, box())), "frames are more than"),
    (images(image(1), image(2, size="width='1' height='2'")), "1x2, 640x480"),
    (images("<track/>", image(1)), "format='cvat'"),
    (images(image(2, box()))[:-30], "damaged XML"),
    ("<!DOCTYPE a [<!ENTITY x 'x'>]>" + images(image(2)), "entities"),
]


@pytest.mark.parametrize(("text", "parts"), [(t, p) for t, *p in BAD])
def test_bad_input(tmp_path, text, parts):
    path = tmp_path / "a.xml"
    path.write_text(text)
    with pytest.raises(FormatError) as caught:
        formats.read(path, format="cvat-images", video=VIDEO)
    assert str(caught.value).startswith(str(path))
    for part in parts:
        assert part in str(caught.value)
