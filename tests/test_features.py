"""The table of features names tests that are there."""

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
TABLE = (ROOT / "docs/features.md").read_text(encoding="utf-8")
ROWS = [line for line in TABLE.splitlines() if re.match(r"\| [A-N]\d+ ", line)]
PLACES = {
    "js": "js/src/**/{}.test.ts*",
    **{
        folder: f"tests/{folder}/test_{{}}.py"
        for folder in ("e2e", "formats", "model", "video", "widget")
    },
}


def test_each_row_says_how_it_stands():
    assert len(ROWS) > 170
    stands = ("works", "differs", "not here")
    unclear = [row for row in ROWS if not row.split("|")[3].strip().startswith(stands)]
    assert unclear == []


def test_the_tests_it_names_are_there():
    named = {
        found
        for row in ROWS
        for found in re.findall(rf"`({'|'.join(PLACES)})/(\w+)`", row)
    }
    assert len(named) > 50
    missing = {
        f"{folder}/{name}"
        for folder, name in named
        if not any(ROOT.glob(PLACES[folder].format(name)))
    }
    assert missing == set()
    files = re.findall(r"`(tests/[\w/.]+)`", "\n".join(ROWS))
    assert [name for name in files if not (ROOT / name).exists()] == []
