"""What is open once is opened no second time, and all stores share one budget."""

from pathlib import Path

import numpy as np
import pytest

from boxreel.errors import VideoError
from boxreel.video import FrameStore, Opened, open_video
from boxreel.video.shared import ALL_BYTES
from boxreel.video.store import MAX_BYTES
from tests.video.clips import write_clip


def budget(store: FrameStore) -> int:
    return store._filler._memory._max_bytes


def test_a_file_open_already_is_not_opened_again(tmp_path: Path):
    path = write_clip(tmp_path / "clip.mp4")
    one, other = Opened(path), Opened(str(path))
    assert other.video is one.video
    assert other.store is one.store
    one.close()
    one.close()
    assert other.video[39].shape == (96, 160, 3)
    other.close()
    with pytest.raises(VideoError, match="closed"):
        other.video[0]
    again = Opened(path)
    assert again.video is not one.video
    again.close()


def test_a_file_that_was_written_anew_is_another(tmp_path: Path):
    path = write_clip(tmp_path / "clip.mp4")
    one = Opened(path)
    write_clip(tmp_path / "new.mp4", frames=30).replace(path)
    other = Opened(path)
    assert [len(each.video) for each in (one, other)] == [40, 30]
    one.close()
    other.close()


def test_a_video_of_ones_own_is_shared_and_stays_open(tmp_path: Path):
    with open_video(write_clip(tmp_path / "clip.mp4")) as video:
        one, other = Opened(video), Opened(video)
        assert other.store is one.store
        one.close()
        other.close()
        assert video[0].shape == (96, 160, 3)


def test_arrays_are_never_taken_for_one_another():
    pictures = np.zeros((3, 8, 8), np.uint8)
    one, other = Opened(pictures), Opened(pictures)
    assert other.store is not one.store
    one.close()
    other.close()


def test_what_cannot_be_opened_is_not_kept(tmp_path: Path):
    path = tmp_path / "clip.mp4"
    path.write_bytes(b"no video")
    for _ in range(2):
        with pytest.raises(VideoError):
            Opened(path)


def test_all_stores_together_keep_to_one_budget():
    pictures = np.zeros((3, 8, 8), np.uint8)
    opened = [Opened(pictures) for _ in range(5)]
    assert [budget(one.store) for one in opened] == [ALL_BYTES // 5] * 5
    for one in opened[1:]:
        one.close()
    assert budget(opened[0].store) == MAX_BYTES
    opened[0].close()
