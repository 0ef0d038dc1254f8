"""Bytes, file objects and URLs give what the same file gives, and fetch no more."""

import io
import random
import sys
import tempfile
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import av
import fsspec
import imageio.v3 as iio
import numpy as np
import pytest

from boxreel.errors import VideoError
from boxreel.video import open_video
from boxreel.video.skim import media_spans
from tests.video.clips import copy_packets, number_in, write_clip

B_FRAMES = {"g": "12", "bf": "3"}
FRAGMENTED = {"movflags": "frag_keyframe+empty_moov"}


class Counted(io.BytesIO):
    """Bytes far away: counts what is fetched."""

    fetched = 0

    def read(self, size: int = -1) -> bytes:
        data = super().read(size)
        self.fetched += len(data)
        return data


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_clip(tmp_path_factory.mktemp("origin") / "a.mp4", options=B_FRAMES)


@pytest.fixture
def memory():
    system = fsspec.filesystem("memory")
    yield system
    system.store.clear()


def assert_same(source: object, path: Path) -> None:
    order = list(range(40))
    random.Random(5).shuffle(order)
    with open_video(path) as near, open_video(source) as far:
        np.testing.assert_array_equal(far.ticks, near.ticks)
        assert far.fingerprint == near.fingerprint
        assert [warning.split(":")[-1] for warning in far.warnings] == [
            warning.split(":")[-1] for warning in near.warnings
        ]
        for i in order[: len(near)]:
            if i < len(near):
                np.testing.assert_array_equal(far[i], near[i])


@pytest.mark.parametrize(
    "recipe",
    [
        ("a.mp4", {"options": B_FRAMES}),
        ("first.mp4", {"container_options": {"movflags": "faststart"}}),
        ("fragmented.mp4", {"options": B_FRAMES, "container_options": FRAGMENTED}),
        ("a.mov", {"codec": "mjpeg", "pix_fmt": "yuvj420p"}),
        ("a.mkv", {"options": B_FRAMES}),
        ("a.ts", {"options": B_FRAMES}),
        ("a.avi", {"options": B_FRAMES}),
        ("a.webm", {"codec": "libvpx"}),
        ("a.gif", {"codec": "gif", "pix_fmt": "rgb8"}),
    ],
    ids=lambda recipe: recipe[0],
)
def test_bytes_and_files_are_what_the_path_is(tmp_path: Path, recipe: tuple):
    path = write_clip(tmp_path / recipe[0], **recipe[1])
    assert_same(path.read_bytes(), path)
    with path.open("rb") as file:
        assert_same(file, path)
        assert not file.closed


def test_trimmed_and_damaged_bytes(tmp_path: Path, clip: Path):
    trimmed = copy_packets(clip, tmp_path / "trimmed.mp4", delay=-512 * 5)
    assert_same(trimmed.read_bytes(), trimmed)
    late = copy_packets(clip, tmp_path / "late.mp4", first=5)
    assert_same(late.read_bytes(), late)


@pytest.mark.parametrize("kind", [bytes, bytearray, memoryview])
def test_content_of_any_kind(clip: Path, kind: type):
    with open_video(kind(clip.read_bytes())) as video:
        assert (video.name, video.path, len(video)) == ("bytes", None, 40)
        assert number_in(video[17]) == 17


def test_a_file_object_has_a_name(clip: Path):
    with clip.open("rb") as file, open_video(file) as video:
        assert (video.name, video.path) == ("a.mp4", None)
    with (
        tempfile.TemporaryFile() as nameless,
        open_video(_filled(nameless, clip)) as video,
    ):
        assert video.name == "file object"


def _filled(file, clip: Path):
    file.write(clip.read_bytes())
    return file


def test_a_url(clip: Path, memory):
    memory.pipe("/videos/street.mp4", clip.read_bytes())
    assert_same("memory://videos/street.mp4", clip)
    with open_video("memory://videos/street.mp4") as video:
        assert (video.name, video.path) == ("street.mp4", None)


