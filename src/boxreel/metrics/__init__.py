"""How good predictions are: CLEAR, Identity and HOTA, and where each number is from."""

from boxreel.metrics.clear import Clear, clear, clear_matches
from boxreel.metrics.evaluate import Evaluation, evaluate
from boxreel.metrics.hota import ALPHAS, Hota, hota
from boxreel.metrics.identity import Identity, identity
from boxreel.metrics.overlaps import Overlaps, Side
from boxreel.metrics.scores import Scores

__all__ = [
    "ALPHAS",
    "Clear",
    "Evaluation",
    "Hota",
    "Identity",
    "Overlaps",
    "Scores",
    "Side",
    "clear",
    "clear_matches",
    "evaluate",
    "hota",
    "identity",
]
