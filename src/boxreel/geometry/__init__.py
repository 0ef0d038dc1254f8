"""Pure numpy geometry: nothing else of the package is imported here."""

from boxreel.geometry.boxes import (
    corners,
    hull,
    iou,
    rotated_iou,
    xywh_to_xyxy,
    xyxy_to_xywh,
)

__all__ = ["corners", "hull", "iou", "rotated_iou", "xywh_to_xyxy", "xyxy_to_xywh"]
