"""What an import costs."""

import json
import subprocess
import sys

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
