"""A data set holds the frames that were asked for, their boxes, and says so."""

import configparser
import json
from pathlib import Path
from xml.etree import ElementTree

import imageio.v3 as iio
import numpy as np
import pytest

import boxreel as br
from boxreel import formats
from boxreel.dataset import export_dataset
from boxreel.dataset.layouts import LAYOUTS
from boxreel.errors import ExportError, FormatError, VideoMismatchError
from boxreel.model import Annotation
from boxreel.video import open_video
from tests.video.clips import number_in

SPLIT = {"train": 0.7, "val": 0.3}
TOLERANCE = {"mot": 6e-4, "cvat-images": 0.011}


def card_of(folder):
    return json.loads((folder / "datacard.json").read_text("utf-8"))


def image(path):
    return iio.imread(path, plugin="pillow")


def images_of(folder):
    return sorted(p for p in folder.rglob("*") if p.suffix in (".png", ".jpg"))


def frames_of(entry):
    return [f for start, stop in entry["frames"] for f in range(start, stop)]


@pytest.mark.parametrize("format", LAYOUTS)
def test_images_are_the_frames_themselves(tmp_path, clips, labels, format):
    out = tmp_path / "set"
    report = export_dataset(
        labels, clips, out, format=format, frames="all", split=SPLIT, quality=None
    )
    assert report.counts["images"] == len(images_of(out)) == 160
    card = card_of(out)
    for entry, path in zip(card["clips"], clips, strict=True):
        first = out / entry["first_image"]
        with open_video(path) as video:
            for frame, written in enumerate(beside(first)):
                assert np.array_equal(image(written), video[frame]), written


def beside(first):
    """Images of one clip, in the order of their numbers, beside its first."""
    stem = first.stem[:-6]
    return sorted(p for p in first.parent.iterdir() if p.stem[:-6] == stem)


def back_of(out, entry, format, video):
    """Read a clip of a data set back, and say which frame its frame 0 was."""
    base = {"video": video}
    if format in ("mot", "kitti"):
        folder = out / entry["part"]
        start, stop = entry["frames"][0]
        with open_video(video) as opened:
            info = br.Annotation.for_video(opened).video
        short = type(info)(
            "run", info.width, info.height, info.ticks[start:stop], info.time_base
        )
        if format == "mot":
            path = folder / entry["name"] / "gt/gt.txt"
            return formats.read_report(path, format="mot", video=short)[0], start
        path = folder / f"label_02/{entry['name']}.txt"
        return formats.read_report(path, format="kitti", video=short)[0], start
    place = {
        "yolo": out,
        "coco": out / f"annotations/instances_{entry['part']}.json",
        "datumaro": out / f"annotations/{entry['part']}.json",
        "cvat-images": out / entry["part"] / entry["name"] / "annotations.xml",
    }[format]
    if format != "cvat-images":
        base["clip"] = entry["name"]
    if format == "yolo":
        base["frame_base"] = 0
    return formats.read_report(place, format=format, **base)[0], 0


@pytest.mark.parametrize("format", [name for name in LAYOUTS if name != "voc"])
@pytest.mark.parametrize("frames", ["labelled", [[3, 4, 5, 6, 30, -1]] * 4])
def test_what_is_read_back_is_what_was_there(tmp_path, clips, labels, format, frames):
    out = tmp_path / "set"
    report = export_dataset(
        labels, clips, out, format=format, frames=frames, split=SPLIT
    )
    boxes = 0
    for entry in card_of(out)["clips"]:
        number = number_of(entry, clips)
        back, start = back_of(out, entry, format, clips[number])
        chosen = frames_of(entry)
        a, b = labels[number].dense(chosen), back.dense(np.array(chosen) - start)
        assert a.frame.tolist() == (b.frame + start).tolist()
        assert np.allclose(a.box, b.box, rtol=0, atol=TOLERANCE.get(format, 2e-6))
        names = [labels[number].tracks[id].label for id in a.track.tolist()]
        assert names == [back.tracks[id].label for id in b.track.tolist()]
        boxes += len(a)
    assert report.counts["boxes"] == boxes > 0


def number_of(entry, clips):
    """Say which of the clips an entry of a card is about."""
    for number, path in enumerate(clips):
        with open_video(path) as video:
            if video.fingerprint == entry["fingerprint"]:
                return number
    raise AssertionError(entry)


def test_yolo_as_ultralytics_wants_it(tmp_path, clips, labels):
    out = tmp_path / "set"
    frames = [[0, 6, 35]] * 4
    report = export_dataset(labels, clips, out, frames=frames, split=SPLIT)
    assert report.counts["negatives"] == 4
    for picture in images_of(out):
        label = Path(str(picture).replace("/images/", "/labels/")).with_suffix(".txt")
        rows = [
            [float(v) for v in line.split()] for line in label.read_text().splitlines()
        ]
        assert all(len(row) == 5 and max(row[1:]) <= 1 >= 0 <= min(row) for row in rows)
        assert len(rows) == {0: 0, 6: 1, 35: 2}[int(picture.stem[-6:])]
        assert number_in(image(picture)) == int(picture.stem[-6:])
    assert len(list(out.glob("labels/*/*.txt"))) == 12
    assert (out / "data.yaml").read_text() == (
        'train: images/train\nval: images/val\nnames:\n  0: "car"\n  1: "face"\n'
    )


