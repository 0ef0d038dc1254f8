"""The Chromium of the browser tests. As a script: install one where none is found."""

import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import BrowserContext, sync_playwright

FLAGS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SIZE = {"width": 1280, "height": 960}
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find() -> str | None:
    """Path of ``$BOXREEL_CHROMIUM``, else of one on PATH, else of playwright's own."""
    if chosen := os.environ.get("BOXREEL_CHROMIUM"):
        if not shutil.which(chosen):
            raise FileNotFoundError(
                f"BOXREEL_CHROMIUM={chosen!r} is no program that can be run; "
                "name an installed Chromium, or unset it"
            )
        return chosen
    for name in NAMES:
        if path := shutil.which(name):
            return path
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


@contextmanager
def launch(program: str) -> Iterator[BrowserContext]:
    """Run `program` with an empty profile and a window of 1280 by 960."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        context = browser.new_context(viewport=SIZE)
        context.set_default_timeout(20_000)
        yield context
        browser.close()


def install() -> None:
    """Install Debian's Chromium where that is possible, playwright's elsewhere."""
    as_root = _as_root()
    if _is_debian() and as_root is not None:
        subprocess.run([*as_root, "apt-get", "update", "-qq"], check=True)
        install = ["apt-get", "install", "-qq", "-y", "chromium"]
        subprocess.run([*as_root, *install], check=True, stdout=subprocess.DEVNULL)
    else:
        command = [sys.executable, "-m", "playwright", "install", "chromium"]
        subprocess.run(command, check=True)


def _is_debian() -> bool:
    try:
        return platform.freedesktop_os_release()["ID"] == "debian"
    except OSError:
        return False


def _as_root() -> list[str] | None:
    """What makes a command run as root; None where that takes a password."""
    if os.geteuid() == 0:
        return []
    sudo = ["sudo", "--non-interactive"]
    if not shutil.which("sudo"):
        return None
    return (
        sudo if subprocess.run([*sudo, "true"], check=False).returncode == 0 else None
    )


if __name__ == "__main__":
    if find() is None:
        install()
    if find() is None:
        sys.exit(
            "no Chromium found, none could be installed: "
            "install one and set BOXREEL_CHROMIUM to its path"
        )
