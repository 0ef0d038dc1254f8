"""What values show of themselves in a notebook."""

from dataclasses import replace

import pytest

from boxreel.model import Annotation, Event, Keyframes, Label, Track
from boxreel.model.sheet import Sheet
from tests.model.strategies import LABELS, VIDEO

BOX = (10, 20, 40, 30)
EMPTY = Annotation(VIDEO, LABELS)
ONE = EMPTY.add_track("car", {0: BOX, 4: (12.5, 20, 40, 30, -10)}, source="model")


def test_an_annotation_in_a_line():
    assert repr(EMPTY) == (
        "Annotation('small.mp4', 24 frames, 0 tracks, labels car, person, meeting)"
    )
    track = Track(1, "car", Keyframes([0], [BOX]))
    document = Annotation(VIDEO, LABELS, [track], [Event(1, "meeting", 0, 2)])
    assert "1 track, 1 event, " in repr(document)
    assert repr(Annotation(VIDEO)).endswith("no labels)")


def test_an_annotation_as_html_counts_and_escapes():
    labels = [Label("<b>&", "#ff0000"), Label("car")]
    document = Annotation(replace(VIDEO, name="<i>.mp4"), labels)
    document = document.add_track("car", {0: BOX, 5: BOX}).add_track("car", {0: BOX})
    html = document._repr_html_()
    assert '<span style="color:#ff0000" aria-hidden="true">■</span> &lt;b&gt;&amp;' in (
        html
    )
    assert "&lt;i&gt;.mp4: 640×480, 24 frames, 2 tracks<" in html
    assert "<b>" not in html
    assert "<i>" not in html
    assert "<td>car</td><td>2</td><td>3</td>" in html


def test_groups_events_and_notes_are_counted_and_the_clip_described():
    track = replace(ONE.tracks[1], group=3, note="a taxi, <red>")
    document = replace(
        ONE,
        tracks=[track],
        events=[Event(1, "meeting", 0, 2)],
        notes={4: "a crash"},
        attributes={"weather": "rain"},
    )
    assert "1 track, 1 group, 1 event, 2 notes, labels" in repr(document)
    html = document._repr_html_()
    assert "1 track, 1 group, 1 event, 2 notes; weather rain" in html
    assert "<td>meeting</td><td>0</td><td>0</td><td>1</td>" in html
    assert repr(track).endswith("group 3, note 'a taxi, <red>')")
    assert "group 3; note: a taxi, &lt;red&gt;" in track._repr_html_()


@pytest.mark.parametrize(
    ("frames", "outside", "presence"),
    [
        ([3], [False], "present from 3 on"),
        ([3, 9], [False, True], "present 3 to 8"),
        ([3, 4, 6], [False, True, False], "present on 3, from 6 on"),
        (range(10), [False, True] * 5, "present on 0, on 2, ..., on 8"),
    ],
)
def test_a_track_says_where_it_is_present(frames, outside, presence):
    table = Keyframes([*frames], [BOX] * len(outside), outside)
    assert f"'car', {presence}, {len(table)} keyframe" in repr(Track(1, "car", table))


def test_a_track_shows_its_attributes_and_keyframes():
    table = Keyframes([0], [BOX], hold=True, sources="tracker", scores=0.75)
    steps = {"pose": ((0, "walking"), (5, "<i>")), "name": ((0, "Ann"),)}
    track = Track(7, "<b>", table, steps)
    assert repr(track) == (
        "Track(7, '<b>', present from 0 on, 1 keyframe, pose 'walking' ..., name 'Ann')"
    )
    html = track._repr_html_()
    assert "#7 &lt;b&gt;, present from 0 on; pose: walking, &lt;i&gt; from 5" in html
    assert html.endswith(
        "<td>0</td><td></td><td></td><td>yes</td><td>tracker</td><td>0.75</td></tr>"
        "</tbody></table>"
    )


def test_keyframes_show_the_first_rows():
    assert repr(Keyframes([], [])) == "0 keyframes"
    many = Keyframes(range(1, 26), [BOX] * 25)
    caption, head, first, *_, last, more = repr(many).split("\n")
    assert caption == "25 keyframes on frames 1 to 25"
    assert head.split() == [
        *("frame", "x", "y", "w", "h", "rotation"),
        *("outside", "occluded", "hold", "source", "score"),
    ]
    assert first.split() == ["1", "10", "20", "40", "30", "0", "human"]
    assert last.split()[0] == "10"
    assert more == "... 15 more"
    assert '<td colspan="11" style="text-align:left">… 15 more</td>' in (
        many._repr_html_()
    )


def test_boxes_show_the_first_rows_with_their_labels():
    assert repr(EMPTY.dense()) == "0 boxes"
    assert repr(ONE.at(2)) == (
        "1 box on frame 2 of 1 track\n"
        "frame  track  label      x   y   w   h  rotation  occluded  source  score\n"
        "    2      1    car  11.25  20  40  30        -5             model"
    )
    two = ONE.add_track("person", {20: BOX}, id=9).dense()
    assert repr(two).startswith("28 boxes on frames 0 to 23 of 2 tracks\n")
    assert repr(two).endswith("\n... 18 more")
    assert two.labels == {1: "car", 9: "person"}


def test_boxes_are_equal_whatever_their_labels():
    renamed = replace(ONE.tracks[1], label="person")
    assert Annotation(VIDEO, LABELS, [renamed]).at(2) == ONE.at(2)
    assert ONE.at(2) != ONE.at(3)


def test_numbers_of_a_column_have_the_same_decimals():
    rows = [(1.0, -0.001, 2.0), (2.5, float("nan"), 3.0), (0.126, 0.0, 10.0)]
    lines = Sheet("", "abc", rows).text().split("\n")
    assert [line.split() for line in lines[2:]] == [
        ["1.00", "0", "2"],
        ["2.50", "3"],
        ["0.13", "0", "10"],
    ]
