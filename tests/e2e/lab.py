"""A JupyterLab server of its own, and a notebook in it that a browser drives."""

import json
import os
import re
import secrets
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from time import monotonic
from typing import Any

import nbformat
import requests
from playwright.sync_api import Page
from requests.adapters import HTTPAdapter
from urllib3.util import Retry

from tests.e2e.kernel import Kernel, KernelBusyError
from tests.e2e.widget import Widget

QUIET = {"fetchNews": "false", "checkForUpdates": False, "doNotDisturbMode": True}

OPEN_NOTEBOOK = """
path => jupyterapp.commands.execute("docmanager:open", {path, factory: "Notebook"})
  .then(() => {})
"""
IS_IDLE = """
path => {
  const context = globalThis.jupyterapp?.shell.currentWidget?.context;
  const kernel = context?.sessionContext?.session?.kernel;
  return (
    context?.path === path &&
    kernel?.connectionStatus === "connected" &&
    kernel.status === "idle"
  );
}
"""
TAKE_KERNEL = """
async kernel => {
  const { sessionContext } = jupyterapp.shell.currentWidget.context;
  await sessionContext.shutdown().catch(() => {});
  await sessionContext.changeKernel(kernel);
}
"""
CLOSE_NOTEBOOK = """
() => {
  const notebook = jupyterapp.shell.currentWidget;
  notebook.context.model.dirty = false;
  notebook.close();
}
"""


