"""Choosing a format, plug-ins, the report, and how a video is given."""

import importlib.metadata
import json
import os
import threading
from types import SimpleNamespace

import numpy as np
import pytest

from boxreel import formats
from boxreel.errors import BoxreelWarning
from boxreel.formats import Note, Report, registry
from boxreel.model import Annotation, VideoInfo

VIDEO = VideoInfo.constant("street.mp4", 640, 480, frame_count=30, fps=25)


def plugin(name="lines"):
    def parse(source, *, label="thing"):
        annotation = Annotation.for_video(source.video or VIDEO, [label])
        for line in source.text.splitlines()[1:]:
            frame, *box = map(int, line.split())
            annotation = annotation.add_track(label, {frame: box})
        return annotation

    def dump(annotation, target):
        target.notes.lost("everything")
        return "LINES\n"

    return formats.Format(
        name, (".lines",), lambda head: head.startswith("LINES"), parse, dump
    )


@pytest.fixture
def install(monkeypatch):
    def entry_points(*plugins):
        def points(group):
            assert group == "boxreel.formats"
            return [
                SimpleNamespace(value=f"p{i}", load=p) for i, p in enumerate(plugins)
            ]

        monkeypatch.setattr(registry, "entry_points", points)
        formats.formats.cache_clear()

    yield entry_points
    formats.formats.cache_clear()


def test_a_plug_in_is_a_format_like_the_others(tmp_path, install):
    install(plugin)
    path = tmp_path / "a.lines"
    path.write_text("LINES\n3 1 2 30 40\n")
    annotation = formats.read(path, video=VIDEO, label="car")
    assert annotation.tracks[1].at(3).row == (1, 2, 30, 40, 0)
    report = formats.write(annotation, tmp_path / "b.lines")
    assert [str(note) for note in report.notes] == ["lost: everything"]
    names = [*formats.formats()]
    assert (names[:3], names[-1]) == (["boxreel", "mot", "cvat"], "lines")


@pytest.mark.parametrize(
    ("load", "says"),
    [
        (lambda: 1 / 0, "division by zero"),
        (lambda: "text", "'text', not a boxreel.formats.Format"),
        (lambda: plugin("mot"), "there is a format 'mot' already"),
    ],
)
def test_a_broken_plug_in_is_left_out_with_a_warning(tmp_path, install, load, says):
    install(load, plugin)
    with pytest.warns(BoxreelWarning, match=f"'p0' is left out.*{says}"):
        names = [*formats.formats()]
    assert (names[:3], names[-1]) == (["boxreel", "mot", "cvat"], "lines")
    formats.write(Annotation.for_video(VIDEO, ["car"]), tmp_path / "a.json")


def test_the_group_is_that_of_the_documentation():
    assert registry.entry_points is importlib.metadata.entry_points
    assert registry.GROUP == "boxreel.formats"


@pytest.mark.parametrize(
    "name", ["a.json", "a.boxreel.json", "a.XML", "a.txt", "a.zip"]
)
def test_the_ending_chooses_and_the_content_is_recognised(tmp_path, name):
    annotation = Annotation.for_video(VIDEO, ["car"])
    annotation = annotation.add_track("car", {3: (1, 2, 30, 40)})
    written = formats.write(annotation, tmp_path / name)
    anonymous = tmp_path / "labels"
    (tmp_path / name).rename(anonymous)
    _, read = formats.read_report(anonymous, video=VIDEO)
    assert read.format == written.format
    assert read.counts["tracks"] == written.counts["tracks"] == 1


def test_a_video_is_given_as_an_object_of_its_shape(tmp_path):
    annotation = Annotation.for_video(VIDEO, ["car"])
    formats.write(annotation, tmp_path / "a.xml")
    alike = SimpleNamespace(
        name="other.mp4",
        width=640,
        height=480,
        ticks=np.arange(30),
        time_base=VIDEO.time_base,
        fingerprint="abc",
    )
    read = formats.read(tmp_path / "a.xml", video=alike)
    assert read.video == VideoInfo.of(alike)


def test_a_video_is_given_as_a_path(tmp_path):
    imageio = pytest.importorskip("imageio.v3")
    for i in range(3):
        picture = np.full((48, 64, 3), 40 * i, dtype=np.uint8)
        imageio.imwrite(tmp_path / f"{i}.png", picture)
    labels = tmp_path / "gt.txt"
    labels.write_text("2,1,0,0,9,9,1,1,1\n")
    read = formats.read(labels, video=tmp_path, classes=["car"])
    assert (read.video.frame_count, read.video.width) == (3, 64)
    assert read.tracks[1].spans() == [(1, 2)]


def test_read_warns_once_of_guesses_and_not_of_losses(tmp_path, recwarn):
    path = tmp_path / "gt.txt"
    path.write_text("1,1,0,0,9,9,1,1,0.5\n2,1,0,0,9,9,1,1,1\n")
    read = formats.read(path, classes=["car"])
    (warning,) = recwarn
    assert warning.category is BoxreelWarning
    assert warning.filename == __file__
    text = str(warning.message)
    assert text.startswith(f"{path}:\n  guessed: picture size 9x9")
    assert "visibility" not in text
    assert (read.video.width, read.video.frame_count) == (9, 2)
    recwarn.clear()
    formats.read(path, video=VIDEO, classes=["car"])
    assert list(recwarn) == []


