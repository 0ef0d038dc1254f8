"""Every exception that boxreel raises on purpose.

Each message names the value that was wrong and says what to do about it.
"""

from __future__ import annotations


class BoxreelError(Exception):
    """Base of all errors that boxreel raises on purpose."""


class VideoError(BoxreelError):
    """A source that cannot be opened or decoded as a video."""


class AnnotationError(BoxreelError, ValueError):
    """A value that cannot stand in an annotation."""


class EditError(AnnotationError):
    """An edit that cannot be applied to the annotation it was given."""


class FormatError(BoxreelError, ValueError):
    """A label file that cannot be read or written."""


class VideoMismatchError(FormatError):
    """Labels that belong to another video."""


class ExportError(BoxreelError):
    """Pictures that cannot be written as asked."""


class TrackingError(BoxreelError):
    """An object that cannot be followed as asked."""


class ProtocolError(BoxreelError):
    """A message from the browser that is not one of ours; nothing was done with it."""


class BoxreelWarning(UserWarning):
    """Something was read, guessed or left out in a way that one should know."""
