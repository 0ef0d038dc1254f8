"""What the labels are when a widget opens."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from boxreel.model import Annotation, Label, VideoInfo
from boxreel.model.labels import label_list
from boxreel.model.match import as_annotation, of_video
from boxreel.widget.saving import Saving


def first_labels(
    video: VideoInfo,
    annotation: Annotation | None,
    labels: Iterable[str | Label] | None,
    saving: Saving,
) -> tuple[Annotation, str]:
    """Return what to start from and what the person should know about that.

    A label file is what somebody has corrected before, so it goes before `annotation`,
    and the text says so and how to start over. `labels` are added to either; a `Label`
    takes the place of the one with its name.

    Raises
    ------
    TypeError
        If `annotation` is no `Annotation`.
    VideoMismatchError
        If `annotation` or the label file is of another video.
    FormatError
        If the label file cannot be read.
    """
    given = None
    if annotation is not None:
        given = of_video(as_annotation(annotation, "annotation"), video)
    found = saving.load(video)
    notices = [saving.notice] if saving.notice else []
    if found is not None and given is not None and found != given:
        notices.append(
            f"The labels come from {saving.path}, not from annotation=. To start over "
            "from annotation=, delete that file or pass another one with save_to=."
        )
    start = next(
        (one for one in (found, given) if one is not None), Annotation.for_video(video)
    )
    return _with_labels(start, () if labels is None else labels), " ".join(notices)


def _with_labels(annotation: Annotation, labels: Iterable[str | Label]) -> Annotation:
    labels = label_list(labels)
    wanted = Annotation.for_video(annotation.video, labels).labels
    defined = {label.name: label for label in labels if isinstance(label, Label)}
    known = {label.name for label in annotation.labels}
    merged = (
        *(defined.get(label.name, label) for label in annotation.labels),
        *(label for label in wanted if label.name not in known),
    )
    if merged == annotation.labels:
        return annotation
    version = annotation.label_version + bool(annotation.labels)
    return replace(annotation, labels=merged, label_version=version)
