"""Label Studio's SDK takes our task for a labelling config, and fills in the frames."""

import json

from common import FOLDER, TRUTH, same, turned
from label_studio_sdk._extensions.label_studio_tools.postprocessing.video import (
    extract_key_frames,
)
from label_studio_sdk.label_interface import LabelInterface

CONFIG = """<View>
  <Video name="video" value="$video" frameRate="$fps"/>
  <VideoRectangle name="box" toName="video"/>
  <Labels name="videoLabels" toName="video">
    <Label value="pedestrian"/><Label value="car"/>
  </Labels>
  <TimelineLabels name="events" toName="video">
    <Label value="crossing"/>
  </TimelineLabels>
  <TextArea name="pose" toName="video" perRegion="true"/>
  <TextArea name="said" toName="video" perRegion="true"/>
</View>"""

[task] = json.loads((FOLDER / "label-studio.json").read_text())
[answer] = task["annotations"]
config = LabelInterface(CONFIG)
config.validate()
assert config.validate_prediction(answer, return_errors=True) == []
width, height = TRUTH["size"]
found = {}
for region in extract_key_frames(answer["result"]):
    if region["type"] == "videorectangle":
        [label] = region["value"]["labels"]
        for one in region["value"]["sequence"]:
            box = [one["x"] * width / 100, one["y"] * height / 100]
            box += [one["width"] * width / 100, one["height"] * height / 100]
            if one["rotation"] == 0:
                found[one["frame"] - 1, int(region["id"])] = (label, box)
wanted = {k: (label, box[:4]) for k, (label, box) in turned().items() if box[4] == 0}
same("extract_key_frames", found, wanted)
