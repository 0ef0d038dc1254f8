"""A second client of a notebook's kernel, to ask what the browser has changed there."""

import asyncio
import json
import threading
from ast import literal_eval
from collections.abc import Coroutine
from pathlib import Path
from typing import Any, TypeVar

from jupyter_client.asynchronous.client import AsyncKernelClient

T = TypeVar("T")
ENCODE = "__import__('json').dumps({expression}, default=lambda value: value.tolist())"


class KernelBusyError(Exception):
    """The kernel did not answer in time."""


class Kernel:
    """The kernel behind a connection file.

    Its client has an event loop on a thread of its own: the test's runs playwright's.
    """

    def __init__(self, connection_file: Path) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._client = self._run(self._connect(connection_file))

    def _run(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()

    @staticmethod
    async def _connect(connection_file: Path) -> AsyncKernelClient:
        client = AsyncKernelClient(connection_file=str(connection_file))
        client.load_connection_file()
        client.start_channels(iopub=False, stdin=False, hb=False, control=False)
        return client

    def value(self, expression: str, timeout: float = 30) -> Any:
        """Evaluate `expression` in the kernel's namespace.

        Values come as JSON: a tuple or an array as a list, a key as text.
        """
        try:
            reply = self._run(asyncio.wait_for(self._ask(expression), timeout))
        except asyncio.TimeoutError:
            raise KernelBusyError(f"no answer to {expression} in {timeout} s") from None
        value = reply["user_expressions"]["value"]
        if value["status"] == "error":
            reason = f"{value['ename']}: {value['evalue']}"
            raise AssertionError(f"{expression} in the kernel: {reason}")
        return json.loads(literal_eval(value["data"]["text/plain"]))

    async def _ask(self, expression: str) -> dict[str, Any]:
        wanted = {"value": ENCODE.format(expression=expression)}
        while True:
            asked = self._client.execute("", silent=True, user_expressions=wanted)
            reply = await self._reply(asked)
            # A cell that fails takes along what waits in the queue behind it.
            if reply["status"] != "aborted":
                return reply

    async def _reply(self, asked: str) -> dict[str, Any]:
        while True:
            reply = await self._client.get_shell_msg()
            if reply["parent_header"].get("msg_id") == asked:
                return reply["content"]

    def close(self) -> None:
        """Leave the kernel; it goes on."""
        self._loop.call_soon_threadsafe(self._client.stop_channels)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()
