"""Where other readers number frames differently, `check` says so."""

import sys
from pathlib import Path
from types import SimpleNamespace

import av
import numpy as np
import pytest

from boxreel.errors import VideoError
from boxreel.video import open_video
from boxreel.video.check import CheckReport, Reading
from tests.video.clips import copy_packets, number_in, spoil, write_clip

B_FRAMES = {"g": "12", "bf": "3"}


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_clip(tmp_path_factory.mktemp("check") / "a.mp4", options=B_FRAMES)


@pytest.fixture(autouse=True)
def _without_opencv(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "cv2", None)


def checked(path: Path) -> dict[str, Reading]:
    with open_video(path) as video:
        report = video.check()
    assert (report.name, report.frame_count) == (path.name, len(video))
    return {reading.reader: reading for reading in report.readings}


def test_a_plain_clip_is_numbered_alike_by_all(clip: Path):
    found = checked(clip)
    assert [*found] == ["count in the header", "duration × rate", "time × rate"]
    assert all(reading.agrees for reading in found.values())


def test_variable_rate(tmp_path: Path):
    ticks = [n * n + 3 * n for n in range(40)]
    path = write_clip(tmp_path / "vfr.mp4", options=B_FRAMES, ticks=ticks)
    with av.open(str(path)) as container:
        rate = float(container.streams.video[0].average_rate)
    numbers = np.rint(np.array(ticks) / 1000 * rate)
    found = checked(path)["time × rate"]
    assert found.first == 1
    assert found.by == (np.arange(40) - numbers).max()


def test_a_late_start(tmp_path: Path):
    ticks = [2000 + 40 * n for n in range(40)]
    found = checked(write_clip(tmp_path / "late.mkv", ticks=ticks))
    assert found["time × rate"] == Reading("time × rate", first=0, by=-50)
    assert found["(time - first) × rate"].agrees


def test_trimmed(clip: Path, tmp_path: Path):
    trimmed = copy_packets(clip, tmp_path / "trimmed.mp4", delay=-512 * 5)
    assert checked(trimmed)["count in the header"].extra == 5


def test_no_file_knows_no_other_numbers():
    report = open_video(np.zeros((5, 4, 6), np.uint8)).check()
    assert report == CheckReport("array", 5, ())
    assert report.agrees


def test_a_closed_video(clip: Path):
    video = open_video(clip)
    video.close()
    with pytest.raises(VideoError, match="was closed; open it again"):
        video.check()


class Capture:
    """OpenCV as it may be: loses `lost` frames first, and seeks `drift` too far."""

    lost, drift, promised = 0, 0, 40

    def __init__(self, path: str):
        with open_video(path) as video:
            self.frames = [frame[..., ::-1] for frame in video][self.lost :]
        self.at = 0

    def isOpened(self):
        return True

    def get(self, _: int):
        return float(self.promised)

    def set(self, _: int, at: int):
        self.at = at + self.drift

    def read(self):
        if self.at >= len(self.frames):
            return False, None
        self.at += 1
        return True, self.frames[self.at - 1]

    def release(self):
        self.frames = []


@pytest.mark.parametrize(
    ("traits", "expected"),
    [
        ({}, [(0, None, 0), (0, None, 0), (None, None, 0), (None, None, 0)]),
        (
            {"promised": 43, "lost": 3},
            [(3, None, 0), (-3, None, 0), (None, 3, 3), (None, 3, 3)],
        ),
        ({"drift": 2}, [(0, None, 0), (0, None, 0), (None, None, 0), (None, 2, 2)]),
    ],
)
def test_opencv(clip: Path, monkeypatch, traits: dict, expected: list):
    fake = SimpleNamespace(
        __version__="4.x",
        VideoCapture=type("Odd", (Capture,), traits),
        CAP_PROP_FRAME_COUNT=7,
        CAP_PROP_POS_FRAMES=1,
    )
    monkeypatch.setitem(sys.modules, "cv2", fake)
    found = [*checked(clip).values()][3:]
    assert [reading.reader for reading in found] == [
        "OpenCV 4.x, count",
        "OpenCV 4.x, read to the end",
        "OpenCV 4.x, read in order",
        "OpenCV 4.x, sought",
    ]
    assert [(found.extra, found.first, found.by) for found in found] == expected


def test_a_frame_that_cannot_be_decoded_stops_no_comparison(tmp_path, monkeypatch):
    class Without20(Capture):
        def __init__(self, path: str):
            with open_video(path) as video:
                self.frames = [video[i][..., ::-1] for i in range(40) if i != 20]
            self.at = 0

    fake = SimpleNamespace(
        __version__="4.x",
        VideoCapture=Without20,
        CAP_PROP_FRAME_COUNT=7,
        CAP_PROP_POS_FRAMES=1,
    )
    monkeypatch.setitem(sys.modules, "cv2", fake)
    clip = write_clip(tmp_path / "b.mp4", "mjpeg", pix_fmt="yuvj420p")
    found = checked(spoil(clip, 20, b"\1"))
    assert found["OpenCV 4.x, read to the end"].extra == -1
    assert found["OpenCV 4.x, read in order"].first == 21


AWKWARD = {
    "plain": lambda clip, folder: clip,
    "trimmed": lambda clip, folder: copy_packets(
        clip, folder / "trimmed.mp4", delay=-512 * 5
    ),
    "no first keyframe": lambda clip, folder: copy_packets(
        write_clip(folder / "a.mkv", options=B_FRAMES), folder / "cut.mkv", first=5
    ),
    "a hole": lambda clip, folder: spoil(
        write_clip(folder / "hole.mp4", options=B_FRAMES), 17, b"\0"
    ),
}


@pytest.mark.parametrize("kind", AWKWARD)
def test_the_real_opencv(clip: Path, tmp_path: Path, monkeypatch, kind: str):
    monkeypatch.undo()
    cv2 = pytest.importorskip("cv2", reason="OpenCV is not installed")
    path = AWKWARD[kind](clip, tmp_path)
    with open_video(path) as video:
        ours = [number_in(picture) for picture in video]
    theirs = []
    capture = cv2.VideoCapture(str(path))
    promised = int(capture.get(cv2.CAP_PROP_FRAME_COUNT))
    while (read := capture.read())[0]:
        theirs.append(number_in(read[1][..., ::-1]))
    capture.release()
    off = [i for i, number in enumerate(theirs) if ours.index(number) != i]
    found = checked(path)
    name = f"OpenCV {cv2.__version__}"
    assert found[f"{name}, count"].extra == promised - len(ours)
    assert found[f"{name}, read to the end"].extra == len(theirs) - len(ours)
    in_order = found[f"{name}, read in order"]
    assert in_order.first == (ours.index(theirs[off[0]]) if off else None)


def test_the_table():
    readings = (Reading("<header>", -2), Reading("time", first=7, by=-3), Reading("x"))
    report = CheckReport("a & b.mp4", 120, readings)
    assert not report.agrees
    assert repr(report).splitlines() == [
        "a & b.mp4: 120 frames, 2 of 3 readers number them differently",
        "reader    frames    numbers",
        "<header>  118 (-2)",
        "time                differ from frame 7 on, by up to 3",
        "x                   agree",
    ]
    html = report._repr_html_()
    assert "<caption>a &amp; b.mp4: 120 frames" in html
    assert "<td>&lt;header&gt;</td><td>118 (-2)</td><td></td>" in html
