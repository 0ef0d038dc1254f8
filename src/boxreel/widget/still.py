"""What a saved notebook shows of a widget while no kernel runs."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Callable
from html import escape
from threading import Condition, Thread

from boxreel.errors import BoxreelError
from boxreel.export.still import still
from boxreel.model import Annotation
from boxreel.video import Video

REST = 10.0
"""Seconds from a change of the labels until the picture follows."""

Bundle = dict[str, str]


def bundle(name: str, labels: Annotation, video: Video, frame: int) -> Bundle:
    """Return the picture of a frame and what to do about it, as HTML and as text.

    Parameters
    ----------
    name
        Class by which a page finds it, to hide it while the widget is there.

    Examples
    --------
    >>> import numpy as np
    >>> from boxreel.video import open_video
    >>> v = open_video(np.zeros((5, 48, 64), np.uint8))
    >>> print(bundle("still", Annotation.for_video(v), v, 3)["text/plain"])
    Still picture of 'array', frame 3 of 0 to 4, 0 tracks. Run this cell to go on \
labelling.
    """
    count = len(labels.tracks)
    text = (
        f"Still picture of {video.name!r}, frame {frame} of 0 to {len(video) - 1}, "
        f"{count} track{'s' * (count != 1)}. Run this cell to go on labelling."
    )
    try:
        picture = base64.b64encode(still(labels, video, frame)).decode()
        image = f'<img alt="frame {frame}" src="data:image/jpeg;base64,{picture}">'
    except (BoxreelError, OSError) as error:
        image = f"<p>No picture: {escape(str(error))}</p>"
    html = f'<div class="{name}">{image}<p>{escape(text)}</p></div>'
    return {"text/html": html, "text/plain": text}


class Still:
    """The picture of a widget beside each of its views in a notebook.

    It is an output of its own: to renew one that held the view too would make the view
    anew. The page hides it while the widget lives.

    Parameters
    ----------
    compose
        Returns what to show, given the name.
    rest
        Seconds from a change until the picture follows.
    """

    def __init__(self, compose: Callable[[str], Bundle], rest: float = REST) -> None:
        self.name = f"boxreel-still-{secrets.token_hex(8)}"
        self._compose, self._rest = compose, rest
        self._changed = Condition()
        self._places: list[str] = []
        self._due = self._closed = False
        self._thread = Thread(target=self._follow, name="boxreel-still", daemon=True)

    def show(self) -> None:
        """Put the picture into the output of the cell that runs."""
        from IPython.display import display

        place = secrets.token_hex(8)
        display(self._compose(self.name), raw=True, display_id=place)
        with self._changed:
            if not self._places:
                self._thread.start()
            self._places.append(place)

    def changed(self) -> None:
        """Renew the pictures soon; called often."""
        with self._changed:
            self._due = True
            self._changed.notify_all()

    def close(self) -> None:
        """Renew the pictures for the last time, if that is due, and no more."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        if self._places:
            self._thread.join()

    def _follow(self) -> None:
        # One thread for all: each that publishes costs the kernel a socket.
        closed = False
        while not closed:
            with self._changed:
                self._changed.wait_for(lambda: self._due or self._closed)
                self._changed.wait_for(lambda: self._closed, self._rest)
                due, self._due, closed = self._due, False, self._closed
                places = [*self._places]
            if due:
                self._publish(places)

    def _publish(self, places: list[str]) -> None:
        from IPython.display import update_display

        made = self._compose(self.name)
        for place in places:
            update_display(made, raw=True, display_id=place)
