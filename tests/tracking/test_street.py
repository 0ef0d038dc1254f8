"""Objects of the demo clip, followed and compared with what really happens."""

import numpy as np
import pytest

import boxreel as br
from boxreel.geometry import paired_iou


@pytest.fixture(scope="module")
def scene():
    return br.demo.street()


@pytest.fixture(scope="module")
def video(scene):
    with br.open_video(scene.path) as video:
        yield video


@pytest.mark.parametrize(
    ("track", "start"), [(1, 23), (3, 170), (8, 129), (9, 333), (12, 304), (14, 305)]
)
def test_it_stays_on_its_object(scene, video, track, start):
    truth = scene.truth.tracks[track]
    box = truth.at(start)
    labels = br.Annotation.for_video(video, ["it"]).add_track("it", {start: box})
    found = br.track(video, labels, 1, start, start + 40, progress=False)
    assert (found.stop, found.reason) == (start + 40, "end")
    followed = labels.apply(found.edit).tracks[1]
    rows = [
        [
            [b.x, b.y, b.w, b.h, b.rotation]
            for b in map(each.at, range(start, found.stop))
        ]
        for each in (followed, truth)
    ]
    overlaps = paired_iou(np.array(rows[0]), np.array(rows[1]))
    assert overlaps.min() >= 0.7
    assert len(followed.keyframes) < 20
