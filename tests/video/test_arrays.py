"""Arrays as videos: every dtype is shown by a stated rule, and bad ones are refused."""

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from boxreel.errors import VideoError
from boxreel.video import open_video

SIDES = st.integers(1, 9)
RGB_SHAPES = st.tuples(st.integers(1, 5), SIDES, SIDES, st.just(3))


@given(hnp.arrays(np.uint8, RGB_SHAPES), st.data())
def test_rgb_comes_back_as_it_is(array, data):
    i = data.draw(st.integers(-len(array), len(array) - 1))
    video = open_video(array)
    frame = video[i]
    np.testing.assert_array_equal(frame, array[i])
    assert frame.flags.c_contiguous
    assert not np.shares_memory(frame, array)
    assert (video.width, video.height, len(video)) == (*array.shape[2:0:-1], len(array))


def test_views_of_any_layout():
    array = np.arange(4 * 6 * 8 * 3, dtype=np.uint8).reshape(4, 6, 8, 3)
    flipped = array[::-1, :, ::-1, ::-1]
    assert open_video(flipped)[1].flags.c_contiguous
    np.testing.assert_array_equal(open_video(flipped)[1], flipped[1])


@pytest.mark.parametrize("shape", [(2, 4, 5), (2, 4, 5, 1)])
def test_grey_fills_all_channels(shape):
    array = np.arange(40, dtype=np.uint8).reshape(shape)
    frame = open_video(array)[1]
    assert frame.shape == (4, 5, 3)
    for channel in range(3):
        np.testing.assert_array_equal(frame[..., channel], array[1].reshape(4, 5))


@pytest.mark.parametrize(
    ("values", "dtype", "range", "shown"),
    [
        ([0, 1], bool, None, [0, 255]),
        ([0.0, 0.25, 1.0], np.float32, None, [0, 64, 255]),
        ([0.0, 0.5, 1.0], np.float16, None, [0, 128, 255]),
        ([-1.0, 0.0, 1.0], np.float64, (-1, 1), [0, 128, 255]),
        ([-9.0, 0.0, 9.0], np.float64, (0, 1), [0, 0, 255]),
        ([0, 1000, 4095, 65535], np.uint16, (0, 4095), [0, 62, 255, 255]),
        ([10, 50, 90], np.uint8, (10, 90), [0, 128, 255]),
    ],
)
def test_values_are_shown_by_their_range(values, dtype, range, shown):
    array = np.array(values, dtype).reshape(1, 1, -1, 1)
    video = open_video(array, display_range=range)
    assert video[0][0, :, 0].tolist() == shown


@pytest.mark.parametrize(
    ("array", "message"),
    [
        (np.zeros((4, 5), np.uint8), r"shape \(4, 5\) is no video; it must be"),
        (np.zeros((4, 5, 3), np.uint8), r"of one picture, pass picture\[None\]"),
        (np.zeros((2, 4, 5, 4), np.uint8), r"leave the alpha channel out"),
        (np.zeros((2, 4, 5, 2), np.uint8), r"shape \(2, 4, 5, 2\) is no video"),
        (np.zeros((0, 4, 5, 3), np.uint8), r"\(0, 4, 5, 3\).*it holds no pixels"),
        (np.zeros((2, 0, 5), np.uint8), r"it holds no pixels"),
        (np.zeros((2, 4, 5), np.int64), r"is of int64.*array\.astype\(np\.uint8\)"),
        (np.zeros((2, 4, 5), np.uint32), r"is of uint32"),
        (np.zeros((2, 4, 5), complex), r"is of complex128"),
        (np.full((2, 4, 5), "a"), r"is of <U1"),
        (
            np.zeros((2, 4, 5), np.uint16),
            r"uint16: state the values.*display_range=\(0, 4095\)",
        ),
        (np.full((2, 4, 5), 200.0), r"frame 0 .* 200 to 200, not 0 to 1; state"),
    ],
)
def test_what_cannot_be_a_video(array, message):
    with pytest.raises(VideoError, match=message):
        open_video(array)


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_floats_that_are_no_numbers(bad):
    array = np.zeros((3, 4, 5))
    array[2, 1, 1] = bad
    with pytest.raises(VideoError, match="frame 2 of the array holds NaN or infinity"):
        open_video(array)
    with pytest.raises(VideoError, match="frame 2"):
        open_video(array, display_range=(0, 5))


