"""Objects followed through the pictures: from a box on one frame to keyframes."""

from boxreel.tracking.correlation import follow
from boxreel.tracking.edit import Tracked
from boxreel.tracking.pursuit import Tracker
from boxreel.tracking.run import track

__all__ = ["Tracked", "Tracker", "follow", "track"]
