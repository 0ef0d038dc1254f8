"""Annotations as pandas tables; the only file of the model that needs pandas."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from boxreel.model.keyframe import SOURCES
from boxreel.model.keyframes import Bytes, Ints
from boxreel.shapes.box import COLUMNS

if TYPE_CHECKING:
    import pandas as pd

    from boxreel.model.annotation import Annotation


def dense_table(annotation: Annotation) -> pd.DataFrame:
    """Make the table of `Annotation.to_pandas`."""
    boxes = annotation.dense()
    table: pd.DataFrame = _pandas().DataFrame(
        {
            "frame": boxes.frame,
            "time": annotation.video.times[boxes.frame],
            "track": boxes.track,
            "label": _labels(annotation, boxes.track),
            **dict(zip(COLUMNS, boxes.box.T, strict=True)),
            "occluded": boxes.occluded,
            "source": _sources(boxes.source),
            "score": boxes.score,
        }
    )
    return table


def keyframe_table(annotation: Annotation) -> pd.DataFrame:
    """Make the table of `Annotation.keyframes`."""
    tables = [track.keyframes for track in annotation.tracks.values()]
    counts = np.array([len(table) for table in tables], dtype=np.int64)

    def column(name: str, like: npt.NDArray[Any]) -> npt.NDArray[Any]:
        return np.concatenate([like, *(getattr(table, name) for table in tables)])

    flags = np.zeros(0, dtype=np.bool_)
    frame = column("frames", np.zeros(0, dtype=np.int64))
    track = np.repeat(np.array([*annotation.tracks], dtype=np.int64), counts)
    table: pd.DataFrame = _pandas().DataFrame(
        {
            "frame": frame,
            "time": annotation.video.times[frame],
            "track": track,
            "label": _labels(annotation, track),
            **dict(zip(COLUMNS, column("boxes", np.zeros((0, 5))).T, strict=True)),
            "outside": column("outside", flags),
            "occluded": column("occluded", flags),
            "hold": column("hold", flags),
            "source": _sources(column("sources", np.zeros(0, dtype=np.uint8))),
            "score": column("scores", np.zeros(0)),
        }
    )
    return table


def _labels(annotation: Annotation, tracks: Ints) -> pd.Categorical[str]:
    names = [label.name for label in annotation.labels]
    codes = {name: code for code, name in enumerate(names)}
    ids = np.array([*annotation.tracks], dtype=np.int64)
    of_track = np.array(
        [codes[track.label] for track in annotation.tracks.values()], dtype=np.int64
    )
    return _categories(of_track[ids.searchsorted(tracks)], names)


def _sources(sources: Bytes) -> pd.Categorical[str]:
    return _categories(sources, list(SOURCES))


def _categories(codes: Ints | Bytes, names: list[str]) -> pd.Categorical[str]:
    column: pd.Categorical[str] = _pandas().Categorical.from_codes(codes, names)
    return column


def _pandas() -> Any:
    try:
        import pandas
    except ImportError as error:
        raise ImportError(
            "tables need pandas: install it with pip install boxreel[pandas]"
        ) from error
    return pandas
