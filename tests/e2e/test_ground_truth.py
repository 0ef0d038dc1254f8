"""Real ground truth in few keyframes, one box put right by hand, and back as MOT."""

import pytest

from boxreel import formats
from tests.formats.ground_truth import (
    CROSSING,
    MIN_IOU,
    assert_corrected,
    longest_way,
    mot_file,
)

OPEN = """
import boxreel as br
pictures = br.open_video({pictures!r})
options = dict(format="mot", pixel_base=1)
truth = br.read("truth.txt", video=pictures, classes=["pedestrian"], **options)
w = br.Annotator(pictures, truth.simplify(min_iou={min_iou}), save_to=None)
w
"""
WRITE = "br.write(w.annotation, 'back.txt', kind='mot15', **options) and 0"


def test_ground_truth_corrected_with_the_mouse(lab, open_notebook, test_data):
    truth = mot_file(test_data, CROSSING, lab.root)
    labels, _ = formats.read_report(truth, pixel_base=1)
    track, way = longest_way(labels.simplify(min_iou=MIN_IOU))
    frame = sum(way) // 2
    pictures = str(test_data / "tracking/A-otb-crossing/img")
    notebook = open_notebook(OPEN.format(pictures=pictures, min_iou=MIN_IOU))
    notebook.run_all()
    widget = notebook.widget()
    widget.goto(frame)
    corrected = f"w.annotation.tracks[{track}].at({frame}).row[:4]"
    x, y, w, h = notebook.kernel(corrected)
    centre = x + w / 2, y + h / 2
    widget.click(*centre)
    notebook.kernel_poll("w.selection", lambda ids: list(ids) == [track])
    widget.drag(centre, (centre[0] + 20, centre[1] - 8))
    widget.wait_synced()
    box = notebook.kernel(corrected)
    assert box == pytest.approx((x + 20, y - 8, w, h), abs=1)
    notebook.kernel(WRITE)
    written = (box[0] + 1, box[1] + 1, *box[2:])
    assert_corrected(truth, lab.root / "back.txt", track, way, frame, written)
