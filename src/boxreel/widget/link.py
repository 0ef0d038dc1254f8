"""What happens on a message: the kernel's end of the line to the browser.

Knows the messages and what they lead to, but not how they travel.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from threading import Thread

from boxreel.errors import (
    AnnotationError,
    FormatError,
    ProtocolError,
    TrackingError,
)
from boxreel.model import Annotation
from boxreel.model.edits import edit_from_json
from boxreel.widget import asked, compose, messages
from boxreel.widget.compared import ReviewRequest
from boxreel.widget.compose import Ahead
from boxreel.widget.item import Item
from boxreel.widget.messages import Send
from boxreel.widget.origin import Origin
from boxreel.widget.pieces import PAUSE, Pieces, is_long
from boxreel.widget.playlist import Playlist
from boxreel.widget.requests import parse
from boxreel.widget.reviewing import obey_review
from boxreel.widget.session import Change


class Link:
    """Answers the browser's messages and tells all browsers what changed.

    Parameters
    ----------
    send
        Takes a message and its buffers, on any thread.
    go
        Shows the video at an index.
    mark
        Says of the video at an index that it is done, discarded or neither.
    report
        Takes the text of a failure in a browser.
    read_only
        Whether edits of the browsers are refused.

    Notes
    -----
    `playlist` is set by whoever makes both: its items publish to :meth:`publish`.
    `labels_locked` says whether the browsers may not change the label set.
    """

    playlist: Playlist
    labels_locked = False

    def __init__(
        self,
        send: Send,
        go: Callable[[int], None],
        mark: Callable[[int, asked.Mark | None], None],
        report: Callable[[str], None],
        read_only: bool = False,
    ) -> None:
        self._send = send
        self._pieces = Pieces(send)
        self._go = go
        self._mark = mark
        self._report = report
        self._read_only = read_only

    def receive(self, content: object) -> None:
        """Do what a message from the browser asks; a bad one is answered by a notice.

        Parameters
        ----------
        content
            The message as it came off the wire; nothing of it is trusted.

        Raises
        ------
        Exception
            What a function that observes the labels has raised; the edit stands.
        """
        try:
            request = parse(content, self.playlist.frame_counts())
        except ProtocolError as error:
            self._notice(f"The kernel did not understand the page: {error}")
            return
        try:
            self._obey(request)
        except Exception as error:
            self._notice(f"Python code failed: {type(error).__name__}: {error}")
            raise

    def publish(self, item: Item, change: Change) -> None:
        """Keep a change, then, of the item shown, tell all browsers of it.

        Called in the order of the revisions.
        """
        item.keep(change)
        if item is self.playlist.current:
            self._tell(change)
        elif change.client is not None and change.origin.seq is not None:
            index = self.playlist.place(item)
            self._say_heard(index, change.client, change.origin.seq)

    def ahead(self, item: Item, pause: float = 0.0) -> Ahead | None:
        """Send all browsers the tracks of a long document that is to be shown."""
        labels = item.session.annotation
        return self._pieces.go_ahead(labels, pause) if is_long(labels) else None

    def show(self, client: str = "", ahead: Ahead | None = None) -> None:
        """Tell all browsers what is shown now; `client` asked for it."""
        item = self.playlist.current
        item.frames.forget_sent()
        if client:
            item.frames.greet(item.frame, item.video.width)
        with item.session.still() as state:
            if item is not self.playlist.current:
                return  # All browsers have just been told of the other one.
            message, buffers = compose.snapshot(
                state.annotation,
                revision=state.revision,
                client=client,
                warnings=item.warnings,
                history=state.own,
                save=item.saving.state,
                read_only=self._read_only or bool(item.saving.refusal),
                frame=item.frame,
                item=self.playlist.index,
                items=self.playlist.heads(),
                heard=item.session.heard,
                document=item.document,
                ahead=ahead,
            )
            self._send(message, buffers)
        if item.marks.spans:
            self.show_marks()
        if item.comparing is not None:
            item.comparing.show()

    def show_items(self) -> None:
        """Tell all browsers how the videos are marked."""
        self._send({"kind": "items", "items": self.playlist.heads()}, [])

    def show_marks(self) -> None:
        """Tell all browsers what is to be looked at."""
        self._send(*compose.marks(self.playlist.current.marks))

    def _tell(self, change: Change) -> None:
        state, origin = change.state, change.origin
        if change.edit_json is not None:
            self._send(
                {
                    "kind": "edited",
                    "item": self.playlist.index,
                    "revision": state.revision,
                    "client": origin.client,
                    "seq": origin.seq,
                    "edit": change.edit_json,
                    "history": state.own,
                },
                [],
            )
        else:
            message, buffers = compose.changed(
                change.before,
                state.annotation,
                item=self.playlist.index,
                revision=state.revision,
                client=origin.client,
                seq=origin.seq,
                history=state.own,
            )
            self._send(message, buffers)

    def _obey(self, request: asked.Request) -> None:
        if request["kind"] == "hello":
            self._hello(request)
        elif request["kind"] == "ping":
            self._send({"kind": "pong", "client": request["client"]}, [])
        elif request["kind"] == "nudge":
            pass  # the server has heard it, which is all that it is for
        elif (
            request["kind"] == "edit"
            or request["kind"] == "undo"
            or request["kind"] == "redo"
        ):
            self._act(request)
        elif request["kind"] == "travel":
            self._travel(request)
        elif request["kind"] == "steps":
            self._steps(request)
        elif request["kind"] == "frames":
            self._want(request)
        elif request["kind"] == "region":
            if request["item"] == self.playlist.index:
                self.playlist.current.regions.request(
                    request["client"], request["frame"], request["rect"]
                )
        elif request["kind"] == "track":
            self._track(request)
        elif request["kind"] == "stop_tracking":
            self.playlist.current.tracking.stop()
        elif request["kind"] == "save":
            item = self.playlist[request["item"]]
            item.save()
        elif request["kind"] == "open":
            # The trait follows later, and would then be of the other video.
            self.playlist[request["item"]].frame = request["frame"]
            self._go(request["to"])
        elif request["kind"] == "mark":
            self._mark(request["item"], request["mark"])
        elif request["kind"] == "error":
            self._report(request["text"])
        else:
            self._review(request)

    def _hello(self, request: asked.Hello) -> None:
        if request["protocol"] != messages.PROTOCOL:
            self._notice(
                f"This page speaks version {request['protocol']} of the widget's "
                f"messages, the kernel version {messages.PROTOCOL}. Restart the "
                "kernel, run the cell again and reload the page."
            )
            return
        client, item = request["client"], self.playlist.current
        if is_long(item.session.annotation):
            Thread(target=self._show_long, args=(client, item), daemon=True).start()
        else:
            self.show(client)

    def _show_long(self, client: str, item: Item) -> None:
        self.show(client, self.ahead(item, PAUSE))

    def _want(self, request: asked.FramesRequest) -> None:
        """Bring frames, but not to a page that does not know yet what is shown."""
        if request["item"] == self.playlist.index:
            self.playlist.current.frames.request(
                request["client"],
                request["width"],
                request["wanted"],
                request["around"],
            )

    def _act(self, request: asked.EditRequest | asked.StepRequest) -> None:
        """Do what a person did: once, and in the order in which the page numbers it."""
        item = self.playlist[request["item"]]
        session = item.session
        client, seq = request["client"], request["seq"]
        with session.still():
            heard = session.heard.get(client, 0)
            if seq <= heard or request["after"] > heard:
                self._say_heard(request["item"], client, seq)
                return
            try:
                self._do(item, request)
            except AnnotationError as error:
                self._send(
                    {
                        "kind": "rejected",
                        "item": request["item"],
                        "client": client,
                        "seq": seq,
                        "revision": session.revision,
                        "reason": str(error),
                    },
                    [],
                )
                return
        session.tell()

    def _do(self, item: Item, request: asked.EditRequest | asked.StepRequest) -> None:
        session, permit = item.session, partial(self._permit, item)
        origin = Origin(request["client"], request["seq"])
        if request["kind"] == "edit":
            if request["revision"] > session.revision:
                raise AnnotationError(
                    f"made on revision {request['revision']}, but the kernel is at "
                    f"{session.revision}: the page is of an earlier run"
                )
            session.commit(edit_from_json(request["edit"]), origin, permit)
        elif session.turn(request["kind"], origin, permit) is None:
            raise AnnotationError(f"there is nothing to {request['kind']}")

    def _say_heard(self, item: int, client: str, seq: int) -> None:
        self._send(
            {
                "kind": "heard",
                "item": item,
                "client": client,
                "seq": seq,
                "heard": self.playlist[item].session.heard.get(client, 0),
            },
            [],
        )

    def _track(self, request: asked.TrackRequest) -> None:
        if request["item"] != self.playlist.index:
            return  # The page does not know yet that another one is shown.
        item = self.playlist.current
        labels = item.session.annotation
        try:
            self._permit(item, labels, labels)
            item.tracking.start(request["track"], request["frame"], request["stop"])
        except (AnnotationError, TrackingError) as error:
            self._notice(f"Not done: {error}.")

    def _review(self, request: ReviewRequest) -> None:
        item = self.playlist[request["item"]]
        labels = item.session.annotation
        permit = partial(self._permit, item, labels, labels)
        try:
            obey_review(item, request, permit, self._send)
        except (AnnotationError, FormatError) as error:
            self._notice(f"Not done: {error}.")

    def _travel(self, request: asked.TravelRequest) -> None:
        item = self.playlist[request["item"]]
        origin, permit = Origin(request["client"]), partial(self._permit, item)
        try:
            item.session.travel(request["by"], origin, request["revision"], permit)
        except AnnotationError as error:
            self._notice(f"Not done: {error}.")

    def _permit(self, item: Item, before: Annotation, after: Annotation) -> None:
        """Refuse what a person may not change.

        Raises
        ------
        AnnotationError
            If it is so; the text says why.
        """
        if self._read_only:
            raise AnnotationError("these labels are read-only")
        if item.saving.refusal:
            raise AnnotationError(item.saving.refusal)
        if self.labels_locked and (
            (before.labels, before.declared) != (after.labels, after.declared)
        ):
            raise AnnotationError(
                "the label set is locked (labels_locked=True); Python code may change "
                "it, such as w.apply(boxreel.edits.AddLabel(...))"
            )

    def _steps(self, request: asked.StepsRequest) -> None:
        steps = self.playlist[request["item"]].session.steps
        self._send(
            {
                "kind": "steps",
                "client": request["client"],
                "revision": steps.revision,
                "past": list(steps.past),
                "future": list(steps.future),
            },
            [],
        )

    def _notice(self, text: str) -> None:
        self._send({"kind": "notice", "level": "error", "text": text}, [])
