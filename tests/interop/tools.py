"""The tools of others that are to read our files, and the environments they run in."""

import hashlib
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
CACHE = ROOT / ".interop"
READERS = Path(__file__).parent / "readers"


@dataclass(frozen=True)
class Tool:
    """A tool: what pip installs for it, and the script that reads with it.

    A light one is among the packages that the tests need anyway. `alone` are
    requirements that come without what they ask for.
    """

    name: str
    requirements: tuple[str, ...] = ()
    alone: tuple[str, ...] = ()
    light: bool = False

    @property
    def script(self) -> Path:
        return READERS / f"read_{self.name.replace('-', '_')}.py"

    def python(self) -> Path:
        """Return the Python of the tool's environment, which is made where missing."""
        if self.light:
            return Path(sys.executable)
        wanted = repr((self.requirements, self.alone, sys.version_info[:2]))
        folder = (
            CACHE / f"{self.name}-{hashlib.sha256(wanted.encode()).hexdigest()[:8]}"
        )
        python, done = folder / "bin" / "python", folder / "installed"
        if not done.exists():
            run([sys.executable, "-m", "venv", "--clear", folder])
            pip = [python, "-m", "pip", "install", "--quiet"]
            if self.requirements:
                run([*pip, *self.requirements])
            if self.alone:
                run([*pip, "--no-deps", *self.alone])
            done.touch()
        return python

    def read(self, folder: Path) -> str:
        """Read the files in a folder; return what the script said."""
        return run([self.python(), self.script, folder])


def run(command) -> str:
    """Run a command to its end; return what it printed, or fail with it."""
    done = subprocess.run(
        [str(part) for part in command],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        timeout=900,
        check=False,
    )
    if done.returncode:
        raise AssertionError(f"{command[0]} failed:\n{done.stdout[-4000:]}")
    return done.stdout


TOOLS = (
    Tool("tables", light=True),
    Tool("trackeval", light=True),
    Tool("motmetrics", ("motmetrics==1.4.0", "numpy<2")),
    Tool("datumaro", ("datumaro==1.13.12",)),
    Tool("label-studio-sdk", ("label-studio-sdk==2.1.2",)),
    Tool("darwin-py", ("darwin-py==3.6.3",)),
    Tool("dtlpy", ("dtlpy==1.126.5",)),
    Tool("supervisely", ("supervisely==6.74.51",)),
    Tool("kili", ("kili==26.2.4",)),
    Tool("supervision", ("supervision==0.31.2",)),
    Tool("pympi", ("pympi-ling==1.71",)),
    Tool("ultralytics", ("numpy", "pillow"), alone=("ultralytics==8.4.190",)),
)