def test_classes_have_one_number_in_all_clips(tmp_path, clips, labels):
    out = tmp_path / "set"
    export_dataset(labels[:2], clips[:2], out, frames="corrected")
    codes = {p.read_text().split()[0] for p in out.glob("labels/train/*.txt")}
    assert codes == {"0"}  # the cars are a person's, in both clips


def test_coco_has_ids_of_its_own_for_everything(tmp_path, clips, labels):
    out = tmp_path / "set"
    export_dataset(labels, clips, out, format="coco", frames="labelled")
    whole = json.loads((out / "annotations/instances_train.json").read_text("utf-8"))
    for name in ("videos", "images", "tracks", "annotations"):
        ids = [one["id"] for one in whole[name]]
        assert len(set(ids)) == len(ids) > 0
    assert [one["name"] for one in whole["videos"]] == ["a", "b_b", "a-2", "c"]
    sizes = {}
    for one in whole["images"]:
        path = out / "images/train" / one["file_name"]
        sizes.setdefault(one["video_id"], image(path).shape[1::-1])
        assert sizes[one["video_id"]] == (one["width"], one["height"])
        assert number_in(image(path)) == one["frame_index"]
    owner = {one["id"]: one["video_id"] for one in whole["images"]}
    tracks = {one["id"]: one for one in whole["tracks"]}
    for one in whole["annotations"]:
        assert owner[one["image_id"]] == one["video_id"]
        assert tracks[one["track_id"]]["video_id"] == one["video_id"]
        assert tracks[one["track_id"]]["category_id"] == one["category_id"]
    frame_ids = [o["frame_id"] for o in whole["images"] if o["video_id"] == 4]
    assert frame_ids == list(range(len(frame_ids)))  # as readers of CocoVID index


def test_voc(tmp_path, clips, labels):
    out = tmp_path / "set"
    export_dataset(labels, clips, out, format="voc", split=SPLIT, every=10)
    listed = {}
    for part in SPLIT:
        names = (out / f"ImageSets/Main/{part}.txt").read_text().split()
        listed |= dict.fromkeys(names, part)
    assert sorted(listed) == [path.stem for path in images_of(out / "JPEGImages")]
    card = card_of(out)
    for name in listed:
        root = ElementTree.parse(out / f"Annotations/{name}.xml").getroot()
        clip, frame = name.rsplit("_", 1)
        (entry,) = (one for one in card["clips"] if one["name"] == clip)
        assert listed[name] == entry["part"]
        assert int(frame) in frames_of(entry)
        assert (out / "JPEGImages" / root.findtext("filename")).is_file()
        number = number_of(entry, clips)
        wanted = labels[number].at(int(frame)).xyxy.tolist()
        sides = [[float(e.text) for e in box] for box in root.iter("bndbox")]
        assert sides == wanted


def test_a_sequence_is_of_neighbours(tmp_path, clips, labels):
    out = tmp_path / "set"
    frames = [[3, 4, 5, 9, 20, 21]]
    export_dataset(
        labels[:1], clips[:1], out, format="mot", frames=frames, quality=None
    )
    names = sorted(path.name for path in (out / "train").iterdir())
    assert names == ["a_000003", "a_000009", "a_000020"]
    folder = out / "train/a_000003"
    info = configparser.ConfigParser()
    info.read(folder / "seqinfo.ini")
    assert dict(info["Sequence"]) == {
        **{"name": "a_000003", "imdir": "img1", "framerate": "25", "seqlength": "3"},
        **{"imwidth": "160", "imheight": "96", "imext": ".png"},
    }
    pictures = images_of(folder)
    assert [path.name for path in pictures] == [f"00000{n}.png" for n in (1, 2, 3)]
    assert [number_in(image(path)) for path in pictures] == [3, 4, 5]
    (row,) = (folder / "gt/gt.txt").read_text().splitlines()
    assert row.startswith("3,1,10.500,20.000,40.000,30.000,1,1,1")
    with pytest.raises(ExportError, match="every=2: sequences"):
        export_dataset(labels, clips, tmp_path / "x", format="kitti", every=2)


def test_corrected_frames_with_their_neighbours(tmp_path, clips, labels):
    predictions = labels[0]
    a = predictions.apply(br.edits.RemoveTrack(2), br.edits.SetOccluded(1, 12, 13))
    since = a.corrected(since=predictions)
    assert since.tolist() == [5, *range(12, 14), 15, *range(30, 40)]
    out = tmp_path / "set"
    export_dataset(a, clips[0], out, frames=since, every=5, context=1)
    (entry,) = card_of(out)["clips"]
    assert frames_of(entry) == [4, 5, 6, 11, 12, 13, 14, 15, 16, 29, 30, 31, 34, 35, 36]
    assert entry["negatives"] == 1
    empty = out / "labels/train/a_000004.txt"
    assert empty.read_text() == ""


