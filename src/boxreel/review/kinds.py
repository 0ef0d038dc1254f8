"""What can be wrong with predictions, by name."""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

Kind: TypeAlias = Literal[
    "match",
    "miss",
    "late_start",
    "early_end",
    "low_iou",
    "wrong_class",
    "duplicate",
    "false_positive",
    "switch",
    "fragmentation",
    "transfer",
    "reentry",
    "split_identity",
    "merged_identity",
]
"""What became of boxes: a match, or a kind of error."""

KINDS: Final[tuple[Kind, ...]] = (
    "match",
    "miss",
    "late_start",
    "early_end",
    "low_iou",
    "wrong_class",
    "duplicate",
    "false_positive",
    "switch",
    "fragmentation",
    "transfer",
    "reentry",
    "split_identity",
    "merged_identity",
)
"""All kinds; arrays hold the index into this."""

(
    MATCH,
    MISS,
    LATE_START,
    EARLY_END,
    LOW_IOU,
    WRONG_CLASS,
    DUPLICATE,
    FALSE_POSITIVE,
    SWITCH,
    FRAGMENTATION,
    TRANSFER,
    REENTRY,
    SPLIT_IDENTITY,
    MERGED_IDENTITY,
) = range(len(KINDS))
