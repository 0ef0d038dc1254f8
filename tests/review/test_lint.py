"""Each thing that looks wrong is found in its place, and its repair puts it right."""

import pytest

import boxreel as br
from boxreel.demo.predictions import planted_errors, predicted_labels
from boxreel.demo.truth import true_labels
from boxreel.errors import AnnotationError
from tests.review.clips import STREET, labels


def found(annotation, **options):
    return [
        (f.kind, f.start, f.stop, f.track, f.other)
        for f in br.lint(annotation, **options)
    ]


def repaired(annotation, kind):
    finding = next(f for f in br.lint(annotation) if f.kind == kind)
    return annotation.apply(finding.repair)


def put(annotation, track, frame, x, y=10, w=40, h=30):
    return annotation.apply(br.edits.SetKeyframe(track, frame, (x, y, w, h)))


def test_nothing_is_wrong_with_a_plain_track():
    assert found(labels(("car", 0, 40, 100, 200), ("person", 3, 30, 400))) == []
    assert len(br.lint(labels())) == 0


def test_a_teleport():
    jumping = put(put(labels(("car", 0, 40, 100, 110)), 1, 20, 102), 1, 21, 400)
    assert ("teleport", 21, 22, 1, None) in found(jumping)
    assert repaired(jumping, "teleport").tracks[1].spans() == [(0, 21)]


def test_a_size_that_changes_at_once():
    plain = labels(("car", 0, 40, 100, 110))
    odd = put(put(put(plain, 1, 19, 104), 1, 20, 104, w=90, h=80), 1, 21, 105)
    kinds = found(odd)
    assert ("size_jump", 20, 21, 1, None) in kinds
    assert "size_jump" not in [kind for kind, *_ in found(repaired(odd, "size_jump"))]


def test_twins():
    twin = labels(("car", 0, 40, 100), ("car", 10, 20, 102), ("person", 0, 40, 100))
    assert found(twin) == [("twin", 10, 20, 1, 2)]
    assert [*repaired(twin, "twin").tracks] == [1, 3]


def test_a_track_and_a_hole_of_one_frame():
    odd = labels(("car", 0, 40, 100)).apply(br.edits.SetOutside(1, 20, 21))
    odd = odd.add_track("person", {7: (300, 10, 40, 30)}, span="frame")
    kinds = [("single_frame", 7, 8, 2, None), ("hole", 20, 21, 1, None)]
    assert found(odd) == kinds
    assert found(repaired(odd, "hole")) == kinds[:1]
    assert found(repaired(odd, "single_frame")) == kinds[1:]


def test_boxes_outside_the_picture():
    gone = labels(("car", 0, 40, 605, 683))
    (finding,) = br.lint(gone)
    assert (finding.kind, finding.start, finding.stop) == ("outside_picture", 18, 40)
    assert gone.apply(finding.repair).tracks[1].spans() == [(0, 18)]
    never = labels(("car", 0, 40, 700))
    assert repaired(never, "outside_picture").tracks == {}


def test_an_id_that_is_used_again_elsewhere():
    two = labels(("car", 0, 10, 100), ("car", 30, 40, 400))
    reused = two.apply(br.edits.MergeTracks(1, 2))
    assert found(reused) == [("id_reuse", 10, 30, 1, None)]
    assert len(repaired(reused, "id_reuse").tracks) == 2


def test_an_object_that_goes_on_under_another_id_or_label():
    broken = labels(("car", 0, 10, 100), ("car", 13, 40, 104))
    assert found(broken) == [("broken_identity", 9, 14, 1, 2)]
    whole = repaired(broken, "broken_identity")
    assert whole.tracks[1].spans() == [(0, None)]
    assert found(whole) == []
    flips = labels(("car", 0, 10, 100), ("person", 10, 40, 104))
    assert found(flips) == [("class_flip", 9, 11, 1, 2)]
    assert [t.label for t in repaired(flips, "class_flip").tracks.values()] == ["car"]


def test_keyframes_too_far_apart():
    moving = labels(("car", 0, 40, 100, 200), ("person", 0, 40, 300, 310))
    assert found(moving, max_gap=38) == [
        ("keyframe_gap", 0, 39, 1, None),
        ("keyframe_gap", 0, 39, 2, None),
    ]
    assert [f[3] for f in found(moving, max_gap={"car": 20})] == [1]
    assert found(moving, max_gap=39) == []
    with pytest.raises(AnnotationError, match="max_gap of 'car' is 0"):
        br.lint(moving, max_gap={"car": 0})
    with pytest.raises(AnnotationError, match="'bike'"):
        br.lint(moving, max_gap={"bike": 5})


def test_a_bend_between_far_keyframes():
    turning = put(put(labels(("car", 0, 40, 100)), 1, 10, 200), 1, 30, 220)
    assert [kind for kind, *_ in found(turning)] == ["drift_risk"]


def test_tracks_that_may_have_switched_where_they_cross():
    crossing = labels(("car", 0, 40, 100, 256), ("car", 0, 40, 256, 100))
    assert found(crossing) == []
    swapped = crossing.apply(br.edits.SwapTracks(1, 2, 20))
    (finding,) = br.lint(swapped)
    assert (finding.kind, finding.track, finding.other) == ("crossing", 1, 2)
    assert finding.start <= 20 <= finding.stop


def test_the_exact_labels_of_the_street_are_clean_but_for_who_hides_long():
    kinds = {f.kind for f in br.lint(true_labels(STREET))}
    assert kinds <= {"id_reuse"}


def test_the_output_of_a_model_has_its_switch_and_its_duplicate():
    findings = br.lint(predicted_labels(STREET))
    (crossing,) = (f for f in findings if f.kind == "crossing")
    (switch, _) = (e for e in planted_errors() if e.kind == "switch")
    assert crossing.start <= switch.start <= crossing.stop
    (duplicate,) = (e for e in planted_errors() if e.kind == "duplicate")
    twins = [f for f in findings if f.kind == "twin"]
    assert {f.other for f in twins} == {duplicate.prediction}
    assert all(duplicate.start <= f.start < duplicate.stop for f in twins)


def test_it_shows_itself():
    twin = br.lint(labels(("car", 0, 40, 100), ("car", 10, 20, 102)))
    assert repr(twin).startswith("1 findings: 1 twin")
    assert "removal of #2" in twin._repr_html_()
    table = twin.to_pandas()
    assert table.kind.tolist() == ["twin"]
    assert table.other.tolist() == [2]
