"""MOTS's pictures of masks become the boxes that bound them."""

import io
import struct
import zipfile

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from boxreel import formats
from boxreel.errors import FormatError, VideoMismatchError
from boxreel.model import VideoInfo


def png(*parts, size=(64, 48), dtype=np.uint16):
    """A picture where each part, a value, x, y, w, h, is painted over the last."""
    mask = np.zeros(size[::-1], dtype)
    for value, x, y, w, h in parts:
        mask[y : y + h, x : x + w] = value
    packed = io.BytesIO()
    Image.fromarray(mask).save(packed, "PNG")
    return packed.getvalue()


CAR, WALKER, IGNORED = (1001, 10, 20, 8, 6), (2007, 0, 0, 4, 9), (10000, 30, 0, 34, 20)
SEQUENCE = {
    "labels.txt": b"van\nperson\n",
    "0002/000000.png": png(CAR, WALKER, IGNORED),
    "0002/000001.png": png((1001, 12, 20, 8, 6)),
    "0002/000002.png": png(),
}


def folder_of(path, contents):
    for name, data in contents.items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_bytes(data)
    return path


def boxes(labels):
    return {
        (id, track.label): [
            (row.frame, *row.box.row[:4]) for row in track.keyframes if not row.outside
        ]
        for id, track in labels.tracks.items()
    }


BOXES = {
    (1001, "van"): [(0, 10, 20, 8, 6), (1, 12, 20, 8, 6)],
    (2007, "person"): [(0, 0, 0, 4, 9)],
}


def test_a_sequence(tmp_path):
    photo = png((255, 0, 0, 9, 9), dtype=np.uint8)
    folder_of(tmp_path, {"images/0002/000000.png": photo})
    folder_of(tmp_path / "instances", SEQUENCE)
    labels, report = formats.read_report(tmp_path)
    assert report.format == "mots"
    assert boxes(labels) == BOXES
    assert labels.tracks[2007].spans() == [(0, 1)]
    video = labels.video
    assert (video.name, video.width, video.height) == ("0002", 64, 48)
    assert video.frame_count == 3
    dropped = {
        note.text: (note.count, note.place) for note in report.of_kind("dropped")
    }
    first = "instances/0002/000000.png"
    assert dropped == {
        "masks, of which the boxes are kept": (3, first),
        "regions to ignore": (1, first),
    }


