"""The servers of other notebooks than JupyterLab, each from the environment of all."""

import os
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic, sleep

import nbformat
import pytest

ROOT = Path(__file__).parents[2]
PYTHON = Path(os.environ.get("BOXREEL_HOSTS", ROOT / ".hosts/bin/python"))
"""Of the environment that ``make test-hosts`` makes."""
INSTALLED = [
    pytest.mark.hosts,
    pytest.mark.skipif(
        not PYTHON.exists(), reason="`make test-hosts` installs the notebooks"
    ),
]
"""Marks of tests that need it."""
PATIENCE = 60


def write_notebook(folder: Path, cell: str) -> None:
    """Write ``notebook.ipynb``, of one cell."""
    about = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    cells = [nbformat.v4.new_code_cell(cell)]
    document = nbformat.v4.new_notebook(cells=cells, metadata=about)
    nbformat.write(document, folder / "notebook.ipynb")


@contextmanager
def serving(folder: Path, module: str, *arguments: str) -> Iterator[str]:
    """Run ``python -m module arguments`` in a folder; give its address.

    ``{port}`` in an argument is the port to listen at.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    command = [part.replace("{port}", port) for part in arguments]
    home = folder / "home"
    home.mkdir()
    with (home / "log.txt").open("w") as log:
        server = subprocess.Popen(
            [PYTHON, "-m", module, *command],
            cwd=folder,
            env=os.environ | _settings(home),
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait(port, server, home / "log.txt")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            try:
                server.wait(10)
            except subprocess.TimeoutExpired:  # seen when a kernel was just starting
                server.kill()
                server.wait()


def _settings(home: Path) -> dict[str, str]:
    """Nothing of the person's own: neither settings nor an earlier run's files."""
    names = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR")
    return {"HOME": str(home), **{name: str(home / name) for name in names}}


def _wait(port: str, server: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until something listens there; Voila would run the notebook if asked."""
    deadline = monotonic() + PATIENCE
    while monotonic() < deadline and server.poll() is None:
        with suppress(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", int(port))).close()
            return
        sleep(0.05)
    raise AssertionError(f"{server.args} did not start:\n{log.read_text()[-3000:]}")
