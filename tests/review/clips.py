"""Small annotations to compare."""

import boxreel as br
from boxreel.model import VideoInfo

CLIP = VideoInfo.constant("street.mp4", 640, 480, 40, fps=10)
STREET = VideoInfo.constant("street.mp4", 1280, 720, 500, fps=25)


def labels(*tracks):
    """Annotation of tracks: label, start, stop, x[, x on the last frame]."""
    made = br.Annotation.for_video(CLIP, labels=["car", "person"])
    for label, start, stop, x, *end in tracks:
        boxes = {start: (x, 10, 40, 30), stop - 1: ([x, *end][-1], 10, 40, 30)}
        made = made.add_track(label, boxes)
        track = max(made.tracks)
        made = made.apply(br.edits.TrimTrack(track, start, stop))
    return made


def found(truth, predictions, **options):
    errors = br.compare(truth, predictions, **options).errors
    return [(e.kind, e.start, e.stop, e.truth, e.prediction, e.was) for e in errors]
