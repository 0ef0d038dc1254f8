"""A street to try things on: a rendered clip, its ground truth, a model's output."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from boxreel.demo.clip import clip_path
from boxreel.demo.predictions import PlantedError, planted_errors, predicted_labels
from boxreel.demo.truth import true_labels
from boxreel.model import Annotation, VideoInfo
from boxreel.video import open_video

__all__ = [
    "PlantedError",
    "Scene",
    "street",
    "street_errors",
    "street_predictions",
]


@dataclass(frozen=True)
class Scene:
    """A clip and its exact labels.

    Parameters
    ----------
    path : Path
        Video file.
    truth : Annotation
        What really happens in it.
    """

    path: Path
    truth: Annotation


def street() -> Scene:
    """Give twenty seconds in a street: 500 frames of 1280 x 720 at 25 a second.

    People walk, cars and a bus drive, stop and hide each other, two look-alikes cross,
    the camera pans slowly. The first call renders the clip, which takes some seconds;
    later ones find it below ``$XDG_CACHE_HOME`` or ``~/.cache``.

    Returns
    -------
    Scene
        Its ``truth`` has the labels car, person, bus and bicycle. Boxes are clipped to
        the picture; ``occluded`` means that more than half of what could be seen is
        hidden, ``outside`` out of the picture or out of sight for long.

    Examples
    --------
    >>> scene = street()  # doctest: +SKIP
    >>> Annotator(scene.path, annotation=scene.truth)  # doctest: +SKIP
    """
    path = clip_path()
    return Scene(path, true_labels(_info(path)))


def street_predictions() -> Annotation:
    """Give what a believable model says about the clip of :func:`street`.

    Returns
    -------
    Annotation
        One keyframe a frame with a score, boxes that shake a little, and the errors
        that :func:`street_errors` lists. Its track ids are its own.

    Examples
    --------
    >>> a = street_predictions()  # doctest: +SKIP
    """
    return predicted_labels(_info(clip_path()))


def street_errors() -> tuple[PlantedError, ...]:
    """List every error planted in :func:`street_predictions`, by its first frame.

    Examples
    --------
    >>> street_errors()[0].kind, street_errors()[0].start
    ('miss', 12)
    """
    return planted_errors()


@cache
def _info(path: Path) -> VideoInfo:
    with open_video(path) as video:
        return VideoInfo.of(video)
