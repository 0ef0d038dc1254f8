"""Every line of the API that README and architecture promise, on one small clip."""

import shutil
from pathlib import Path

import av
import numpy as np
import pytest

import boxreel as br
from boxreel.widget import assets


@pytest.fixture
def clip(tmp_path, monkeypatch):
    """Make street.mp4, 40 frames of 64 x 48, in the working directory."""
    monkeypatch.chdir(tmp_path)
    for each in ("script", "loader"):
        monkeypatch.setattr(assets, each, lambda: "export default {}")
    with av.open("street.mp4", "w") as container:
        stream = container.add_stream("mpeg4", rate=20)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        for grey in range(0, 200, 5):
            pixels = np.full((48, 64, 3), grey, np.uint8)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(pixels)))
        container.mux(stream.encode())
    return "street.mp4"


@pytest.fixture
def labels(clip):
    with br.open_video(clip) as v:
        a = br.Annotation.for_video(v, labels=["car"])
    return a.add_track("car", {0: (10, 20, 40, 30), 30: (60, 22, 44, 33)})


def test_the_widget(clip, tmp_path):
    w = br.Annotator(clip, labels=["car", "person"])
    heard = []
    w.observe(heard.append, "annotation")
    w.annotation = w.annotation.add_track("car", {0: (1, 2, 30, 20)})
    w.frame, w.selection = 12, (1,)
    w.apply(br.edits.SplitTrack(track=1, frame=20))
    assert list(w.annotation.tracks) == [1, 2]
    assert (w.undo(), w.undo(), w.redo()) == (
        "split of #1 at 20",
        "assignment from Python",
        "assignment from Python",
    )
    assert len(heard) == 5
    table = w.df
    table.loc[table.frame == 5, "x"] = 3
    w.df = table
    assert w.annotation.tracks[1].at(5).x == 3
    assert w.undo() == "assignment from Python"
    assert w.annotation.tracks[1].at(5).x == 1
    assert w.save() == tmp_path / "street.boxreel.json"
    assert w.image(39).shape == (48, 64, 3)
    assert w.image(39).dtype == np.uint8
    w.close()
    again = br.Annotator(clip)
    assert again.annotation == w.annotation
    again.close()


def test_the_widget_driven_from_python(clip, labels, tmp_path):
    w = br.Annotator(clip, annotation=labels)
    made = []
    end = w.on_edit(made.append)
    w.apply(br.edits.SetOccluded(1, 5))
    end()
    assert [(one.edit, one.client) for one in made] == [
        (br.edits.SetOccluded(1, 5), None)
    ]
    w.select(1), w.seek("0:01.5")
    assert (w.selection, w.frame) == ((1,), 30)
    w.show(labels.to_pandas().query("w > 43"), "large")
    assert w.frame == 23
    w.close()
    shutil.copy(clip, tmp_path / "b.mp4")
    w = br.Annotator([clip, "b.mp4"])
    w.item = 1
    w.mark("done")
    assert [(one.name, one.mark) for one in w.items] == [
        (clip, None),
        ("b.mp4", "done"),
    ]
    assert [len(one.tracks) for one in w.annotations] == [1, 0]
    w.close()


def test_starting_from_what_a_model_said(clip, labels):
    w = br.Annotator(clip, annotation=labels)
    assert w.annotation == labels
    w.close()


def test_videos(clip):
    v = br.open_video(clip)
    assert v[12].shape == (48, 64, 3)
    assert (len(v), v.fps, v.warnings) == (40, 20, ())
    assert v.times.tolist() == [n / 20 for n in range(40)]


def test_annotations(labels):
    assert labels.tracks[1].at(15) == br.Box(35, 21, 42, 31.5)
    assert labels.at(15).x.tolist() == [35]
    table = labels.to_pandas()
    columns = "frame time track label x y w h rotation occluded source score"
    assert [*table.columns] == columns.split()
    assert len(table) == 40
    assert labels.keyframes().frame.tolist() == [0, 30]
    split = labels.apply(br.edits.SplitTrack(track=1, frame=20))
    assert list(split.tracks) == [1, 2]
    track = br.Track(7, "car", br.Keyframes([3], [[1, 2, 3, 4]]))
    assert labels.apply(br.edits.AddTrack(track)).tracks[7] is track


def test_label_files(clip, labels):
    report = br.write(labels, "out.xml", format="cvat")
    assert (report.format, report.path) == ("cvat", "out.xml")
    assert br.read("out.xml", video=clip).tracks[1].label == "car"
    br.write(labels, "gt.txt")
    read = br.read("gt.txt", video=clip, classes=["car"])
    assert read.tracks[1].at(15) == labels.tracks[1].at(15)


def test_pictures_out(clip, labels):
    w = br.Annotator(clip, annotation=labels)
    assert w.snapshot(12) == Path("street_12.png")
    w.close()
    path = br.export_clip(labels, clip, "out.mp4", frames=range(10), blur=["car"])
    with br.open_video(path) as out:
        assert (len(out), out.fps) == (10, 20)
    (image,) = br.export_frames(None, clip, "train", [39])
    assert image == Path("train/street_000039.png")


def test_data_sets_out(clip, labels):
    corrected = labels.corrected()
    assert corrected.tolist() == [0, 30]
    report = br.export_dataset(labels, clip, "set", frames="corrected", context=1)
    assert report.counts["images"] == 5
    names = sorted(path.name for path in Path("set").iterdir())
    assert names == [
        *("README.md", "data.yaml", "datacard.json"),
        *("images", "labels", "labels_tracks"),
    ]


@pytest.mark.parametrize(
    "ask",
    [
        lambda a: br.evaluate(a, "found.txt"),
        lambda a: br.evaluate([a], ["found.txt"]),
        lambda a: br.compare("found.txt", a),
        lambda a: br.compare(a, "found.txt"),
        lambda a: br.agree(a, "found.txt"),
        lambda a: br.rebase(a, "found.txt"),
        lambda a: br.lint("found.txt"),
        lambda a: br.realign("found.txt", a.video),
        lambda a: br.Review(a, "found.txt", "street.mp4"),
        lambda a: br.Annotator("street.mp4", "found.txt"),
    ],
)
def test_the_path_of_labels_is_not_labels(labels, ask):
    with pytest.raises(TypeError, match=r"boxreel\.read gives .*, not 'found\.txt'"):
        ask(labels)
