"""Frames that a person was at, or whose boxes differ from what they were."""

from hypothesis import given
from hypothesis import strategies as st

from boxreel.model import Annotation, VideoInfo, edits

VIDEO = VideoInfo.constant("street.mp4", 640, 480, frame_count=60, fps=30)
FOUND = (
    Annotation.for_video(VIDEO, ["car", "bus"])
    .add_track("car", {n: (n, 20, 40, 30) for n in range(0, 50, 10)}, source="model")
    .add_track("car", {7: (10, 90, 40, 30)}, span="frame", source="model")
)


def test_nobody_was_there():
    assert FOUND.corrected().tolist() == FOUND.corrected(since=FOUND).tolist() == []


def test_keyframes_of_a_person_also_where_they_change_nothing():
    box = FOUND.tracks[1].at(20)
    seen = FOUND.apply(edits.SetKeyframe(1, 20, box))
    assert seen.corrected().tolist() == seen.corrected(since=FOUND).tolist() == [20]


def test_what_moved_went_or_came():
    moved = FOUND.apply(edits.SetKeyframe(1, 20, (0, 0, 9, 9)))
    assert moved.corrected(since=FOUND).tolist() == [*range(11, 30)]
    gone = FOUND.apply(edits.RemoveTrack(2))
    assert (gone.corrected().tolist(), gone.corrected(FOUND).tolist()) == ([], [7])
    ended = FOUND.apply(edits.SetOutside(1, 55))
    assert ended.corrected(since=FOUND).tolist() == [*range(55, 60)]
    other = FOUND.apply(edits.SetLabel(2, "bus"))
    assert other.corrected(since=FOUND).tolist() == [7]


@given(st.sets(st.integers(0, 59)), st.sets(st.integers(0, 59)))
def test_boxes_of_single_frames(before, after):
    def made(frames):
        table = Annotation.for_video(VIDEO, ["car"])
        for frame in sorted(frames):
            box = {frame: (10, 20, 30, 40)}
            table = table.add_track(
                "car", box, id=frame + 1, span="frame", source="import"
            )
        return table

    assert made(after).corrected(made(before)).tolist() == sorted(before ^ after)
