"""The traits whose values depend on the video and the labels."""

from __future__ import annotations

from collections.abc import Iterable
from operator import index
from typing import TYPE_CHECKING, Any, SupportsIndex

from traitlets import TraitError, TraitType

from boxreel.model import Annotation
from boxreel.model.match import of_video

if TYPE_CHECKING:
    from boxreel.widget.annotator import Annotator


class AnnotationTrait(TraitType[Annotation, Annotation]):
    """The labels: lives in the session, so it is read and assigned there.

    Its notifications come from the session too, one for each change.
    """

    info_text = "a boxreel.Annotation"

    def get(self, obj: Any, cls: type[Any] | None = None) -> Annotation:
        """Return the labels as they are now."""
        widget: Annotator = obj
        return widget._session.annotation

    def set(self, obj: Any, value: object) -> None:
        """Replace the labels, as one step of undo.

        Raises
        ------
        TraitError
            If `value` is no `Annotation`.
        VideoMismatchError
            If it is of another video.
        """
        widget: Annotator = obj
        widget._check_open()
        if not isinstance(value, Annotation):
            raise TraitError(
                "annotation must be a boxreel.Annotation (boxreel.read gives one for a "
                f"file), not {value!r}"
            )
        widget._session.replace(of_video(value, widget.annotation.video))


class FrameTrait(TraitType[int, SupportsIndex]):
    """A frame of the video, from 0."""

    default_value = 0
    info_text = "a frame of the video"

    def validate(self, obj: Any, value: object) -> int:
        """Return the number of an existing frame."""
        frame = _integer("frame", value)
        if frame == 0:
            return 0  # which there always is, even while the video is being opened
        count = len(obj.video)
        if not 0 <= frame < count:
            raise TraitError(f"frame must be 0 to {count - 1}, not {frame}")
        return frame


class SelectionTrait(TraitType["tuple[int, ...]", "Iterable[SupportsIndex]"]):
    """Ids of existing tracks, each once."""

    default_value = ()
    info_text = "ids of tracks"

    def validate(self, obj: Any, value: object) -> tuple[int, ...]:
        """Return the ids as a tuple."""
        if isinstance(value, str) or not isinstance(value, Iterable):
            raise TraitError(f"selection must be track ids, as (1, 2), not {value!r}")
        ids = tuple(dict.fromkeys(_integer("a track id", item) for item in value))
        for track in ids:
            tracks = obj.annotation.tracks
            if track not in tracks:
                raise TraitError(
                    f"selection: there is no track {track}; "
                    f"there are: {_listed(tracks) or 'none'}"
                )
        return ids


def _integer(what: str, value: object) -> int:
    if isinstance(value, bool) or not hasattr(value, "__index__"):
        raise TraitError(f"{what} must be an integer, not {value!r}")
    return index(value)


def _listed(ids: Iterable[int]) -> str:
    some = sorted(ids)
    return ", ".join(map(str, some[:10])) + (", …" if len(some) > 10 else "")
