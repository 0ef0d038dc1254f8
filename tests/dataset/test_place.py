"""A data set is there whole or not at all, and nothing else goes for it."""

import errno
import json

import pytest
from PIL import Image

from boxreel.dataset import export_dataset
from boxreel.errors import ExportError, FormatError
from boxreel.formats import write
from boxreel.model import Annotation, VideoInfo


@pytest.fixture
def labels(pixels):
    a = Annotation.for_video(VideoInfo.of(pixels), ["car"])
    return a.add_track("car", {20: (1, 1, 5, 5)})


def left(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_folder_that_is_there_is_left_alone(tmp_path, pixels, labels):
    mine = tmp_path / "mine"
    mine.mkdir()
    export_dataset(labels, pixels, mine)
    before = left(mine)
    with pytest.raises(ExportError, match="is there and not empty"):
        export_dataset(labels, pixels, mine)
    other = tmp_path / "other"
    other.mkdir()
    (other / "thesis.tex").touch()
    with pytest.raises(ExportError, match="is left alone"):
        export_dataset(labels, pixels, other, overwrite=True)
    with pytest.raises(ExportError, match="is no folder"):
        export_dataset(labels, pixels, other / "thesis.tex", overwrite=True)
    assert left(other) == ["thesis.tex"]
    assert left(mine) == before
    assert left(tmp_path) == ["mine", "other"]


def test_a_data_set_is_replaced_when_asked_for(tmp_path, pixels, labels):
    out = tmp_path / "set"
    export_dataset(labels, pixels, out)
    export_dataset(labels, pixels, out, format="voc", overwrite=True)
    assert json.loads((out / "datacard.json").read_text())["format"] == "voc"
    assert not (out / "images").exists()
    assert left(tmp_path) == ["set"]


@pytest.mark.parametrize(
    ("code", "part"),
    [(errno.ENOSPC, "the disk is full; make room"), (errno.EIO, "Input/output error")],
)
def test_a_disk_that_fails_midway(tmp_path, pixels, labels, monkeypatch, code, part):
    out = tmp_path / "set"
    export_dataset(labels, pixels, out)
    before = (out / "datacard.json").read_bytes()
    save, calls = Image.Image.save, []

    def fail(self, *args, **options):
        calls.append(1)
        if len(calls) == 5:
            raise OSError(code, "Input/output error")
        save(self, *args, **options)

    monkeypatch.setattr(Image.Image, "save", fail)
    with pytest.raises(ExportError, match=part):
        export_dataset(labels, pixels, out, overwrite=True)
    assert len(calls) == 5
    assert (out / "datacard.json").read_bytes() == before
    assert left(tmp_path) == ["set"]


def test_an_interruption_leaves_nothing(tmp_path, pixels, labels, monkeypatch):
    def stop(*args, **options):
        raise KeyboardInterrupt

    monkeypatch.setattr(Image.Image, "save", stop)
    with pytest.raises(KeyboardInterrupt):
        export_dataset(labels, pixels, tmp_path / "set")
    assert left(tmp_path) == []


def test_a_place_that_is_none(tmp_path, pixels, labels):
    with pytest.raises(ExportError, match="does not exist; make it first"):
        export_dataset(labels, pixels, tmp_path / "a/b")


def test_the_folder_one_is_in_is_not_replaced(tmp_path, pixels, labels, monkeypatch):
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    for place in (".", "", ".."):
        with pytest.raises(ExportError, match="name a new folder"):
            export_dataset(labels, pixels, place)
        with pytest.raises(FormatError, match="name a new folder"):
            write(labels, place, format="yolo")
    assert left(tmp_path / "here") == []


def test_a_line_tells_how_far_it_is(tmp_path, pixels, labels, monkeypatch, capsys):
    clock = iter(range(1000))
    monkeypatch.setattr("boxreel.progress.time.monotonic", lambda: next(clock))
    export_dataset(labels, pixels, tmp_path / "set")
    said = capsys.readouterr().err
    assert "set: 5 of 10 frames" in said
    assert "set: done, 10 of 10 frames" in said
    export_dataset(labels, pixels, tmp_path / "quiet", progress=False)
    assert capsys.readouterr().err == ""
