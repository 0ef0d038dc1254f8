"""The widget in a real kernel, without a browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.manager import KernelManager

from boxreel.widget.messages import PROTOCOL
from tests.widget.fakes import PATIENCE

START = """
import threading
import numpy as np
from boxreel.widget import Annotator, assets
assets.script = assets.loader = lambda: "export default {}"
w = Annotator(np.zeros((50, 24, 32), np.uint8), labels=["car"])
"""
WAIT_FOR_AN_EDIT = f"""
done = threading.Event()
w.observe(lambda change: done.set(), "annotation")
assert done.wait({PATIENCE})
assert threading.current_thread() is threading.main_thread()
"""
TRACK = {"id": 1, "label": "car", "keyframes": [{"frame": 0, "box": [1, 2, 9, 8]}]}


class Page:
    """What a browser does: sends comm messages, reads what the kernel publishes."""

    def __init__(self, client: BlockingKernelClient) -> None:
        self.client = client
        self.subshell: str | None = None
        self.comm = ""

    def run(self, code: str) -> str:
        return self.client.execute(code)

    def say(self, **content: Any) -> None:
        data = {"method": "custom", "content": {"client": "a", **content}}
        message = self.client.session.msg(
            "comm_msg", {"comm_id": self.comm, "data": data}
        )
        message["header"]["subshell_id"] = self.subshell
        self.client.shell_channel.send(message)

    def published(self, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """Return the first of the messages to come that is wanted."""
        while True:
            message = self.client.get_iopub_msg(timeout=PATIENCE)
            assert message["msg_type"] != "error", message["content"]
            if wanted(message):
                return message

    def heard(self, kind: str) -> dict[str, Any]:
        """Return the next custom message of a kind, with its buffers."""

        def wanted(message: dict[str, Any]) -> bool:
            data = message["content"].get("data", {})
            return (
                message["msg_type"] == "comm_msg"
                and data.get("content", {}).get("kind") == kind
            )

        message = self.published(wanted)
        return {**message["content"]["data"]["content"], "buffers": message["buffers"]}

    def finished(self, request: str) -> None:
        reply = self.client.get_shell_msg(timeout=PATIENCE)
        while reply["parent_header"]["msg_id"] != request:
            reply = self.client.get_shell_msg(timeout=PATIENCE)
        assert reply["content"]["status"] == "ok", reply["content"]


@pytest.fixture
def page() -> Iterator[Page]:
    manager = KernelManager()
    manager.start_kernel()
    client = manager.client()
    client.start_channels()
    client.wait_for_ready(timeout=60)
    page = Page(client)
    page.finished(page.run(START))

    def is_ours(message: dict[str, Any]) -> bool:
        data = message["content"].get("data", {})
        return message["msg_type"] == "comm_open" and "_esm" in data.get("state", {})

    page.comm = page.published(is_ours)["content"]["comm_id"]
    yield page
    client.stop_channels()
    manager.shutdown_kernel(now=True)


def test_a_person_edits_while_a_cell_runs(page: Page) -> None:
    client = page.client
    client.control_channel.send(client.session.msg("create_subshell_request"))
    reply = client.get_control_msg(timeout=PATIENCE)
    page.subshell = reply["content"]["subshell_id"]
    request = page.run(WAIT_FOR_AN_EDIT)
    page.say(kind="hello", protocol=PROTOCOL)
    assert page.heard("snapshot")["revision"] == 0
    page.say(kind="frames", item=0, width=32, wanted=[40], around=True)
    while 40 not in (frames := page.heard("frames"))["frames"]:
        pass
    assert all(bytes(jpeg).startswith(b"\xff\xd8") for jpeg in frames["buffers"])
    edit = {"kind": "add_track", "track": TRACK}
    page.say(kind="edit", item=0, seq=1, after=0, revision=0, edit=edit)
    assert page.heard("edited")["revision"] == 1
    page.finished(request)
    page.finished(page.run("assert list(w.annotation.tracks) == [1]"))
