"""Real ground truth is read, simplified, corrected at one place and written back."""

import numpy as np
import pytest

from boxreel import formats
from boxreel.model import edits
from tests.formats.ground_truth import (
    MIN_IOU,
    SEQUENCES,
    assert_corrected,
    longest_way,
    mot_file,
)


@pytest.mark.parametrize("name", SEQUENCES)
def test_only_the_correction_and_the_bound_differ(test_data, name, tmp_path):
    path = mot_file(test_data, name, tmp_path)
    truth, _ = formats.read_report(path)
    few = truth.simplify(min_iou=MIN_IOU)
    count, left = (
        sum(len(t.keyframes) for t in a.tracks.values()) for a in (truth, few)
    )
    assert left < count
    track, way = longest_way(few)
    frame = sum(way) // 2
    box = np.array(few.tracks[track].at(frame).row[:4])
    box[:2] += box[2:] / 2
    corrected = few.apply(edits.SetKeyframe(track, frame, tuple(box)))
    back = tmp_path / "back.txt"
    kind = "gt" if path.read_text().split("\n", 1)[0].count(",") == 8 else "mot15"
    formats.write(corrected, back, format="mot", kind=kind)
    assert_corrected(path, back, track, way, frame, box)
