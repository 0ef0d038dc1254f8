"""What happens on a message: the kernel's end of the line to the browser.

Knows the messages and what they lead to, but not how they travel.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from boxreel.errors import AnnotationError, ProtocolError
from boxreel.model.edits import edit_from_json
from boxreel.widget import messages
from boxreel.widget.frames import FrameServer
from boxreel.widget.labelfile import Saving
from boxreel.widget.messages import Send
from boxreel.widget.requests import parse
from boxreel.widget.session import Change, Origin, Session, State


class Link:
    """Answers the browser's messages and tells all browsers what changed.

    Parameters
    ----------
    send
        Takes a message and its buffers, on any thread.
    frames, saving
        Who does what frame requests and save requests ask for.
    warnings
        Gives the texts that a browser shows when it opens the video.
    report
        Takes the text of a failure in a browser.
    read_only
        Whether edits of the browsers are refused.

    Notes
    -----
    `session` is set by whoever makes both: the session publishes to :meth:`publish`.
    """

    session: Session

    def __init__(
        self,
        send: Send,
        frames: FrameServer,
        saving: Saving,
        warnings: Callable[[], Iterable[str]],
        report: Callable[[str], None],
        read_only: bool = False,
    ) -> None:
        self._send = send
        self._frames = frames
        self._saving = saving
        self._warnings = warnings
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
        frame_count = self.session.annotation.video.frame_count
        try:
            request = parse(content, frame_count)
        except ProtocolError as error:
            self._notice(f"The kernel did not understand the page: {error}")
            return
        try:
            self._obey(request)
        except Exception as error:
            self._notice(f"Python code failed: {type(error).__name__}: {error}")
            raise

    def publish(self, change: Change) -> None:
        """Tell all browsers of a change; called in the order of the revisions."""
        state, origin = change.state, change.origin
        if change.edit is not None:
            self._send(
                {
                    "kind": "edited",
                    "revision": state.revision,
                    "client": origin.client,
                    "seq": origin.seq,
                    "edit": change.edit.to_json(),
                    "history": _names(state),
                },
                [],
            )
        else:
            message, buffers = messages.changed(
                change.before,
                state.annotation,
                revision=state.revision,
                client=origin.client,
                history=_names(state),
            )
            self._send(message, buffers)
        self._saving.put(state.annotation)

    def _obey(self, request: messages.Request) -> None:
        if request["kind"] == "hello":
            self._hello(request)
        elif request["kind"] == "edit":
            self._edit(request)
        elif request["kind"] == "undo" or request["kind"] == "redo":
            self._step(request)
        elif request["kind"] == "travel":
            self._travel(request)
        elif request["kind"] == "steps":
            self._steps(request)
        elif request["kind"] == "frames":
            self._frames.request(
                request["client"],
                request["width"],
                request["wanted"],
                request["around"],
            )
        elif request["kind"] == "save":
            self._saving.put(self.session.annotation)
        else:
            self._report(request["text"])

    def _hello(self, request: messages.Hello) -> None:
        if request["protocol"] != messages.PROTOCOL:
            self._notice(
                f"This page speaks version {request['protocol']} of the widget's "
                f"messages, the kernel version {messages.PROTOCOL}. Restart the "
                "kernel, run the cell again and reload the page."
            )
            return
        self._frames.forget_sent()
        with self.session.still() as state:
            message, buffers = messages.snapshot(
                state.annotation,
                revision=state.revision,
                client=request["client"],
                warnings=self._warnings(),
                history=_names(state),
                save=self._saving.state,
                read_only=self._read_only,
            )
            self._send(message, buffers)

    def _edit(self, request: messages.EditRequest) -> None:
        try:
            if self._read_only:
                raise AnnotationError("these labels are read-only")
            if request["revision"] > self.session.revision:
                raise AnnotationError(
                    f"made on revision {request['revision']}, but the kernel is at "
                    f"{self.session.revision}: the page is of an earlier run"
                )
            origin = Origin(request["client"], request["seq"])
            self.session.commit(edit_from_json(request["edit"]), origin)
        except AnnotationError as error:
            self._send(
                {
                    "kind": "rejected",
                    "client": request["client"],
                    "seq": request["seq"],
                    "revision": self.session.revision,
                    "reason": str(error),
                },
                [],
            )
            return
        self.session.tell()

    def _step(self, request: messages.StepRequest) -> None:
        if self._may_edit():
            by = -1 if request["kind"] == "undo" else 1
            self.session.travel(by, Origin(request["client"]))

    def _travel(self, request: messages.TravelRequest) -> None:
        if self._may_edit():
            origin = Origin(request["client"])
            self.session.travel(request["by"], origin, request["revision"])

    def _may_edit(self) -> bool:
        if self._read_only:
            self._notice("These labels are read-only.")
        return not self._read_only

    def _steps(self, request: messages.StepsRequest) -> None:
        steps = self.session.steps
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


def _names(state: State) -> messages.HistoryNames:
    return {"undo": state.undo_name, "redo": state.redo_name}
