"""Pure numpy geometry: nothing else of the package is imported here."""

from boxreel.geometry.boxes import (
    corners,
    hull,
    iou,
    xywh_to_xyxy,
    xyxy_to_xywh,
)
from boxreel.geometry.turned import paired_iou, rotated_iou

__all__ = [
    "corners",
    "hull",
    "iou",
    "paired_iou",
    "rotated_iou",
    "xywh_to_xyxy",
    "xyxy_to_xywh",
]
