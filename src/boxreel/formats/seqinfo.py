"""MOTChallenge's ``seqinfo.ini``: what a sequence is."""

from __future__ import annotations

import configparser
from dataclasses import dataclass

from boxreel.errors import FormatError
from boxreel.formats.base import LONGEST
from boxreel.model import VideoInfo


@dataclass(frozen=True)
class SeqInfo:
    """What a ``seqinfo.ini`` says; None where it is silent.

    Attributes
    ----------
    name : str
    size : tuple of int or None
        Width and height in pixels.
    frame_count : int or None
    fps : float or None
    """

    name: str = ""
    size: tuple[int, int] | None = None
    frame_count: int | None = None
    fps: float | None = None


def parse(text: str, path: str) -> SeqInfo:
    r"""Read the content of a ``seqinfo.ini``; unknown keys do not matter.

    Parameters
    ----------
    text
        Its content.
    path
        For messages.

    Raises
    ------
    FormatError
        If it is no INI file with a section ``[Sequence]``, or a number is none.

    Examples
    --------
    >>> parse("[Sequence]\nname=a\nseqLength=9\n", "seqinfo.ini")
    SeqInfo(name='a', size=None, frame_count=9, fps=None)
    """
    ini = configparser.ConfigParser(interpolation=None)
    try:
        ini.read_string(text, source=path)
        section = ini["Sequence"]
    except configparser.Error as error:
        raise FormatError(" ".join(str(error).split())[:LONGEST]) from error
    except KeyError as error:
        raise FormatError(f"{path}: there is no section [Sequence]") from error

    def number(key: str) -> float | None:
        if key not in section:
            return None
        try:
            value = float(section[key])
        except ValueError:
            value = 0.0
        if not 0 < value < 1e9:
            raise FormatError(
                f"{path}: {key} = {section[key]!r:.60} is not a positive number"
            )
        return value

    width, height = number("imWidth"), number("imHeight")
    length = number("seqLength")
    return SeqInfo(
        name=section.get("name", ""),
        size=(int(width), int(height)) if width and height else None,
        frame_count=int(length) if length else None,
        fps=number("frameRate"),
    )


def dump(
    video: VideoInfo, *, frame_count: int | None = None, ending: str = ".jpg"
) -> str:
    """Write the seven keys, in the order that readers rely on.

    The rate is an integer since readers take it as one.

    Parameters
    ----------
    video
        What the sequence is of.
    frame_count
        Pictures of the sequence; None for all of the video.
    ending
        Of the files of pictures.

    Examples
    --------
    >>> print(dump(VideoInfo.constant("a", 640, 480, frame_count=9, fps=29.97)))
    [Sequence]
    name=a
    imDir=img1
    frameRate=30
    seqLength=9
    imWidth=640
    imHeight=480
    imExt=.jpg
    <BLANKLINE>
    """
    return (
        "[Sequence]\n"
        f"name={' '.join(video.name.split())}\n"
        "imDir=img1\n"
        f"frameRate={max(1, round(video.fps))}\n"
        f"seqLength={frame_count or video.frame_count}\n"
        f"imWidth={video.width}\n"
        f"imHeight={video.height}\n"
        f"imExt={ending}\n"
    )
