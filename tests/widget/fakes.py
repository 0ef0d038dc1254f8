"""Stand-ins for what a widget talks to: the wire and the frame store."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Condition
from typing import Any

from comm.base_comm import BaseComm

PATIENCE = 20
"""Seconds until a test that waits for another thread is given up."""


@dataclass
class Sent:
    """A message as it left the kernel."""

    content: dict[str, Any]
    buffers: list[bytes] = field(default_factory=list)

    @property
    def kind(self) -> str:
        return self.content["kind"]

    @property
    def size(self) -> int:
        return len(json.dumps(self.content)) + sum(map(len, self.buffers))


class Outbox:
    """Collects messages from any thread and lets a test wait for them."""

    def __init__(self) -> None:
        self.sent: list[Sent] = []
        self._changed = Condition()

    def __call__(self, content: Any, buffers: Any) -> None:
        with self._changed:
            self.sent.append(Sent(dict(content), [bytes(one) for one in buffers or ()]))
            self._changed.notify_all()

    def of(self, kind: str) -> list[Sent]:
        with self._changed:
            return [sent for sent in self.sent if sent.kind == kind]

    def wait(self, test: Callable[[Outbox], Any]) -> Any:
        """Wait until `test` is true of the outbox and return what it gave."""
        with self._changed:
            found = self._changed.wait_for(lambda: test(self), timeout=PATIENCE)
        assert found, f"not sent; there is only {[one.content for one in self.sent]}"
        return found

    def wait_for(self, kind: str, count: int = 1) -> list[Sent]:
        return self.wait(lambda box: len(box.of(kind)) >= count and box.of(kind))


class WireComm(BaseComm):
    """A comm that keeps what is published: custom messages apart from trait updates."""

    def __init__(self, **options: Any) -> None:
        self.custom = Outbox()
        self.updates: list[dict[str, Any]] = []
        self.opened: dict[str, Any] = {}
        super().__init__(**options)

    def publish_msg(
        self,
        msg_type: str,
        data: Any = None,
        metadata: Any = None,
        buffers: Any = None,
        **keys: Any,
    ) -> None:
        if msg_type == "comm_open":
            self.opened = data["state"]
        elif msg_type == "comm_msg" and data["method"] == "custom":
            json.dumps(data["content"], allow_nan=False)
            self.custom(data["content"], buffers)
        elif msg_type == "comm_msg":
            self.updates.append(data["state"])

    def browser_says(self, content: Any) -> None:
        """Deliver a custom message from the browser."""
        self._deliver({"method": "custom", "content": content})

    def browser_sets(self, **state: Any) -> None:
        """Deliver trait values from the browser."""
        self._deliver({"method": "update", "state": state, "buffer_paths": []})

    def _deliver(self, data: dict[str, Any]) -> None:
        assert self._msg_callback is not None
        self._msg_callback({"content": {"data": data}, "buffers": []})


class FakeStore:
    """A frame store whose worker is the test: `finish` decodes a frame, `fail` cannot.

    Parameters
    ----------
    size
        Bytes of every JPEG.
    """

    def __init__(self, size: int = 10) -> None:
        self.size = size
        self.ready: dict[tuple[int, int], bytes] = {}
        self.wants: dict[Any, list[int]] = {}
        self.fills: list[tuple[int, int]] = []
        self.made: dict[int, list[tuple[int, int]]] = {}
        self.watchers: dict[Any, Any] = {}
        self._calls: dict[Any, Any] = {}

    def jpeg(self, frame: int, width: int) -> bytes:
        return f"{frame}@{width}".encode().ljust(self.size, b".")

    def get(self, frame: int, width: int) -> bytes | None:
        return self.ready.get((frame, width))

    def want(
        self, owner: Any, width: int, frames: Any, on_frame: Any, on_error: Any
    ) -> None:
        self.wants[owner] = list(frames)
        self._calls[owner] = width, on_frame, on_error

    def spans(self, width: int) -> list[tuple[int, int]]:
        return self.made.get(width, [])

    def fill_around(self, playhead: int, width: int) -> None:
        self.fills.append((playhead, width))

    def forget(self, owner: Any) -> None:
        self.wants.pop(owner, None)
        self.watchers.pop(owner, None)

    def watch(self, owner: Any, on_change: Any) -> None:
        self.watchers[owner] = on_change

    def make(self, width: int, *spans: tuple[int, int]) -> None:
        """Say that these frames are ready now."""
        self.made[width] = [*spans]
        for on_change in [*self.watchers.values()]:
            on_change()

    def finish(self, owner: Any, frame: int) -> None:
        width, on_frame, _ = self._calls[owner]
        self.wants[owner].remove(frame)
        self.ready[frame, width] = self.jpeg(frame, width)
        on_frame(frame, width, self.jpeg(frame, width))

    def fail(self, owner: Any, frame: int, error: Exception) -> None:
        self.wants[owner].remove(frame)
        self._calls[owner][2](frame, error)