def test_report_reads_well():
    report = Report(
        "cvat",
        "<b>.xml",
        {"tracks": 1200},
        (
            Note("lost", "scores", 3, "#2, frame 7"),
            Note("dropped", "<i>&", 1, "line 4"),
        ),
    )
    assert repr(report) == (
        "<b>.xml (cvat): tracks 1,200\n"
        "  lost: scores (3 times), first at #2, frame 7\n"
        "  dropped: <i>&, at line 4"
    )
    html = report._repr_html_()
    assert "&lt;b&gt;.xml" in html
    assert "<td>dropped</td><td>&lt;i&gt;&amp;</td><td>1</td><td>line 4</td>" in html
    clean = Report("boxreel", "a.json")._repr_html_()
    assert "a.json (boxreel); nothing was guessed, dropped or lost" in clean
    assert report.of_kind("dropped") == (report.notes[1],)


def test_frame_and_pixel_base(tmp_path):
    annotation = Annotation.for_video(VIDEO, ["car"])
    annotation = annotation.add_track("car", {3: (1, 2, 30, 40)}, span="frame")
    formats.write(annotation, tmp_path / "a.txt", frame_base=0, pixel_base=1)
    assert (tmp_path / "a.txt").read_text() == ("3,1,2.000,3.000,30.000,40.000,1,1,1\n")
    read = formats.read(
        tmp_path / "a.txt", video=VIDEO, frame_base=0, pixel_base=1, classes=["car"]
    )
    np.testing.assert_array_equal(read.dense().box, annotation.dense().box)
    assert read.tracks[1].spans() == [(3, 4)]


def test_column_seven(tmp_path):
    path = tmp_path / "r.txt"

    def scores(text, **options):
        path.write_text(text)
        read, report = formats.read_report(
            path, video=VIDEO, classes=["car"], **options
        )
        return read.dense().score.tolist(), [note.text for note in report.notes]

    assert scores("1,1,0,0,9,9,0.5,-1,-1,-1\n2,1,0,0,9,9,0.25,-1,-1,-1\n") == (
        [0.5, 0.25],
        [],
    )
    found, notes = scores("1,1,0,0,9,9,1,-1,-1,-1\n2,1,0,0,9,9,0,-1,-1,-1\n")
    assert np.isnan(found).all()
    assert notes == ["column 7 holds flags, 0 to ignore; pass kind="]
    assert scores("1,1,0,0,9,9,1,-1,-1,-1\n", kind="results") == ([1], [])
    assert scores("1,1,0,0,9,9,-1,-1,-1,-1\n1,2,0,0,9,9,0.5,-1,-1,-1\n")[0][1] == 0.5
    assert scores("1,1,0,0,9,9,0.5,1,1\n")[1] == ["column 7 holds scores; pass kind="]
    assert scores("1,0,0,0,9,9\n")[1] == [
        "ids start at 0 in the file; each is one higher here"
    ]
    assert scores("1,1,0,0,9,9,0.5,3,4,5\n")[1] == ["columns 8 to 10 (position in 3-D)"]


def test_length_of_the_video_counts_and_not_that_of_the_file(tmp_path):
    (tmp_path / "seqinfo.ini").write_text("[Sequence]\nseqLength=71\n")
    (tmp_path / "gt.txt").write_text("1,1,0,0,9,9,1,1,1\n")
    read, report = formats.read_report(
        tmp_path / "gt.txt", video=VIDEO, classes=["car"]
    )
    assert read.video is VIDEO
    assert [str(note) for note in report.notes] == [
        "guessed: 30 frames, as the video has; the file says 71"
    ]


def test_native_is_recognised_when_other_tools_have_sorted_its_keys(tmp_path):
    path = tmp_path / "labels"
    annotation = Annotation.for_video(VIDEO, ["car"])
    formats.write(annotation, path, format="boxreel")
    document = json.loads(path.read_text())
    path.write_text(json.dumps(document, sort_keys=True, indent=2))
    assert formats.read(path) == annotation


def test_a_tilde_is_the_home(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    annotation = Annotation.for_video(VIDEO, ["car"])
    assert formats.write(annotation, "~/a.json").path == str(tmp_path / "a.json")
    assert formats.read("~/a.json") == annotation


def test_a_dense_file_is_read_as_few_keyframes(tmp_path, capsys):
    path = tmp_path / "gt.txt"
    path.write_text("".join(f"{f},1,{3 * f},5,40,30,1,1,1\n" for f in range(1, 51)))
    a, report = formats.read_report(path, classes=["car"], simplify=0.9)
    assert a.tracks[1].keyframes.frames.tolist() == [0, 49]
    assert "50 boxes -> 2 keyframes" in capsys.readouterr().out
    assert (report.counts["boxes"], report.counts["keyframes"]) == (50, 2)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")
def test_a_pipe_is_read_once(tmp_path):
    pipe = tmp_path / "a.results.json"
    os.mkfifo(pipe)
    text = '[{"image_id": 1, "category_id": 1, "bbox": [1, 2, 3, 4], "track_id": 7}]'
    writer = threading.Thread(target=pipe.write_text, args=[text])
    writer.start()
    labels, _ = formats.read_report(pipe)
    writer.join()
    assert [*labels.tracks] == [7]
