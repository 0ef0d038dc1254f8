"""Read every video named on standard input to its end; a process of its own may die.

Answers one line of JSON for each: how many frames there are, how many of them could be
read, or the error; `bug` if that is none that `open_video` is to raise.
"""

import json
import sys
import traceback
from pathlib import Path

from boxreel.errors import VideoError
from boxreel.video import Video, open_video

MOST = 60


def refusal(video: Video, i: int) -> str:
    """Read one frame; say why it cannot be read, if so."""
    try:
        assert video[i].shape == (video.height, video.width, 3), video[i].shape
        assert video.jpeg(i, 32).startswith(b"\xff\xd8")
    except VideoError as error:
        return str(error)
    return ""


def read(source: object) -> dict:
    """Read the frames from the last to the first, and some of them again."""
    with open_video(source) as video:
        few = min(len(video), MOST)
        order = [*reversed(range(few)), *range(0, few, 7), len(video) - 1]
        refused = [why for i in order if (why := refusal(video, i))]
        steps = video.ticks[1:] > video.ticks[:-1]
        assert steps.all(), video.ticks
        read = len(order) - len(refused)
        return {"frames": len(video), "read": read, "refused": [*set(refused)]}


def answer(path: Path) -> dict:
    try:
        whole = read(path)
        with path.open("rb") as file:
            by_file = read(file)
        assert whole["frames"] == by_file["frames"], (whole, by_file)
    except VideoError as error:
        return {"error": str(error)}
    except Exception:  # noqa: BLE001 - that is what is looked for
        return {"bug": traceback.format_exc()}
    return whole


if __name__ == "__main__":
    for line in sys.stdin:
        sys.stdout.write(json.dumps(answer(Path(line.strip()))) + "\n")
        sys.stdout.flush()
