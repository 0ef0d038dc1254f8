"""The street as a video file: rendered once, then kept in the user's cache."""

from __future__ import annotations

import os
import tempfile
import warnings
import zlib
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

from boxreel.demo.scene import FPS, FRAMES, HEIGHT, WIDTH
from boxreel.demo.stage import Pixels, Stage
from boxreel.errors import BoxreelWarning

NAME = "street.mp4"
KEYFRAME_EVERY = 50
WORKERS = 2
OPTIONS = {
    "preset": "veryfast",
    "crf": "20",
    "g": str(KEYFRAME_EVERY),
    "bf": "2",
    "sc_threshold": "0",
    "threads": "2",
}
"""Options of libx264; a fixed number of threads makes the bytes repeatable."""


def clip_path() -> Path:
    """Give the video file, rendering it where the cache does not have it.

    Returns
    -------
    Path
        Below ``$XDG_CACHE_HOME`` or ``~/.cache``, or in a temporary folder of this
        process where the cache cannot be written.

    Warns
    -----
    BoxreelWarning
        The cache cannot be written, hence the next process renders again.
    """
    path = _cached()
    if path.exists():
        return path
    try:
        return _render_to(path)
    except OSError as error:
        return _temporary(f"cannot write {path}: {error.strerror}")


def encode(path: Path, frames: int = FRAMES) -> None:
    """Render the street and write it as H.264 in MP4.

    Parameters
    ----------
    path : Path
        File to write.
    frames : int
        How many frames from the first one on.
    """
    import av

    stage = Stage()
    with av.open(str(path), "w", format="mp4") as container:
        stream = container.add_stream("libx264", rate=FPS, options=OPTIONS)
        stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        for pixels in _ahead(stage.frame, frames):
            picture = av.VideoFrame.from_ndarray(pixels, format="rgb24")
            container.mux(stream.encode(picture))
        container.mux(stream.encode(None))


def _ahead(frame: Callable[[int], Pixels], count: int) -> Iterator[Pixels]:
    """Render frames in order, some of them already while one is being encoded."""
    with ThreadPoolExecutor(WORKERS) as pool:
        waiting = deque(pool.submit(frame, index) for index in range(WORKERS))
        for index in range(WORKERS, count + WORKERS):
            yield waiting.popleft().result()
            if index < count:
                waiting.append(pool.submit(frame, index))


def _cached() -> Path:
    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(home) / "boxreel" / "demo" / f"street-{_version()}" / NAME


@cache
def _version() -> str:
    """Tell paintings apart: a checksum of the code that paints."""
    checksum = 0
    for source in sorted(Path(__file__).parent.rglob("*.py")):
        checksum = zlib.crc32(source.read_bytes(), checksum)
    return f"{checksum:08x}"


def _temporary(reason: str) -> Path:
    folder = _own_folder()
    path = folder / NAME
    if not path.exists():
        text = f"{reason}; the clip is rendered into {folder} for this session only, "
        warnings.warn(text + "set XDG_CACHE_HOME to keep it", BoxreelWarning, 4)
        _render_to(path)
    return path


@cache
def _own_folder() -> Path:
    return Path(tempfile.mkdtemp(prefix="boxreel-"))


def _render_to(path: Path) -> Path:
    """Render next to ``path``, then move into place, so that it is never half there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
    os.close(handle)
    part = Path(name)
    try:
        encode(part)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return path
