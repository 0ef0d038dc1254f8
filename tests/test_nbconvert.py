"""A notebook that nbconvert runs: its HTML has the still picture, and no frames."""

import base64
import re
import subprocess
import sys

import nbformat

CELL = """
import boxreel as br, numpy as np
w = br.Annotator(np.zeros((40, 480, 640), np.uint8), labels=["<i>car</i>"])
w.annotation = w.annotation.add_track("<i>car</i>", {0: (100, 100, 200, 200)})
w
"""


def test_the_html_of_a_notebook_shows_the_boxes(tmp_path):
    cells = [nbformat.v4.new_code_cell(CELL)]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), tmp_path / "a.ipynb")
    command = ["-m", "nbconvert", "--execute", "--to", "html", "a.ipynb"]
    subprocess.run([sys.executable, *command], cwd=tmp_path, check=True)
    html = (tmp_path / "a.html").read_text()
    (picture,) = re.findall(r'src="data:image/jpeg;base64,([^"]+)"', html)
    assert base64.b64decode(picture).startswith(b"\xff\xd8")
    assert len(picture) < 44_000
    assert "1 track. Run this cell to go on labelling." in html
