"""One annotation out of two: place by place, box by box, with undo."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import boxreel as br
from boxreel.demo.predictions import predicted_labels
from boxreel.demo.truth import true_labels
from boxreel.errors import AnnotationError, EditError, VideoMismatchError
from boxreel.model import VideoInfo
from boxreel.review import Consensus
from tests.metrics.test_rules import annotation
from tests.metrics.walks import walks
from tests.review.clips import STREET, labels

ONE = labels(("car", 0, 40, 100), ("person", 0, 40, 300))
TWO = labels(("car", 10, 40, 100), ("person", 0, 40, 300, 330))


def test_adopting_the_second_everywhere_leaves_no_difference():
    two = predicted_labels(STREET)
    c = br.agree(true_labels(STREET), two).consensus()
    for _ in range(40):
        if not c.open:
            break
        c.adopt(c.open[0], "two")
    assert br.compare(c.annotation, two).errors == []


def test_keeping_the_first_everywhere_changes_nothing():
    one = true_labels(STREET)
    c = Consensus(one, predicted_labels(STREET))
    count = len(c.open)
    while c.open:
        assert c.adopt(c.open[0], "one") is None
    assert c.annotation is one
    assert repr(c) == f"<Consensus: 0 places open, {count} settled>"


def test_box_by_box_with_undo():
    c = Consensus(ONE, TWO)
    late, off = c.open
    assert (late.kind, off.kind) == ("late_start", "low_iou")
    middle = (off.start + 2, off.start + 3)
    edit = c.adopt(off, "two", frames=middle)
    taken = c.annotation.tracks[2]
    assert taken.at(middle[0]).x == pytest.approx(TWO.tracks[2].at(middle[0]).x)
    for frame in (middle[0] - 1, middle[1], 39):
        assert taken.at(frame).x == ONE.tracks[2].at(frame).x
    assert ONE.apply(edit) == c.annotation
    assert [(e.kind, e.start, e.stop) for e in c.open] == [
        ("late_start", 0, 10),
        ("low_iou", off.start, middle[0]),
        ("low_iou", middle[1], off.stop),
    ]
    c.adopt(c.open[0], "one")
    assert c.undo() == "keep: #1 car is found late"
    assert c.undo() == edit.describe()
    assert c.annotation is ONE
    assert c.open == [late, off]
    assert c.redo() == edit.describe()
    assert len(c.open) == 3
    c.adopt(c.open[0], "two")
    with pytest.raises(EditError, match="nothing to do again"):
        c.redo()


def test_what_cannot_be_adopted_is_refused():
    c = Consensus(ONE, TWO)
    late = c.open[0]
    with pytest.raises(AnnotationError, match='"one" or "two", not \'three\''):
        c.adopt(late, "three")
    with pytest.raises(AnnotationError, match=r"not within \[0, 10\)"):
        c.adopt(late, "two", frames=(5, 11))
    c.adopt(late, "two")
    with pytest.raises(AnnotationError, match="is not open"):
        c.adopt(late, "two")
    c.undo()
    with pytest.raises(EditError, match="nothing to undo"):
        c.undo()
    other = br.Annotation.for_video(VideoInfo.constant("b.mp4", 64, 48, 9, fps=10))
    with pytest.raises(VideoMismatchError):
        Consensus(ONE, other)


@given(seed=st.integers(0, 2**32 - 1), wobble=st.sampled_from([1, 4]))
@settings(max_examples=15, deadline=None)
def test_the_queue_of_any_two_people_ends(seed, wobble):
    rng = np.random.default_rng(seed)
    sides = (
        annotation(rng, boxes, 12, ["car", "person"])
        for boxes in walks(rng, 12, 4, wobble, 0)
    )
    one, two = sides
    c = Consensus(one, two)
    for _ in range(200):
        if not c.open:
            break
        c.adopt(c.open[0], "two")
    assert br.compare(c.annotation, two).errors == []
