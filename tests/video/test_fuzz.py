"""Mutated and truncated files: no crash, no hang, a clear error or what can be read."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.video.fuzz import CLIPS, READERS, check, mutated, write_sound


@pytest.fixture(scope="module")
def readers():
    yield READERS
    READERS.close()


@pytest.fixture(scope="module")
def clips(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return write_sound(tmp_path_factory.mktemp("sound"))


places = st.floats(0, 1, exclude_max=True)
lengths = st.integers(1, 400)
mutations = st.one_of(
    st.tuples(st.just("cut"), places, lengths),
    st.tuples(st.just("drop"), places, lengths),
    st.tuples(st.just("zero"), places, lengths),
    st.tuples(st.just("repeat"), places, lengths),
    st.tuples(st.just("put"), places, st.binary(min_size=1, max_size=8)),
    st.tuples(st.just("put"), st.floats(0, 0.05), st.binary(min_size=1, max_size=4)),
    st.tuples(st.just("put"), st.floats(0.9, 0.99), st.binary(min_size=1, max_size=4)),
)


def test_sound_clips_are_read_to_the_end(clips, readers):
    for path in clips.values():
        expected = {"frames": 20, "read": 24, "refused": []}
        assert readers().read(path) == expected


@settings(
    max_examples=int(os.environ.get("BOXREEL_FUZZ", "60")),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.sampled_from([*CLIPS]), st.lists(mutations, min_size=1, max_size=4))
def test_whatever_is_wrong_with_a_file(clips, readers, tmp_path: Path, name, changes):
    data = clips[name].read_bytes()
    for change in changes:
        data = mutated(data, change)
    path = tmp_path / name
    path.write_bytes(data)
    check(readers().read(path), name)
