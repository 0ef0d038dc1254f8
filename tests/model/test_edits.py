"""What an edit is as a value; what each does is in the vectors."""

import dataclasses
import math

import numpy as np
import pytest

from boxreel.errors import AnnotationError, EditError
from boxreel.model import Annotation, Box, Keyframes, Label, Track, edits
from boxreel.model.edits import edit_from_json
from tests.model.strategies import LABELS, VIDEO

BOX = (10, 20, 40, 30)
TRACK = Track(1, "car", Keyframes([0, 10], [BOX, BOX]))
DOCUMENT = Annotation(VIDEO, LABELS, [TRACK])


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: edits.SetKeyframe(1, 1.0, BOX), "frame must be an integer, not 1.0"),
        (lambda: edits.SetKeyframe(1, -1, BOX), "frame is -1; frames are counted"),
        (lambda: edits.SetKeyframe(0, 1, BOX), "track is 0, which is not a positive"),
        (lambda: edits.SetKeyframe(1, 1, (1, 2, 3)), "is not a box"),
        (lambda: edits.SetKeyframe(1, 1, (1, 2, math.nan, 3)), "is not finite"),
        (lambda: edits.SetKeyframe(1, 1, BOX, hold=1), "hold must be true or false"),
        (lambda: edits.SetKeyframe(1, 1, BOX, source="guess"), "is no source"),
        (lambda: edits.SetKeyframe(1, 1, BOX, source=None), "is no source"),
        (lambda: edits.SetKeyframe(1, 1, BOX, score="high"), "score must be a finite"),
        (lambda: edits.SetOutside(1, None), "start must be an integer, not None"),
        (lambda: edits.SetOutside(1, 0, outside=None), "outside must be true or false"),
        (lambda: edits.SetHold(1, 0, None, "yes"), "hold must be true or false"),
        (lambda: edits.ShiftTrack(1, 0.5), "by must be an integer"),
        (lambda: edits.SetLabel(1, ""), "label must be a text that is not empty"),
        (lambda: edits.SetAttribute(1, "", 3), "name must be a text"),
        (lambda: edits.SetAttribute(1, "n", math.inf), "finite number"),
        (lambda: edits.SetAttribute(1, "n", [1]), "finite number"),
        (lambda: edits.AddTrack(1), "track must be a Track, not 1"),
        (lambda: edits.AddLabel("car"), "label must be a Label, not 'car'"),
        (lambda: edits.Batch(()), "a batch has at least one edit"),
        (lambda: edits.Batch((3,)), "an edit of a batch must be an? Edit, not 3"),
        (lambda: edits.Batch(3), "edits must be a list, not 3"),
    ],
)
def test_bad_fields(make, message):
    with pytest.raises(EditError, match=message):
        make()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (None, "None is no edit: its kind must be one of"),
        ({}, "is no edit"),
        ({"kind": "teleport", "track": 1}, "is no edit"),
        ({"kind": ["set_hold"]}, "is no edit"),
        ({"kind": "edit"}, "is no edit"),
        ({"kind": "set_hold", "track": 1}, "needs the field 'start'"),
        ({"kind": "remove_track", "track": 1, "id": 1}, "has no field 'id'"),
        ({"kind": "remove_track", "track": "1"}, "track must be an integer, not '1'"),
        ({"kind": "add_track", "track": {"id": 1}}, "needs the field 'label'"),
        ({"kind": "add_track", "track": None}, "track must be a Track, not None"),
        ({"kind": "batch", "edits": {}}, "edits must be a list"),
        ({"kind": "batch", "edits": [{}]}, "is no edit"),
    ],
)
def test_bad_json(data, message):
    with pytest.raises(EditError, match=message):
        edit_from_json(data)


def test_an_edit_is_a_value():
    edit = edits.SetKeyframe(
        np.int64(1), np.int32(5), np.array(BOX), score=np.float32(0.5)
    )
    assert edit == edits.SetKeyframe(1, 5, Box(*BOX), score=0.5)
    assert type(edit.frame) is int
    assert hash(edit) == hash(edits.SetKeyframe(1, 5, BOX, score=0.5))
    with pytest.raises(dataclasses.FrozenInstanceError):
        edit.frame = 3


