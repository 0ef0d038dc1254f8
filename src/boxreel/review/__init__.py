"""Where predictions, labels and people disagree, and what to do about it."""

from boxreel.review.compare import Comparison, compare
from boxreel.review.kinds import KINDS, Kind
from boxreel.review.tables import FoundError

__all__ = ["KINDS", "Comparison", "FoundError", "Kind", "compare"]
