"""Memory that an hour of video takes in the browser: `python -m benchmarks.page`.

Scrubs in JupyterLab for a minute, as far as the kernel can follow. Counted is what all
processes of Chromium take beside what they share, before and while; the limit is what
a page may take for frames in all: as JPEGs and decoded (`js/src/frames/cache.ts`), in
messages that are not collected yet, and on canvases.
"""

from __future__ import annotations

import random
import sys
import time
from pathlib import Path

from playwright.sync_api import Page

from benchmarks import clip
from benchmarks.browser import goal, jupyterlab
from benchmarks.scrub import OPEN, Scrubber
from boxreel.video import open_video

SECONDS = 60
BUDGET = 416


def megabytes(page: Page) -> float:
    """Memory of all processes of the browser; what several share is divided."""
    browser = page.context.browser
    assert browser is not None
    session = browser.new_browser_cdp_session()
    found = session.send("SystemInfo.getProcessInfo")["processInfo"]
    session.detach()
    return sum(_proportional(process["id"]) for process in found)


def _proportional(process: int) -> float:
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:  # it has just ended
        return 0.0
    return (
        int(next(line for line in lines if line.startswith("Pss:")).split()[1]) / 1024
    )


def scrub(scrubber: Scrubber, base: float) -> float:
    """Rest, run and jump as a hand does; return the most that was added."""
    chance, most, moves = random.Random(1), 0.0, 0
    begin = time.monotonic()
    places = scrubber.places(100)
    while time.monotonic() - begin < SECONDS:
        x = chance.choice(places)
        for step in range(chance.choice([1, 5, 30])):
            scrubber.move(min(x + step, max(places)))
            moves += 1
        scrubber.page.wait_for_timeout(chance.choice([0, 100, 2000]))
        most = max(most, megabytes(scrubber.page) - base)
    print(f"{moves} moves in {SECONDS} s", flush=True)
    return most


def main() -> None:
    with jupyterlab() as (root, open_notebook):
        given = sys.argv[1:]
        hour = 3600 * clip.RATE // clip.GROUP
        source = Path(given[0]) if given else clip.make(root / "hour.mp4", hour)
        notebook = open_notebook(OPEN.format(path=str(source), memory=96 << 20))
        base = megabytes(notebook.page)
        notebook.run_all()
        with open_video(source) as video:
            scrubber = Scrubber(notebook, len(video))
        opened = megabytes(notebook.page) - base
        print(f"an hour opened: {opened:.0f} MB", flush=True)
        most = scrub(scrubber, base + opened)
        goal(f"MB added in {SECONDS} s of scrubbing", most, BUDGET)


if __name__ == "__main__":
    main()
