"""Plain tracks of CVAT are read as columns: all is as an XML parser has it."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from boxreel import formats
from boxreel.errors import FormatError, VideoMismatchError
from boxreel.formats.cvat_plain import TAKEN, taken_out

COMMENT = "<!-- with a comment, nothing is taken for plain -->"
BOX = (
    '<box frame="{}" keyframe="{}" outside="{}" occluded="0" '
    'xtl="{}" ytl="2.5" xbr="30" ybr="40" z_order="0"{}>'
)
NOISE = ["", "<", ">", '"', "'", "x", "\n", " ", "/", "&amp;", "&", "1", "-", "nan"]
NOISE += [
    "\x00",
    "\u00a0",
    "<track ",
    "</track>",
    "<box ",
    f"<{TAKEN}>0</{TAKEN}>",
    "\r\n",
]
flag = st.integers(0, 1)


@st.composite
def documents(draw):
    """CVAT's XML, of boxes that are mostly alike, with some noise."""
    tracks = []
    for id in range(draw(st.integers(1, 3))):
        end = draw(st.sampled_from(["</box>", "\n    </box>", "<attribute/></box>"]))
        turn = draw(st.sampled_from(["", ' rotation="30.5"']))
        rows = draw(st.lists(st.tuples(flag, flag, st.integers(0, 9)), max_size=4))
        boxes = "".join(
            BOX.format(frame, *row, turn) + end + "\n" for frame, row in enumerate(rows)
        )
        tracks.append(f'<track id="{id}" label="a">\n{boxes}</track>\n')
    text = f"<annotations>\n{''.join(tracks)}</annotations>\n"
    for noise in draw(st.lists(st.sampled_from(NOISE), max_size=2)):
        at = draw(st.integers(0, len(text)))
        text = text[:at] + noise + text[at + draw(st.integers(0, 3)) :]
    return text


def outcome(path, text):
    path.write_bytes(text.encode())
    try:
        annotation, report = formats.read_report(path, format="cvat")
    except (FormatError, VideoMismatchError) as error:
        return re.sub(r" \(column \d+\)", "", str(error))
    return annotation, report


@settings(max_examples=300)
@given(documents())
def test_as_the_parser_has_it(tmp_path_factory, text):
    path = tmp_path_factory.getbasetemp() / "plain.xml"
    commented = text.replace(">", ">" + COMMENT, 1)
    assert taken_out(commented) == (commented, [])
    assert outcome(path, text) == outcome(path, commented)


def test_what_is_plain():
    box = BOX.format(3, 1, 0, 1, "") + "</box>\n"
    turned = BOX.format(4, 1, 0, 1, ' rotation="30"') + "</box>\n"
    tracks = [box * 3, turned, box + turned, "", box.replace("frame", "number")]
    text = "".join(f'<track id="{i}">{one}</track>\n' for i, one in enumerate(tracks))
    left, tables = taken_out(text)
    assert [table.shape for table in tables] == [(3, 10), (1, 10)]
    assert tables[0][:, 0].tolist() == [1, 2, 3]
    assert left.count("<box ") == 3
    assert left.count("\n") == text.count("\n")
