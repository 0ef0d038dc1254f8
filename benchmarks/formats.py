"""A MOT file of a million rows, beside pandas: `python benchmarks/formats.py`.

pandas reads and writes the same numbers as a table without a header; boxreel also
checks every row, and makes tracks of them.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from pathlib import Path

import numpy as np
import pandas as pd

from boxreel import formats
from boxreel.model import VideoInfo

TRACKS, FRAMES, ROUNDS = 1_000, 1_000, 3


def table():
    rng = np.random.default_rng(0)
    frame, track = np.divmod(np.arange(TRACKS * FRAMES), TRACKS)
    boxes = rng.uniform(1, 900, (len(frame), 4)).round(3)
    columns = {"frame": frame + 1, "track": track + 1}
    columns |= dict(zip(("x", "y", "w", "h"), boxes.T, strict=True))
    return pd.DataFrame(columns | {"flag": 1, "class": 1, "visibility": 1})


def seconds(work):
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def main():
    rows = table()
    video = VideoInfo.constant("bench", 1920, 1080, FRAMES, fps=30)
    with tempfile.TemporaryDirectory() as folder:
        path, other = Path(folder, "gt.txt"), Path(folder, "ours.txt")
        wrote = seconds(lambda: rows.to_csv(path, header=False, index=False))
        read = seconds(lambda: pd.read_csv(path, header=None))
        options = {"format": "mot", "classes": ["car"]}
        ours_read = seconds(
            lambda: formats.read_report(path, video=video, kind="gt", **options)
        )
        labels, _ = formats.read_report(path, video=video, kind="gt", **options)
        ours_wrote = seconds(lambda: formats.write(labels, other, **options))
        assert np.array_equal(pd.read_csv(other, header=None), rows)
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
