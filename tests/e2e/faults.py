"""Pulls the plug under a page at work, and counts what is lost.

Run it to see its rows of `docs/reliability.md`: python -m tests.e2e.faults 20
"""

from __future__ import annotations

import os
import random
import re
import signal
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, WebSocketRoute, expect

from tests.e2e import chromium, clip
from tests.e2e.lab import Lab, Notebook
from tests.e2e.widget import Widget

EDITS = 200
BOXES = 10
"""So many edits a track: its box is drawn, then keyed on the frames that follow."""

OPEN = """
import boxreel as br
w = br.Annotator({video!r}, labels=["car"])
w
"""
DONE = "[[id, *t.keyframes.frames.tolist()] for id, t in w.annotation.tracks.items()]"
TWO_HOURS = """
() => {
  const now = performance.now.bind(performance);
  performance.now = () => now() + 2 * 3600 * 1000;
}
"""

# As fast as the page takes them: a round trip to the browser for each takes longer.
TYPE = """
async (stage, keys) => {
  const how = { bubbles: true, composed: true, cancelable: true };
  for (const key of keys) {
    stage.dispatchEvent(new KeyboardEvent("keydown", { key, ...how }));
    await new Promise((resolve) => setTimeout(resolve));
  }
}
"""

# Says OK to what JupyterLab tells of kernel and server: a dialog takes the keys.
ANSWER_DIALOGS = """
() => new MutationObserver(() => {
  for (const dialog of document.querySelectorAll(".jp-Dialog")) {
    if (/Server Connection Error|appears to have died/.test(dialog.textContent)) {
      dialog.querySelector("button.jp-Dialog-button")?.click();
    }
  }
}).observe(document.body, { childList: true, subtree: true })
"""


class Cable:
    """The connection of a page to its kernels, which can be cut."""

    def __init__(self, page: Page) -> None:
        self._open, self._plugs = True, []
        page.route_web_socket(re.compile(r"/channels\?"), self._connect)

    def _connect(self, plug: WebSocketRoute) -> None:
        if self._open:
            self._plugs.append((plug, plug.connect_to_server()))
        else:
            plug.close()

    def cut(self) -> None:
        """Close it, and let nobody open it again."""
        self._open = False
        for plug, _ in self._plugs:
            plug.close()
        self._plugs.clear()

    def mend(self) -> None:
        """Let it be opened again."""
        self._open = True

    def carry(self, *, nothing: bool) -> None:
        """Lose all that is said on it, though it seems open; or carry it again."""
        for ends in self._plugs:
            for here, there in (ends, ends[::-1]):
                here.on_message((lambda _: None) if nothing else there.send)


