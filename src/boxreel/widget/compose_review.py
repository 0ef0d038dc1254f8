"""Builds the messages to the browser that say how labels and predictions compare."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from boxreel.model import Annotation
from boxreel.review import (
    Comparison,
    Fix,
    FoundError,
    Reviewed,
    Signal,
    label_fixes,
)
from boxreel.review.differing import differing
from boxreel.review.pairs import pair_runs
from boxreel.widget.compared import (
    Compared,
    ErrorKey,
    ErrorRow,
    Fixes,
    FixesRequest,
    Numbers,
    Predictions,
    SaidRow,
    Signals,
)
from boxreel.widget.compose import columns, head
from boxreel.widget.messages import Buffers
from boxreel.widget.setting import Setting


def predictions(annotation: Annotation) -> tuple[Predictions, Buffers]:
    """Build what the labels are compared with as one message and its seven buffers."""
    tracks = list(annotation.tracks.values())
    heads = [head(track) for track in tracks]
    message: Predictions = {"kind": "predictions", "tracks": heads}
    return message, columns(tracks)


def compared(
    pair: tuple[Comparison, Comparison],
    scope: tuple[Comparison, Comparison],
    models: Mapping[str, Comparison],
    setting: Setting,
    reviewed: Reviewed,
    *,
    revision: int,
    asked: tuple[str, int] | None,
) -> tuple[Compared, Buffers]:
    """Build the errors, the numbers and the pairs as one message and its buffer.

    Parameters
    ----------
    pair
        The labels as they were handed over and as they are, compared.
    scope
        The same on the frames that the numbers are of.
    models
        The labels as they are compared with all predictions.
    setting
        How it was done.
    reviewed
        What people have said.
    revision
        Of the labels.
    asked
        Which page has set it so by which of its requests.
    """
    before, found = pair
    verdicts = reviewed.verdicts_on(found)
    said: list[SaidRow] = [
        (index, verdict.ruling, verdict.author, verdict.time)
        for index, error in enumerate(found.errors)
        if (verdict := verdicts.get(error)) is not None
    ]
    others = [other for name, other in models.items() if name != setting.model]
    differs = differing(found, others) if others else []
    frames = scope[1].frames
    message: Compared = {
        "kind": "compared",
        "revision": revision,
        "setting": {
            "model": setting.model,
            "iou": setting.iou,
            "score": setting.score,
            "scope": setting.scope,
            "view": setting.view,
        },
        "asked": asked,
        "models": [(name, _numbers(other)) for name, other in models.items()],
        "frames": None if frames is None else len(frames),
        "errors": [_row(error) for error in found.errors],
        "differs": [index for index, each in enumerate(differs) if each],
        "said": said,
        "verified": list(reviewed.verified),
        "numbers": _numbers(scope[1]),
        "first": _numbers(scope[0]),
        "fixes": label_fixes(before, found, reviewed),
    }
    return message, [pair_runs(found.outcomes).astype("<i4").tobytes()]


def _row(error: FoundError) -> ErrorRow:
    return (
        error.kind,
        error.start,
        error.stop,
        error.label,
        error.truth,
        error.prediction,
        error.was,
        error.iou,
        error.severity,
    )


def _numbers(found: Comparison) -> Numbers:
    known = found.evaluation.total.numbers()
    return {
        "IDF1": known["IDF1"],
        "MOTA": known["MOTA"],
        "HOTA": known["HOTA"],
        "IoU": known["MOTP"],
    }


def signals(added: Iterable[Signal]) -> tuple[Signals, Buffers]:
    """Build all signals as one message, a buffer for each."""
    listed = list(added)
    message: Signals = {"kind": "signals", "names": [each.name for each in listed]}
    return message, [each.values.astype("<f8").tobytes() for each in listed]


def error_key(error: FoundError) -> ErrorKey:
    """Return what names an error on the wire."""
    return error.kind, error.start, error.stop, error.truth, error.prediction


def fixes(offered: Iterable[Fix], request: FixesRequest, revision: int) -> Fixes:
    """Build what can be done about an error."""
    return {
        "kind": "fixes",
        "client": request["client"],
        "revision": revision,
        "error": request["error"],
        "fixes": [
            {"name": fix.name, "text": fix.text, "edit": fix.edit.to_json()}
            for fix in offered
        ],
    }
