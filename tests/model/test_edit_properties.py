"""What holds for every edit, and for each on every frame."""

import copy
import json
import math
from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from boxreel.errors import EditError
from boxreel.model import (
    SOURCES,
    Annotation,
    Attribute,
    Event,
    History,
    Label,
    edits,
)
from boxreel.model.edits import edit_from_json
from boxreel.model.edits.base import KINDS
from tests.model.strategies import (
    FRAMES,
    LABELS,
    VIDEO,
    annotations,
    boxes,
    frames,
    scores,
    stops,
    tables_on,
    tracks,
)

ids = st.integers(1, 4)
flags = st.booleans()
maybe = st.none() | st.booleans()
sources = st.sampled_from(SOURCES)
names = st.sampled_from(["pose", "name", "mood"])
values = st.sampled_from(["walking", "running", 3, 2.5, True, None])
early = tables_on(st.integers(0, FRAMES // 2 - 1))
late = tables_on(st.integers(FRAMES // 2, FRAMES - 1))
ranges = st.tuples(frames, stops).filter(lambda r: r[1] is None or r[0] < r[1])

texts = st.sampled_from(["", "a taxi", "seen twice"])
label_names = st.sampled_from(["car", "person", "meeting", "van"])
declared = st.sampled_from(
    [(), (Attribute("pose"),), (Attribute("name"), Attribute("mood", "number"))]
)
any_label = st.builds(
    Label,
    label_names,
    st.none() | st.just("#102030"),
    declared,
    st.none() | label_names,
    st.none() | st.sampled_from(["c", "v"]),
    st.sampled_from(["track", "event", "both"]),
)
any_event = st.builds(
    Event,
    ids,
    label_names,
    st.integers(0, 9),
    st.integers(10, FRAMES + 1),
    st.lists(ids, max_size=2, unique=True).map(tuple),
    st.dictionaries(names, values, max_size=2),
)

arguments = {
    edits.AddTrack: (tracks(4),),
    edits.RemoveTrack: (ids,),
    edits.SetKeyframe: (ids, frames, boxes, maybe, maybe, maybe, sources, scores),
    edits.RemoveKeyframe: (ids, frames),
    edits.SetOutside: (ids, frames, stops, flags),
    edits.SetOccluded: (ids, frames, stops, flags),
    edits.SetHold: (ids, frames, stops, flags),
    edits.SetLabel: (ids, st.sampled_from(["car", "person", "ship"])),
    edits.SetAttribute: (ids, names, values, frames, stops),
    edits.SplitTrack: (ids, frames, st.none() | ids),
    edits.MergeTracks: (ids, ids),
    edits.SwapTracks: (ids, ids, frames),
    edits.ShiftTrack: (ids, st.integers(-FRAMES, FRAMES)),
    edits.TrimTrack: (ids, frames, stops),
    edits.AddLabel: (any_label,),
    edits.EditLabel: (any_label,),
    edits.RenameLabel: (label_names, label_names),
    edits.RemoveLabel: (label_names, st.none() | label_names),
    edits.RenameAttribute: (label_names, names, names),
    edits.MoveKeyframe: (ids, frames, frames),
    edits.Propagate: (ids, frames, stops, st.none() | frames),
    edits.SetTrackId: (ids, ids),
    edits.SetGroup: (
        st.lists(ids, min_size=1, max_size=3, unique=True).map(tuple),
        st.none() | ids,
    ),
    edits.SetNote: (texts, st.none() | ids, st.none() | frames),
    edits.AddEvent: (any_event,),
    edits.SetEvent: (any_event,),
    edits.RemoveEvent: (ids,),
    edits.SetClipAttribute: (names, values),
    edits.DeclareClipAttributes: (declared,),
}
simple = st.one_of([st.builds(edit, *drawn) for edit, drawn in arguments.items()])
any_edit = simple | st.lists(simple, min_size=1, max_size=3).map(edits.Batch)


TAKES_VALUES = {"set_attribute", "set_event", "set_clip_attribute"}
"""Kinds in which True may become 1, which Python takes for equal."""


def shown(track):
    """What a track shows on each frame, None where absent."""
    seen = []
    for frame in range(FRAMES):
        box = track.at(frame) if track else None
        if box is None:
            seen.append(None)
        else:
            table = track.keyframes
            row = table[table.index_at(frame)]
            seen.append((box, row.occluded, row.source, row.score))
    return seen


def same(a, b):
    """Whether both show the same, boxes up to rounding."""
    if a is None or b is None:
        return a is b
    (box, *state), (other, *other_state) = a, b
    turn = math.radians(box.rotation - other.rotation)
    return (
        state == other_state
        and math.isclose(math.cos(turn), 1, abs_tol=1e-9)
        and all(
            math.isclose(mine, others, rel_tol=1e-9, abs_tol=1e-6)
            for mine, others in zip(box.row[:4], other.row[:4], strict=True)
        )
    )


def assert_same(found, wanted):
    pairs = zip(found, wanted, strict=True)
    wrong = [(f, *pair) for f, pair in enumerate(pairs) if not same(*pair)]
    assert not wrong


def applied(document, edit):
    """Apply an edit, or leave the example out where that cannot be done."""
    try:
        return document.apply(edit)
    except EditError:
        assume(False)


def later_frame(track):
    """A frame after its first on which a track is present."""
    present = [f for f, seen in enumerate(shown(track)) if seen and f > track.start]
    assume(present)
    return st.sampled_from(present)


def with_tracks(*some):
    return Annotation(VIDEO, LABELS, some)


def test_every_kind_is_drawn():
    assert {edit.kind for edit in [*arguments, edits.Batch]} == set(KINDS)


@given(annotations(), any_edit)
def test_an_edit_never_changes_what_it_is_applied_to(document, edit):
    before = copy.deepcopy(document)
    twin = copy.deepcopy(edit)
    with suppress(EditError):
        document.apply(edit)
    assert document == before
    assert edit == twin


@given(annotations(), any_edit)
def test_what_comes_out_is_a_sound_document(document, edit):
    after = document
    with suppress(EditError):
        after = document.apply(edit)
    whole = copy.deepcopy(after)  # made anew of its parts, and checked
    assert whole == after
    assert (whole.next_id, whole.label_version) == (after.next_id, after.label_version)
    assert after.next_id >= document.next_id
    assert [*after.tracks] == sorted(after.tracks)
    assert [*after.notes] == sorted(after.notes)


@given(annotations(), st.lists(any_edit, max_size=5))
def test_undo_gives_back_what_was(document, some):
    history = History(document)
    steps = [document]
    for edit in some:
        with suppress(EditError):
            history.push(edit.apply(history.annotation), edit.describe())
        if history.annotation is not steps[-1]:
            steps.append(history.annotation)
    for step in reversed(steps[:-1]):
        assert history.undo() is step
    assert history.undo_name is None
    for step in steps[1:]:
        assert history.redo() is step


@given(annotations(), simple)
def test_an_edit_that_changes_nothing_gives_the_same_object(document, edit):
    before = document
    for _ in range(2):
        after = before
        with suppress(EditError):
            after = before.apply(edit)
        assert (after is before) == (after == before) or edit.kind in TAKES_VALUES
        before = after


@given(any_edit)
def test_an_edit_comes_back_from_json(edit):
    text = json.dumps(edit.to_json(), allow_nan=False)
    assert edit_from_json(json.loads(text)) == edit


@given(any_edit)
def test_an_edit_says_what_it_does(edit):
    assert edit.describe()


@given(tracks(1), ranges, flags)
def test_set_outside_changes_presence_on_its_range_only(track, span, outside):
    start, stop = span[0], FRAMES if span[1] is None else span[1]
    after = applied(with_tracks(track), edits.SetOutside(1, *span, outside))
    found, before = shown(after.tracks[1]), shown(track)
    assert_same(found[:start] + found[stop:], before[:start] + before[stop:])
    assert all((seen is None) == outside for seen in found[start:stop])
    kept = [
        (now, old)
        for now, old in zip(found[start:stop], before[start:stop], strict=True)
        if now is not None and old is not None
    ]
    assert_same([now for now, _ in kept], [old for _, old in kept])


@given(tracks(1), ranges, flags)
def test_set_occluded_changes_occlusion_on_its_range_only(track, span, occluded):
    start, stop = span[0], FRAMES if span[1] is None else span[1]
    after = applied(with_tracks(track), edits.SetOccluded(1, *span, occluded))
    wanted = shown(track)
    for frame in range(start, stop):
        if wanted[frame] is not None:
            box, _, *rest = wanted[frame]
            wanted[frame] = (box, occluded, *rest)
    assert_same(shown(after.tracks[1]), wanted)


@given(tracks(1), st.data())
def test_outside_and_back_inside_shows_the_same(track, data):
    start = data.draw(later_frame(track))
    (end,) = (stop or FRAMES for a, stop in track.spans() if a <= start < (stop or 99))
    stop = data.draw(st.integers(start + 1, end))
    document = with_tracks(track)
    there = document.apply(edits.SetOutside(1, start, stop))
    back = there.apply(edits.SetOutside(1, start, stop, outside=False))
    assert_same(shown(back.tracks[1]), shown(track))


@given(tracks(1), st.data())
def test_split_shows_the_same_on_two_tracks(track, data):
    frame = data.draw(later_frame(track))
    after = with_tracks(track).apply(edits.SplitTrack(1, frame))
    before = shown(track)
    nothing = [None] * FRAMES
    assert_same(shown(after.tracks[1]), before[:frame] + nothing[frame:])
    assert_same(shown(after.tracks[2]), nothing[:frame] + before[frame:])
    assert after.tracks[2].start == frame
    for name in track.attributes:
        part = [
            after.tracks[1 + (f >= frame)].attribute_at(name, f) for f in range(FRAMES)
        ]
        assert part == [track.attribute_at(name, f) for f in range(FRAMES)]


@given(tracks(1), st.data())
def test_merging_what_was_split_shows_the_same(track, data):
    frame = data.draw(later_frame(track))
    split = with_tracks(track).apply(edits.SplitTrack(1, frame))
    merged = split.apply(edits.MergeTracks(1, 2))
    assert [*merged.tracks] == [1]
    assert_same(shown(merged.tracks[1]), shown(track))
    for name in track.attributes:
        steps = [merged.tracks[1].attribute_at(name, f) for f in range(FRAMES)]
        assert steps == [track.attribute_at(name, f) for f in range(FRAMES)]


@given(tracks(1, early), tracks(2, late), flags, frames)
def test_merge_shows_one_and_then_the_other(a, b, swapped, end):
    if end >= FRAMES // 2:  # an end of the one may lie within the other
        a = replace(a, keyframes=a.keyframes.pinned(end, outside=True))
    order = (2, 1) if swapped else (1, 2)
    after = with_tracks(a, b).apply(edits.MergeTracks(*order))
    start = b.start
    assert [*after.tracks] == [order[0]]
    merged = after.tracks[order[0]]
    assert merged.label == {1: a, 2: b}[order[0]].label
    assert_same(shown(merged), shown(a)[:start] + shown(b)[start:])


@given(tracks(1), tracks(2), frames)
def test_swap_exchanges_from_its_frame_on(track, other, frame):
    after = applied(with_tracks(track, other), edits.SwapTracks(1, 2, frame))
    a, b = shown(track), shown(other)
    assert_same(shown(after.tracks[1]), a[:frame] + b[frame:])
    assert_same(shown(after.tracks[2]), b[:frame] + a[frame:])
    for before in (track, other):
        assert after.tracks[before.id].label == before.label
        assert after.tracks[before.id].attributes == before.attributes


@given(tracks(1), st.data())
def test_shift_moves_all_it_shows_and_back(track, data):
    track = replace(track, attributes={})
    last = int(track.keyframes.frames[-1])
    by = data.draw(st.integers(-track.start, FRAMES - 1 - last))
    document = with_tracks(track)
    there = document.apply(edits.ShiftTrack(1, by))
    nothing = [None] * FRAMES
    before = [*nothing, *shown(track), *nothing]
    found = shown(there.tracks[1])
    wanted = before[FRAMES - by : 2 * FRAMES - by]
    assert_same(found[: last + by + 1], wanted[: last + by + 1])
    assert there.apply(edits.ShiftTrack(1, -by)) == document


@given(tracks(1), ranges)
def test_trim_shows_the_same_on_its_range_only(track, span):
    start, stop = span[0], FRAMES if span[1] is None else span[1]
    after = applied(with_tracks(track), edits.TrimTrack(1, *span)).tracks[1]
    nothing = [None] * FRAMES
    wanted = nothing[:start] + shown(track)[start:stop] + nothing[stop:]
    assert_same(shown(after), wanted)
    assert all(start <= row.frame <= stop for row in after.keyframes)


@given(tracks(1), frames, boxes)
def test_a_set_keyframe_is_there(track, frame, box):
    after = with_tracks(track).apply(edits.SetKeyframe(1, frame, box)).tracks[1]
    assert after.at(frame) == box
    others = [row for row in after.keyframes if row.frame != frame]
    assert others == [row for row in track.keyframes if row.frame != frame]


@given(tracks(1), ranges, st.sampled_from(["walking", None, 3]))
def test_set_attribute_changes_its_range_only(track, span, value):
    document = with_tracks(replace(track, label="car"))
    after = document.apply(edits.SetAttribute(1, "mood", value, *span)).tracks[1]
    start, stop = span[0], FRAMES if span[1] is None else span[1]
    for frame in range(FRAMES):
        kept = track.attribute_at("mood", frame)
        wanted = value if start <= frame < stop else kept
        assert after.attribute_at("mood", frame) == wanted
    steps = after.attributes.get("mood", ())
    for (_, before), (_, now) in zip(((0, None), *steps), steps, strict=False):
        assert before != now
    assert after.keyframes is document.tracks[1].keyframes


@given(tracks(1), frames, ranges)
def test_propagate_shows_one_box_on_its_range_and_changes_no_other(track, frame, span):
    start, stop = span[0], FRAMES if span[1] is None else span[1]
    document = with_tracks(track)
    after = applied(document, edits.Propagate(1, frame, stop, start)).tracks[1]
    before = shown(track)
    wanted = [before[frame]] * (stop - start)
    assert_same(shown(after), before[:start] + wanted + before[stop:])


@given(tracks(1), ranges, flags)
def test_set_hold_changes_boxes_on_its_range_only(track, span, hold):
    start, stop = span[0], FRAMES if span[1] is None else span[1]
    after = applied(with_tracks(track), edits.SetHold(1, *span, hold)).tracks[1]
    before, found = shown(track), shown(after)
    assert_same(found[:start] + found[stop:], before[:start] + before[stop:])
    assert [seen and seen[1:] for seen in found] == [
        seen and seen[1:] for seen in before
    ]
    for frame in range(max(start, 1), stop):
        if hold and found[frame] and not after.keyframes.has(frame):
            assert found[frame][0] == found[frame - 1][0]
    rows = [row for row in after.keyframes if start <= row.frame < stop]
    assert all(row.hold == hold for row in rows)


@given(tracks(1), st.data(), frames)
def test_a_keyframe_that_has_moved_can_be_moved_back(track, data, to):
    frame = data.draw(st.sampled_from(track.keyframes.frames.tolist()))
    document = with_tracks(track)
    there = applied(document, edits.MoveKeyframe(1, frame, to))
    assert there.tracks[1].keyframes.has(to)
    assert there.apply(edits.MoveKeyframe(1, to, frame)) == document


@given(annotations(min_tracks=1), label_names, label_names)
def test_no_label_is_ever_orphaned(document, label, into):
    after = applied(document, edits.RemoveLabel(label, into))
    known = {label.name for label in after.labels}
    assert label not in known
    assert {t.label for t in after.tracks.values()} <= known
    assert {event.label for event in after.events} <= known
    assert after.label_version == document.label_version + 1


@given(annotations(min_tracks=1), ids)
def test_events_follow_an_id(document, id):
    after = applied(document, edits.SetTrackId(1, id))
    assert id in after.events[0].tracks
    back = after.apply(edits.SetTrackId(id, 1))
    assert back == document
    assert back.next_id > id


@pytest.mark.parametrize("edit", [edits.SetOutside, edits.SetOccluded])
@given(track=tracks(1), start=frames)
def test_no_keyframe_lies_past_the_end(edit, track, start):
    after = applied(with_tracks(track), edit(1, start)).tracks[1]
    assert after.keyframes.frames[-1] < FRAMES
