"""Where predictions, labels and people disagree, and what to do about it."""

from boxreel.review.agreement import Agreement, agree
from boxreel.review.comparison import Comparison, compare
from boxreel.review.consensus import Consensus
from boxreel.review.differing import differing
from boxreel.review.findings import Finding, Lint
from boxreel.review.fixes import Fix, fixes
from boxreel.review.kinds import KINDS, Kind
from boxreel.review.linting import lint
from boxreel.review.pins import Pin
from boxreel.review.rebasing import Conflict, Rebased, rebase
from boxreel.review.remarks import Remarks
from boxreel.review.reviewed import Reviewed, label_fixes, progress
from boxreel.review.scored import scored
from boxreel.review.signals import Signal
from boxreel.review.tables import FoundError
from boxreel.review.taking import take_boxes, take_track
from boxreel.review.verdicts import Verdict, verdict_on, verdicts_of

__all__ = [
    "KINDS",
    "Agreement",
    "Comparison",
    "Conflict",
    "Consensus",
    "Finding",
    "Fix",
    "FoundError",
    "Kind",
    "Lint",
    "Pin",
    "Rebased",
    "Remarks",
    "Reviewed",
    "Signal",
    "Verdict",
    "agree",
    "compare",
    "differing",
    "fixes",
    "label_fixes",
    "lint",
    "progress",
    "rebase",
    "scored",
    "take_boxes",
    "take_track",
    "verdict_on",
    "verdicts_of",
]
