"""Every broken file ends in one clear error that names the file and the line."""

import io
import json
import os
import re
import zipfile

import numpy as np
import pytest

from boxreel import formats
from boxreel.errors import BoxreelWarning, FormatError, VideoMismatchError
from boxreel.formats import files
from boxreel.model import Annotation, VideoInfo
from tests.formats.fuzz import seeds

VIDEO = VideoInfo.constant("street.mp4", 640, 480, frame_count=30, fps=25)


@pytest.fixture
def annotation():
    empty = Annotation.for_video(VIDEO, ["car"])
    two = empty.add_track("car", {3: (1, 2, 30, 40)})
    return two.add_track("car", {5: (1, 2, 30, 40), 9: (8, 2, 30, 40)})


@pytest.fixture
def native(tmp_path, annotation):
    path = tmp_path / "a.boxreel.json"
    formats.write(annotation, path)
    return path


def refused(path, *parts, **options):
    with pytest.raises(FormatError) as caught:
        formats.read(path, **options)
    message = str(caught.value)
    assert message.startswith(str(path)), message
    for part in parts:
        assert part in message, message


MOT = [
    ("1,1,0,0,9,9,1,1,1\n1,2,0,0,x,9,1,1,1\n", "line 2", "'x' is not a number"),
    ("1,1,0,0,9,9,1,1,1\n\n1,2,0,0,nan,9,1,1,1\n", "line 3", "nan"),
    ("1,1,0,0,9,9,1,1,1\n1,2,0,0,inf,9,1,1,1\n", "line 2", "inf"),
    ("1,1,0,0,-9,9,1,1,1\n", "line 1", "width -9"),
    ("1,1,0,0,9,0,1,1,1\n", "line 1", "height 0"),
    ("1,1,0,0,9,9,1,1,1\n2,1,0,0,9,9,1,1,1\n1,1,5,5,9,9,1,1,1\n", "line 3", "line 1"),
    ("0,1,0,0,9,9,1,1,1\n", "line 1", "frame_base=1"),
    ("31,1,0,0,9,9,1,1,1\n", "line 1", "past the end", "30 frames"),
    ("1.5,1,0,0,9,9,1,1,1\n", "line 1", "frame 1.5"),
    ("1,-7,0,0,9,9,1,1,1\n", "line 1", "id -7"),
    ("1,1,0,0,9,9,1,1,1\n2,1,0,0,9,9\n", "line 2", "6 columns"),
    ("1,1,0,0,9,9,1,1\n", "line 1", "8 columns"),
    ("1,1,0,0,9,9,1,14,1\n", "line 1", "class 14"),
    ("1e300,1,0,0,9,9,1,1,1\n", "line 1", "integers"),
]


@pytest.mark.parametrize(("text", "parts"), [(t, p) for t, *p in MOT])
def test_mot(tmp_path, text, parts):
    path = tmp_path / "gt.txt"
    path.write_text(text)
    refused(path, *parts, format="mot", video=VIDEO)


def test_mot_frame_far_away_takes_no_memory(tmp_path):
    path = tmp_path / "gt.txt"
    path.write_text("999999999999,1,0,0,9,9,1,1,1\n")
    refused(path, "999,999,999,999 frames")


def test_mot_class_not_in_labels_txt(tmp_path):
    path = tmp_path / "gt.txt"
    path.write_text("1,1,0,0,9,9,1,2,1\n")
    (tmp_path / "labels.txt").write_text("car\n")
    refused(path, "line 1", "class 2", "car")


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("nothing", "no section headers"),
        ("[Other]\na=1", "[Sequence]"),
        ("[Sequence]\nframeRate=fast", "'fast'"),
        ("[Sequence]\nimWidth=-4\nimHeight=3", "'-4'"),
        ("[Sequence]\nname=a\nname=b", "name"),
    ],
)
def test_seqinfo(tmp_path, text, part):
    path = tmp_path / "gt.txt"
    path.write_text("1,1,0,0,9,9,1,1,1\n")
    (tmp_path / "seqinfo.ini").write_text(text)
    with pytest.raises(FormatError, match=r"seqinfo\.ini") as caught:
        formats.read(path)
    assert part in str(caught.value)


