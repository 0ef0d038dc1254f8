"""A set of frames as spans behaves as a set, in the fewest spans."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from boxreel.video.frameset import FrameSet, Span, union

frames = st.integers(0, 30)


def listed(spans: list[Span]) -> list[int]:
    assert all(start < stop for start, stop in spans)
    assert all(one[1] < other[0] for one, other in pairwise(spans))
    return [i for start, stop in spans for i in range(start, stop)]


@given(first=st.sets(frames), steps=st.lists(st.tuples(st.booleans(), frames)))
def test_it_is_the_set_of_frames_put_in_and_not_taken_out(
    first: set[int], steps: list[tuple[bool, int]]
):
    kept, model = FrameSet(first), set(first)
    for puts_in, i in steps:
        (kept.add if puts_in else kept.discard)(i)
        (model.add if puts_in else model.discard)(i)
    assert listed(kept.spans) == sorted(model)
    assert [i in kept for i in range(32)] == [i in model for i in range(32)]
    assert bool(kept) == bool(model)


@given(one=st.sets(frames), other=st.sets(frames))
def test_two_are_joined(one: set[int], other: set[int]):
    joined = union(FrameSet(one).spans, FrameSet(other).spans)
    assert listed(joined) == sorted(one | other)
