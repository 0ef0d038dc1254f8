"""Checks what comes from a browser, field by field, before anybody looks at it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast, get_args

from boxreel.errors import ProtocolError
from boxreel.review.verdicts import Ruling
from boxreel.widget.asked import Request
from boxreel.widget.compared import ErrorKey
from boxreel.widget.setting import Scope

MAX_FRAMES = 4096
"""Most frames that one request may list."""

MAX_CLIENTS = 64
"""Views whose requests for pictures are kept: the one silent longest is dropped."""

MAX_WIDTH = 8192
"""Widest picture that may be asked for, in pixels."""


def parse(content: object, frame_counts: Sequence[int | None]) -> Request:
    """Check a message from the browser and return it with its known fields only.

    Parameters
    ----------
    content
        What arrived, of any shape.
    frame_counts
        Number of frames of each video, None where it was not opened; frame numbers
        must be below it.

    Raises
    ------
    ProtocolError
        If the kind is unknown, or a field is missing, of the wrong type or out of
        range. The text names the field and its value.

    Examples
    --------
    >>> parse({"kind": "steps", "client": "c1", "item": 0}, [10])
    {'kind': 'steps', 'client': 'c1', 'item': 0}
    >>> parse({"kind": "steps"}, [10])
    Traceback (most recent call last):
    boxreel.errors.ProtocolError: message 'steps' has no field 'client'
    """
    if not isinstance(content, Mapping):
        raise ProtocolError(f"a message must be an object, not {_shown(content)}")
    kind = content.get("kind")
    fields = _FIELDS.get(kind) if isinstance(kind, str) else None
    if fields is None:
        raise ProtocolError(f"unknown kind of message: {_shown(kind)}")
    request: dict[str, Any] = {"kind": kind}
    for name, check in fields.items():
        if name not in content:
            raise ProtocolError(f"message {kind!r} has no field {name!r}")
        try:
            request[name] = check(content[name])
        except ProtocolError as error:
            raise ProtocolError(f"message {kind!r}, field {name!r}: {error}") from None
    for field in ("item", "to"):
        if request.get(field, 0) >= len(frame_counts):
            raise ProtocolError(
                f"message {kind!r}, field {field!r}: there are {len(frame_counts)} "
                f"videos, there is no {request[field]}"
            )
    item = request.get("item", 0)
    frame_count = frame_counts[item] or 0
    named = {"wanted": request.get("wanted", ())}
    if "frame" in request:
        named["frame"] = [request["frame"]]
    for field, frames in named.items():
        for frame in frames:
            if frame >= frame_count:
                raise ProtocolError(
                    f"message {kind!r}, field {field!r}: the video has {frame_count} "
                    f"frames, there is no frame {frame}"
                )
    return cast("Request", request)


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:60] + "…"


def _integer(low: int, high: int) -> Callable[[object], int]:
    def check(value: object) -> int:
        if not isinstance(value, int) or isinstance(value, bool):
            raise ProtocolError(f"must be an integer, not {_shown(value)}")
        if not low <= value <= high:
            raise ProtocolError(f"must be {low} to {high}, not {_shown(value)}")
        return value

    return check


def _text(longest: int) -> Callable[[object], str]:
    def check(value: object) -> str:
        if not isinstance(value, str):
            raise ProtocolError(f"must be text, not {_shown(value)}")
        if len(value) > longest:
            raise ProtocolError(f"is longer than {longest} characters")
        return value

    return check


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise ProtocolError(f"must be true or false, not {_shown(value)}")
    return value


def _object(value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise ProtocolError(f"must be an object, not {_shown(value)}")
    return value


def _frame_list(value: object) -> list[int]:
    if not isinstance(value, list):
        raise ProtocolError(f"must be a list, not {_shown(value)}")
    if len(value) > MAX_FRAMES:
        raise ProtocolError(f"lists {len(value)} frames, at most {MAX_FRAMES} may be")
    frame = _integer(0, _MAX_COUNT)
    return [frame(item) for item in value]


def _mark(value: object) -> object:
    if value not in ("done", "discarded", None):
        raise ProtocolError(f"must be done, discarded or null, not {_shown(value)}")
    return value


def _stop(value: object) -> int | None:
    return None if value is None else _integer(0, _MAX_COUNT)(value)


def _threshold(value: object) -> float:
    if not isinstance(value, (int, float)) or isinstance(value, bool):
        raise ProtocolError(f"must be a number, not {_shown(value)}")
    if not 0 < value <= 1:
        raise ProtocolError(f"must be over 0, up to 1, not {_shown(value)}")
    return float(value)


def _share(value: object) -> float:
    return 0.0 if value == 0 else _threshold(value)


def _scope(value: object) -> object:
    if value not in get_args(Scope):
        raise ProtocolError(f"must be clip, view or verified, not {_shown(value)}")
    return value


def _range(value: object) -> tuple[int, ...]:
    if not isinstance(value, list) or len(value) != 2:
        raise ProtocolError(f"must be start, stop, not {_shown(value)}")
    frame = _integer(0, _MAX_COUNT)
    return frame(value[0]), frame(value[1])


def _ruling(value: object) -> object:
    if value is not None and value not in get_args(Ruling):
        known = ", ".join(get_args(Ruling))
        raise ProtocolError(f"must be {known} or null, not {_shown(value)}")
    return value


def _error(value: object) -> ErrorKey:
    if not isinstance(value, list) or len(value) != 5:
        raise ProtocolError(
            f"must be kind, start, stop, truth, prediction, not {_shown(value)}"
        )
    kind, start, stop, truth, prediction = value
    frame = _integer(0, _MAX_COUNT)
    return _text(64)(kind), frame(start), frame(stop), _stop(truth), _stop(prediction)


def _rect(value: object) -> tuple[int, ...] | None:
    if value is None:
        return None
    if not isinstance(value, list) or len(value) != 4:
        raise ProtocolError(f"must be left, top, width, height, not {_shown(value)}")
    side = _integer(0, _MAX_COUNT)
    return tuple(side(item) for item in value)


_MAX_COUNT = 2**53
_CLIENT = _text(64)
_ITEM = _integer(0, _MAX_COUNT)
_ACT: dict[str, Callable[[object], Any]] = {
    "client": _CLIENT,
    "item": _ITEM,
    "seq": _integer(1, _MAX_COUNT),
    "after": _integer(0, _MAX_COUNT),
}
_FIELDS: dict[str, dict[str, Callable[[object], Any]]] = {
    "hello": {"protocol": _integer(0, _MAX_COUNT), "client": _CLIENT},
    "ping": {"client": _CLIENT},
    "nudge": {},
    "edit": {**_ACT, "revision": _integer(0, _MAX_COUNT), "edit": _object},
    "undo": _ACT,
    "redo": _ACT,
    "steps": {"client": _CLIENT, "item": _ITEM},
    "travel": {
        "client": _CLIENT,
        "item": _ITEM,
        "revision": _integer(0, _MAX_COUNT),
        "by": _integer(-_MAX_COUNT, _MAX_COUNT),
    },
    "save": {"item": _ITEM},
    "open": {"item": _ITEM, "frame": _integer(0, _MAX_COUNT), "to": _ITEM},
    "mark": {"item": _ITEM, "mark": _mark},
    "frames": {
        "client": _CLIENT,
        "item": _ITEM,
        "width": _integer(1, MAX_WIDTH),
        "wanted": _frame_list,
        "around": _flag,
    },
    "region": {
        "client": _CLIENT,
        "item": _ITEM,
        "frame": _integer(0, _MAX_COUNT),
        "rect": _rect,
    },
    "track": {
        "client": _CLIENT,
        "item": _ITEM,
        "track": _integer(1, _MAX_COUNT),
        "frame": _integer(0, _MAX_COUNT),
        "stop": _stop,
    },
    "stop_tracking": {"item": _ITEM},
    "match": {
        "client": _CLIENT,
        "item": _ITEM,
        "seq": _integer(1, _MAX_COUNT),
        "model": _text(1000),
        "iou": _threshold,
        "score": _share,
        "scope": _scope,
        "view": _range,
    },
    "verdict": {"item": _ITEM, "error": _error, "ruling": _ruling},
    "verify": {
        "item": _ITEM,
        "start": _integer(0, _MAX_COUNT),
        "stop": _integer(0, _MAX_COUNT),
        "verified": _flag,
    },
    "fixes": {"client": _CLIENT, "item": _ITEM, "error": _error},
    "error": {"client": _CLIENT, "text": _text(10_000)},
}
