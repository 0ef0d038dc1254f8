"""Fixes survive the next model: untouched tracks follow it, touched ones stay."""

from dataclasses import replace

import numpy as np
import pytest

import boxreel as br
from boxreel.demo.predictions import predicted_labels
from boxreel.errors import VideoMismatchError
from boxreel.model import VideoInfo
from tests.review.clips import STREET, labels


def model(*tracks):
    """What a model says: the same, of source "model"."""
    made = labels(*tracks)
    for track in made.tracks.values():
        columns = track.keyframes.columns()
        columns["sources"] = np.ones(len(track.keyframes), np.uint8)
        made = made.with_track(replace(track, keyframes=br.Keyframes(**columns)))
    return made


def test_untouched_tracks_follow_the_new_model_and_keep_their_ids():
    old = model(("car", 0, 40, 100), ("car", 0, 40, 300), ("car", 0, 40, 500))
    new = model(("car", 0, 40, 306), ("car", 0, 30, 103), ("person", 5, 20, 30))
    done = br.rebase(old, new)
    assert done.followed == {1: 2, 2: 1}
    assert (done.dropped, done.added, done.kept) == ((3,), (4,), ())
    tracks = done.annotation.tracks
    assert [*tracks] == [1, 2, 4]
    assert tracks[1].at(7).x == 103
    assert tracks[1].spans() == [(0, 30)]
    assert tracks[2].at(7).x == 306
    assert tracks[4].label == "person"


def test_what_comes_of_it_can_be_written_and_read_again(tmp_path):
    old = model(("car", 0, 40, 100), ("car", 0, 40, 300)).apply(
        br.edits.AddLabel(br.Label("meeting", key="m", use="event")),
        br.edits.AddEvent(br.Event(1, "meeting", 2, 9, (1, 2))),
    )
    said = model(("car", 0, 40, 100), ("person", 5, 20, 30)).apply(
        br.edits.RenameLabel("car", "van"),
        br.edits.RenameLabel("person", "bus"),
        br.edits.AddLabel(br.Label("vehicle")),
        br.edits.EditLabel(br.Label("bus", parent="vehicle", key="m")),
        br.edits.EditLabel(br.Label("van", parent="bus", key="v")),
    )
    found = br.rebase(old, said).annotation
    assert found.events[0].tracks == (1,)
    kept = {label.name: (label.parent, label.key) for label in found.labels}
    assert (kept["bus"], kept["van"]) == ((None, None), ("bus", "v"))
    br.write(found, tmp_path / "found.boxreel.json")
    assert br.read(tmp_path / "found.boxreel.json", format="boxreel") == found


def test_what_a_person_did_stays_and_is_held_against_the_new_model():
    old = model(("car", 0, 40, 100), ("car", 0, 40, 300))
    fixed = old.apply(
        br.edits.SetKeyframe(1, 10, (112, 10, 40, 30)),
        br.edits.SetKeyframe(1, 20, (130, 10, 40, 30)),
    )
    new = model(("car", 0, 40, 112), ("car", 0, 40, 302))
    done = br.rebase(fixed, new)
    assert done.kept == (1,)
    assert done.annotation.tracks[1] == fixed.tracks[1]
    assert done.annotation.tracks[2].at(0).x == 302
    assert (done.fixes, done.needless) == (2, 1)
    (conflict,) = done.conflicts
    assert (conflict.track, conflict.prediction, conflict.frame) == (1, 1, 20)
    assert "1 of 2 fixes are no longer needed, 1 conflicts" in repr(done)
    assert "<table>" in done._repr_html_()
    alone = br.rebase(fixed, model(("car", 0, 40, 302)))
    assert {c.text for c in alone.conflicts} == {"the new model does not have it"}


def test_what_a_person_removed_is_not_added_again():
    old = model(("car", 0, 40, 100), ("car", 0, 40, 300))
    kept = old.apply(br.edits.RemoveTrack(2))
    new = model(("car", 0, 40, 102), ("car", 0, 40, 303))
    assert len(br.rebase(kept, new).annotation.tracks) == 2
    done = br.rebase(kept, new, old_predictions=old)
    assert [*done.annotation.tracks] == [1]


def test_the_same_output_again_changes_nothing():
    seen = predicted_labels(STREET)
    done = br.rebase(seen, seen)
    assert done.annotation == seen
    assert (done.fixes, done.added, done.dropped) == (0, (), ())


def test_another_video_is_refused():
    other = br.Annotation.for_video(VideoInfo.constant("b.mp4", 64, 48, 9, fps=10))
    with pytest.raises(VideoMismatchError, match="9 frames"):
        br.rebase(labels(), other)
