"""One file a kind of shape: its columns, its validation, its interpolation."""

from boxreel.shapes.box import Box

__all__ = ["Box"]
