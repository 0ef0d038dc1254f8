"""The picture that a notebook keeps of a widget: small, of now, and no markup in it."""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Callable
from typing import Any

import IPython.display
import numpy as np
import pytest
from PIL import Image

from boxreel.errors import VideoError
from boxreel.model import Label
from boxreel.widget import Annotator, still
from tests.widget.fakes import PATIENCE, Outbox

HOSTILE = "<img src=x onerror=alert(1)>&\"'\0\u202e"


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> Outbox:
    """What was put into the notebook, or renewed there, with the kind of each."""
    box = Outbox()

    def taken(kind: str) -> Callable[..., None]:
        def take(bundle: dict[str, str], **options: Any) -> None:
            box({"kind": kind, "bundle": bundle, **options}, [])

        return take

    monkeypatch.setattr(IPython.display, "display", taken("display"))
    monkeypatch.setattr(IPython.display, "update_display", taken("update"))
    return box


def picture(html: str) -> np.ndarray:
    (data,) = re.findall(r'src="data:image/jpeg;base64,([^"]+)"', html)
    return np.asarray(Image.open(io.BytesIO(base64.b64decode(data))))


def test_a_view_and_a_still_picture_are_shown(annotator, shown: Outbox) -> None:
    w = annotator(np.zeros((9, 480, 640), np.uint8))
    w.annotation = w.annotation.add_track("car", {0: (100, 100, 200, 200)})
    w._ipython_display_()
    view, beside = (sent.content["bundle"] for sent in shown.of("display"))
    assert "application/vnd.jupyter.widget-view+json" in view
    assert "1 track. Run this cell" in beside["text/plain"]
    assert f'class="{w.still}"' in beside["text/html"]
    pixels = picture(beside["text/html"])
    assert pixels.shape == (360, 480, 3)
    red, _, blue = pixels[150, 75].astype(int)  # the left side of the box, orange
    assert red - blue > 100
    assert pixels[300, 400].max() < 20


def test_it_follows_the_labels_and_ends_with_the_widget(
    annotator, shown: Outbox
) -> None:
    w = annotator()
    w._still._rest = 0.01
    w._ipython_display_()
    w.annotation = w.annotation.add_track("car", {0: (1, 1, 9, 9)})
    (update,) = shown.wait_for("update")
    place = shown.of("display")[1].content["display_id"]
    assert update.content["display_id"] == place
    assert "1 track." in update.content["bundle"]["text/plain"]

    w._still._rest = PATIENCE
    w.undo()
    w.close()
    assert "0 tracks." in shown.of("update")[-1].content["bundle"]["text/plain"]
    assert not w._still._thread.is_alive()
    w._ipython_display_()
    assert "closed" in shown.of("display")[-1].content["bundle"]["text/plain"]


def test_a_change_just_before_the_end_is_shown_though_another_is_being_shown(
    shown: Outbox,
) -> None:
    made = []

    def compose(name: str) -> dict[str, str]:
        made.append(name)
        if len(made) == 2:  # the first renewal; meanwhile all comes to its end
            here.changed()
            here._closed = True
        return {"text/plain": str(len(made))}

    here = still.Still(compose, rest=0.01)
    here.show()
    here.changed()
    here._thread.join(PATIENCE)
    assert shown.of("update")[-1].content["bundle"] == {"text/plain": "3"}


def test_noise_with_many_boxes_stays_small(annotator) -> None:
    noise = np.random.default_rng(1).integers(0, 255, (3, 720, 1280, 3), np.uint8)
    w = annotator(noise, labels=["car"])
    labels = w.annotation
    for number in range(300):
        labels = labels.add_track("car", {0: (number * 4, number * 2, 60, 40)})
    w.annotation = labels
    made = still.bundle("still", labels, w.video, 0)
    assert sum(map(len, made.values())) < 44_000


def test_names_in_it_are_text(annotator, tmp_path) -> None:
    w = annotator(labels=[Label(HOSTILE)])
    w.annotation = w.annotation.add_track(HOSTILE, {0: (1, 1, 9, 9)})
    w.video.name = HOSTILE
    html = still.bundle("still", w.annotation, w.video, 0)["text/html"]
    assert re.findall(r"<(\w+)", html) == ["div", "img", "p"]
    assert "&lt;img src=x" in html


def test_a_frame_that_cannot_be_read_is_said(annotator, monkeypatch) -> None:
    w: Annotator = annotator()

    def fails(*_: object) -> bytes:
        raise VideoError("<b>gone</b>")

    monkeypatch.setattr(w.video, "jpeg", fails)
    html = still.bundle("still", w.annotation, w.video, 0)["text/html"]
    assert "No picture: &lt;b&gt;gone" in html
