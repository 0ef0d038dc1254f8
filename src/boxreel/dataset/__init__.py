"""Data sets out of labelled videos: images, labels, parts, and a data card."""

from boxreel.dataset.write import export_dataset

__all__ = ["export_dataset"]