def cvat(inside, stop=29, labels="<label><name>car</name></label>"):
    return (
        "<?xml version='1.0'?>\n<annotations><meta><task>"
        f"<stop_frame>{stop}</stop_frame><labels>{labels}</labels>"
        "<original_size><width>640</width><height>480</height></original_size>"
        f"</task></meta>\n{inside}</annotations>\n"
    )


BOX = (
    "<box frame='{frame}' keyframe='1' outside='0' occluded='0' "
    "xtl='1' ytl='2' xbr='{right}' ybr='9' z_order='0'/>\n"
)


def track(*boxes, label="car"):
    return f"<track id='0' label='{label}'>\n{''.join(boxes)}</track>\n"


XML = [
    (cvat(track(BOX.format(frame=3, right=9)))[:-40], "line 4", "damaged XML"),
    (
        '<?xml version="1.0"?>\n<!DOCTYPE lolz [<!ENTITY a "aaaa">'
        '<!ENTITY b "&a;&a;">]>\n<annotations>&b;</annotations>',
        "line 2",
        "DOCTYPE",
    ),
    (
        '<!DOCTYPE annotations SYSTEM "file:///etc/hostname">\n<annotations/>',
        "line 1",
        "DOCTYPE",
    ),
    (cvat("&nothing;"), "line 3", "undefined entity"),
    (cvat("<a>" * 40), "line 3", "nest"),
    ("<dataset/>", "<dataset>"),
    (cvat("<image id='0'/>"), "cvat-images"),
    (cvat(track(BOX.format(frame=3, right="x"))), "line 4", "xbr='x'"),
    (cvat(track(BOX.format(frame=3, right="nan"))), "line 4", "xbr='nan'"),
    (cvat(track(BOX.format(frame=3, right="1"))), "line 4", "no size"),
    (cvat(track(BOX.format(frame=-3, right="9"))), "line 4", "frame '-3'"),
    (
        cvat(track(BOX.format(frame=30, right="9"))),
        "line 4",
        "frame 30",
        "past the end",
    ),
    (cvat(track("<box frame='1' outside='yes'/>")), "line 4", "xtl"),
    (
        cvat(
            track(BOX.format(frame=3, right=9).replace("outside='0'", "outside='yes'"))
        ),
        "line 4",
        "outside='yes'",
    ),
    (cvat(track(BOX.format(frame=3, right=9) * 2)), "line 5", "second keyframe"),
    (cvat(track(BOX.format(frame=3, right=9), label="bus")), "line 3", "'bus'", "car"),
    (cvat("", labels="<label><name>a</name></label>" * 2), "'a'"),
]


@pytest.mark.parametrize(("text", "parts"), [(t, p) for t, *p in XML])
def test_cvat(tmp_path, text, parts):
    path = tmp_path / "a.xml"
    path.write_text(text)
    refused(path, *parts, format="cvat")


def test_cvat_of_another_picture_size(tmp_path):
    path = tmp_path / "a.xml"
    path.write_text(cvat(track(BOX.format(frame=3, right=9))))
    other = VideoInfo.constant("b.mp4", 1280, 720, frame_count=30, fps=25)
    with pytest.raises(VideoMismatchError, match=r"640x480.*1280x720"):
        formats.read(path, video=other)


@pytest.mark.parametrize("cut", [1, 40, 200, -2, -20])
def test_native_cut_off_or_damaged(native, cut):
    native.write_text(native.read_text()[:cut])
    refused(native, "line", "column", format="boxreel")


def changed(native, change):
    document = json.loads(native.read_text())
    change(document)
    native.write_text(json.dumps(document))


NATIVE = [
    (lambda d: d.update(version=3), "newer boxreel", "version 3", "upgrade"),
    (lambda d: d.update(version="x"), "'x'"),
    (lambda d: d.pop("tracks"), "tracks"),
    (lambda d: d.pop("video"), "video"),
    (lambda d: d.update(labels={}), "labels"),
    (lambda d: d.update(format="coco"), '"format"'),
    (lambda d: d["video"].update(frames=31), "video", "31"),
    (lambda d: d["video"].update(ticks=[[0], [1, 10**15]]), "video", "more than"),
    (lambda d: d["video"].update(ticks=[[0], [0, 29]]), "video"),
    (lambda d: d["video"].update(width=0), "video"),
    (lambda d: d["tracks"].append("x"), "tracks[2]"),
]


