"""The disk with the video hangs, as a network mount does: only frames wait for it."""

from pathlib import Path
from threading import Event

import pytest

from boxreel.widget import Annotator
from tests.video.clips import write_clip
from tests.widget.fakes import PATIENCE

ADD = {"kind": "add_label", "label": {"name": "bus"}}


def test_labels_are_edited_and_saved_while_the_video_hangs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    w = Annotator(write_clip(tmp_path / "clip.mp4"), labels=["car"])
    waits, hangs, reach = Event(), Event(), w.video.reach

    def slow(*about, **more):
        waits.set()
        assert hangs.wait(PATIENCE)
        return reach(*about, **more)

    monkeypatch.setattr(w.video, "reach", slow)
    about = {"item": 0, "client": "page"}
    wanted = {"width": 160, "wanted": [20], "around": False}
    w.comm.browser_says({"kind": "frames", **about, **wanted})
    assert waits.wait(PATIENCE)
    act = {"seq": 1, "after": 0, "revision": 0, "edit": ADD}
    w.comm.browser_says({"kind": "edit", **about, **act})
    w.comm.custom.wait_for("edited")
    assert '"bus"' in w.save().read_text()
    assert not w.comm.custom.of("frames")
    hangs.set()
    (sent,) = w.comm.custom.wait_for("frames")
    assert sent.content["frames"] == [20]
    w.close()