@pytest.fixture(scope="module")
def noisy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An MP4 of large pictures, 150 of them."""
    path = tmp_path_factory.mktemp("noisy") / "a.mp4"
    noise = np.random.default_rng(1)
    with av.open(str(path), "w") as container:
        stream = container.add_stream("mjpeg", rate=25)
        stream.width, stream.height, stream.pix_fmt = 640, 480, "yuvj420p"
        stream.bit_rate = 10**9
        for _ in range(150):
            pixels = noise.integers(0, 255, (480, 640, 3), np.uint8)
            frame = av.VideoFrame.from_ndarray(pixels, format="rgb24")
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def test_an_mp4_is_not_fetched_as_a_whole(noisy: Path):
    far = Counted(noisy.read_bytes())
    size = noisy.stat().st_size
    with open_video(far) as video:
        assert len(video) == 150
        opened = far.fetched
        assert opened < size / 5
        assert video[140].shape == (480, 640, 3)
        assert far.fetched - opened < size / 10


def test_spans_of_pictures(clip: Path):
    data = clip.read_bytes()
    ((start, stop),) = media_spans(io.BytesIO(data))
    assert data[start - 4 : start] == b"mdat"
    assert stop - start > len(data) / 2
    assert media_spans(io.BytesIO(data[: start + 100])) == [(start, start + 100)]
    assert media_spans(io.BytesIO(b"")) == []
    assert media_spans(io.BytesIO(bytes(100))) == []
    large = b"\0\0\0\x01mdat" + (20).to_bytes(8, "big") + b"abcd"
    assert media_spans(io.BytesIO(large)) == [(16, 20)]


def test_images_need_no_path(tmp_path: Path, memory):
    picture = np.arange(4 * 6 * 3, dtype=np.uint8).reshape(4, 6, 3)
    for suffix in (".png", ".tif", ".bmp"):
        iio.imwrite(tmp_path / f"one{suffix}", picture, plugin="pillow")
        data = (tmp_path / f"one{suffix}").read_bytes()
        np.testing.assert_array_equal(open_video(data)[0], picture)
    memory.pipe("/one.png", (tmp_path / "one.png").read_bytes())
    with open_video("memory://one.png") as video:
        np.testing.assert_array_equal(video[0], picture)


class Unseekable(io.RawIOBase):
    def readable(self) -> bool:
        return True


class Closed(io.BytesIO):
    def __init__(self) -> None:
        super().__init__(b"content")
        self.close()


@pytest.mark.parametrize(
    ("source", "message"),
    [
        (b"", r"bytes cannot be opened as a video.*the file is empty"),
        (b"to whom it may concern\n" * 99, r"bytes cannot.*is it complete"),
        (io.StringIO("text"), r'reads text; open it as bytes, with mode "rb"'),
        (Unseekable(), r"a stream that cannot seek; pass its content"),
        (Closed(), r"file object is closed; pass it while it is open"),
        (
            "memory://no/where.mp4",
            r"memory://no/where\.mp4 cannot be opened: there is no",
        ),
        ("nonsense://a.mp4", r"nonsense://a\.mp4 cannot be opened: .*nonsense"),
    ],
)
def test_what_cannot_be_read(source: object, message: str):
    with pytest.raises(VideoError, match=message):
        open_video(source)


def test_without_fsspec(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "fsspec", None)
    message = r's3://a\.mp4 needs fsspec; install it with pip install "boxreel\[remote'
    with pytest.raises(VideoError, match=message):
        open_video("s3://a.mp4")


def test_a_file_that_goes_away(tmp_path: Path):
    large = {"size": (640, 360), "options": {"g": "10", "crf": "5"}}
    file = io.BytesIO(write_clip(tmp_path / "large.mp4", **large).read_bytes())
    with open_video(file) as video:
        file.close()
        with pytest.raises(VideoError, match=r"file object cannot be read: .*closed"):
            video[30]


def test_closing_closes_what_was_opened(clip: Path):
    opened = Path("/proc/self/fd")
    if not opened.exists():
        pytest.skip("this system does not list open files")
    before = len([*opened.iterdir()])
    video = open_video(clip.as_uri())
    assert number_in(video[3]) == 3
    assert len([*opened.iterdir()]) > before
    video.close()
    assert len([*opened.iterdir()]) == before


class Ranges(BaseHTTPRequestHandler):
    """Serves one file, in the parts that are asked for."""

    content = b""
    sent = 0

    def do_HEAD(self) -> None:
        self._head(200, len(self.content))

    def do_GET(self) -> None:
        asked = self.headers.get("Range", "bytes=0-").removeprefix("bytes=")
        first, last = asked.split("-")
        part = self.content[int(first) : int(last or len(self.content)) + 1]
        self._head(206, len(part), f"bytes {first}-{last}/{len(self.content)}")
        self.wfile.write(part)
        type(self).sent += len(part)

    def _head(self, status: int, size: int, part: str | None = None) -> None:
        if self.path != "/a.mp4":
            self.send_error(404)
            return
        self.send_response(status)
        self.send_header("Accept-Ranges", "bytes")
        self.send_header("Content-Length", str(size))
        if part is not None:
            self.send_header("Content-Range", part)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def web(noisy: Path):
    pytest.importorskip("aiohttp", reason='needs pip install "boxreel[remote]"')
    Ranges.content, Ranges.sent = noisy.read_bytes(), 0
    with ThreadingHTTPServer(("127.0.0.1", 0), Ranges) as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_a_web_server_sends_what_is_needed(web: str, noisy: Path):
    with open_video(f"{web}/a.mp4") as far, open_video(noisy) as near:
        np.testing.assert_array_equal(far.ticks, near.ticks)
        np.testing.assert_array_equal(far[55], near[55])
    assert Ranges.sent < len(Ranges.content) / 2
    with pytest.raises(VideoError, match=r"/b\.mp4 cannot be opened: there is no such"):
        open_video(f"{web}/b.mp4")