@pytest.mark.parametrize(("change", "parts"), [(c, p) for c, *p in NATIVE])
def test_native(native, change, parts):
    changed(native, change)
    refused(native, *parts, format="boxreel")


TRACKS = [
    ('"frame": 9', '"frame": 30', "30"),
    ('"frame": 9', '"frame": 5', "5"),
    ('"frame": 9', '"frame": 9.5', "9.5"),
    ('"id": 2', '"id": 1', "#1", "already"),
    ('"id": 2', '"id": 0', "0"),
    ('"id": 2, "label": "car"', '"id": 2, "label": "bus"', "'bus'"),
    ("[8, 2, 30, 40]", "[8, 2, 30, -40]", "-40"),
    ("[8, 2, 30, 40]", "[8, 2, 30]", "box"),
    ("[8, 2, 30, 40]", '"here"', "box"),
]


@pytest.mark.parametrize(("old", "new", "parts"), [(o, n, p) for o, n, *p in TRACKS])
def test_native_track(native, old, new, parts):
    text = native.read_text()
    line = next(i for i, one in enumerate(text.split("\n"), 1) if '"id": 2' in one)
    assert old in text
    native.write_text(text.replace(old, new))
    refused(native, f"line {line}", *parts)


def test_native_nan(native):
    native.write_text(native.read_text().replace("[8, 2, 30, 40]", "[NaN, 2, 30, 40]"))
    refused(native, "NaN")


def test_native_nesting(tmp_path):
    path = tmp_path / "a.json"
    path.write_text('{"format": "boxreel", "tracks": ' + "[" * 100_000)
    refused(path)


@pytest.mark.parametrize(
    ("other", "says"),
    [
        (
            VideoInfo("b.mp4", 640, 480, VIDEO.ticks, VIDEO.time_base, "f" * 8),
            ["labels of 'street.mp4', not of 'b.mp4'", "another content", "realign("],
        ),
        (
            VideoInfo.constant("street.mp4", 320, 240, 30, 25),
            ["640x480 pixels instead of 320x240", "boxreel.realign("],
        ),
        (
            VideoInfo.constant("street.mp4", 640, 480, 31, 25),
            ["30 frames instead of 31"],
        ),
    ],
)
def test_labels_of_another_video(tmp_path, other, says):
    path = tmp_path / "a.boxreel.json"
    video = VideoInfo(
        VIDEO.name, 640, 480, VIDEO.ticks, VIDEO.time_base, fingerprint="abc"
    )
    formats.write(Annotation.for_video(video, ["car"]), path)
    with pytest.raises(VideoMismatchError) as caught:
        formats.read(path, video=other)
    for part in [str(path), *says]:
        assert part in str(caught.value)


def test_renamed_video_is_the_same(tmp_path):
    path = tmp_path / "a.boxreel.json"
    videos = [
        VideoInfo(name, 640, 480, VIDEO.ticks, VIDEO.time_base, fingerprint="abc")
        for name in ("a.mp4", "b.mp4")
    ]
    formats.write(Annotation.for_video(videos[0], ["car"]), path)
    assert formats.read(path, video=videos[1]).video.name == "b.mp4"


@pytest.mark.parametrize("format", [None, "boxreel", "cvat"])
def test_empty_file(tmp_path, format):
    path = tmp_path / "a.txt"
    path.write_text("")
    refused(path, format=format)


def test_no_such_file_or_a_folder(tmp_path):
    refused(tmp_path / "a.xml", "no such file")
    refused(tmp_path, "folder")


def test_not_text(tmp_path):
    path = tmp_path / "a.json"
    path.write_bytes(b'{"a":\n "\xff"}')
    refused(path, "line 2", "0xff", "UTF-8")


