"""The document: what is labelled on a video, and every way to change it."""

from boxreel.model import edits
from boxreel.model.annotation import Annotation
from boxreel.model.boxes import Boxes
from boxreel.model.events import Event
from boxreel.model.history import History
from boxreel.model.keyframe import SOURCES, Keyframe
from boxreel.model.keyframes import Keyframes
from boxreel.model.labels import Attribute, Label
from boxreel.model.realign import realign
from boxreel.model.track import Track
from boxreel.model.video_info import VideoInfo
from boxreel.shapes import Box

__all__ = [
    "SOURCES",
    "Annotation",
    "Attribute",
    "Box",
    "Boxes",
    "Event",
    "History",
    "Keyframe",
    "Keyframes",
    "Label",
    "Track",
    "VideoInfo",
    "edits",
    "realign",
]
