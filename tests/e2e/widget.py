"""The annotator as a person meets it: a picture to point at, keys, what it shows."""

import json
from pathlib import Path

from playwright.sync_api import Locator, expect

Point = tuple[float, float]


class Widget:
    """One view of the annotator. Points are in pixels of the video's picture.

    Parameters
    ----------
    root
        The widget's root element, inside its shadow root.
    """

    def __init__(self, root: Locator) -> None:
        self.root = root
        self.page = root.page
        self.stage = root.locator("[data-camera]")
        expect(root).to_have_attribute("data-ready", "true", timeout=30_000)

    def wait_frame(self, frame: int) -> None:
        """Wait until `frame` is the current one, painted, and told of by the chrome."""
        expect(self.root).to_have_attribute("data-frame", str(frame))
        expect(self.root).to_have_attribute("data-painted", str(frame))
        expect(self.root).to_have_attribute("data-told", str(frame))

    def wait_told(self) -> None:
        """Wait until what is written around the stage is of the current frame."""
        frame = self.root.get_attribute("data-frame")
        expect(self.root).to_have_attribute("data-told", frame)

    def wait_sharp(self, frame: int) -> None:
        """Wait until `frame` is shown at the resolution of the video or the screen."""
        self.wait_frame(frame)
        expect(self.root).to_have_attribute("data-sharp", str(frame))

    def goto(self, frame: int) -> None:
        """Type `frame` into the frame field; wait as `wait_frame` does."""
        field = self.root.get_by_role("textbox", name="Frame", exact=True)
        field.fill(str(frame))
        field.press("Enter")
        self.wait_frame(frame)

    def wait_synced(self) -> None:
        """Wait until the kernel has acknowledged every edit."""
        expect(self.root).to_have_attribute("data-pending", "0")

    def stage_point(self, x: float, y: float) -> Point:
        """Where on the page the picture's point (x, y) is."""
        self.stage.scroll_into_view_if_needed()
        box = self.stage.bounding_box()
        camera = json.loads(self.stage.get_attribute("data-camera"))
        scale = camera["scale"]
        return box["x"] + camera["x"] + x * scale, box["y"] + camera["y"] + y * scale

    def click(self, x: float, y: float) -> None:
        """Click the picture's point (x, y)."""
        self.page.mouse.click(*self.stage_point(x, y))

    def drag(self, start: Point, stop: Point, steps: int = 8) -> None:
        """Press at `start`, move to `stop` in `steps` moves, release."""
        self.page.mouse.move(*self.stage_point(*start))
        self.page.mouse.down()
        self.page.mouse.move(*self.stage_point(*stop), steps=steps)
        self.page.mouse.up()

    def draw_box(self, x: float, y: float, width: float, height: float) -> None:
        """Drag from the box's top left corner to its bottom right."""
        self.drag((x, y), (x + width, y + height))

    def draw(self, x: float, y: float, width: float, height: float) -> None:
        """Draw a new box, and wait until the kernel has it."""
        self.root.get_by_role("button", name="Draw a new box").click()
        self.draw_box(x, y, width, height)
        self.wait_synced()

    def press(self, *keys: str) -> None:
        """Type keys, one after the other, into whatever has the focus."""
        for key in keys:
            self.page.keyboard.press(key)

    def screenshot(self, path: Path) -> None:
        """Save a picture of the widget."""
        self.root.screenshot(path=path)