@pytest.mark.parametrize("range", [(1, 1), (2, 1), (0, np.nan), (0, np.inf)])
def test_ranges_that_make_no_sense(range):
    with pytest.raises(VideoError, match="must go from a lower to a higher number"):
        open_video(np.zeros((2, 4, 5)), display_range=range)


@pytest.mark.parametrize("range", [255, "all", (1, 2, 3), (0, None)])
def test_ranges_that_are_none(range):
    with pytest.raises(VideoError, match="is no range; state two numbers"):
        open_video(np.zeros((2, 4, 5)), display_range=range)


@pytest.mark.parametrize("fps", [0, -1, float("nan"), float("inf"), "30"])
def test_rates_that_make_no_sense(fps):
    message = f"fps must be a positive number, not {fps!r}"
    with pytest.raises(VideoError, match=message):
        open_video(np.zeros((2, 4, 5), np.uint8), fps=fps)


@given(st.floats(1e-5, 1000) | st.floats(0.125, 1000, width=32).map(np.float32))
@example(1 / 3600)
def test_times_follow_the_rate(fps):
    video = open_video(np.zeros((100, 1, 1), np.uint8), fps=fps)
    np.testing.assert_allclose(video.times, np.arange(100) / fps, rtol=1e-3)
    assert video.fps == pytest.approx(fps, rel=1e-3)


def test_fingerprint_is_of_the_content():
    one = np.zeros((9, 4, 5), np.uint8)
    other = one.copy()
    other[8, 0, 0] = 1
    assert open_video(one).fingerprint == open_video(one.copy()).fingerprint
    assert open_video(one).fingerprint != open_video(other).fingerprint


def test_one_frame():
    video = open_video(np.zeros((1, 4, 5), np.uint8), fps=10)
    assert (len(video), video.fps, video.times.tolist()) == (1, 10.0, [0.0])


@pytest.mark.parametrize("channels", [1, 3])
def test_channels_may_come_first(channels):
    last = np.arange(2 * 4 * 5 * channels, dtype=np.uint8).reshape(2, 4, 5, channels)
    video = open_video(np.moveaxis(last, 3, 1))
    assert (video.width, video.height, len(video)) == (5, 4, 2)
    np.testing.assert_array_equal(video[1], open_video(last)[1])
    assert video[1].flags.c_contiguous


class Lazy:
    """What zarr and dask look like: a shape, and frames that are made when asked."""

    def __init__(self, array, hand_over=lambda frame: frame):
        self.array, self.shape, self.reads = array, array.shape, []
        self.hand_over = hand_over

    def __getitem__(self, i):
        self.reads.append(i)
        return self.hand_over(self.array[i])

    def __array__(self, *args, **kwargs):
        raise MemoryError("the whole array was asked for")


class OnlyArray:
    def __init__(self, array):
        self.array = array

    def __array__(self, dtype=None, copy=None):
        return self.array


class OnlyDlpack:
    def __init__(self, array):
        self.array = array

    def __dlpack__(self, **kwargs):
        return self.array.__dlpack__(**kwargs)

    def __dlpack_device__(self):
        return self.array.__dlpack_device__()


