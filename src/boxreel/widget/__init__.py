"""The notebook widget."""

from boxreel.widget.annotator import Annotator

__all__ = ["Annotator"]
