"""Evaluation: the numbers of some predictions, and what they are made of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, reduce
from operator import add
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from boxreel.errors import AnnotationError
from boxreel.metrics.breakdown import Breakdown
from boxreel.metrics.hota import ALPHAS
from boxreel.metrics.judged import Judged
from boxreel.metrics.scores import Scores
from boxreel.metrics.values import BUILT_IN

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, repr=False)
class Evaluation:
    """The numbers of some predictions.

    Attributes
    ----------
    judged
        Each sequence by its name, with its boxes and their matches.
    iou
        Least overlap at which two boxes may be one object, for CLEAR and Identity.
    where
        What was looked at, if not all: " on 20 of 40 frames".
    """

    judged: Mapping[str, Judged] = field(compare=False)
    iou: float
    where: str = ""

    @cached_property
    def labels(self) -> Mapping[str, Scores]:
        """Scores by label name, over all sequences."""
        return _added(each.labels for each in self.judged.values())

    @cached_property
    def sequences(self) -> Mapping[str, Scores]:
        """Scores by name of the sequence, over all labels."""
        return MappingProxyType(
            {name: _sum(each.labels.values()) for name, each in self.judged.items()}
        )

    @cached_property
    def total(self) -> Scores:
        """Scores of everything: counts are added up, numbers made of the sums."""
        return _sum(self.sequences.values())

    @property
    def mean(self) -> Mapping[str, float]:
        """Numbers by name as means over labels, each of which weighs the same."""
        return self.by("label").mean

    def __getitem__(self, name: str) -> float:
        """Give a number of the total by its name, as ``evaluation["IDF1"]``."""
        numbers = self.total.numbers()
        if name not in numbers:
            raise KeyError(
                f"there is no number {name!r}: there are {', '.join(numbers)}"
            )
        return numbers[name]

    def by(self, name: str = "label") -> Breakdown:
        """Break the numbers down.

        Parameters
        ----------
        name
            "label"; "sequence"; "occluded"; "size" (of boxes: "small" up to 32²,
            "medium" up to 96² pixels, "large"); "speed" (motion IoU: "slow", "medium",
            "fast"); or an attribute of tracks, by its name.

        Returns
        -------
        Breakdown
            A row a value; shows itself as a table.

        Raises
        ------
        AnnotationError
            No track of the truth has such an attribute.

        Notes
        -----
        Boxes are matched in the whole. A prediction belongs to the true box that it is
        matched with, or else lies on (IoU >= 0.1), so that TP, FN and FP of all rows
        add up to the total; one that lies on none belongs where it would by itself.
        Identity is that of the boxes of a row alone. Speed is defined in
        `boxreel.metrics.values`.

        Examples
        --------
        >>> from boxreel.metrics import evaluate
        >>> from boxreel.model import Annotation, VideoInfo
        >>> video = VideoInfo.constant("street.mp4", 1920, 1080, 10, fps=30)
        >>> empty = Annotation.for_video(video, labels=["car"])
        >>> truth = empty.add_track("car", {0: (0, 0, 9, 9)})
        >>> truth = truth.add_track("car", {0: (50, 0, 99, 99)})
        >>> found = empty.add_track("car", {0: (50, 0, 99, 99)})
        >>> sizes = evaluate(truth, found).by("size")
        >>> sizes["small"].clear.recall, sizes["large"].clear.recall
        (0.0, 1.0)
        """
        if name == "label":
            rows = self.labels
        elif name == "sequence":
            rows = self.sequences
        else:
            self._check_attribute(name)
            rows = _added(each.by(name) for each in self.judged.values())
        return Breakdown(name, rows, self.total, self.iou, self.where)

    def to_pandas(self, by: str = "label") -> pd.DataFrame:
        """Every number as a table: a row a value of `by`, one for all; see `by`.

        Raises
        ------
        ImportError
            pandas is not installed.
        """
        return self.by(by).to_pandas()

    def alphas(self) -> pd.DataFrame:
        """HOTA and what it is made of, a row for each threshold of overlap.

        Returns
        -------
        pandas.DataFrame
            HOTA, DetA, AssA, AssRe, AssPr and LocA by alpha, from 0 to 1.

        Raises
        ------
        ImportError
            pandas is not installed.
        """
        from boxreel.model.tables import library

        found = self.total.hota
        columns = {
            "HOTA": found.hota,
            "DetA": found.det_a,
            "AssA": found.ass_a,
            "AssRe": found.ass_re,
            "AssPr": found.ass_pr,
            "LocA": found.loc_a,
        }
        index = library("pandas").Index(ALPHAS.round(2), name="alpha")
        table: pd.DataFrame = library("pandas").DataFrame(columns, index=index)
        return table

    def plot(self, ax: Any = None) -> Any:
        """Plot HOTA, DetA, AssA and LocA over the threshold of overlap.

        Parameters
        ----------
        ax
            matplotlib axes to draw in; new ones by default.

        Returns
        -------
        matplotlib.axes.Axes

        Raises
        ------
        ImportError
            matplotlib is not installed.
        """
        from boxreel.metrics.plots import new_axes, plot_alphas

        axes = new_axes() if ax is None else ax
        plot_alphas(axes, self)
        return axes

    def _check_attribute(self, name: str) -> None:
        tracks = (t for e in self.judged.values() for t in e.truth.tracks.values())
        known = dict.fromkeys(BUILT_IN)
        known.update(dict.fromkeys(name for t in tracks for name in t.attributes))
        if name not in known:
            raise AnnotationError(
                f"no track of the truth has the attribute {name!r}: there are label, "
                f"sequence, {', '.join(known)}"
            )

    def __repr__(self) -> str:
        return repr(self._shown())

    def _repr_html_(self) -> str:
        return self._shown()._repr_html_()

    def _shown(self) -> Breakdown:
        return self.by("label" if len(self.judged) == 1 else "sequence")


def _added(parts: Iterable[Mapping[str, Scores]]) -> Mapping[str, Scores]:
    added: dict[str, Scores] = {}
    for scores in parts:
        for name, each in scores.items():
            added[name] = added.get(name, Scores()) + each
    return MappingProxyType(added)


def _sum(parts: Iterable[Scores]) -> Scores:
    return reduce(add, parts, Scores())