class Work:
    """A person at a page: a new notebook of a new clip, and what was done there."""

    def __init__(self, lab: Lab, page: Page, name: str) -> None:
        self.lab, self.page, self.cable = lab, page, Cable(page)
        self.video = clip.write(lab.root / f"{name}.mp4")
        cell = OPEN.format(video=self.video.name)
        self.notebook = Notebook(lab, page, [cell], name)
        page.evaluate(ANSWER_DIALOGS)
        self.made = 0
        self.run()

    @property
    def widget(self) -> Widget:
        """The widget that the page shows now."""
        return self.notebook.widget()

    def run(self) -> None:
        """Run the cell."""
        self.notebook.run_all()
        self.widget.wait_frame(0)
        self.pid = self.notebook.kernel("__import__('os').getpid()")
        self.go_on()

    def go_on(self) -> None:
        """Select, in a widget that is new, what was worked on before."""
        last = self.made - 1
        if self.made % BOXES:
            self.widget.wait_synced()
            track = last // BOXES + 1
            self.notebook.kernel(f"w.select({track})")
            row = self.widget.root.get_by_role("option", name=f"#{track} car")
            expect(row).to_have_attribute("aria-selected", "true")
            self.widget.goto(last % BOXES)

    def edit(self, count: int) -> None:
        """Do the next edits of the script, and wait for none of them."""
        widget, last = self.widget, self.made + count
        while self.made < last:
            if self.made % BOXES:
                keyed = min(last - self.made, BOXES - self.made % BOXES)
                widget.stage.evaluate(TYPE, ["ArrowRight", "k"] * keyed)
                self.made += keyed
            else:
                widget.stage.evaluate(TYPE, ["Home", "n"])
                widget.draw_box(5 + self.made, 30, 30, 30)
                self.made += 1

    def says(self, text: str) -> None:
        """Wait until the widget says where it stands."""
        expect(self.widget.root.locator(".save")).to_contain_text(text, timeout=30_000)

    def lost(self) -> int:
        """Return how many of the edits are not there, once the page keeps none."""
        root = self.widget.root
        expect(root).to_have_attribute("data-pending", "0", timeout=60_000)
        expect(root).to_have_attribute("data-line", "live")
        want = [
            [first // BOXES + 1, *range(min(BOXES, self.made - first))]
            for first in range(0, self.made, BOXES)
        ]
        here = self.notebook.kernel(DONE)
        assert here == want[: len(here)] or here[:-1] == want[: len(here) - 1], here
        assert self.notebook.kernel("w._session.revision") == self.made
        return self.made - sum(len(track) - 1 for track in here)


def killed(work: Work, meanwhile: int) -> None:
    """Kill the kernel with SIGKILL; another starts, and the cell is run again."""
    os.kill(work.pid, signal.SIGKILL)
    work.edit(meanwhile)
    work.says("Disconnected")
    work.notebook.wait_idle()
    work.run()


def restarted(work: Work, meanwhile: int) -> None:
    """Stop the server and its kernels, start it again; the page stays as it is."""
    work.lab.close()
    work.edit(meanwhile)
    work.lab.start_again()
    work.notebook.take_kernel()
    work.run()


def cut(work: Work, meanwhile: int) -> None:
    """Cut the WebSocket for a while."""
    work.cable.cut()
    work.edit(meanwhile)
    work.says(" kept here): the kernel cannot be reached")
    work.cable.mend()


def slept(work: Work, meanwhile: int) -> None:
    """Close the lid for two hours; what is said while it closes is lost."""
    work.cable.carry(nothing=True)
    work.edit(meanwhile)
    work.page.evaluate(TWO_HOURS)
    work.cable.carry(nothing=False)
    expect(work.widget.root).to_have_attribute("data-pending", "0", timeout=60_000)


def loaded_anew(work: Work, meanwhile: int) -> None:
    """Load the page anew with edits that could not be sent."""
    work.notebook.save()
    work.widget.wait_synced()
    work.cable.cut()
    work.edit(meanwhile)
    work.says(f"Disconnected ({meanwhile} kept here)")
    work.cable.mend()
    work.page.reload()
    work.notebook.wait_idle()
    offer = work.widget.root.get_by_role(
        "alertdialog", name="Edits that were not saved"
    )
    expect(offer).to_contain_text(f"{meanwhile} edits made here were not saved.")
    offer.get_by_role("button", name="Show").click()
    expect(offer.get_by_role("listitem")).to_have_count(meanwhile)
    offer.get_by_role("button", name="Apply").click()
    work.go_on()


def deleted(work: Work, meanwhile: int) -> None:
    """Delete the video; it is back when the cell is run again."""
    content = work.video.read_bytes()
    work.video.unlink()
    work.edit(meanwhile)
    expect(work.widget.root).to_have_attribute("data-save", "saved")
    work.video.write_bytes(content)
    work.run()


Fault = Callable[[Work, int], None]
FAULTS: dict[str, Fault] = {
    "kill -9 of the kernel, the cell run again": killed,
    "server stopped and started": restarted,
    "laptop slept for two hours": slept,
    "WebSocket cut for a while": cut,
    "page loaded anew": loaded_anew,
    "video deleted": deleted,
}


def main(runs: int, only: str = "") -> None:
    """Print the rows of the table, as they come."""
    with (
        tempfile.TemporaryDirectory() as folder,
        chromium.launch(chromium.find() or "") as browser,
    ):
        lab = Lab(Path(folder))
        print(f"| what happens | runs of {EDITS} edits | edits lost |\n|---|---|---|")
        for name, fault in FAULTS.items():
            if only in name:
                page = browser.new_page()
                lost = [pulled(lab, page, fault, seed) for seed in range(runs)]
                print(f"| {name} | {runs} | {sum(lost)} |", flush=True)
                page.close()
        lab.close()


def pulled(lab: Lab, page: Page, fault: Fault, seed: int) -> int:
    """Do the script with a fault at a random moment of it; return what is lost."""
    draw = random.Random(seed)
    work = Work(lab, page, f"{fault.__name__}-{seed}")
    work.edit(draw.randrange(1, EDITS - 20))
    fault(work, draw.randrange(2, 20))
    work.edit(EDITS - work.made)
    lost = work.lost()
    work.notebook.close()
    return lost


if __name__ == "__main__":
    main(int(sys.argv[1]), *sys.argv[2:])