@pytest.mark.parametrize("hand_over", [np.array, OnlyArray, OnlyDlpack])
def test_other_libraries_are_read_frame_by_frame(hand_over):
    array = np.arange(1000 * 4 * 5, dtype=np.uint16).astype(np.uint8).reshape(-1, 4, 5)
    lazy = Lazy(array, hand_over)
    video = open_video(lazy)
    assert len(lazy.reads) < 20
    lazy.reads.clear()
    np.testing.assert_array_equal(video[777][..., 0], array[777])
    assert lazy.reads == [777]
    assert video.fingerprint == open_video(array).fingerprint


@pytest.mark.parametrize("offer", [OnlyArray, OnlyDlpack])
def test_anything_that_hands_over_an_array(offer):
    array = np.arange(60, dtype=np.uint8).reshape(3, 4, 5)
    np.testing.assert_array_equal(open_video(offer(array))[2], open_video(array)[2])
    listed = open_video([offer(picture) for picture in array])
    np.testing.assert_array_equal(listed[2], open_video(array)[2])


def test_a_list_is_read_picture_by_picture():
    array = np.arange(100 * 4 * 5, dtype=np.uint16).astype(np.uint8).reshape(-1, 4, 5)
    lazy = [LazyPicture(picture) for picture in array]
    video = open_video(lazy)
    assert sum(picture.reads != [] for picture in lazy) < 20
    np.testing.assert_array_equal(video[77][..., 0], array[77])
    assert video.fingerprint == open_video(array).fingerprint


class LazyPicture(Lazy):
    def __array__(self, *args, **kwargs):
        self.reads.append("all")
        return np.asarray(self.array)


def test_a_list_is_not_copied():
    pictures = [np.zeros((4, 5), np.uint8) for _ in range(5)]
    video = open_video(pictures)
    pictures[3][:] = 7
    assert video[3].max() == 7


def test_pictures_of_a_list_are_of_one_kind():
    mixed = [np.zeros((4, 5), np.uint8), np.zeros((4, 5), np.float32)]
    with pytest.raises(VideoError, match=r"frame 1 .* float32, the first of uint8"):
        open_video(mixed)[1]
    with pytest.raises(VideoError, match="picture 1 is of shape"):
        open_video([OnlyArray(np.zeros((4, 5))), OnlyArray(np.zeros((4, 6)))])[1]
    with pytest.raises(VideoError, match="frame 1 of the array holds NaN"):
        open_video([np.zeros((4, 5)), np.full((4, 5), np.nan)])


def test_lazy_values_are_checked_when_they_are_read():
    array = np.zeros((10, 4, 5), np.float32)
    array[6] = np.nan
    array[7] = 3
    video = open_video(Lazy(array))
    assert video[5].max() == 0
    with pytest.raises(VideoError, match="frame 6 of the array holds NaN"):
        video[6]
    with pytest.raises(
        VideoError, match=r"frame 7 .* holds 3 to 3, .*display_range=\(0, 3\)"
    ):
        video[7]


def test_a_file_mapped_to_memory_is_not_read_at_once(tmp_path):
    array = np.zeros((10, 4, 5), np.float32)
    array[6] = np.nan
    np.save(tmp_path / "frames.npy", array)
    video = open_video(np.load(tmp_path / "frames.npy", mmap_mode="r"))
    with pytest.raises(VideoError, match="frame 6 of the array holds NaN"):
        video[6]


def test_what_numpy_cannot_read_says_how_to_help():
    def refuse(_):
        raise TypeError("can't convert cuda:0 device type tensor to numpy")

    message = r"frame 0 of the Lazy cannot be read: can't convert cuda.*\.cpu\(\)"
    with pytest.raises(VideoError, match=message):
        open_video(Lazy(np.zeros((2, 4, 5)), refuse))


def test_a_shape_that_is_not_known_says_how_to_help():
    unknown = Lazy(np.zeros((3, 4, 6), np.uint8))
    unknown.shape = (float("nan"), 4, 6)
    with pytest.raises(VideoError, match=r"shape \(nan, 4, 6\).*compute_chunk_sizes"):
        open_video(unknown)
