"""The command line makes one data set of many label files and their videos."""

import json
import shutil

import pytest

from boxreel import formats
from boxreel.__main__ import main
from boxreel.model import VideoInfo
from boxreel.video import open_video


@pytest.fixture
def folder(tmp_path, clips, labels):
    """Return a folder of videos with their label files, and a broken one."""
    for clip, annotation in zip(clips[:2], labels, strict=False):
        shutil.copy(clip, tmp_path)
        formats.write(annotation, tmp_path / f"{clip.stem}.boxreel.json")
    (tmp_path / "notes.md").write_text("# nothing\n")
    return tmp_path


def run(folder, *more):
    return main(["convert", str(folder), "--images", *map(str, more)])


def card_of(folder):
    return json.loads((folder / "datacard.json").read_text("utf-8"))


def test_a_folder_becomes_a_data_set(folder, capsys):
    out = folder / "set"
    choices = ["--frames", "corrected", "--context", "1", "--seed", "3", "--png"]
    assert run(folder, "--to", "yolo", "--split", "0.5", *choices, out) == 0
    said = capsys.readouterr().out
    assert "2 of 2 files converted" in said
    assert "set (yolo): clips 2, images 12" in said
    assert "lost: events" in said
    card = card_of(out)
    assert sorted(one["part"] for one in card["clips"]) == ["train", "val"]
    assert card["chosen"] == {
        **{"frames": "corrected", "every": 1, "context": 1, "quality": None},
        **{"split": {"train": 0.5, "val": 0.5}, "seed": 3},
    }
    assert len(list(out.glob("images/*/*.png"))) == 12


def test_videos_elsewhere_and_by_the_name_that_labels_say(folder, tmp_path_factory):
    videos = tmp_path_factory.mktemp("videos")
    for path in folder.glob("*.mp4"):
        path.rename(videos / path.name)
    (folder / "a.boxreel.json").rename(folder / "first.boxreel.json")
    out = folder / "set"
    split = "train=0.5,test=0.5"
    arguments = ["--to", "coco", "--videos", videos, "--split", split, out]
    assert run(folder, *arguments) == 0
    found = {one["video"] for one in card_of(out)["clips"]}
    assert found == {"a.mp4", "b b.mp4"}
    assert run(folder, *arguments, "--overwrite", "--quality", "50") == 0
    assert card_of(out)["chosen"]["quality"] == 50


def test_a_sequence_of_motchallenge_has_its_pictures_beside(folder, labels, clips):
    first = folder / "first"
    formats_of = ["--frames", "all", "--to", "mot", "--png"]
    assert run(folder / "a.boxreel.json", *formats_of, first) == 0
    gt = first / "train/a/gt/gt.txt"
    out = folder / "second"
    assert run(gt, "--to", "kitti", out) == 0
    (entry,) = card_of(out)["clips"]
    with open_video(first / "train/a/img1") as video:
        assert entry["fingerprint"] == VideoInfo.of(video).fingerprint
    assert entry["boxes"] == len(labels[0].dense())


def test_what_cannot_be_read_is_told_at_the_end(folder, capsys):
    (folder / "a.mp4").unlink()
    (folder / "c.txt").write_text("1,1,5,5,9,9,1,1,1\n1,1\n")
    shutil.copy(folder / "b b.mp4", folder / "c.mp4")
    out = folder / "set"
    assert run(folder, "--to", "voc", out) == 1
    said = capsys.readouterr()
    assert "1 of 3 files converted" in said.out
    assert "its video 'a.mp4' is not in" in said.err
    assert f"{folder / 'c.txt'}, line 2: 2 columns" in said.err
    assert [one["video"] for one in card_of(out)["clips"]] == ["b b.mp4"]


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (["--to", "cvat"], "'cvat' is no data set of images"),
        (["--to", "yolo", "--split", "x"], "neither a share"),
        (["--to", "yolo", "--split", "train=0.5,val=0.2"], "add up to 1"),
        (["--to", "yolo", "--split", "a=.3,b=.3,c=.4"], "2 clips cannot be split"),
        (["--to", "yolo", "--write", "split=val"], "leave it out"),
    ],
)
def test_what_cannot_be(folder, capsys, arguments, part):
    try:
        done = run(folder, *arguments, folder / "set")
    except SystemExit as error:
        done = error.code
    assert done != 0
    assert part in capsys.readouterr().err
    assert not (folder / "set").exists()


def test_choices_of_data_sets_need_images(folder, capsys):
    with pytest.raises(SystemExit):
        main(["convert", str(folder), "--to", "yolo", "--split", "0.5", "out"])
    assert "--split is of data sets; pass --images too" in capsys.readouterr().err
