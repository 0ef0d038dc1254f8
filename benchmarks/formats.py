"""Files of labels, beside pandas and Datumaro: `python benchmarks/formats.py`.

pandas reads and writes a MOT file of a million rows as a table without a header;
boxreel also checks every row, and makes tracks of them. Datumaro reads CVAT's XML of
200,000 boxes, in the environment that `make test-interop` has made for it.
"""

from __future__ import annotations

import statistics
import subprocess
import tempfile
import time
from pathlib import Path

import numpy as np
import pandas as pd

from boxreel import formats
from boxreel.model import Annotation, Keyframes, Label, Track, VideoInfo

TRACKS, FRAMES, ROUNDS = 1_000, 1_000, 7


def table():
    rng = np.random.default_rng(0)
    frame, track = np.divmod(np.arange(TRACKS * FRAMES), TRACKS)
    boxes = rng.uniform(1, 900, (len(frame), 4)).round(3)
    columns = {"frame": frame + 1, "track": track + 1}
    columns |= dict(zip(("x", "y", "w", "h"), boxes.T, strict=True))
    return pd.DataFrame(columns | {"flag": 1, "class": 1, "visibility": 1})


def seconds(*works):
    """Median of each of some works, done in turn."""
    times = []
    for _ in range(ROUNDS):
        for work in works:
            start = time.perf_counter()
            work()
            times.append(time.perf_counter() - start)
    return [statistics.median(times[i :: len(works)]) for i in range(len(works))]


THEIRS = """
import sys, time, datumaro
start = time.perf_counter()
data = datumaro.Dataset.import_from(sys.argv[1], "cvat")
assert sum(len(item.annotations) for item in data) == int(sys.argv[2])
print(time.perf_counter() - start)
"""


def cvat(folder):
    """Read CVAT's XML of 200 tracks on 1,000 frames, every box a keyframe."""
    frames, count = np.arange(FRAMES), 200
    rng = np.random.default_rng(0)
    boxes = rng.uniform(1, 900, (count, FRAMES, 4)).round(2)
    tracks = {
        id: Track(id, "car", Keyframes(frames, boxes[id - 1]))
        for id in range(1, count + 1)
    }
    video = VideoInfo.constant("bench", 1920, 1080, FRAMES, fps=30)
    path = folder / "annotations.xml"
    formats.write(Annotation(video, (Label("car"),), tracks), path, format="cvat")
    [ours] = seconds(lambda: formats.read_report(path))
    print(f"read   CVAT XML, {boxes.size // 4:,} boxes: {ours:5.2f} s", end=", ")
    tools = Path(__file__).parents[1] / ".interop"
    pythons = sorted(tools.glob("datumaro-*/bin/python"))
    if not pythons:
        print("Datumaro is not there: make test-interop installs it")
        return
    command = [pythons[-1], "-c", THEIRS, str(folder), str(boxes.size // 4)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    theirs = float(done.stdout)
    print(f"Datumaro {theirs:5.2f} s, {theirs / ours:.1f} times as long")


def main():
    rows = table()
    video = VideoInfo.constant("bench", 1920, 1080, FRAMES, fps=30)
    with tempfile.TemporaryDirectory() as folder:
        path, other = Path(folder, "gt.txt"), Path(folder, "ours.txt")
        rows.to_csv(path, header=False, index=False)
        options = {"format": "mot", "classes": ["car"]}
        labels, _ = formats.read_report(path, video=video, kind="gt", **options)
        read, ours_read = seconds(
            lambda: pd.read_csv(path, header=None),
            lambda: formats.read_report(path, video=video, kind="gt", **options),
        )
        wrote, ours_wrote = seconds(
            lambda: rows.to_csv(path, header=False, index=False),
            lambda: formats.write(labels, other, **options),
        )
        assert np.array_equal(pd.read_csv(other, header=None), rows)
        xml = Path(folder, "cvat")
        xml.mkdir()
        cvat(xml)
    for what, ours, theirs in (
        ("read", ours_read, read),
        ("write", ours_wrote, wrote),
    ):
        print(
            f"{what:<6} MOT, {len(rows):,} rows: {ours:5.2f} s, "
            f"pandas {theirs:5.2f} s, ratio {ours / theirs:.2f}"
        )


if __name__ == "__main__":
    main()
