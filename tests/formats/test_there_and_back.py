"""Ground truth made editable, one box corrected, written back: nothing else moved."""

import os
from pathlib import Path

import numpy as np
import pytest

from boxreel import formats
from boxreel.geometry import paired_iou
from boxreel.model import edits


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("A-mot17-02-gt/gt.txt", "gt"),
        ("A-pets09-s2l1/derived-gt-mot.txt", "mot15"),
        ("A-tud-campus/gt.txt", "mot15"),
    ],
)
def test_only_what_was_corrected_differs(tmp_path, capsys, name, kind):
    folder = os.environ.get("BOXREEL_TEST_DATA")
    if not folder:
        pytest.skip("BOXREEL_TEST_DATA names no folder with real material")
    path = Path(folder) / "tracking" / name
    truth, _ = formats.read_report(path)
    labels, _ = formats.read_report(path, simplify=0.9)
    assert "worst IoU 0.9" in capsys.readouterr().out
    count = [sum(len(t.keyframes) for t in a.tracks.values()) for a in (labels, truth)]
    assert count[0] < 0.6 * count[1]
    track = max(labels.tracks.values(), key=lambda one: len(one.keyframes))
    start, stop = track.keyframes.frames[[1, 3]].tolist()
    frame = int(track.keyframes.frames[2])
    box = [*track.at(frame).row[:4]]
    box[0] += 500
    corrected = labels.apply(edits.SetKeyframe(track=track.id, frame=frame, box=box))
    out = tmp_path / "gt.txt"
    formats.write(corrected, out, kind=kind, classes=[one.name for one in truth.labels])
    options = {"kind": kind, "classes": [one.name for one in truth.labels]}
    back, _ = formats.read_report(out, video=truth.video, **options)
    a, b = truth.dense(), back.dense()
    np.testing.assert_array_equal(a.frame, b.frame)
    np.testing.assert_array_equal(a.track, b.track)
    touched = (a.track == track.id) & (a.frame > start) & (a.frame < stop)
    iou = paired_iou(a.box, b.box)
    assert iou[~touched].min() >= 0.9 - 1e-3
    assert iou[touched & (a.frame == frame)].max() == 0
