"""One concept a file: none grows past what a reader can hold."""

from pathlib import Path

ROOT = Path(__file__).parent.parent
LIMIT = 400


def test_no_source_file_is_longer_than_the_limit():
    sources = [
        *(ROOT / "src").rglob("*.py"),
        *(ROOT / "js/src").rglob("*.ts"),
        *(ROOT / "js/src").rglob("*.tsx"),
    ]
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines())
        for path in sources
    }
    assert {path: length for path, length in lengths.items() if length > LIMIT} == {}