def test_what_cannot_be_applied_raises_an_edit_error():
    for edit in (
        edits.SetLabel(1, "ship"),
        edits.AddLabel(Label("car")),
        edits.AddTrack(TRACK),
        edits.SetKeyframe(1, 99, BOX),
        edits.RemoveTrack(2),
    ):
        with pytest.raises(EditError):
            DOCUMENT.apply(edit)
    assert issubclass(EditError, AnnotationError)


def test_an_error_lists_few_of_many_tracks():
    many = Annotation(
        VIDEO, LABELS, [dataclasses.replace(TRACK, id=i) for i in range(1, 99)]
    )
    with pytest.raises(EditError, match=r"no track #99: tracks are 1, .* 10, \.\.\.$"):
        many.apply(edits.RemoveTrack(99))
    with pytest.raises(EditError, match="tracks are none"):
        Annotation(VIDEO, LABELS).apply(edits.RemoveTrack(99))


def test_a_batch_is_applied_as_a_whole_or_not_at_all():
    batch = edits.Batch([edits.RemoveTrack(1), edits.SetHold(1, 0)])
    with pytest.raises(EditError, match="no track #1"):
        DOCUMENT.apply(batch)
    assert DOCUMENT.tracks[1] is TRACK


@pytest.mark.parametrize(
    ("edit", "text"),
    [
        (edits.AddTrack(TRACK), "new car #1"),
        (edits.RemoveTrack(2), "removal of #2"),
        (edits.SetKeyframe(2, 132, BOX), "box of #2 at 132"),
        (edits.RemoveKeyframe(2, 132), "removal of keyframe 132 of #2"),
        (edits.SetOutside(2, 10), "outside of #2 from 10"),
        (edits.SetOutside(2, 10, 20, outside=False), "inside of #2 in 10 to 19"),
        (edits.SetOccluded(2, 10, 20), "occluded of #2 in 10 to 19"),
        (edits.SetOccluded(2, 10, occluded=False), "visible of #2 from 10"),
        (edits.SetHold(2, 10), "hold of #2 from 10"),
        (edits.SetHold(2, 10, 20, False), "motion of #2 in 10 to 19"),
        (edits.SetLabel(2, "van"), "label of #2: van"),
        (edits.SetAttribute(2, "pose", "running"), "pose of #2"),
        (edits.SplitTrack(2, 10), "split of #2 at 10"),
        (edits.MergeTracks(2, 5), "merge of #2 and #5"),
        (edits.SwapTracks(2, 5, 10), "swap of #2 and #5 at 10"),
        (edits.ShiftTrack(2, -3), "shift of #2 by -3"),
        (edits.TrimTrack(2, 10), "trim of #2 from 10"),
        (edits.AddLabel(Label("van")), "label van"),
        (edits.Batch([edits.RemoveTrack(2)]), "removal of #2"),
        (edits.Batch([edits.RemoveTrack(2)] * 3), "3 edits"),
    ],
)
def test_describe(edit, text):
    assert edit.describe() == text


@pytest.mark.parametrize(
    "edit",
    [
        edits.SetOutside(1, 0, 24, outside=False),
        edits.SetOccluded(1, 0, occluded=False),
        edits.SetHold(1, 0, None, False),
    ],
)
def test_what_is_so_already_changes_nothing(edit):
    assert DOCUMENT.apply(edit) is DOCUMENT


def test_all_other_tracks_are_shared():
    others = [dataclasses.replace(TRACK, id=i) for i in range(2, 50)]
    before = Annotation(VIDEO, LABELS, [TRACK, *others])
    after = before.apply(edits.SetKeyframe(1, 5, BOX))
    assert after.changed_from(before) == ([1], [])
    assert after.video is before.video
    assert after.labels is before.labels
    assert after.events is before.events
