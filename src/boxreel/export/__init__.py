"""Pictures out of a video: clips, frames and snapshots, boxes drawn or blurred."""

from boxreel.export.clip import export_clip
from boxreel.export.drawing import draw_boxes
from boxreel.export.stills import export_frames, snapshot

__all__ = ["draw_boxes", "export_clip", "export_frames", "snapshot"]
