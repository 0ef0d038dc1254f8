"""Does what a page asks in a review."""

from __future__ import annotations

from collections.abc import Callable

from boxreel.errors import AnnotationError
from boxreel.widget import compose_review as compose
from boxreel.widget.compared import ReviewRequest
from boxreel.widget.item import Item
from boxreel.widget.messages import Send
from boxreel.widget.setting import Setting


def obey_review(
    item: Item, request: ReviewRequest, permit: Callable[[], None], send: Send
) -> None:
    """Do what is asked; what an item without predictions is asked is left alone.

    Parameters
    ----------
    item
        Whose labels are reviewed.
    request
        What is asked.
    permit
        Raises what forbids the person to change anything.
    send
        Takes what is answered.

    Raises
    ------
    AnnotationError
        It cannot be done; says why.
    """
    comparing = item.comparing
    if comparing is None:
        return
    if request["kind"] == "match":
        comparing.match(
            Setting(
                request["model"],
                request["iou"],
                request["score"],
                request["scope"],
                request["view"],
            ),
            (request["client"], request["seq"]),
        )
    elif request["kind"] == "fixes":
        revision = item.session.revision
        try:
            offered = comparing.fixes(comparing.named(request["error"]))
        except AnnotationError:
            return  # The page will have heard by now, and ask of another one.
        send(compose.fixes(offered, request, revision), [])
    else:
        permit()
        if request["kind"] == "verdict":
            comparing.judge(comparing.named(request["error"]), request["ruling"])
        else:
            start, stop = request["start"], request["stop"]
            comparing.verify(start, stop, verified=request["verified"])
