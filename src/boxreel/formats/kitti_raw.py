"""KITTI's raw tracklets, boxes in 3-D: read as spans of frames, not written.

A tracklet is an object's type, its size in metres, the frame that it is first seen on
and a pose for each frame from there on (``devkit/readme.txt`` of
https://www.cvlibs.net/datasets/kitti/raw_data.php). Where it stands on the picture
follows only with the calibration of the camera, which the file does not hold.
"""

from __future__ import annotations

import math
import re
from xml.etree.ElementTree import Element

from boxreel.formats.base import MAX_FRAMES, Format, Source
from boxreel.formats.safe_xml import line_of, read_elements
from boxreel.model import Annotation, Event, Label

SIZE = {"l": "length", "w": "width", "h": "height"}
"""What a tracklet calls its sizes, in metres, and what they are called here."""


def sniff(head: str) -> bool:
    """Tell whether it is an archive of tracklets."""
    begins = r"<boost_serialization\b.*<tracklets\b"
    return re.search(begins, head, re.DOTALL) is not None


def parse(source: Source) -> Annotation:
    """Read each tracklet as an event: its type and frames, its size as attributes.

    Parameters
    ----------
    source
        The file.

    Returns
    -------
    Annotation
        Events only, numbered in their order. The boxes are dropped, as the report says.

    Raises
    ------
    FormatError
        Naming the line.
    """
    events: list[Event] = []

    def read_tracklets(tracklets: Element) -> None:
        for tracklet in tracklets.findall("item"):
            event = _event(source, tracklet, len(events) + 1)
            if event is not None:
                events.append(event)

    read_elements(source, "tracklets", read_tracklets)
    video = source.video_of(
        name="",
        size=None,
        frame_count=None,
        fps=None,
        extent=(0.0, 0.0),
        last_frame=max((event.stop for event in events), default=0) - 1,
    )
    for event in events:
        if event.stop > video.frame_count:
            raise source.error(
                f"tracklet {event.id} is on frame {event.stop - 1}, past the end of "
                f"the video, which has {video.frame_count} frames"
            )
    labels = dict.fromkeys(event.label for event in events)
    return Annotation(
        video, tuple(Label(name, use="event") for name in labels), {}, tuple(events)
    )


def _event(source: Source, tracklet: Element, number: int) -> Event | None:
    """Return the event of a tracklet; None, noted, where it has no pose."""
    place = f"line {line_of(tracklet)}"
    poses = tracklet.findall("poses/item")
    if not poses:
        source.notes.dropped("tracklets without a pose", place)
        return None
    source.notes.dropped(
        "boxes in 3-D, their occlusion and truncation: without the camera's "
        "calibration they have no place on the picture",
        place,
        len(poses),
    )
    start = _number(source, tracklet, "first_frame")
    if start % 1 or not 0 <= start < MAX_FRAMES:
        raise source.error(
            f"first_frame is {start:g}: it should be a whole number from 0 on",
            line_of(tracklet),
        )
    size = {name: _number(source, tracklet, key) for key, name in SIZE.items()}
    label = (tracklet.findtext("objectType") or "").strip() or "object"
    return Event(number, label, int(start), int(start) + len(poses), (), size)


def _number(source: Source, tracklet: Element, name: str) -> float:
    text = (tracklet.findtext(name) or "").strip()
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise source.error(
            f"<{name}> of a tracklet should be a number, not {text[:60]!r}",
            line_of(tracklet),
        )
    return number


FORMAT = Format("kitti-raw", (), sniff, parse, dump=None)