def test_not_a_label_file(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("frame;x;y\n")
    refused(path, "frame;x;y", "boxreel, mot, cvat")
    refused(path, "line 1", "'frame;x;y' is not a number", format="mot")
    with pytest.raises(FormatError, match=r"'nope'.*boxreel, mot, cvat"):
        formats.read(path, format="nope")


def archive(path, *members):
    with zipfile.ZipFile(path, "w") as packed:
        for name, text in members:
            packed.writestr(name, text)


def test_archive_without_labels(tmp_path):
    path = tmp_path / "a.zip"
    archive(path, ("readme.md", "x"))
    refused(path, "readme.md")
    refused(path, "'annotations.xml'", "0 among", format="cvat")
    path.write_bytes(path.read_bytes()[:30])
    refused(path, "broken zip")


def test_archive_with_several(tmp_path):
    path = tmp_path / "a.zip"
    archive(path, ("a/annotations.xml", cvat("")), ("b/annotations.xml", cvat("")))
    refused(path, "2 among", "a/annotations.xml, b/annotations.xml")


def test_archive_with_evil_members(tmp_path):
    path = tmp_path / "sub" / "a.zip"
    path.parent.mkdir()
    archive(
        path,
        ("../../evil.txt", "x"),
        ("/etc/evil", "x"),
        ("annotations.xml", cvat("")),
    )
    with pytest.warns(BoxreelWarning):
        assert formats.read(path).labels[0].name == "car"
    assert [one.name for one in tmp_path.rglob("*")] == ["sub", "a.zip"]


def test_archive_bomb(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "MAX_BYTES", 1 << 20)
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("annotations.xml", b" " * (2 << 20))
    assert path.stat().st_size < 10_000
    refused(path, "larger than 1 MB")
    path.write_bytes(b" " * (2 << 20))
    refused(path, "larger than 1 MB")


def test_archive_bomb_of_many_files(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "MAX_BYTES", 1 << 20)
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for number in range(5):
            packed.writestr(f"labels/{number:06d}.txt", b"\n" * (1 << 18))
    assert path.stat().st_size < 10_000
    refused(path, "larger than 1 MB", format="yolo")


OF_XML = [name for name in formats.formats() if seeds(name)[0].startswith(b"<")]
BOMB = b"<!DOCTYPE a [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;&a;&a;'>]>"


@pytest.mark.parametrize("name", OF_XML)
def test_entities_are_refused_wherever_they_are_declared(tmp_path, name):
    assert {"cvat", "cvat-images", "elan", "detrac"} <= {*OF_XML}
    declaration, rest = re.fullmatch(
        rb"(<\?xml[^>]*>\s*)(.*)", seeds(name)[0], re.DOTALL
    ).groups()
    path = tmp_path / "a.xml"
    path.write_bytes(declaration + BOMB + rest)
    line = declaration.count(b"\n") + 1
    refused(path, f"line {line}: document types and entities", format=name, video=VIDEO)


def test_write_into_a_missing_folder(tmp_path, annotation):
    with pytest.raises(FormatError, match="does not exist"):
        formats.write(annotation, tmp_path / "no" / "a.xml")


def test_write_into_a_read_only_folder(tmp_path, annotation, monkeypatch):
    def refuse(path, data):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(files, "_write_bytes", refuse)
    with pytest.raises(FormatError, match=r"a\.xml: no permission to write in"):
        formats.write(annotation, tmp_path / "a.xml")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(
    os.name != "posix" or os.geteuid() == 0, reason="root may write everywhere"
)
def test_write_into_a_folder_that_is_really_read_only(tmp_path, annotation):
    tmp_path.chmod(0o500)
    with pytest.raises(FormatError, match="no permission"):
        formats.write(annotation, tmp_path / "a.xml")
    tmp_path.chmod(0o700)


def test_write_over_a_protected_file(tmp_path, annotation, monkeypatch):
    path = tmp_path / "a.xml"
    path.write_text("old")
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK)
    with pytest.raises(FormatError, match=r"a\.xml: is write-protected; make it"):
        formats.write(annotation, path)
    assert [(one.name, one.read_text()) for one in tmp_path.iterdir()] == [
        ("a.xml", "old")
    ]


def test_arguments_the_wrong_way_round(tmp_path, annotation):
    with pytest.raises(TypeError, match=r"Annotation, then a path; '.*' is none"):
        formats.write(str(tmp_path / "a.xml"), annotation)


