"""The command line: ``python -m boxreel convert IN... --to FORMAT OUT [--images]``."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, get_args

from boxreel.dataset.choice import Named
from boxreel.dataset.convert import gathered
from boxreel.dataset.layouts import LAYOUTS
from boxreel.errors import BoxreelError
from boxreel.formats import convert as converting
from boxreel.formats import formats
from boxreel.model.sheet import Cell, Sheet
from boxreel.progress import progress_line

CHOICES = (
    *("videos", "split", "seed", "frames", "every", "context", "quality", "overwrite"),
)
"""Options of data sets."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; return 0 when everything went well, 1 otherwise."""
    parser = _parser()
    given = parser.parse_intermixed_args(arguments)
    *inputs, out = given.paths
    if not inputs:
        parser.error("an input and an output are required")
    choices = {name: getattr(given, name) for name in CHOICES if name in given}
    if choices and not given.images:
        parser.error(f"--{next(iter(choices))} is of data sets; pass --images too")
    if given.images and given.write:
        parser.error("--write is of label files, not of data sets; leave it out")
    options = converting.Options(
        to=given.to,
        format=given.format,
        video=given.video,
        simplify=given.simplify,
        link=given.link,
        reading=dict(given.read),
        writing=dict(given.write),
    )
    others: list[Path] = []
    try:
        if given.images:
            outcomes, said = _gathered(inputs, out, options, others, choices)
        else:
            outcomes, said = _converted(inputs, out, options, others), ""
    except (BoxreelError, IndexError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(_summary(outcomes) + _no_labels(others) + said)
    failed = [one for one in outcomes if one.error]
    sys.stderr.writelines(f"{one.error}\n" for one in failed)
    if not outcomes:
        sys.stderr.write("there are no label files; name one, or pass --from\n")
    return 1 if failed or not outcomes else 0


def _converted(
    inputs: Sequence[Path],
    out: Path,
    options: converting.Options,
    others: list[Path],
) -> list[converting.Outcome]:
    """Convert each label file into one of its own."""
    jobs = converting.jobs(inputs, out, options, others)
    outcomes = []
    with progress_line("convert", len(jobs), unit="files", after=1) as step:
        for job in jobs:
            outcomes.append(converting.convert(job, options))
            step()
    return outcomes


def _gathered(
    inputs: Sequence[Path],
    out: Path,
    options: converting.Options,
    others: list[Path],
    choices: Mapping[str, Any],
) -> tuple[list[converting.Outcome], str]:
    """Make one data set of all label files."""
    found = converting.labels_in(inputs, out, options.format, others)
    outcomes, report = gathered([path for path, _ in found], out, options, **choices)
    return outcomes, f"{report}\n" if report else ""


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m boxreel",
        description="Convert label files from one format into another.",
        usage="%(prog)s convert IN... --to FORMAT OUT [options]",
    )
    add = parser.add_argument
    add("command", choices=["convert"])
    add("paths", nargs="+", type=Path, help="label files or folders; last, the output")
    written = [name for name, one in formats().items() if one.dump]
    add("--to", required=True, choices=written, help="the format to write")
    add("--from", dest="format", choices=[*formats()], help="the format to read")
    add("--video", help="the video that was labelled")
    add("--simplify", type=float, metavar="IOU", help="keep few keyframes, as 0.9")
    add("--link", action="store_true", help="link boxes without an id into tracks")
    for name, what in (("read", "reading"), ("write", "writing")):
        add(
            f"--{name}",
            action="append",
            default=[],
            type=_option,
            metavar="NAME=VALUE",
            help=f"an option of the format for {what}, as frame_base=0",
        )
    _add_choices(parser)
    return parser


def _add_choices(parser: argparse.ArgumentParser) -> None:
    """Add what makes one data set of all inputs; what is not given is not there."""
    group = parser.add_argument_group("data sets with images, see export_dataset")
    known = ", ".join(LAYOUTS)
    group.add_argument(
        "--images", action="store_true", help=f"make one data set of all: {known}"
    )

    def add(name: str, type: Callable[[str], Any], help: str, **more: Any) -> None:
        default = argparse.SUPPRESS
        group.add_argument(f"--{name}", type=type, default=default, help=help, **more)

    add("videos", Path, "folder of the videos; beside the labels if not given")
    add("split", _share, "0.8, or train=0.7,val=0.2,test=0.1: whole clips in each")
    add("seed", int, "another one is another split")
    add("frames", str, "which frames", choices=get_args(Named))
    add("every", int, "one in so many neighbouring frames")
    add("context", int, "so many frames around each")
    add("quality", int, "of the JPEGs, 1 to 100")
    for name, what, value in (
        ("png", "images without loss", {"dest": "quality", "const": None}),
        ("overwrite", "replace a data set that is there", {"const": True}),
    ):
        group.add_argument(
            f"--{name}",
            action="store_const",
            default=argparse.SUPPRESS,
            help=what,
            **value,
        )


def _share(text: str) -> float | dict[str, float]:
    try:
        if "=" not in text:
            return float(text)
        pairs = [one.split("=") for one in text.split(",")]
        return {name: float(share) for name, share in pairs}
    except ValueError:
        message = f"{text!r} is neither a share, as 0.8, nor train=0.8,val=0.2"
        raise argparse.ArgumentTypeError(message) from None


def _option(text: str) -> tuple[str, object]:
    name, equals, value = text.partition("=")
    if not equals:
        raise argparse.ArgumentTypeError(f"{text!r} is not NAME=VALUE")
    try:
        return name, json.loads(value)
    except ValueError:
        return name, value


def _summary(outcomes: Sequence[converting.Outcome]) -> str:
    rows: list[tuple[Cell, ...]] = []
    for one in outcomes:
        if one.read is None:
            rows.append((str(one.job.path), "", "failed", "", "", "", ""))
            continue
        notes = [
            note
            for report in (one.read, one.written)
            if report
            for note in report.notes
        ]
        kinds = [
            sum(note.kind == kind for note in notes)
            for kind in ("guessed", "dropped", "lost")
        ]
        tracks = one.read.counts["tracks"]
        rows.append(
            (str(one.job.path), one.read.format, str(one.job.out), tracks, *kinds)
        )
    columns = ("file", "format", "written", "tracks", "guessed", "dropped", "lost")
    done = sum(not one.error for one in outcomes)
    head = f"{done} of {len(outcomes)} files converted"
    return Sheet(head, columns, rows).text() + "\n"


def _no_labels(others: Sequence[Path]) -> str:
    if not others:
        return ""
    more = f" and {len(others) - 3:,} more" if len(others) > 3 else ""
    return f"not label files: {', '.join(map(str, others[:3]))}{more}\n"


if __name__ == "__main__":
    sys.exit(main())