def test_the_data_card(tmp_path, clips, labels):
    out = tmp_path / "my | set"
    report = export_dataset(labels, clips, out, split=SPLIT, seed=3, every=4)
    card = card_of(out)
    assert card["counts"] == report.counts
    assert card["made_by"] == f"boxreel {br.__version__}"
    assert card["chosen"]["split"] == SPLIT
    assert (card["chosen"]["seed"], card["chosen"]["every"]) == (3, 4)
    assert [one["name"] for one in card["labels"]] == ["car", "face"]
    total = sum(one["boxes"] for one in card["labels"])
    assert total == sum(card["boxes_by_source"].values()) == report.counts["boxes"]
    for key, count in card["counts"].items():
        assert sum(counts[key] for counts in card["parts"].values()) == count
    assert any("events" in note for note in card["not_held"])
    assert "0-based" in card["frame_base"]
    for entry, path in zip(card["clips"], clips, strict=True):
        with open_video(path) as video:
            assert entry["fingerprint"] == video.fingerprint
        assert entry["video"] == path.name
    text = (out / "README.md").read_text("utf-8")
    assert text.startswith("# my \\| set\n")
    assert "| a-2 | " in text


def test_one_video_is_in_one_part(tmp_path, clips, labels):
    for seed in range(6):
        out = tmp_path / str(seed)
        export_dataset(labels, clips, out, frames="corrected", split=SPLIT, seed=seed)
        parts = {one["name"]: one["part"] for one in card_of(out)["clips"]}
        assert parts["a"] == parts["a-2"]
    grouped = tmp_path / "grouped"
    export_dataset(
        *(labels, clips, grouped),
        split=0.5,
        groups=["day", "night", "night", "day"],
        frames="corrected",
    )
    parts = {one["name"]: one["part"] for one in card_of(grouped)["clips"]}
    assert parts["a"] == parts["c"] != parts["b_b"] == parts["a-2"]


def test_a_clip_without_such_frames_is_named(tmp_path, clips, labels):
    empty = Annotation.for_video(labels[1].video, ["car"])
    out = tmp_path / "set"
    report = export_dataset([labels[0], empty], clips[:2], out)
    assert "dropped: clips without such frames, at b b.mp4" in repr(report)
    assert report.counts["clips"] == 1
    with pytest.raises(ExportError, match='frames="all"'):
        export_dataset(empty, clips[1], tmp_path / "none")
    report = export_dataset(empty, clips[1], tmp_path / "all", frames="all")
    assert report.counts["negatives"] == 40


@pytest.mark.parametrize(
    ("options", "part"),
    [
        ({"format": "cvat"}, "'cvat' is no data set of images; choose yolo"),
        ({"frames": "some"}, "frames='some' is none of 'all', 'labelled'"),
        ({"frames": [1, 2]}, "2 frames for 4 annotations"),
        ({"frames": 7}, "must be a list, one for each"),
        ({"every": 0}, "every=0 must be"),
        ({"context": -1}, "context=-1"),
        ({"quality": 0}, "quality=0 must be 1 to 100, or None"),
        ({"split": 0.0}, "above 0"),
        ({"split": {"a": 0.3, "b": 0.3, "c": 0.2, "d": 0.2}}, "3 clips cannot be"),
        ({"groups": ["a"]}, "1 groups for 4"),
        ({"groups": ["a"] * 4, "split": 0.5}, "groups= says which"),
    ],
)
def test_what_cannot_be(tmp_path, clips, labels, options, part):
    with pytest.raises(ExportError) as caught:
        export_dataset(labels, clips, tmp_path / "set", **options)
    assert part in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_labels_and_videos_must_belong_together(tmp_path, clips, labels):
    with pytest.raises(VideoMismatchError):
        export_dataset(labels[0], clips[1], tmp_path / "set")
    with pytest.raises(TypeError, match="takes an Annotation or a list"):
        export_dataset([labels[0], "a.json"], clips[:2], tmp_path / "set")
    with pytest.raises(ExportError, match="3 videos for 4 annotations"):
        export_dataset(labels, clips[:3], tmp_path / "set")
    with pytest.raises(ExportError, match="must be a list"):
        export_dataset(labels, str(clips[0]), tmp_path / "set")
    with pytest.raises(IndexError, match=r"a.mp4 has no frame 40; it has 40 frames"):
        export_dataset(labels[0], clips[0], tmp_path / "set", frames=[3, 40])
    blank = labels[0].apply(br.edits.RenameLabel("car", "big car"))
    with pytest.raises(FormatError, match="blanks in types"):
        export_dataset(blank, clips[0], tmp_path / "set", format="kitti")
    assert list(tmp_path.iterdir()) == []