def test_failed_write_leaves_the_old_files(tmp_path, annotation, monkeypatch):
    for name in ("gt.txt", "labels.txt", "seqinfo.ini"):
        (tmp_path / name).write_text("old")
    whole = files._write_bytes

    def fill_up(path, data):
        whole(path, data[:3])
        if "seqinfo" in path.name:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(files, "_write_bytes", fill_up)
    with pytest.raises(FormatError, match="No space left"):
        formats.write(annotation, tmp_path / "gt.txt", companions=True)
    found = {one.name: one.read_text() for one in tmp_path.iterdir()}
    assert found == {"gt.txt": "old", "labels.txt": "old", "seqinfo.ini": "old"}


def test_write_replaces_and_keeps_permissions_and_links(tmp_path, annotation):
    real, link = tmp_path / "real.xml", tmp_path / "link.xml"
    real.write_text("old")
    real.chmod(0o640)
    link.symlink_to(real)
    formats.write(annotation, link)
    assert link.is_symlink()
    assert real.read_text().startswith("<?xml")
    assert real.stat().st_mode & 0o777 == 0o640


def test_what_xml_and_lines_cannot_hold(tmp_path):
    for name, format in (("bell\x07", "cvat"), ("half\ud800", "cvat")):
        with pytest.raises(FormatError, match="rename"):
            formats.write(
                Annotation.for_video(VIDEO, [name]), tmp_path / "a", format=format
            )
    with pytest.raises(FormatError, match=r"two\\nlines"):
        formats.write(
            Annotation.for_video(VIDEO, ["two\nlines"]),
            tmp_path / "gt.txt",
            companions=True,
        )
    assert list(tmp_path.iterdir()) == []


def test_options(tmp_path, annotation, native):
    with pytest.raises(TypeError, match=r"'frame_bass'.*frame_base"):
        formats.write(annotation, tmp_path / "gt.txt", frame_bass=0)
    with pytest.raises(TypeError, match=r"'frame_base'.*has: none"):
        formats.read(native, frame_base=0)
    with pytest.raises(FormatError, match=r"'\.xyz'.*boxreel, mot, cvat"):
        formats.write(annotation, tmp_path / "a.xyz")
    with pytest.raises(FormatError, match=r"kind 'x' is none of gt"):
        formats.write(annotation, tmp_path / "gt.txt", kind="x")
    with pytest.raises(FormatError, match=r"label 'car'.*bus"):
        formats.write(annotation, tmp_path / "gt.txt", classes=["bus"])


def test_labels_with_a_lone_surrogate_come_back(tmp_path):
    video = VideoInfo("caf\udce9.mp4", 9, 9, np.arange(3), VIDEO.time_base)
    annotation = Annotation.for_video(video, ["half\ud800"])
    formats.write(annotation, tmp_path / "a.json")
    assert formats.read(tmp_path / "a.json") == annotation


def test_zip_written_is_not_torn(tmp_path, annotation):
    formats.write(annotation, tmp_path / "a.zip")
    with zipfile.ZipFile(io.BytesIO((tmp_path / "a.zip").read_bytes())) as packed:
        assert packed.testzip() is None


@pytest.mark.parametrize("name", ["boxreel", "coco", "dive"])
@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"NaN": 1,\n "a": NaN}', "line 2: NaN is no number that JSON has"),
        ('{"a": "-Infinity",\n\n"b": -Infinity}', "line 3: -Infinity is no number"),
        ('{"a":\n' + "9" * 5000 + "}", "line 2: a number has too many digits"),
        ('{"a":\n\n' + "[" * 5000, "line 3: nests too deep"),
        ('{"a": \n', "line 2: damaged JSON"),
        ("\n", "line 2: the file is empty"),
    ],
)
def test_json_that_is_none_names_the_line(tmp_path, name, text, message):
    path = tmp_path / "a.json"
    path.write_text(text)
    with pytest.raises(FormatError) as caught:
        formats.read_report(path, format=name)
    assert str(caught.value).startswith(f"{path}, {message}")


@pytest.mark.parametrize("field", ["٣", "1_0"])
def test_numbers_that_only_python_reads_name_the_line(tmp_path, field):
    path = tmp_path / "gt.txt"
    path.write_text(f"1,1,5,5,9,9,1,1,1\n2,1,5,{field},9,9,1,1,1\n", "utf-8")
    with pytest.raises(FormatError, match=f"line 2: '{field}' is not a number"):
        formats.read_report(path, format="mot")
