"""What is in the sdist and the wheel, and that the wheel runs where nothing else is."""

import re
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
BUNDLE = "boxreel/widget/static/widget.js"
BESIDE = ("keymap.json", "licences.txt", "loader.js")
FOLDERS = {"src", "js", "tests", "notebooks", "benchmarks", "docs"}
FILES = {"README.md", "CHANGELOG.md", "SECURITY.md", "LICENSE", "Makefile"}
PARTS = FOLDERS | FILES | {"pyproject.toml", "PKG-INFO", ".gitignore"}
"""Of the sdist."""


@pytest.fixture(scope="module")
def dist(tmp_path_factory):
    """Folder with the sdist of this tree and the wheel built from that sdist."""
    folder = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "build", "--no-isolation"]
    command = [*build, "--outdir", folder, ROOT]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.fixture(scope="module")
def wheel(dist):
    (path,) = dist.glob("*.whl")
    return path


def test_sdist_holds_the_sources_and_the_bundle(dist):
    (path,) = dist.glob("*.tar.gz")
    with tarfile.open(path) as archive:
        names = {member.name.split("/", 1)[-1] for member in archive.getmembers()}
        sizes = [member.size for member in archive.getmembers()]
    assert {
        f"src/{BUNDLE}",
        "js/src/index.ts",
        "js/package-lock.json",
        "tests/test_packaging.py",
        "notebooks/quickstart.ipynb",
        "Makefile",
        "README.md",
        "LICENSE",
        "pyproject.toml",
    } <= names
    assert {name.split("/")[0] for name in names} <= PARTS
    left = re.compile(r"node_modules|/\.|__pycache__|\.boxreel\.json|\.(mp4|mkv|webm)$")
    assert [name for name in names if left.search(name)] == []
    assert max(sizes) < 2_000_000


def test_wheel_holds_the_package_and_nothing_else(wheel):
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    beside = {f"boxreel/widget/static/{name}" for name in BESIDE}
    assert {BUNDLE, *beside, "boxreel/__init__.py", "boxreel/py.typed"} <= names
    assert {name.split("/")[0].split("-")[0] for name in names} == {"boxreel"}
    suffixes = {Path(name).suffix for name in names if name.startswith("boxreel/")}
    assert suffixes <= {".py", ".typed", ".js", ".json", ".txt", ".css"}


PROGRAM = """
import boxreel as br, numpy as np
w = br.Annotator(np.zeros((5, 48, 64), np.uint8), labels=["car"])
w.annotation = w.annotation.add_track("car", {0: (5, 5, 20, 10)})
print(br.__file__, len(w._script), w.image(4).shape, w.annotation.at(2).box.tolist())
w.close()
"""


@pytest.mark.parametrize("kind", ["*.whl", "*.tar.gz"])
def test_it_runs_in_an_empty_environment(dist, tmp_path, kind):
    (package,) = dist.glob(kind)
    venv.create(tmp_path / "empty", with_pip=False)
    python = tmp_path / "empty/bin/python"
    install = ["-m", "pip", "--python", python, "install", "--quiet", package]
    subprocess.run([sys.executable, *install], check=True)
    command = [python, "-I", "-c", PROGRAM]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    path, bundle, picture = done.stdout.split(maxsplit=2)
    assert str(tmp_path) in path
    assert int(bundle) > 50_000
    assert picture.strip() == "(48, 64, 3) [[5.0, 5.0, 20.0, 10.0, 0.0]]"
