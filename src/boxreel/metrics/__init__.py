"""How good predictions are: CLEAR, Identity and HOTA, and where each number is from."""

from boxreel.metrics.clear import Clear, clear, clear_matches
from boxreel.metrics.hota import ALPHAS, Hota, hota
from boxreel.metrics.identity import Identity, identity
from boxreel.metrics.overlaps import Overlaps, Side

__all__ = [
    "ALPHAS",
    "Clear",
    "Hota",
    "Identity",
    "Overlaps",
    "Side",
    "clear",
    "clear_matches",
    "hota",
    "identity",
]
