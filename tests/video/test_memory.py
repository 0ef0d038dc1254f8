"""JPEGs in memory: what is near the playhead stays, within the budget."""

import math
from itertools import chain

from hypothesis import given
from hypothesis import strategies as st

from boxreel.video.memory import PIECE, TURN, Memory, pieces


@given(count=st.integers(1, 500), data=st.data())
def test_pieces_cover_a_clip_once(count: int, data: st.DataObject):
    playhead = data.draw(st.integers(0, count - 1))
    order = list(pieces(playhead, count))
    assert sorted(chain.from_iterable(order)) == list(range(count))
    assert all(1 <= len(piece) <= PIECE for piece in order)


@given(count=st.integers(1, 2000), data=st.data())
def test_what_is_near_comes_before_what_is_twice_as_far(
    count: int, data: st.DataObject
):
    playhead = data.draw(st.integers(0, count - 1))
    farthest = 0
    for piece in pieces(playhead, count):
        for i in piece:
            distance = abs(i - playhead)
            assert farthest <= max(2 * distance, TURN)
            farthest = max(farthest, distance)


@given(
    frames=st.lists(st.tuples(st.integers(0, 99), st.integers(1, 50)), min_size=1),
    playhead=st.integers(0, 99),
)
def test_the_budget_holds_and_the_nearest_stay(
    frames: list[tuple[int, int]], playhead: int
):
    memory = Memory(200)
    memory.centre(playhead, 80)
    for i, size in frames:
        memory.put(i, 80, b"." * size)
    sizes = {i: size for i, size in frames if (i, 80) in memory}
    assert 0 < sum(sizes.values()) <= 200
    nearest = min(abs(i - playhead) for i, _ in frames)
    assert min(abs(i - playhead) for i in sizes) == nearest


def test_other_widths_go_before_what_is_far():
    memory = Memory(100)
    memory.centre(10, 80)
    memory.put(10, 160, b"." * 50)
    for i in (11, 99):
        memory.put(i, 80, b"." * 40)
    kept = [key in memory for key in ((10, 160), (11, 80), (99, 80))]
    assert kept == [False, True, True]


def test_a_single_frame_stays_whatever_its_size():
    memory = Memory(100)
    memory.put(3, 80, b"." * 500)
    assert (3, 80) in memory


def test_a_frame_put_twice_counts_once():
    memory = Memory(100)
    for _ in range(9):
        memory.put(3, 80, b"." * 60)
    memory.put(4, 80, b"." * 40)
    assert (3, 80) in memory
    assert (4, 80) in memory


def test_the_room_found_holds_until_the_playhead_leaves_it():
    memory = Memory(100)
    memory.centre(50, 80)
    for i in range(50, 62):
        memory.put(i, 80, b"." * 10)
    assert memory.radius < 11
    found = memory.radius
    memory.centre(54, 80)
    assert memory.radius == found
    memory.centre(90, 80)
    assert memory.radius == float("inf")


def test_a_smaller_budget_drops_the_farthest_and_a_larger_one_finds_room_again():
    memory = Memory(100)
    memory.centre(10, 320)
    for i in (10, 11, 15):
        memory.put(i, 320, b"." * 30)
    memory.limit(70)
    assert [(i, 320) in memory for i in (10, 11, 15)] == [True, True, False]
    assert memory.radius == 1
    memory.limit(100)
    assert memory.radius == math.inf