class Lab:
    """One ``jupyter lab`` process, with settings and files of its own.

    Parameters
    ----------
    folder
        An empty folder; notebooks are in its ``root``, the server's log in ``lab.log``.
    """

    def __init__(self, folder: Path) -> None:
        self.root = folder / "root"
        self.runtime = folder / "runtime"
        self.token = secrets.token_hex()
        settings = folder / "config/lab/user-settings/@jupyterlab/apputils-extension"
        for each in (self.root, self.runtime, settings):
            each.mkdir(parents=True)
        (settings / "notification.jupyterlab-settings").write_text(json.dumps(QUIET))
        self._environment = os.environ | {
            "HOME": str(folder),
            "IPYTHONDIR": str(folder / "ipython"),
            "JUPYTER_CONFIG_DIR": str(folder / "config"),
            "JUPYTER_DATA_DIR": str(folder / "data"),
            "JUPYTER_RUNTIME_DIR": str(self.runtime),
        }
        self._start()

    def _start(self, port: int = 0) -> None:
        self._process = subprocess.Popen(
            [
                *(sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root"),
                f"--ServerApp.port={port}",
                f"--ServerApp.root_dir={self.root}",
                f"--IdentityProvider.token={self.token}",
                "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
                "--LabApp.expose_app_in_browser=True",
            ],
            cwd=self.root,
            env=self._environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.url = self._read_log(self.runtime.with_name("lab.log"))
        # The log tells the address a moment before the server listens there.
        self._http = requests.Session()
        patient = HTTPAdapter(max_retries=Retry(connect=6, backoff_factor=0.1))
        self._http.mount(self.url, patient)
        self._spare = self._start_kernel()

    def start_again(self) -> None:
        """Start the server that was closed, at the address that it had."""
        self._start(int(self.url.rpartition(":")[2]))

    def _read_log(self, path: Path) -> str:
        """Return the server's address once its log tells it; keep writing the log."""
        lines = self._process.stderr
        log = path.open("a", buffering=1)
        for line in lines:
            log.write(line)
            if found := re.search(r"(http://127\.0\.0\.1:\d+)/lab", line):
                break
        else:
            raise RuntimeError(f"jupyter lab did not start, see {path}")

        def drain() -> None:
            with log:
                log.writelines(lines)

        self._drain = threading.Thread(target=drain, daemon=True)
        self._drain.start()
        return found[1]

    def rest(self, method: str, path: str, **options: Any) -> Any:
        """Ask the server's REST interface; the decoded answer, None if it is empty."""
        headers = {"Authorization": f"token {self.token}"}
        url = f"{self.url}/api/{path}"
        answer = self._http.request(method, url, headers=headers, timeout=30, **options)
        answer.raise_for_status()
        return answer.json() if answer.content else None

    def start_session(self, path: Path) -> dict[str, Any]:
        """Give a notebook a kernel that has started already; the new session."""
        kernel, self._spare = self._spare, self._start_kernel()
        session = {"path": path.name, "name": path.name, "type": "notebook"}
        return self.rest("POST", "sessions", json={**session, "kernel": kernel})

    def _start_kernel(self) -> dict[str, Any]:
        return self.rest("POST", "kernels", json={"name": "python3"})

    def close(self) -> None:
        """Stop the server and its kernels."""
        self._process.terminate()
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:  # seen when a kernel was just starting
            self._process.kill()
            self._process.wait()
        self._http.close()
        self._drain.join()
        self._process.stderr.close()


class Notebook:
    """A notebook open in JupyterLab: its page in the browser, and its kernel.

    Parameters
    ----------
    page
        An empty page, or one in which a notebook of this server was open before.
    cells
        Source of each code cell.
    name
        Of the file, without the suffix.
    """

    def __init__(self, lab: Lab, page: Page, cells: list[str], name: str) -> None:
        self.lab = lab
        self.page = page
        self.path = lab.root / f"{name}.ipynb"
        self.console: list[str] = []
        log = self.console.append
        self._listeners = {
            "console": lambda message: log(f"{message.type}: {message.text}"),
            "pageerror": lambda error: log(f"uncaught: {error}"),
            "dialog": lambda dialog: dialog.accept(),
        }
        for event, listener in self._listeners.items():
            page.on(event, listener)
        self.code_cells = len(cells)
        document = nbformat.v4.new_notebook(
            cells=[nbformat.v4.new_code_cell(source) for source in cells],
            metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}},
        )
        nbformat.write(document, self.path)
        self._session = lab.start_session(self.path)
        self._connect()
        if page.url.startswith(lab.url):
            page.evaluate(OPEN_NOTEBOOK, self.path.name)
        else:
            page.goto(f"{lab.url}/doc/tree/{self.path.name}?token={lab.token}")
        self.wait_idle()

    def _connect(self) -> None:
        kernel_id = self._session["kernel"]["id"]
        self._kernel = Kernel(self.lab.runtime / f"kernel-{kernel_id}.json")

    def wait_idle(self) -> None:
        """Wait until the page has its kernel, and the kernel nothing to do."""
        self.page.wait_for_function(IS_IDLE, arg=self.path.name, timeout=60_000)

    def menu(self, *labels: str) -> None:
        """Choose an entry of the menu bar: ``menu("Kernel", "Restart Kernel…")``."""
        bar, *entries = labels
        self.page.locator(".lm-MenuBar-item", has_text=re.compile(f"^{bar}$")).click()
        for entry in entries:
            pattern = re.compile(f"^{re.escape(entry)}$")
            label = self.page.locator(".lm-Menu-itemLabel", has_text=pattern)
            label.last.click()

    def run_all(self, timeout: float = 60) -> None:
        """Choose Run > Run All Cells; wait until they ran, fail if one raised."""
        ran = "get_ipython().execution_count"
        expected = self.kernel(ran) + self.code_cells
        raised = "repr(getattr(__import__('sys'), 'last_value', None))"
        self.menu("Run", "Run All Cells")

        def done(state: tuple[int, str]) -> bool:
            count, error = state
            assert error == "None", f"a cell failed: {error}"
            return count == expected

        self.kernel_poll(f"({ran}, {raised})", done, timeout)

    def kernel(self, expression: str, timeout: float = 30) -> Any:
        """Value of an expression in the notebook's kernel, see `Kernel.value`."""
        return self._kernel.value(expression, timeout)

    def kernel_poll(
        self, expression: str, predicate: Callable[[Any], bool], timeout: float = 30
    ) -> Any:
        """Ask the kernel until the value satisfies `predicate`; return the value."""
        deadline = monotonic() + timeout
        while not predicate(value := self.kernel(expression)):
            if monotonic() > deadline:
                raise AssertionError(
                    f"{expression} is still {value!r} after {timeout} s"
                )
        return value

    def restart_kernel(self) -> None:
        """Choose Kernel > Restart Kernel…, wait until the new kernel answers."""
        pid = "__import__('os').getpid()"
        old = self.kernel(pid)
        self.menu("Kernel", "Restart Kernel…")
        self.page.locator(".jp-Dialog button.jp-mod-accept").click()
        deadline = monotonic() + 60
        while monotonic() < deadline:
            try:
                if self.kernel(pid, timeout=2) != old:
                    break
            except KernelBusyError:
                pass  # what is asked of a kernel on its way out is never answered
        else:
            raise AssertionError("the kernel did not come back within 60 s")
        self.wait_idle()

    def take_kernel(self) -> None:
        """Give the notebook another kernel, when the one before is gone."""
        self._kernel.close()
        self._session = self.lab.start_session(self.path)
        self._connect()
        kernel = {"id": self._session["kernel"]["id"]}
        self.page.evaluate(TAKE_KERNEL, kernel)
        self.wait_idle()

    def save(self) -> None:
        """Save the notebook's file."""
        with self.page.expect_response(_is_save):
            self.menu("File", "Save Notebook")

    def reload(self) -> None:
        """Save, reload the page, and wait until the notebook is there again."""
        self.save()
        self.page.reload()
        self.wait_idle()

    def widget(self, nth: int = 0) -> Widget:
        """The nth annotator on the page, once it is ready."""
        return Widget(self.page.locator(".br[role=region]").nth(nth))

    def close(self) -> None:
        """Close the notebook and end the kernel; the page stays."""
        self._kernel.close()
        self.page.evaluate(CLOSE_NOTEBOOK)
        for event, listener in self._listeners.items():
            self.page.remove_listener(event, listener)
        self.lab.rest("DELETE", f"sessions/{self._session['id']}")


def _is_save(response: Any) -> bool:
    return response.request.method == "PUT" and "/api/contents/" in response.url
