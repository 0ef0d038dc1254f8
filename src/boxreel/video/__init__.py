"""Exact frames of video files, arrays and images; nothing of labels is known here."""

from boxreel.video.base import Picture, Video
from boxreel.video.diskcache import DiskCache
from boxreel.video.open import open_video
from boxreel.video.picture import encode_exact
from boxreel.video.shared import Opened
from boxreel.video.store import FrameStore

__all__ = [
    "DiskCache",
    "FrameStore",
    "Opened",
    "Picture",
    "Video",
    "encode_exact",
    "open_video",
]
