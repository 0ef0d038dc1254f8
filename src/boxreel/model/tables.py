"""Annotations as pandas tables; the libraries are named here alone."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from boxreel.model.keyframe import SOURCES
from boxreel.model.keyframes import Bytes, Ints
from boxreel.shapes.box import COLUMNS

if TYPE_CHECKING:
    import pandas as pd

    from boxreel.model.readout import Readout


def dense_table(annotation: Readout) -> pd.DataFrame:
    """Make the table of `Annotation.to_pandas`."""
    columns = dense_columns(annotation)
    for name, kinds in (("label", label_names(annotation)), ("source", SOURCES)):
        columns[name] = library("pandas").Categorical(columns[name], kinds)
    table: pd.DataFrame = library("pandas").DataFrame(columns)
    return table


def dense_columns(annotation: Readout) -> dict[str, Any]:
    """Columns of the dense table by name, each ``(n,)``; labels as texts."""
    boxes = annotation.dense()
    labels = np.array(label_names(annotation), dtype=object)
    return {
        "frame": boxes.frame,
        "time": annotation.video.times[boxes.frame],
        "track": boxes.track,
        "label": labels[label_codes(annotation, boxes.track)],
        **dict(zip(COLUMNS, boxes.box.T, strict=True)),
        "occluded": boxes.occluded,
        "source": np.array(SOURCES, dtype=object)[boxes.source],
        "score": boxes.score,
    }


def keyframe_table(annotation: Readout) -> pd.DataFrame:
    """Make the table of `Annotation.keyframes`."""
    tables = [track.keyframes for track in annotation.tracks.values()]
    counts = np.array([len(table) for table in tables], dtype=np.int64)

    def column(name: str, like: npt.NDArray[Any]) -> npt.NDArray[Any]:
        return np.concatenate([like, *(getattr(table, name) for table in tables)])

    flags = np.zeros(0, dtype=np.bool_)
    frame = column("frames", np.zeros(0, dtype=np.int64))
    track = np.repeat(np.array([*annotation.tracks], dtype=np.int64), counts)
    table: pd.DataFrame = library("pandas").DataFrame(
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


def _labels(annotation: Readout, tracks: Ints) -> pd.Categorical[str]:
    return _categories(label_codes(annotation, tracks), label_names(annotation))


def label_names(annotation: Readout) -> list[str]:
    """Names of the labels as tables have them, all different."""
    names: dict[str, None] = {}
    for label in annotation.labels:
        name = printable(label.name)
        while name in names:  # another is spelt like this one's escape
            name += "'"
        names[name] = None
    return [*names]


def printable(text: str) -> str:
    r"""Return a text without lone surrogates, which JSON carries and tables do not.

    Examples
    --------
    >>> print(printable("half\ud800"))
    half\ud800
    """
    return text.encode("utf-8", "backslashreplace").decode()


def label_codes(annotation: Readout, tracks: Ints) -> Ints:
    """Numbers ``(n,)`` in the label set of the labels of tracks ``(n,)``."""
    codes = {label.name: code for code, label in enumerate(annotation.labels)}
    ids = np.array([*annotation.tracks], dtype=np.int64)
    of_track = np.array(
        [codes[track.label] for track in annotation.tracks.values()], dtype=np.int64
    )
    found: Ints = of_track[ids.searchsorted(tracks)]
    return found


def _sources(sources: Bytes) -> pd.Categorical[str]:
    return _categories(sources, list(SOURCES))


def _categories(codes: Ints | Bytes, names: list[str]) -> pd.Categorical[str]:
    column: pd.Categorical[str] = library("pandas").Categorical.from_codes(codes, names)
    return column


def library(name: str) -> Any:
    """Import the library that a table is asked for in.

    Raises
    ------
    ImportError
        Saying how to install it.
    """
    try:
        return import_module(name)
    except ImportError as error:
        extra = f"boxreel[{name}]" if name == "pandas" else name
        raise ImportError(
            f"tables of {name} need it: install it with pip install {extra}"
        ) from error
