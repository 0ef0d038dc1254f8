"""pympi reads the tiers of ELAN's file, the times and what is said of an event."""

from common import FOLDER, TRUTH
from pympi import Eaf

file = Eaf(str(FOLDER / "a.eaf"))
assert list(file.get_tier_names()) == ["crossing", "said@crossing"]
frame = 1000 / TRUTH["fps"]
[(begin, end, text)] = file.get_annotation_data_for_tier("crossing")
assert (begin, end, text) == (round(4 * frame), round(15 * frame), "")
[below] = file.get_ref_annotation_data_for_tier("said@crossing")
assert below[2] == "mind the car", below
print("1 event, no boxes")
