"""The command line converts many files, and says what became of each."""

from types import SimpleNamespace

import pytest

from boxreel import formats
from boxreel.__main__ import main
from boxreel.errors import BoxreelWarning

ROWS = "".join(f"{f},1,{3 * f},5,40,30,1,1,1\n" for f in range(1, 21))


@pytest.fixture
def folder(tmp_path):
    for name in ("a", "b"):
        (tmp_path / "in" / name / "gt").mkdir(parents=True)
        (tmp_path / "in" / name / "gt" / "gt.txt").write_text(ROWS)
        (tmp_path / "in" / name / "readme.md").write_text("# nothing\n")
    return tmp_path


def test_a_folder(folder, capsys):
    out = folder / "out"
    assert main(["convert", str(folder / "in"), "--to", "cvat", str(out)]) == 0
    written = sorted(p.relative_to(out).as_posix() for p in out.rglob("*.xml"))
    assert written == ["a/gt/gt.xml", "b/gt/gt.xml"]
    said = capsys.readouterr().out
    assert "2 of 2 files converted" in said
    others = [str(folder / "in" / name / "readme.md") for name in "ab"]
    assert f"not label files: {', '.join(others)}\n" in said
    a, report = formats.read_report(out / "a/gt/gt.xml")
    assert (report.format, len(a.dense())) == ("cvat", 20)


def test_an_output_inside_the_input_is_no_input(folder, capsys):
    arguments = ["convert", str(folder / "in"), "--to", "cvat", str(folder / "in/out")]
    assert main(arguments) == main(arguments) == 0
    assert capsys.readouterr().out.count("2 of 2 files converted") == 2


def test_one_file_with_options(folder, capsys):
    path, out = folder / "in/a/gt/gt.txt", folder / "out.csv"
    options = ["--simplify", "0.9", "--read", 'classes=["car"]']
    assert main(["convert", str(path), str(out), "--to", "csv", *options]) == 0
    assert "20 boxes -> 2 keyframes" in capsys.readouterr().out
    assert out.read_text().splitlines()[1].split(",")[3] == "car"


def test_errors_stand_at_the_end_and_the_rest_is_done(folder, capsys):
    bad = folder / "in/a/gt/gt.txt"
    bad.write_text(ROWS + "1,1\n")
    arguments = ["convert", str(folder / "in"), "--to", "kitti", str(folder / "out")]
    assert main(arguments) == 1
    said = capsys.readouterr()
    assert "1 of 2 files converted" in said.out
    assert "failed" in said.out
    assert f"{bad}, line 21: 2 columns" in said.err
    written = [p for p in (folder / "out").rglob("*") if p.is_file()]
    assert written == [folder / "out/b/gt/gt.txt"]


def test_what_cannot_be_written_leaves_nothing(folder, capsys):
    (folder / "in/a/gt/labels.txt").write_text("a car\n")
    arguments = ["convert", str(folder / "in"), "--to", "kitti", str(folder / "out")]
    assert main(arguments) == 1
    said = capsys.readouterr()
    assert "1 of 2 files converted" in said.out
    assert "gt.txt: KITTI has no blanks in types: rename label 'a car'" in said.err
    assert [path.name for path in (folder / "out").iterdir()] == ["b"]


def test_a_line_says_how_many_files_are_done(folder, monkeypatch, capsys):
    clock = iter(range(10**6))
    ticking = SimpleNamespace(monotonic=lambda: next(clock))
    monkeypatch.setattr("boxreel.progress.time", ticking)
    main(["convert", str(folder / "in"), "--to", "cvat", str(folder / "out")])
    said = capsys.readouterr().err
    assert "convert: 1 of 2 files" in said
    assert "convert: done, 2 of 2 files" in said


@pytest.mark.parametrize(
    ("inputs", "message"),
    [
        (["in/a/gt/gt.txt", "in/b/gt/gt.txt"], "would both become"),
        (["nowhere.txt"], "there is no such file"),
        (["in/a/readme.md"], "not recognised"),
        ([], "required"),
    ],
)
def test_what_cannot_be(folder, capsys, inputs, message):
    paths = [str(folder / one) for one in inputs]
    try:
        done = main(["convert", *paths, "--to", "csv", str(folder / "out")])
    except SystemExit as error:
        done = error.code
    assert done != 0
    assert message in capsys.readouterr().err
    assert not [p for p in (folder / "out").rglob("*") if p.is_file()]


def test_a_file_is_not_replaced_by_itself(folder, capsys):
    path = str(folder / "in/a/gt/gt.txt")
    assert main(["convert", path, path, "--to", "mot"]) == 1
    assert "would be replaced" in capsys.readouterr().err


def test_read_says_what_it_took_the_file_for(folder, capsys):
    with pytest.warns(BoxreelWarning, match="guessed"):
        formats.read(folder / "in/a/gt/gt.txt", classes=["car"])
    assert "gt.txt is mot: tracks 1" in capsys.readouterr().out
