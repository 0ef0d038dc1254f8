"""The edit of notes: texts for a person to read."""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import MappingProxyType

from boxreel.errors import EditError
from boxreel.model.annotation import Annotation
from boxreel.model.edits.base import Edit, Frame, Note, TrackId, check_frame, track_of


@dataclass(frozen=True)
class SetNote(Edit):
    """Write a note on a track or on a frame.

    Parameters
    ----------
    text
        The note; an empty one takes it away.
    track, frame
        Where: one of the two.

    Examples
    --------
    >>> SetNote("a taxi", track=2).describe(), SetNote("a crash", frame=132).describe()
    ('note on #2', 'note at 132')
    """

    text: Note
    track: TrackId | None = None
    frame: Frame | None = None

    def _apply(self, annotation: Annotation) -> Annotation:
        if (self.track is None) == (self.frame is None):
            raise EditError(
                f"a note is on a track or on a frame, not on track {self.track} "
                f"and frame {self.frame}: give one of the two"
            )
        if self.track is not None:
            track = track_of(annotation, self.track)
            if self.text == track.note:
                return annotation
            return annotation.with_track(replace(track, note=self.text))
        return self._on_frame(annotation, self.frame or 0)

    def _on_frame(self, annotation: Annotation, frame: int) -> Annotation:
        check_frame(annotation, frame)
        if self.text == annotation.notes.get(frame, ""):
            return annotation
        notes = {**annotation.notes, frame: self.text}
        kept = {at: text for at, text in sorted(notes.items()) if text}
        return annotation.with_parts(notes=MappingProxyType(kept))

    def _text(self) -> str:
        where = f"at {self.frame}" if self.track is None else f"on #{self.track}"
        return f"note {where}"
