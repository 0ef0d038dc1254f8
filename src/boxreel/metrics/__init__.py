"""How good predictions are: CLEAR, Identity and HOTA, and where each number is from."""

from boxreel.metrics.breakdown import Breakdown
from boxreel.metrics.clear import Clear, clear, clear_matches
from boxreel.metrics.evaluate import evaluate
from boxreel.metrics.evaluation import Evaluation
from boxreel.metrics.hota import ALPHAS, Hota, hota
from boxreel.metrics.identity import Identity, identity
from boxreel.metrics.judged import Judged
from boxreel.metrics.overlaps import Overlaps, Side
from boxreel.metrics.scores import Scores

__all__ = [
    "ALPHAS",
    "Breakdown",
    "Clear",
    "Evaluation",
    "Hota",
    "Identity",
    "Judged",
    "Overlaps",
    "Scores",
    "Side",
    "clear",
    "clear_matches",
    "evaluate",
    "hota",
    "identity",
]
