"""Groups of tracks in files: CVAT's group_id, and one object in MOT."""

import pytest

from boxreel import formats
from boxreel.errors import FormatError
from boxreel.model import Annotation, VideoInfo, edits

VIDEO = VideoInfo.constant("a", 640, 480, frame_count=30, fps=25)


@pytest.fixture
def labels():
    """Three tracks of which 2 and 3 are a group and follow each other."""
    labels = Annotation.for_video(VIDEO, ["car"])
    labels = labels.add_track("car", {0: (1, 2, 30, 40)})
    labels = labels.add_track("car", {4: (100, 2, 30, 40)}, span="frame")
    labels = labels.add_track("car", {9: (200, 2, 30, 40)}, span="frame")
    return labels.apply(edits.SetGroup((2, 3), 7))


def test_mot_writes_a_group_as_one_object_where_asked_to(labels, tmp_path):
    path = tmp_path / "gt.txt"
    report = formats.write(labels, path, link_groups=True)
    assert not any("groups" in note.text for note in report.notes)
    back = formats.read(path, video=VIDEO, classes=["car"])
    assert [*back.tracks] == [1, 2]
    assert back.tracks[2].spans() == [(4, 5), (9, 10)]
    report = formats.write(labels, path)
    assert ("groups of tracks", 2) in [(note.text, note.count) for note in report.notes]
    assert [*formats.read(path, video=VIDEO, classes=["car"]).tracks] == [1, 2, 3]


def test_one_object_has_one_box_a_frame(labels, tmp_path):
    labels = labels.apply(edits.SetGroup((1, 2), 7))
    with pytest.raises(FormatError, match="group 7 has 2 boxes on frame 4") as caught:
        formats.write(labels, tmp_path / "gt.txt", link_groups=True)
    assert "ungroup" in str(caught.value)


def test_no_boxes_are_linked_to_none(tmp_path):
    empty = Annotation.for_video(VIDEO, ["car"])
    formats.write(empty, tmp_path / "gt.txt", link_groups=True)
    assert (tmp_path / "gt.txt").read_text() == ""


def test_cvat_has_groups_of_its_own(labels, tmp_path):
    path = tmp_path / "a.xml"
    formats.write(labels, path)
    back = formats.read(path, video=VIDEO)
    assert [track.group for track in back.tracks.values()] == [None, 7, 7]
    path.write_text(path.read_text().replace('group_id="7"', 'group_id="x"', 1))
    back, report = formats.read_report(path, video=VIDEO)
    assert back.tracks[2].group is None
    assert "group 'x': no number" in [note.text for note in report.of_kind("dropped")]
