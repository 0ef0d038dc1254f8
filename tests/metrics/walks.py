"""Random tracks, and what a tracker makes of them."""

import numpy as np

from boxreel.model import Boxes

LABELS = ("car", "person")


def table(rows):
    """Boxes of rows: frame, track, x, y, w, h, rotation; odd tracks are persons."""
    rows = np.array(rows, dtype=np.float64).reshape(-1, 7)
    count = len(rows)
    return Boxes(
        frame=rows[:, 0].astype(np.int64),
        track=rows[:, 1].astype(np.int64),
        box=rows[:, 2:],
        occluded=np.zeros(count, np.bool_),
        keyframe=np.zeros(count, np.bool_),
        source=np.zeros(count, np.uint8),
        score=np.full(count, np.nan),
        labels={int(id): LABELS[int(id) % 2] for id in rows[:, 1]},
    )


def walks(rng, frames, tracks, wobble, turn, spread=120):
    """True tracks that come, go and return, and what a tracker makes of them.

    Where they are spread over a few pixels only, each could be taken for any other.
    """
    truth, seen = [], []
    names = rng.permutation(np.arange(1, 3 * tracks + 1))
    for track in range(tracks):
        place, pace = rng.uniform(0, spread, 2), rng.normal(0, spread / 40, 2)
        size = rng.uniform(15 if spread > 50 else 40, 50, 2)
        angle = turn * rng.uniform(-40, 40)
        name = names[track]
        for frame in range(frames):
            place = place + pace
            if rng.random() < 0.1:
                continue
            truth.append((frame, track + 5, *place, *size, angle))
            if rng.random() < 0.05:
                name = rng.choice(names)
            if rng.random() < 0.85 and (frame, name) not in {r[:2] for r in seen}:
                off = rng.normal(0, wobble, 4)
                box = np.append(place, size) + off
                box[2:] = np.maximum(box[2:], 2)
                seen.append((frame, name, *box, angle))
    return table(truth), table(seen)
