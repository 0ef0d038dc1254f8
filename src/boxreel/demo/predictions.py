"""What a believable model says about the street, and every error planted in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from boxreel.demo.cast import SHELTER, TRACKS, TRAFFIC_LIGHT
from boxreel.demo.scene import FRAMES, HEIGHT, WIDTH, Actor, Array
from boxreel.demo.sight import Flags, Part, runs, sights
from boxreel.demo.truth import LABELS
from boxreel.model import Annotation, Keyframes, Track, VideoInfo

Kind = Literal[
    "miss",
    "late_start",
    "early_end",
    "false_positive",
    "switch",
    "fragmentation",
    "duplicate",
]

MISSES = ((5, 12, 40), (13, 440, 470))
LATE_START = (17, 14)
EARLY_END = (7, 19)
TWINS = (8, 11)
FRAGMENTED = 9
DUPLICATE = (12, 345, 390)
POSTER = (SHELTER, (0.713, 0.336, 0.832, 0.840), 24, 78)
LAMP_HEAD = (TRAFFIC_LIGHT, (0.0, 0.0, 1.0, 0.30), 318, 352)
"""What the model takes for a person: part of a prop in shares of its box, and when."""

JITTER = 0.012
"""Standard deviation of an edge, in sides of the box."""
DRIFT = 0.85
"""Share of the jitter that stays from one frame to the next."""


Ints = NDArray[np.int64]
Follows = dict[int, Ints]
"""By prediction, which track it follows on every frame; 0 is none."""


@dataclass(frozen=True)
class _Output:
    """Boxes and scores of one prediction on every frame, valid where seen."""

    label: str
    seen: Flags
    boxes: Array
    scores: Array


@dataclass(frozen=True)
class PlantedError:
    """An error that the predictions contain on purpose.

    Parameters
    ----------
    kind : str
        ``miss``: the track is there, the prediction pauses. ``late_start`` and
        ``early_end``: the same at the ends of the track. ``false_positive``: nothing is
        there. ``switch``: from ``start`` on the prediction follows another track than
        before, the one named here. ``fragmentation``: the track goes on as a new
        prediction, the one named here; the span is the gap before it.
        ``duplicate``: a second prediction on the same track.
    track : int or None
        Track of the ground truth; None for a false alarm.
    prediction : int
        Track of the predictions.
    start, stop : int
        Half-open span of 0-based frames.
    """

    kind: Kind
    track: int | None
    prediction: int
    start: int
    stop: int


def planted_errors() -> tuple[PlantedError, ...]:
    """List the errors that :func:`predicted_labels` contains, by their first frame.

    A switch concerns two tracks, hence it is listed once for each of them.

    Examples
    --------
    >>> [error.start for error in planted_errors() if error.kind == "switch"]
    [253, 253]
    """
    return _story()[1]


def predicted_labels(video: VideoInfo) -> Annotation:
    """Say what a model would: a keyframe on each frame, with a score.

    Parameters
    ----------
    video : VideoInfo
        The rendered clip, or anything of its length.

    Returns
    -------
    Annotation
        Its track ids are its own, not those of the ground truth.

    Examples
    --------
    >>> video = VideoInfo.constant("street.mp4", 1280, 720, 500, fps=25)
    >>> predicted_labels(video).tracks[1].keyframes[0].source
    'model'
    """
    empty = Annotation.for_video(video, LABELS)
    return Annotation(empty.video, empty.labels, _story()[0])


@cache
def _story() -> tuple[dict[int, Track], tuple[PlantedError, ...]]:
    """Follow the ground truth, go wrong on purpose, number by appearance."""
    follows = {
        track: np.where(sight.present, track, 0) for track, sight in sights().items()
    }
    errors = [*_gaps(follows), *_switch(follows), *_doubles(follows)]
    output = {key: _followed(key, tracks) for key, tracks in follows.items()}
    for alarm in (POSTER, LAMP_HEAD):
        key = max(output) + 1
        output[key] = _false_positive(key, *alarm)
        errors.append(PlantedError("false_positive", None, key, *alarm[2:]))
    order = sorted(output, key=lambda key: (int(output[key].seen.argmax()), key))
    ids = {key: number for number, key in enumerate(order, start=1)}
    named = [replace(error, prediction=ids[error.prediction]) for error in errors]
    tracks = {ids[key]: _track(ids[key], output[key]) for key in order}
    return tracks, tuple(sorted(named, key=lambda error: (error.start, error.stop)))


def _gaps(follows: Follows) -> list[PlantedError]:
    """Lose sight of some tracks: in between, at their start, at their end."""
    errors = [PlantedError("miss", key, key, *span) for key, *span in MISSES]
    key, frames = LATE_START
    start, _ = _ends(follows[key])
    errors.append(PlantedError("late_start", key, key, start, start + frames))
    key, frames = EARLY_END
    _, stop = _ends(follows[key])
    errors.append(PlantedError("early_end", key, key, stop - frames, stop))
    for error in errors:
        follows[error.prediction][error.start : error.stop] = 0
    return errors


def _switch(follows: Follows) -> Iterator[PlantedError]:
    """Mix the two look-alikes up on the frame on which their middles cross."""
    one, other = TWINS
    middles = [sights()[track].boxes[:, ::2].mean(axis=1) for track in TWINS]
    both = (follows[one] > 0) & (follows[other] > 0)
    at = int(np.argmax(both & (middles[1] >= middles[0])))
    swapped = follows[other][at:].copy()
    follows[other][at:] = follows[one][at:]
    follows[one][at:] = swapped
    for track, prediction in ((one, other), (other, one)):
        yield PlantedError("switch", track, prediction, at, at + 1)


def _doubles(follows: Follows) -> Iterator[PlantedError]:
    """Go on as a new prediction behind the bus, and see one car twice."""
    (_, lost), (found, _) = runs(follows[FRAGMENTED] > 0)
    after = np.arange(FRAMES) >= found
    key = max(follows) + 1
    follows[key] = np.where(after, follows[FRAGMENTED], 0)
    follows[FRAGMENTED] = np.where(after, 0, follows[FRAGMENTED])
    yield PlantedError("fragmentation", FRAGMENTED, key, lost, found)
    track, start, stop = DUPLICATE
    follows[key + 1] = np.zeros(FRAMES, np.int64)
    follows[key + 1][start:stop] = track
    yield PlantedError("duplicate", track, key + 1, start, stop)


def _ends(tracks: Ints) -> tuple[int, int]:
    frames = np.flatnonzero(tracks)
    return int(frames[0]), int(frames[-1]) + 1


def _followed(key: int, tracks: Ints) -> _Output:
    """Boxes of a prediction that follows a track, another one on some frames."""
    boxes, hidden = np.zeros((FRAMES, 4)), np.zeros(FRAMES)
    for track in np.unique(tracks[tracks > 0]).tolist():
        here = tracks == track
        boxes[here] = sights()[track].boxes[here]
        hidden[here] = sights()[track].hidden[here]
    label = TRACKS[int(tracks.max())].label
    again = DUPLICATE[0] == tracks.max() and key != DUPLICATE[0]
    small = np.clip(1.5 - (boxes[:, 3] - boxes[:, 1]) / 100, 0.0, 1.0)
    sure = 0.94 - 0.45 * hidden - 0.25 * small - 0.36 * again
    return _output(key, label, tracks > 0, boxes, sure, shift=0.05 * again)


def _false_positive(
    key: int, actor: Actor, part: Part, start: int, stop: int
) -> _Output:
    whole = actor.boxes()
    corner, size = whole[:, :2], whole[:, 2:] - whole[:, :2]
    boxes = np.concatenate([corner + size * part[:2], corner + size * part[2:]], axis=1)
    frames = np.arange(FRAMES)
    seen = (frames >= start) & (frames < stop)
    return _output(key, "person", seen, boxes, np.full(FRAMES, 0.52))


def _output(
    key: int, label: str, seen: Flags, boxes: Array, sure: Array, shift: float = 0.0
) -> _Output:
    """Shake the boxes, slowly from frame to frame, and the scores."""
    random = np.random.default_rng(key)
    fresh = random.standard_normal((FRAMES, 4)) * np.sqrt(1 - DRIFT**2)
    for frame in range(1, FRAMES):
        fresh[frame] += DRIFT * fresh[frame - 1]
    offsets = np.clip(JITTER * fresh, -3 * JITTER, 3 * JITTER) + shift
    sides = np.tile(boxes[:, 2:] - boxes[:, :2], 2)
    limits = [WIDTH, HEIGHT, WIDTH, HEIGHT]
    shaken = np.clip(np.round(boxes + sides * offsets, 2), 0, limits)
    scores = np.clip(sure + 0.02 * random.standard_normal(FRAMES), 0.2, 0.99)
    return _Output(label, seen, shaken, np.round(scores, 3))


def _track(number: int, output: _Output) -> Track:
    """Keyframes on every frame, ``outside`` on the frame after each run."""
    lost = np.flatnonzero(output.seen[:-1] & ~output.seen[1:]) + 1
    at = np.sort(np.concatenate([np.flatnonzero(output.seen), lost]))
    gone = np.isin(at, lost)
    edges = output.boxes[at - gone]
    table = Keyframes(
        at,
        np.concatenate([edges[:, :2], edges[:, 2:] - edges[:, :2]], axis=1),
        outside=gone,
        sources="model",
        scores=output.scores[at - gone],
    )
    return Track(number, output.label, table)
