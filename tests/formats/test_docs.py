"""The table of docs/formats.md says what the formats do."""

import re
from pathlib import Path

import pytest

from boxreel import formats
from tests.formats.fuzz import labels
from tests.interop.tools import TOOLS

PAGE = (Path(__file__).parents[2] / "docs" / "formats.md").read_text()
WORDS = ("keyframes", "rotation", "source", "scores", "occluded", "groups", "events")
"""What a format may lose, as the table and the reports call it."""

READERS = {
    "datumaro": "Datumaro",
    "trackeval": "TrackEval",
    "darwin-py": "darwin-py",
    "tables": "pandas",
    "ultralytics": "ultralytics",
}


def rows():
    """Held, lost, guessed and proved by, for each name of a format."""
    for line in PAGE.split("## ")[0].splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 6:
            for name in re.findall(r"`([\w-]+)`", cells[1]):
                yield name, (cells[1], *cells[2:])


TABLE = dict(rows())
WRITTEN = [name for name, one in formats.formats().items() if one.dump]


def test_every_format_has_a_row():
    assert sorted(TABLE) == sorted(formats.formats())


def test_what_is_read_or_written_only_says_so():
    said = {name for name, row in TABLE.items() if "read only" in row[0]}
    assert said == {*formats.formats()} - {*WRITTEN}
    assert [name for name, row in TABLE.items() if "written only" in row[0]] == ["voc"]


@pytest.mark.parametrize("name", WRITTEN)
def test_what_reports_call_lost_is_lost_in_the_table(tmp_path, name):
    zipped = formats.formats()[name].spread is not None
    path = tmp_path / ("a.zip" if zipped else "a")
    report = formats.write(labels(), path, format=name)
    told = " ".join(note.text for note in report.of_kind("lost"))
    lost = {word for word in WORDS if re.search(rf"\b{word}\b", told)}
    assert {word for word in WORDS if re.search(rf"\b{word}\b", TABLE[name][2])} == lost


def test_every_foreign_reader_is_named():
    for tool in TOOLS:
        assert READERS.get(tool.name, tool.name) in PAGE
        assert tool.script.is_file()
        for requirement in (*tool.requirements, *tool.alone):
            _, _, version = requirement.partition("==")
            assert version in PAGE


def test_every_file_it_names_is_there():
    for path in re.findall(r"`((?:tests|benchmarks)/[\w/.]+)`", PAGE):
        assert (Path(__file__).parents[2] / path).exists()
