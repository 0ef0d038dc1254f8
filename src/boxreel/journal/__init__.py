"""The journal beside a label file: every change of the labels, written as it is made.

`record` says what its lines hold, `lines` how they are written and checked, `replay`
what they lead to, `journal` appends to it and finds the labels again, `past` is what
people ask of it, and `lock` says who may write.
"""

from boxreel.journal.journal import Journal, Resumed, journal_path
from boxreel.journal.lock import Lock
from boxreel.journal.past import compact, history, restore
from boxreel.journal.record import Entry

__all__ = [
    "Entry",
    "Journal",
    "Lock",
    "Resumed",
    "compact",
    "history",
    "journal_path",
    "restore",
]
