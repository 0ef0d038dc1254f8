"""The clip is rendered once, kept, and is what it claims to be."""

import hashlib

import pytest

import boxreel as br
from boxreel.demo import clip as clips
from boxreel.model import VideoInfo


@pytest.fixture(scope="session")
def scene():
    return br.demo.street()


@pytest.fixture
def rendered(monkeypatch, tmp_path):
    """Paths that were rendered, each as a few bytes, into an empty cache."""
    paths = []

    def encode(path, frames=0):
        paths.append(path)
        path.write_bytes(b"clip")

    monkeypatch.setattr(clips, "encode", encode)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    clips._own_folder.cache_clear()
    yield paths
    clips._own_folder.cache_clear()


def test_size_rate_and_length(scene):
    with br.open_video(scene.path) as video:
        assert (video.width, video.height) == (1280, 720)
        assert len(video) == 500
        assert video.fps == 25
        assert video.warnings == ()
        assert scene.truth.video == VideoInfo.of(video)


def test_pictures_are_those_of_the_stage(scene, stage):
    with br.open_video(scene.path) as video:
        for index in (0, 253, 499):
            off = abs(video[index].astype(int) - stage.frame(index))
            assert off.mean() < 4


def test_it_has_b_frames_and_a_keyframe_every_two_seconds(scene):
    import av

    with av.open(str(scene.path)) as container:
        packets = [p for p in container.demux(video=0) if p.size]
    keys = [index for index, packet in enumerate(packets) if packet.is_keyframe]
    assert keys == list(range(0, 500, 50))
    assert any(packet.pts != packet.dts for packet in packets)
    shown = [packet.pts for packet in packets]
    assert shown != sorted(shown)


def test_bytes_are_the_same_each_time(tmp_path):
    digests = set()
    for name in ("a.mp4", "b.mp4"):
        clips.encode(tmp_path / name, frames=8)
        digests.add(hashlib.sha256((tmp_path / name).read_bytes()).hexdigest())
    assert len(digests) == 1


def test_predictions_are_of_the_same_clip(scene):
    assert br.demo.street_predictions().video == scene.truth.video


def test_the_second_call_renders_nothing(rendered, tmp_path):
    first = clips.clip_path()
    assert first.is_relative_to(tmp_path / "cache" / "boxreel" / "demo")
    assert first.name == "street.mp4"
    assert clips.clip_path() == first
    assert len(rendered) == 1
    assert [path.name for path in first.parent.iterdir()] == ["street.mp4"]


def test_without_xdg_it_is_kept_in_the_home_folder(rendered, monkeypatch, tmp_path):
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert clips.clip_path().is_relative_to(tmp_path / ".cache" / "boxreel")


def test_a_cache_that_cannot_be_written_falls_back(rendered, monkeypatch, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    monkeypatch.setenv("XDG_CACHE_HOME", str(blocked))
    with pytest.warns(br.errors.BoxreelWarning, match="set XDG_CACHE_HOME"):
        path = clips.clip_path()
    assert path.read_bytes() == b"clip"
    assert not path.is_relative_to(tmp_path)
    assert clips.clip_path() == path
    assert len(rendered) == 1


def test_a_rendering_that_fails_leaves_nothing(rendered, monkeypatch, tmp_path):
    def broken(path, frames=0):
        path.write_bytes(b"half")
        raise RuntimeError("no encoder")

    monkeypatch.setattr(clips, "encode", broken)
    with pytest.raises(RuntimeError, match="no encoder"):
        clips.clip_path()
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]
