"""Consensus: one annotation out of two people's, place by place."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal, TypeAlias

from boxreel.errors import AnnotationError, EditError
from boxreel.model import Annotation, edits
from boxreel.model.edits import Edit
from boxreel.review.comparison import Comparison, compare
from boxreel.review.fixes import fixes
from boxreel.review.reviewed import Reviewed
from boxreel.review.tables import FoundError
from boxreel.review.taking import take_track
from boxreel.review.verdicts import verdict_on
from boxreel.review.wording import described, frames_of

Person: TypeAlias = Literal["one", "two"]


@dataclass(frozen=True, eq=False)
class _State:
    """The labels agreed on so far, where those of "one" were kept, and how it came."""

    labels: Annotation
    two: Annotation
    kept: Reviewed
    name: str

    @cached_property
    def comparison(self) -> Comparison:
        return compare(self.labels, self.two)


class Consensus:
    """Labels that two people agree on, made of what one and the other drew.

    It begins with the labels of the first; `open` is the queue of the places on which
    they differ. Each is settled by adopting either side, and each such step can be
    undone.

    Parameters
    ----------
    one, two
        Labels of two people, of one video.

    Raises
    ------
    VideoMismatchError
        Labels of different videos.
    ImportError
        scipy is not installed: ``pip install "boxreel[metrics]"``.

    Examples
    --------
    >>> from boxreel.model import VideoInfo
    >>> video = VideoInfo.constant("street.mp4", 1920, 1080, 10, fps=30)
    >>> empty = Annotation.for_video(video, labels=["car"])
    >>> one = empty.add_track("car", {0: (10, 20, 40, 30)})
    >>> two = empty.add_track("car", {2: (10, 20, 40, 30)})
    >>> c = Consensus(one, two)
    >>> c
    <Consensus: 1 place open, 0 settled; next: #1 car is found late, 0–1>
    >>> c.adopt(c.open[0], "two").describe()
    'outside of #1 in 0 to 1'
    >>> c.annotation.tracks[1].at(0), c.open
    (None, [])
    >>> c.undo()
    'outside of #1 in 0 to 1'
    """

    def __init__(self, one: Annotation, two: Annotation) -> None:
        self._past = [_State(one, two, Reviewed(), "")]
        self._future: list[_State] = []
        self.comparison  # noqa: B018 - labels of another video are refused here

    @property
    def annotation(self) -> Annotation:
        """What is agreed on, and where it is open still the labels of the first."""
        return self._past[-1].labels

    @property
    def comparison(self) -> Comparison:
        """The labels of the second held against `annotation`."""
        return self._past[-1].comparison

    @property
    def open(self) -> list[FoundError]:
        """Places on which they differ and nothing was adopted, by first frame.

        In the words of a comparison: what "two" does not have is missed, what only
        "two" has a false positive.
        """
        kept = self._past[-1].kept.verdicts_on(self.comparison)
        return [error for error in self.comparison.errors if error not in kept]

    def adopt(
        self,
        place: FoundError,
        person: Person,
        frames: tuple[int, int] | None = None,
    ) -> Edit | None:
        """Settle a place by the labels of one of the two.

        Parameters
        ----------
        place
            One of `open`.
        person
            "one" keeps what is there, "two" takes over what the second drew.
        frames
            Half-open range of frames for which that of the second is taken over, down
            to one box; the rest stays open. All of the place by default.

        Returns
        -------
        Edit or None
            What was done to `annotation`, None where nothing had to be done.

        Raises
        ------
        AnnotationError
            Nobody of that name, a place that is not open (any more), frames outside of
            it, or nothing that can be taken over there.
        """
        if person not in ("one", "two"):
            raise AnnotationError(f'labels are those of "one" or "two", not {person!r}')
        if place not in self.open:
            raise AnnotationError(f"{place!r:.60} is not open: choose one of `open`")
        state = self._past[-1]
        if person == "one":
            verdict = verdict_on(state.comparison, place, "model_wrong")
            kept = state.kept.with_verdict(verdict)
            name = f"keep: {described(state.comparison, place)}"
            self._step(replace(state, kept=kept, name=name))
            return None
        edit = self._taken(_within(place, frames))
        labels = state.labels.apply(edit)
        self._step(replace(state, labels=labels, name=edit.describe()))
        return edit

    def undo(self) -> str:
        """Take the last step back, and say what it was.

        Raises
        ------
        EditError
            There is none.
        """
        if len(self._past) == 1:
            raise EditError("there is nothing to undo")
        self._future.append(self._past.pop())
        return self._future[-1].name

    def redo(self) -> str:
        """Do the last undone step again, and say what it is.

        Raises
        ------
        EditError
            There is none.
        """
        if not self._future:
            raise EditError("there is nothing to do again")
        self._past.append(self._future.pop())
        return self._past[-1].name

    def _step(self, state: _State) -> None:
        self._past.append(state)
        self._future.clear()

    def _taken(self, place: FoundError) -> Edit:
        """Make the edit that leaves all other frames as they are."""
        labels, two = self.annotation, self.comparison.predictions
        truth, found = place.truth, place.prediction
        if place.kind == "wrong_class" and truth and found:
            everywhere = labels.dense()
            frames = everywhere.frame[everywhere.track == truth]
            if ((frames < place.start) | (frames >= place.stop)).any():
                gone = edits.SetOutside(truth, place.start, place.stop)
                there = take_track(labels, two, found, place.start, place.stop)
                return edits.Batch((gone, there))
        offered = fixes(self.comparison, place)
        if not offered:
            raise AnnotationError(
                f"{described(self.comparison, place)}: there is nothing to take over; "
                "edit the labels there by hand"
            )
        return offered[0].edit

    def __repr__(self) -> str:
        left, done = self.open, len(self._past) - 1
        text = f"{len(left)} place{'s' * (len(left) != 1)} open, {done} settled"
        if left:
            first = left[0]
            text += f"; next: {described(self.comparison, first)}, {frames_of(first)}"
        return f"<Consensus: {text}>"


def _within(place: FoundError, frames: tuple[int, int] | None) -> FoundError:
    if frames is None:
        return place
    start, stop = frames
    if not place.start <= start < stop <= place.stop:
        raise AnnotationError(
            f"frames={frames} are not within [{place.start}, {place.stop})"
        )
    return replace(place, start=start, stop=stop)
