"""The command line: ``python -m boxreel convert IN... --to FORMAT OUT``."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from boxreel.errors import BoxreelError
from boxreel.formats import convert as converting
from boxreel.formats import formats
from boxreel.model.sheet import Cell, Sheet
from boxreel.video.progress import progress_line


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; return 0 when everything went well, 1 otherwise."""
    parser = _parser()
    given = parser.parse_intermixed_args(arguments)
    *inputs, out = given.paths
    if not inputs:
        parser.error("an input and an output are required")
    options = converting.Options(
        to=given.to,
        format=given.format,
        video=given.video,
        simplify=given.simplify,
        reading=dict(given.read),
        writing=dict(given.write),
    )
    try:
        jobs = converting.jobs(inputs, out, options)
    except BoxreelError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    outcomes = []
    with progress_line("convert", len(jobs), unit="files", after=1) as step:
        for job in jobs:
            outcomes.append(converting.convert(job, options))
            step()
    sys.stdout.write(_summary(outcomes))
    failed = [one for one in outcomes if one.error]
    sys.stderr.writelines(f"{one.error}\n" for one in failed)
    if not jobs:
        sys.stderr.write("there are no label files; name one, or pass --from\n")
    return 1 if failed or not jobs else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m boxreel",
        description="Convert label files from one format into another.",
        usage="%(prog)s convert IN... --to FORMAT OUT [options]",
    )
    add = parser.add_argument
    add("command", choices=["convert"])
    add("paths", nargs="+", type=Path, help="label files or folders; last, the output")
    known = [*formats()]
    add("--to", required=True, choices=known, help="the format to write")
    add("--from", dest="format", choices=known, help="the format to read")
    add("--video", help="the video that was labelled")
    add("--simplify", type=float, metavar="IOU", help="keep few keyframes, as 0.9")
    for name, what in (("read", "reading"), ("write", "writing")):
        add(
            f"--{name}",
            action="append",
            default=[],
            type=_option,
            metavar="NAME=VALUE",
            help=f"an option of the format for {what}, as frame_base=0",
        )
    return parser


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
        if one.read is None or one.written is None:
            rows.append((str(one.job.path), "", "failed", "", "", "", ""))
            continue
        counts, notes = one.written.counts, (*one.read.notes, *one.written.notes)
        kinds = [
            sum(note.kind == kind for note in notes)
            for kind in ("guessed", "dropped", "lost")
        ]
        tracks = counts["tracks"]
        rows.append(
            (str(one.job.path), one.read.format, str(one.job.out), tracks, *kinds)
        )
    columns = ("file", "format", "written", "tracks", "guessed", "dropped", "lost")
    done = sum(not one.error for one in outcomes)
    head = f"{done} of {len(outcomes)} files converted"
    return Sheet(head, columns, rows).text() + "\n"


if __name__ == "__main__":
    sys.exit(main())
