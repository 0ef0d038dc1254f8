"""Parts are of whole groups, the same every time, as large as asked for."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boxreel.dataset.split import bound, fractions_of, parts_of
from boxreel.errors import ExportError

SPLITS = [
    {"train": 0.8, "val": 0.2},
    {"train": 0.7, "val": 0.2, "test": 0.1},
    {"train": 1.0},
    {"a": 0.01, "b": 0.98, "c": 0.01},
]
groups = st.lists(st.text("abcdef", min_size=1, max_size=2), min_size=3, max_size=30)
splits = st.sampled_from(SPLITS)
seeds = st.integers(0, 9)


def split_of(names, split, seed):
    return dict(zip(names, parts_of(names, split, seed), strict=True))


@given(groups.filter(lambda names: len(set(names)) >= 3), splits, seeds)
def test_shares_are_met_and_groups_stay_whole(names, split, seed):
    parts = parts_of(names, split, seed)
    by_group = split_of(names, split, seed)
    assert parts == [by_group[name] for name in names]
    sizes = {part: list(by_group.values()).count(part) for part in split}
    assert min(sizes.values()) >= 1
    spare = len(by_group) - len(split)
    for part, share in split.items():
        assert sizes[part] <= max(1, share * len(by_group) + 1)
        assert sizes[part] >= min(share * len(by_group) - 1, spare)


@given(groups.filter(lambda names: len(set(names)) >= 3), splits, seeds, st.randoms())
def test_the_order_of_clips_does_not_matter(names, split, seed, random):
    mixed = names.copy()
    random.shuffle(mixed)
    assert split_of(mixed, split, seed) == split_of(names, split, seed)


@given(groups.filter(lambda names: len(set(names)) >= 3), splits, seeds)
def test_one_group_more_moves_few_of_the_others(names, split, seed):
    before = split_of(names, split, seed)
    after = split_of([*names, "new"], split, seed)
    moved = [name for name in before if before[name] != after[name]]
    assert len(moved) <= len(split) - 1


def test_another_seed_is_another_split():
    names = [f"clip {n}" for n in range(20)]
    found = {tuple(parts_of(names, SPLITS[0], seed)) for seed in range(5)}
    assert len(found) == 5


@given(st.lists(st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=3)))
def test_clips_with_a_name_in_common_are_one_group(names):
    found = bound(names)
    for (one, a), (two, b) in itertools.combinations(zip(names, found, strict=True), 2):
        assert a == b or not set(one) & set(two)
    for name in set(found):
        members = [set(n) for n, g in zip(names, found, strict=True) if g == name]
        assert name == min(set.union(*members))
        reached = members.pop(0)
        while members:  # each is linked to the others by a name
            linked = next(one for one in members if one & reached)
            members.remove(linked)
            reached |= linked


@pytest.mark.parametrize(
    ("split", "part"),
    [
        (1.0, "above 0"),
        (-0.1, "above 0"),
        ({"train": 0.8, "val": 0.1}, "add up to 1"),
        ({"train": 0.8, "../val": 0.2}, "no name of a part"),
        ({}, "add up to 1"),
        (float("nan"), "above 0"),
    ],
)
def test_splits_that_are_none(split, part):
    with pytest.raises(ExportError, match=part):
        fractions_of(split)


def test_too_few_groups_for_the_parts():
    with pytest.raises(ExportError, match="cannot be split into 2 parts, train, val"):
        parts_of(["a", "a"], SPLITS[0], 0)
