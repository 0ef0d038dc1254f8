"""All numbers of one comparison, and how they are called."""

from __future__ import annotations

from dataclasses import dataclass, field

from boxreel.metrics.clear import Clear, clear, clear_matches
from boxreel.metrics.hota import Hota
from boxreel.metrics.identity import Identity, identity
from boxreel.metrics.parts import Part
from boxreel.model.keyframes import Floats, Ints


@dataclass(frozen=True)
class Scores:
    """CLEAR, Identity and HOTA counts; adding two combines sequences or labels.

    Attributes
    ----------
    clear, identity, hota
        The counts, each with its own numbers.

    Examples
    --------
    >>> (Scores() + Scores()).numbers()["MOTA"]
    0.0
    """

    clear: Clear = field(default_factory=Clear)
    identity: Identity = field(default_factory=Identity)
    hota: Hota = field(default_factory=Hota)

    @classmethod
    def of(cls, part: Part, iou: float, matches: Ints | None = None) -> Scores:
        """Count.

        Parameters
        ----------
        part
            Boxes that can be matched with each other.
        iou
            Least overlap for CLEAR and Identity.
        matches
            What `clear_matches` gives, if it is known.
        """
        if matches is None:
            matches = clear_matches(part.overlaps, iou)
        found = clear(part.overlaps, matches)
        return cls(found, identity(part.overlaps, iou), part.hota)

    def __add__(self, other: Scores) -> Scores:
        return Scores(
            self.clear + other.clear,
            self.identity + other.identity,
            self.hota + other.hota,
        )

    def numbers(self) -> dict[str, float]:
        """Every number by the name that the field has for it.

        Returns
        -------
        dict
            HOTA, DetA, AssA and LocA as means over all thresholds; MOTA, IDF1 and the
            other ratios; MOTP is the mean IoU of what is matched; then the counts.
        """
        found, names, order = self.clear, self.identity, self.hota
        return {
            "HOTA": _mean(order.hota),
            "DetA": _mean(order.det_a),
            "AssA": _mean(order.ass_a),
            "LocA": _mean(order.loc_a),
            "MOTA": found.mota,
            "MOTP": found.motp,
            "IDF1": names.idf1,
            "IDP": names.idp,
            "IDR": names.idr,
            "recall": found.recall,
            "precision": found.precision,
            "TP": found.tp,
            "FN": found.fn,
            "FP": found.fp,
            "IDSW": found.idsw,
            "Frag": found.frag,
            "MT": found.mt,
            "PT": found.pt,
            "ML": found.ml,
        }


def _mean(values: Floats) -> float:
    return float(values.mean())
