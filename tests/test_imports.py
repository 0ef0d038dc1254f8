"""What an import costs, and needs."""

import ast
import json
import subprocess
import sys
from pathlib import Path

import boxreel

HEAVY = {
    "av",
    "cv2",
    "imageio",
    "imageio_ffmpeg",
    "matplotlib",
    "pandas",
    "PIL",
    "scipy",
}


def test_import_boxreel_is_light():
    program = "import json, sys, boxreel; print(json.dumps(list(sys.modules)))"
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, capture_output=True, check=True)
    assert HEAVY.isdisjoint(json.loads(done.stdout))


NEWER = {
    "contextlib": {"chdir"},
    "datetime": {"UTC"},
    "enum": {"EnumType", "ReprEnum", "StrEnum", "member", "nonmember", "verify"},
    "hashlib": {"file_digest"},
    "itertools": {"batched"},
    "math": {"cbrt", "exp2", "sumprod"},
    "operator": {"call"},
    "tomllib": {"load", "loads"},
    "typing": {
        *("LiteralString", "Never", "NotRequired", "Required", "Self", "TypeAliasType"),
        *(
            "TypeIs",
            "TypeVarTuple",
            "Unpack",
            "assert_never",
            "assert_type",
            "override",
        ),
        *("clear_overloads", "dataclass_transform", "get_overloads", "reveal_type"),
    },
}
"""What Python has since 3.11."""


def test_every_module_imports_on_the_oldest_python():
    for path in Path(boxreel.__file__).parent.rglob("*.py"):
        tree = ast.parse(path.read_text("utf-8"), path, feature_version=(3, 10))
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom):
                names = {each.name for each in node.names}
                assert not names & NEWER.get(node.module, set()), path
            elif isinstance(node, ast.Import):
                assert "tomllib" not in {each.name for each in node.names}, path
