"""Journals of strangers: a short run of `fuzz.py`."""

import pytest

from boxreel.journal import history, journal_path
from boxreel.journal.lines import encode
from tests.journal import fuzz


@pytest.mark.parametrize("number", [*range(8), 1290, 1775])
def test_a_spoilt_journal_is_read_or_refused(number, tmp_path):
    assert fuzz.trial(number, tmp_path) in ("read", "refused")


@pytest.mark.parametrize("time", [5, 1.5, None, "x", "", {}, "2026-13-45T99:00"])
def test_a_time_that_is_none_is_no_time(tmp_path, time):
    place = tmp_path / "labels.json"
    line = {"kind": "undo", "revision": 1, "time": time, "author": "a", "name": "b"}
    journal_path(place).write_bytes(encode(line))
    assert history(place)["time"].isna().all()


def test_an_author_that_no_table_can_hold_is_written_out(tmp_path):
    place = tmp_path / "labels.json"
    line = {"kind": "undo", "revision": 1, "time": "", "author": "\ud800", "name": "b"}
    journal_path(place).write_bytes(encode(line))
    assert history(place)["author"].tolist() == ["\\ud800"]
