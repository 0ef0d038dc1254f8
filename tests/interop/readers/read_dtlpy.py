"""Dataloop's SDK reads an item's annotations: boxes of every frame, and classes."""

import dtlpy
from common import FOLDER, TRUTH, rows, same, turned

collection = dtlpy.AnnotationCollection.from_json_file(str(FOLDER / "dataloop.json"))
boxes, hidden, keyframes = {}, set(), set()
for one in collection:
    if one.type != "box":
        continue
    id = int(one.object_id)
    for frame in range(one.start_frame, one.end_frame + 1):
        shown = one.frames[frame]
        if not shown.object_visible:
            continue
        sides = [shown.left, shown.top]
        sides += [shown.right - shown.left, shown.bottom - shown.top]
        boxes[frame, id] = (shown.label, [*sides, shown.angle or 0])
        hidden |= {(frame, id)} if shown.attributes["occluded"] else set()
        keyframes |= {(frame, id)} if shown.fixed else set()
same("dataloop", boxes, turned())
assert hidden == {(row["frame"], row["id"]) for row in rows(occluded=True)}
assert keyframes >= {(row["frame"], row["id"]) for row in rows(keyframe=True)}
[event] = [one for one in collection if one.type == "class"]
assert (event.label, event.start_frame, event.end_frame) == ("crossing", 4, 14)
assert abs(event.start_time - 4 / TRUTH["fps"]) < 1e-9
assert event.attributes == {"said": "mind the car"}
