"""The public class, as Python sees it."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Callable
from pathlib import Path
from threading import Thread, active_count
from typing import Any

import imageio.v3 as iio
import numpy as np
import pytest
from ipywidgets.widgets.widget import _instances
from traitlets import TraitError

from boxreel.errors import (
    AnnotationError,
    BoxreelError,
    EditError,
    VideoError,
    VideoMismatchError,
)
from boxreel.model import Annotation, Label, VideoInfo, edits
from boxreel.video import Opened, open_video
from boxreel.widget import Annotator, assets
from boxreel.widget.messages import PROTOCOL
from tests.widget.fakes import PATIENCE

Make = Callable[..., Annotator]
BOX = (1.0, 2.0, 10.0, 8.0)


def annotators() -> set[Any]:
    """The annotators that a page may know of."""
    return {w for w in _instances.values() if isinstance(w, Annotator)}


def with_car(widget: Annotator) -> Annotation:
    return widget.annotation.add_track("car", {0: BOX})


def test_it_starts_empty_with_its_labels(annotator: Make) -> None:
    w = annotator()
    assert [label.name for label in w.labels] == ["car", "person"]
    assert (w.frame, w.selection, w.height, w.theme) == (0, (), 680, "auto")
    assert (len(w.annotation.tracks), w.warnings) == (0, ())
    assert (w.undo_name, w.redo_name) == (None, None)
    assert w.annotation.video == VideoInfo.of(w.video)


def test_it_starts_from_an_annotation(annotator: Make, pictures: np.ndarray) -> None:
    given = Annotation.for_video(open_video(pictures), ["bus"])
    given = given.add_track("bus", {3: BOX})
    w = annotator(pictures, given, labels=["car", Label("bus", "#ff0000")])
    assert w.annotation.tracks == given.tracks
    assert w.labels == (Label("bus", "#ff0000"), Label("car"))


def test_observers_hear_of_every_change_exactly_once(annotator: Make) -> None:
    w, heard = annotator(), []
    w.observe(heard.append, "annotation")
    w.annotation = with_car(w)
    w.apply(edits.SetOccluded(1, 5), edits.SetLabel(1, "person"))
    w.undo()
    w.undo()
    w.redo()
    states = [change["new"] for change in heard]
    assert [len(state.tracks) for state in states] == [1, 1, 1, 0, 1]
    assert [change["old"] for change in heard[1:]] == states[:-1]
    assert states[-1] is w.annotation
    assert w.undo_name == "assignment from Python"


def test_several_edits_at_once_are_one_step_or_none(annotator: Make) -> None:
    w = annotator(annotation=None)
    w.annotation = with_car(w)
    before = w.annotation
    with pytest.raises(EditError):
        w.apply(edits.SetLabel(1, "person"), edits.RemoveTrack(9))
    assert w.annotation is before
    with pytest.raises(TypeError, match="not 'remove 1'"):
        w.apply("remove 1")  # type: ignore[arg-type]
    w.apply(edits.SetLabel(1, "person"), edits.SetOccluded(1, 5))
    w.undo()
    assert w.annotation is before


def test_an_observer_may_assign(annotator: Make) -> None:
    w, counts = annotator(), []

    def second_track(change: Any) -> None:
        if len(w.annotation.tracks) == 1:
            w.annotation = with_car(w)

    w.observe(second_track, "annotation")
    w.observe(lambda change: counts.append(len(change["new"].tracks)), "annotation")
    w.annotation = with_car(w)
    assert counts == [1, 2]


def test_assigning_what_is_there_is_nothing(annotator: Make) -> None:
    w, heard = annotator(), []
    w.observe(heard.append, "annotation")
    w.annotation = w.annotation
    assert (heard, w.undo()) == ([], None)


def test_holding_notifications_does_not_merge_edits(annotator: Make) -> None:
    w, heard = annotator(), []
    w.observe(heard.append, "annotation")
    with w.hold_trait_notifications():
        w.annotation = with_car(w)
        w.annotation = with_car(w)
    assert len(heard) == 2


@pytest.mark.parametrize("value", [None, [], {"tracks": []}, "labels.json"])
def test_what_is_no_annotation_is_refused(annotator: Make, value: Any) -> None:
    w = annotator()
    with pytest.raises(TraitError, match=r"must be a boxreel\.Annotation"):
        w.annotation = value
    if value is not None:
        with pytest.raises(TypeError, match=r"must be a boxreel\.Annotation"):
            annotator(annotation=value)


@pytest.mark.parametrize(
    ("size", "count", "text"),
    [
        ((32, 24), 49, "49 frames instead of 50"),
        ((64, 24), 50, "64x24 pixels instead of 32x24"),
    ],
)
def test_the_labels_of_another_video_are_refused(
    annotator: Make, size: tuple[int, int], count: int, text: str
) -> None:
    w = annotator()
    other = VideoInfo.constant("other", *size, frame_count=count, fps=30)
    with pytest.raises(VideoMismatchError, match=text):
        w.annotation = Annotation.for_video(other)
    with pytest.raises(VideoMismatchError, match=text):
        annotator(annotation=Annotation.for_video(other))


def test_the_labels_of_a_video_of_other_content_are_refused(
    annotator: Make, pictures: np.ndarray
) -> None:
    w = annotator()
    other = Annotation.for_video(open_video(255 - pictures))
    with pytest.raises(VideoMismatchError, match="another content"):
        w.annotation = other


def test_the_labels_of_a_nameless_copy_are_taken_over(annotator: Make) -> None:
    w = annotator()
    copy = VideoInfo.constant("copy", 32, 24, frame_count=50, fps=30)
    w.annotation = Annotation.for_video(copy, ["car"]).add_track("car", {0: BOX})
    assert w.annotation.video == VideoInfo.of(w.video)
    assert len(w.annotation.tracks) == 1


def test_the_shown_values_of_sixteen_bits_are_stated(annotator: Make) -> None:
    depth = np.full((3, 24, 32), 2048, np.uint16)
    with pytest.raises(VideoError, match=r"as in display_range=\(0, 4095\)"):
        annotator(depth)
    assert annotator(depth, display_range=(0, 4096)).image(1).max() == 128


@pytest.mark.parametrize("value", [50, -1, 10**30, 2.5, "3", None, True, float("nan")])
def test_frames_that_are_not_there_are_refused(annotator: Make, value: Any) -> None:
    w = annotator()
    with pytest.raises(TraitError, match="frame must be"):
        w.frame = value
    assert w.frame == 0


def test_frame_and_selection_take_numpy_integers(annotator: Make) -> None:
    w = annotator()
    w.annotation = with_car(w)
    w.frame = np.int64(7)
    w.selection = np.array([1, 1])
    assert (w.frame, w.selection) == (7, (1,))
    assert type(w.frame) is type(w.selection[0]) is int


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ([1, 7], "there is no track 7; there are: 1"),
        (1, "must be track ids"),
        ("1", "must be track ids"),
        (None, "must be track ids"),
        ([1.5], "must be an integer"),
        ([None], "must be an integer"),
    ],
)
def test_tracks_that_are_not_there_cannot_be_selected(
    annotator: Make, value: Any, text: str
) -> None:
    w = annotator()
    w.annotation = with_car(w)
    with pytest.raises(TraitError, match=text):
        w.selection = value
    assert w.selection == ()


def test_a_track_that_goes_is_no_longer_selected(annotator: Make) -> None:
    w = annotator()
    w.annotation = with_car(w)
    w.annotation = with_car(w)
    w.selection = (2, 1)
    w.apply(edits.RemoveTrack(2))
    assert w.selection == (1,)


def test_a_snapshot_is_of_the_frame_shown_with_its_boxes(
    annotator: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    w = annotator()
    w.annotation = with_car(w)
    w.frame = 7
    assert w.snapshot() == Path("array_7.png")
    assert w.snapshot(9, "bare.png", boxes=False) == Path("bare.png")
    seen = iio.imread("array_7.png"), iio.imread("bare.png")
    assert (seen[0] != w.image(7)).any()
    assert (seen[1] == w.image(9)).all()
    w.close()
    with pytest.raises(BoxreelError, match="this annotator is closed"):
        w.snapshot()


def test_images_are_the_videos_own(annotator: Make, pictures: np.ndarray) -> None:
    w = annotator()
    assert np.array_equal(w.image(42), pictures[42])
    assert np.array_equal(w.image(-1), pictures[49])
    with pytest.raises(IndexError):
        w.image(50)


def test_an_unknown_argument_is_refused_and_the_valid_ones_named(
    annotator: Make,
) -> None:
    threads = active_count()
    with pytest.raises(TypeError, match=r"'lables'.*annotation, labels, save_to"):
        annotator(lables=["car"])
    with pytest.raises(TypeError, match="'video'"):
        Annotator()  # type: ignore[call-arg]
    with pytest.raises(AnnotationError, match="labels is 3: give a list"):
        annotator(labels=3)
    gc.collect()
    assert active_count() == threads


@pytest.mark.parametrize(
    "options",
    [
        {"theme": "pink"},
        {"height": 10},
        {"labels": "car"},
        {"labels": [5]},
        {"save_to": 5},
    ],
)
def test_a_bad_argument_leaves_nothing_behind(
    annotator: Make, options: dict[str, Any]
) -> None:
    threads = active_count()
    with pytest.raises((TraitError, TypeError, BoxreelError)):
        annotator(**options)
    assert active_count() == threads


def test_saving_without_a_file_says_what_to_do(annotator: Make) -> None:
    with pytest.raises(BoxreelError, match="pass save_to="):
        annotator().save()


def test_after_close_the_labels_stay_and_all_else_says_closed(annotator: Make) -> None:
    w = annotator()
    w.annotation = with_car(w)
    threads = active_count()
    w.close()
    w.close()
    assert active_count() < threads
    assert len(w.annotation.tracks) == 1
    assert repr(w).endswith("50 frames, 1 track, closed>")
    for call in (w.undo, w.redo, w.save, w.apply, lambda: w.image(0)):
        with pytest.raises(BoxreelError, match="is closed"):
            call()
    with pytest.raises(BoxreelError, match="is closed"):
        w.annotation = Annotation.for_video(w.annotation.video)


def test_a_video_that_was_passed_open_stays_open(
    annotator: Make, pictures: np.ndarray
) -> None:
    video = open_video(pictures)
    w = annotator(video)
    assert w.video is video
    w.close()
    assert np.array_equal(video[3], pictures[3])


def test_a_closed_widget_is_collected(pictures: np.ndarray) -> None:
    w = Annotator(pictures, labels=["car"])
    w.observe(lambda change: None, "annotation")
    w.annotation = with_car(w)
    w.comm.browser_says(
        {
            "kind": "frames",
            "item": 0,
            "client": "a",
            "width": 32,
            "wanted": [0, 1],
            "around": True,
        }
    )
    w.comm.custom.wait_for("frames")
    w.close()
    gone = weakref.ref(w)
    del w
    gc.collect()
    assert gone() is None


def test_it_shows_as_one_line_of_text(annotator: Make) -> None:
    w = annotator()
    name = w.video.name
    assert repr(w) == f"<Annotator of {name!r}: 50 frames, 0 tracks>"
    shown, _ = w._repr_mimebundle_()
    assert shown["text/plain"] == repr(w)
    assert "application/vnd.jupyter.widget-view+json" in shown


def test_a_missing_bundle_says_how_to_build_it(
    pictures: np.ndarray, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    monkeypatch.undo()
    monkeypatch.setattr(assets, "SCRIPT", tmp_path / "widget.js")
    assets.script.cache_clear()
    with pytest.raises(BoxreelError, match="make build"):
        assets.script()
    (tmp_path / "widget.js").write_text("export default {}")
    assert assets.script() == "export default {}"
    assets.script.cache_clear()


def test_threads_may_edit_at_once(annotator: Make) -> None:
    w, heard = annotator(), []
    w.observe(lambda change: heard.append(change["new"]), "annotation")

    def edit(first: int) -> None:
        for number in range(first, first + 20):
            box = edits.AddLabel(Label(f"label {number}"))
            w.apply(box)

    threads = [Thread(target=edit, args=(100 * index,)) for index in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
        assert not thread.is_alive()
    assert [len(annotation.labels) for annotation in heard] == list(range(3, 83))


def test_a_video_that_cannot_be_opened_leaves_no_widget(
    annotator: Make, tmp_path: Path
) -> None:
    before = annotators()
    with pytest.raises(VideoError, match=r"none\.mp4"):
        annotator(tmp_path / "none.mp4")
    with pytest.raises(TraitError, match="dusk"):
        annotator(theme="dusk")
    assert annotators() == before


def test_the_page_loads_while_the_video_opens_and_is_answered_after(
    annotator: Make, pictures: np.ndarray, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = annotators()
    opening: list[Any] = []

    def opened(*args: Any, **options: Any) -> Opened:
        opening.extend(annotators() - before)
        (w,) = opening
        w.comm.browser_says({"kind": "hello", "protocol": PROTOCOL, "client": "page"})
        w.set_state({"frame": 3})
        assert w.comm.custom.sent == []
        return Opened(*args, **options)

    monkeypatch.setattr("boxreel.widget.annotator.Opened", opened)
    monkeypatch.setattr("boxreel.widget.reel.PATIENCE", 60)
    w = annotator(pictures)
    assert [w] == opening
    assert [sent.kind for sent in w.comm.custom.sent] == ["frames", "snapshot"]
    assert w.frame == 0
