"""How the widget sits on ipywidgets: its script, its messages, the traits of a page."""

from __future__ import annotations

from collections.abc import Mapping
from threading import RLock
from typing import Any, ClassVar

import anywidget
import traitlets
from traitlets import TraitError

from boxreel.widget import assets
from boxreel.widget.messages import Buffers, Reply


class WireWidget(anywidget.AnyWidget):
    """A widget whose messages come and go on several threads."""

    _esm: Any
    if assets.HOT_RELOAD:
        _esm = assets.SCRIPT
    else:
        _esm = traitlets.Unicode(read_only=True).tag(sync=True)
        _script = traitlets.Unicode(read_only=True).tag(sync=True)

        @traitlets.default("_esm")
        def _loader_text(self) -> str:
            return assets.loader()

        @traitlets.default("_script")
        def _script_text(self) -> str:
            return assets.script()

    _wire: ClassVar = RLock()
    """Held while a message leaves: they come from several threads."""

    def __init__(self, **traits: Any) -> None:
        super().__init__(**traits)
        # ipykernel 7.4 would hand what the page says to the thread that published last,
        # so that a running cell held up every edit; the page has chosen the thread.
        self.comm._reply_subshell_for = lambda _data, subshell: subshell

    def close(self) -> None:
        """Take the widget off the page."""
        with self._wire:
            super().close()

    def set_state(self, sync_data: Mapping[str, Any]) -> None:
        """Take the traits that the page has set.

        ipywidgets would hold notifications meanwhile, for the whole widget; what
        another thread sets in that time would get lost.
        """
        with self._lock_property(**sync_data):
            for name in sync_data.keys() & {"frame", "selection"}:
                self._take(name, sync_data[name])

    def _take(self, name: str, value: object) -> None:
        try:
            self.set_trait(name, value)
        except TraitError as error:
            self.send_state(name)
            self.log.warning("the page set what cannot be: %s", error)

    def _post(self, message: Reply, buffers: Buffers) -> None:
        self.send(message, buffers)

    def _send(self, msg: Any, buffers: Buffers | None = None) -> None:
        with self._wire:
            super()._send(msg, buffers)
