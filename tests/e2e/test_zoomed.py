"""What a person who has zoomed in sees is the video's own pixels."""

import numpy as np
import pytest

from boxreel import open_video
from tests.e2e import clip
from tests.e2e.pixels import assert_shows

OPEN = """
import boxreel as br
w = br.Annotator("large.mp4", save_to=None)
w
"""
WIDTH, HEIGHT, FRAMES = 1920, 1080, 6


@pytest.fixture(scope="module")
def video(lab):
    """A clip larger than the stage, of fine texture that no smaller picture holds."""
    rng = np.random.default_rng(0)

    def picture(frame: int) -> np.ndarray:
        grey = rng.integers(40, 220, (HEIGHT // 2, WIDTH // 2, 1), np.uint8)
        return grey.repeat(2, 0).repeat(2, 1).repeat(3, 2)

    path = clip.encode(
        lab.root / "large.mp4", [picture(frame) for frame in range(FRAMES)]
    )
    with open_video(path) as video:
        yield video


def test_a_zoomed_part_comes_at_full_resolution(open_notebook, video):
    notebook = open_notebook(OPEN)
    notebook.run_all()
    widget = notebook.widget()
    widget.wait_sharp(0)
    widget.stage.focus()
    widget.press("Shift+0")
    assert_shows(widget, video, 0)

    widget.press("ArrowRight")
    assert_shows(widget, video, 1)

    middle = widget.stage_point(WIDTH / 2, HEIGHT / 2)
    widget.page.mouse.move(*middle)
    widget.page.mouse.down(button="middle")
    widget.page.mouse.move(middle[0] - 300, middle[1] - 90, steps=4)
    widget.page.mouse.up(button="middle")
    assert_shows(widget, video, 1)
