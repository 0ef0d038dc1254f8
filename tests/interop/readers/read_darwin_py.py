"""V7's darwin-py reads our keyframes, ranges, hidden areas, properties and tags.

It fetches the schema from the network, so that the file is not held against it here.
"""

from common import FOLDER, TRUTH, rows, same, upright
from darwin.utils import parse_darwin_json

file = parse_darwin_json(FOLDER / "darwin.json")
assert (file.is_video, file.frame_count) == (True, TRUTH["frames"])
assert [file.image_width, file.image_height] == TRUTH["size"]
found, present = {}, set()
for one in file.annotations:
    if one.annotation_class.annotation_type != "bounding_box":
        continue
    [id] = {sub.data for frame in one.frames.values() for sub in frame.subs}
    for frame, shown in one.frames.items():
        box = [shown.data[side] for side in "xywh"]
        found[frame, id] = (one.annotation_class.name, box)
    hidden = {f for start, stop in one.hidden_areas for f in range(start, stop)}
    for start, stop in one.segments:
        present |= {(f, id) for f in range(start, stop) if f not in hidden}
assert present == set(upright()), present ^ set(upright())
inside = {key: one for key, one in found.items() if key in present}
assert {(row["frame"], row["id"]) for row in rows(keyframe=True)} <= set(inside)
same("darwin", inside, {key: upright()[key] for key in inside}, 0.001)
[tag] = [one for one in file.annotations if one.annotation_class.name == "crossing"]
assert (tag.segments, tag.properties[0].value) == ([[4, 15]], "mind the car")
poses = [(one.frame_index, one.value) for one in file.annotations[0].properties]
assert poses == [(0, "stands"), (6, "walks")]
