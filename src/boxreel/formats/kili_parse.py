"""Read Kili's JSON of a video asset."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import PurePath

import numpy as np

from boxreel.formats.base import Source, declare_event
from boxreel.formats.filled import keyframes_of
from boxreel.formats.kili_found import Found, Object, from_frames, from_keys
from boxreel.formats.safe_json import Place, read_json
from boxreel.model import SOURCES, Annotation, Event, Keyframes, Label, Track, VideoInfo
from boxreel.model.checks import Value
from boxreel.model.track import Steps


def parse(source: Source, *, clip: str | int | None = None) -> Annotation:
    """Read Kili's JSON of a video.

    Parameters
    ----------
    source
        The file: assets, an asset, a label, its response, or its annotations. Where it
        does not say the size of the picture, the video must be given.
    clip
        Id or external id of the asset to read; needed where there are several, unless
        the video given has the name of one.

    Returns
    -------
    Annotation
        Key frames are keyframes where the frames between lie on the way. Numbers as
        ``mid`` are track ids. Jobs below an object are attributes; classifications and
        transcriptions of frames are events.

    Raises
    ------
    FormatError
        Naming the place, for what cannot stand.
    """
    asset = _asset(source, Place(source, read_json(source)), clip)
    found = _found(source, asset)
    video = _video(source, asset, found)
    labels: dict[str, Label] = {}
    tracks = {}
    ids = _ids(source, [*found.objects])
    for number, thing in zip(ids, found.objects.values(), strict=True):
        labels[thing.label] = Label(thing.label)
        table = _keyframes(source, thing, video)
        steps = {
            job: _steps(said, thing.frames[0], thing.spans[-1][1])
            for job, said in thing.said.items()
        }
        tracks[number] = Track(number, thing.label, table, steps)
    events: list[Event] = []
    for label, start, stop, said in sorted(found.spans, key=lambda one: one[1:3]):
        declare_event(labels, label)
        events.append(Event(len(events) + 1, label, start, stop, (), said))
    return Annotation(video, tuple(labels.values()), tracks, tuple(events))


def _asset(source: Source, root: Place, clip: str | int | None) -> Place:
    if not isinstance(root.value, list) or not root.value:
        return root
    assets = root.each()
    if assets[0].has("keyAnnotations") or (len(assets) == 1 and clip is None):
        return root if assets[0].has("keyAnnotations") else assets[0]
    if clip is None and source.video is not None:
        clip = PurePath(source.video.name).stem
    names = [one.of(dict).get("externalId", one.value.get("id")) for one in assets]
    for one, name in zip(assets, names, strict=True):
        known = (one.value.get("id"), name, PurePath(str(name)).stem)
        if clip is not None and clip in known:
            return one
    listed = ", ".join(repr(name) for name in names[:10])
    raise source.error(f"holds {len(assets)} assets; pass clip= with one of: {listed}")


def _found(source: Source, asset: Place) -> Found:
    if isinstance(asset.value, list):
        return from_keys(source, asset.each())
    label = asset
    if asset.has("latestLabel"):
        label = asset.at("latestLabel")
    elif asset.has("labels"):
        several = asset.each("labels")
        if not several:
            raise asset.error("has no label")
        what = "labels of an asset besides the last"
        source.notes.dropped(what, asset.path, len(several) - 1)
        label = several[-1]
    if label.has("jsonResponse"):
        return from_frames(source, label.at("jsonResponse"))
    if label.has("annotations"):
        return from_keys(source, label.each("annotations"))
    return from_frames(source, label)


def _ids(source: Source, mids: list[str]) -> list[int]:
    if all(re.fullmatch(r"[1-9]\d{0,14}", mid) for mid in mids):
        return [int(mid) for mid in mids]
    source.notes.guessed("track ids, from the order: the file's are no numbers")
    return list(range(1, len(mids) + 1))


def _video(source: Source, asset: Place, found: Found) -> VideoInfo:
    size, count, fps, name = None, 0, 0.0, ""
    about = asset if isinstance(asset.value, dict) else Place(source, {})
    if about.has("resolution"):
        place = about.at("resolution")
        size = (place.whole("width"), place.whole("height"))
        if min(size) < 1:
            raise place.error(f"is {size[0]}x{size[1]}")
    elif source.video is None:
        raise source.error(
            "boxes are parts of a picture whose size it does not say; pass video="
        )
    if about.has("jsonMetadata") and isinstance(about.value["jsonMetadata"], dict):
        known = about.at("jsonMetadata")
        if known.has("processingParameters"):
            known = known.at("processingParameters")
            count = known.get(known.whole, "numberOfFrames", 0)
            fps = known.get(known.number, "framesPlayedPerSecond", 0.0)
            native = known.value.get("shouldKeepNativeFrameRate") is not False
            what = "that frames are the video's; Kili was to make others of it"
            source.notes.guessed(what, known.path, int(not native))
    name = about.get(about.text, "externalId", "")
    ends = [stop for thing in found.objects.values() for _, stop in thing.spans]
    ends += [stop for _, _, stop, _ in found.spans]
    return source.video_of(
        name=name or PurePath(source.path).stem,
        size=size,
        frame_count=count if count > 0 else None,
        fps=fps if fps > 0 else None,
        extent=(1, 1),
        last_frame=max([found.last + 1, *ends]) - 1,
    )


def _keyframes(source: Source, thing: Object, video: VideoInfo) -> Keyframes:
    place = thing.place
    if thing.spans[-1][1] > video.frame_count:
        raise place.error(
            f"is on frame {thing.spans[-1][1] - 1}; the video has {video.frame_count}"
        )
    for (_, end), (begin, _) in pairwise(thing.spans):
        if begin < end:
            raise place.error(f"is twice on frame {begin}")
    scale = [video.width, video.height] * 2
    boxes = np.zeros((len(thing.frames), 5))
    boxes[:, :4] = np.array(thing.boxes) * scale
    frames = np.array(thing.frames, dtype=np.int64)
    begins = [start for start, _ in thing.spans[1:]]
    stops = [stop for _, stop in thing.spans]
    gone = np.array(
        [
            stop
            for stop, after in zip(stops, [*begins, video.frame_count], strict=True)
            if stop < after
        ],
        dtype=np.int64,
    )
    before = np.searchsorted(frames, gone) - 1
    every = np.concatenate([frames, gone])
    order = np.argsort(every)
    table = Keyframes(
        frames=every[order],
        boxes=np.concatenate([boxes, boxes[before]])[order],
        outside=(np.arange(len(every)) >= len(frames))[order],
        sources=np.full(len(every), SOURCES.index("import"), dtype=np.uint8),
    )
    key = np.append(np.array(thing.key, dtype=bool), np.ones(len(gone), dtype=bool))
    return keyframes_of(source, table, key[order], place.path)


def _steps(said: list[tuple[int, int, str]], first: int, last: int) -> Steps:
    """Return the steps of what is said over spans, of an object on some frames."""
    steps: list[tuple[int, Value]] = []
    for start, stop, value in said:
        if steps and steps[-1][0] == start:
            del steps[-1]
        steps.append((0 if start == first else start, value))
        if stop < last:
            steps.append((stop, None))
    return tuple(steps)
