"""Files of detections without ids, read as tracks: `br.read(path, link=True)`."""

from dataclasses import replace

import pytest

from boxreel import formats
from boxreel.model import VideoInfo, linking

VIDEO = VideoInfo.constant("street", 640, 480, frame_count=30, fps=25)


@pytest.fixture
def path(tmp_path):
    """Two objects that move for 20 frames, and one with an id of its own."""
    rows = [
        f"{f},-1,{10 + 200 * k + 3 * f},50,40,60,0.{f + 75},-1,-1,-1"
        for f in range(1, 21)
        for k in range(2)
    ]
    own = [f"{f},500,300,300,40,60,0.75,-1,-1,-1" for f in range(1, 11)]
    path = tmp_path / "det.txt"
    path.write_text("\n".join([*rows, *own]) + "\n")
    return path


def read(path, **options):
    return formats.read_report(path, video=VIDEO, **options)[0]


def check(labels):
    assert [track.spans() for track in labels.tracks.values()] == [
        [(0, 10)],
        [(0, 20)],
        [(0, 20)],
    ]
    assert [track.keyframes.scores[3] for track in labels.tracks.values()] == [
        0.75,
        0.79,
        0.79,
    ]


def test_linked_ones_keep_the_least_of_their_ids(path, monkeypatch, capsys):
    def by_side(rows, frame_count, fps):
        assert (frame_count, fps, len(rows)) == (30, 25, 40)
        return replace(rows, ids=1 + (rows.boxes[:, 0] > 150))

    monkeypatch.setattr(linking, "linked", by_side)
    alone = read(path)
    assert len(alone.tracks) == 41
    labels = read(path, link=True)
    check(labels)
    assert sorted(set(alone.tracks) & set(labels.tracks)) == [*labels.tracks]
    assert capsys.readouterr().out == "40 objects of one frame -> 2 tracks\n"


def test_the_tracker_links_them(path):
    pytest.importorskip("trackers", reason="boxreel[link] is not installed")
    check(read(path, link=True))


def test_it_says_what_it_needs(path, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "trackers", None)
    with pytest.raises(ImportError, match=r"pip install boxreel\[link\]"):
        read(path, link=True)


def test_what_needs_no_link_needs_no_tracker(path, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "trackers", None)
    path.write_text("1,7,10,20,40,30,1,-1,-1,-1\n2,7,10,20,40,30,1,-1,-1,-1\n")
    assert [*read(path, link=True).tracks] == [7]
