"""Files with something wrong end in one clear error, or are read: nothing else."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from boxreel import formats
from tests.formats import fuzz


@pytest.mark.parametrize("name", list(formats.formats()))
@settings(
    max_examples=100,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(number=st.integers(0, 2**32))
def test_broken_files(tmp_path, name, number):
    assert fuzz.trial(number, name, tmp_path) in ("read", "refused")