def test_an_archive(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as packed:
        for name, data in SEQUENCE.items():
            packed.writestr(f"instances/{name}", data)
    assert boxes(formats.read_report(tmp_path / "a.zip")[0]) == BOXES


def test_one_picture(tmp_path):
    folder_of(tmp_path, SEQUENCE)
    labels, report = formats.read_report(tmp_path / "0002" / "000001.png")
    assert boxes(labels) == {(1001, "van"): [(0, 12, 20, 8, 6)]}
    assert "files are numbered from 1; pass frame_base=" in {
        note.text for note in report.of_kind("guessed")
    }
    labels, _ = formats.read_report(tmp_path / "0002" / "000001.png", frame_base=0)
    assert boxes(labels) == {(1001, "van"): [(1, 12, 20, 8, 6)]}


def test_names_of_classes(tmp_path):
    path = tmp_path / "1.png"
    path.write_bytes(png(CAR, WALKER, (3001, 20, 20, 2, 2), (7, 40, 40, 2, 2), IGNORED))
    labels, report = formats.read_report(path)
    names = {id: track.label for id, track in labels.tracks.items()}
    assert names == {1001: "car", 2007: "pedestrian", 3001: "class 3"}
    assert "MOTS's own names of classes; pass classes=" in {
        note.text for note in report.of_kind("guessed")
    }
    assert "values below 1000, which are of no class" in {
        note.text for note in report.of_kind("dropped")
    }
    ten = [f"kind {n}" for n in range(1, 11)]
    labels, _ = formats.read_report(path, classes=ten)
    assert labels.tracks[10000].label == "kind 10"
    with pytest.raises(FormatError, match=r"1\.png: value 3001 is of class 3.*a, b;"):
        formats.read_report(path, classes=["a", "b"])


def test_several_sequences(tmp_path):
    folder_of(tmp_path, SEQUENCE)
    folder_of(tmp_path, {"0005/000004.png": png(CAR)})
    with pytest.raises(FormatError, match=r"2 of its sequences.*'0002', '0005'"):
        formats.read_report(tmp_path)
    with pytest.raises(FormatError, match="0 of its sequences"):
        formats.read_report(tmp_path, clip="2")
    assert boxes(formats.read_report(tmp_path, clip="0002")[0]) == BOXES
    labels, _ = formats.read_report(tmp_path, clip="0005")
    assert boxes(labels) == {(1001, "van"): [(3, 10, 20, 8, 6)]}


def test_another_video_is_refused(tmp_path):
    folder_of(tmp_path, SEQUENCE)
    video = VideoInfo.constant("a", 640, 480, frame_count=9, fps=30)
    with pytest.raises(VideoMismatchError, match="64x48"):
        formats.read_report(tmp_path, video=video)
    video = VideoInfo.constant("a", 64, 48, frame_count=2, fps=30)
    assert formats.read_report(tmp_path, video=video)[0].video == video


LATER = "0002/000001.png"
GREY = png((200, 10, 20, 8, 6), dtype=np.uint8)
WHOLE = png(CAR)
VAST = WHOLE[:16] + struct.pack(">II", 1 << 14, 1 << 14) + WHOLE[24:]


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        (LATER, GREY, "is grey, of 8 bits"),
        (LATER, WHOLE[:-30], "is damaged"),
        (LATER, WHOLE[:20], "is no PNG, or cut short"),
        (LATER, b"", "is no PNG, or cut short"),
        (LATER, VAST, "16384x16384 is more than can be read"),
        (LATER, png(size=(64, 50)), "is 64x50, those before are 64x48"),
        (LATER, png((34001, 0, 0, 1, 1)), "value 34001 is of class 34"),
        ("0002/1.png", WHOLE, "are of one frame"),
        ("labels.txt", b"\xff\xfe", "is not UTF-8"),
    ],
)
@pytest.mark.parametrize("given", ["mots", None])
def test_what_cannot_stand_is_named(tmp_path, name, data, says, given):
    folder_of(tmp_path, {**SEQUENCE, name: data})
    with pytest.raises(FormatError) as caught:
        formats.read_report(tmp_path, format=given)
    assert str(caught.value).startswith(str(tmp_path))
    assert name in str(caught.value)
    assert says in str(caught.value)


def test_a_folder_without_masks(tmp_path):
    with pytest.raises(FormatError, match="is no folder of mots labels") as caught:
        formats.read_report(tmp_path, format="mots")
    assert str(caught.value).startswith(str(tmp_path))
    folder_of(tmp_path, {"000000.png": GREY, "000001.png": GREY})
    with pytest.raises(FormatError, match=r"not recognised.*000000\.png"):
        formats.read_report(tmp_path)
    with pytest.raises(FormatError, match=r"000000\.png: this is a picture.*16 bits"):
        formats.read_report(tmp_path / "000000.png")


@given(
    mask=st.lists(
        st.lists(st.sampled_from([0, 1000, 1001, 2999, 9999]), min_size=5, max_size=5),
        min_size=1,
        max_size=6,
    )
)
@settings(deadline=None)
def test_boxes_bound_the_masks(tmp_path_factory, mask):
    mask = np.array(mask, np.uint16)
    path = tmp_path_factory.mktemp("mots") / "000001.png"
    Image.fromarray(mask).save(path)
    labels, _ = formats.read_report(path)
    expected = {}
    for value in np.unique(mask[mask > 0]).tolist():
        y, x = np.nonzero(mask == value)
        box = (x.min(), y.min(), x.max() + 1 - x.min(), y.max() + 1 - y.min())
        expected[value] = [(0, *map(float, box))]
    assert {id: rows for (id, _), rows in boxes(labels).items()} == expected
