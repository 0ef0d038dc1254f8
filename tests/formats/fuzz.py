"""Label files with something wrong: each ends in one clear error, or as a document.

``python -m tests.formats.fuzz --minutes 10`` tries until the time is over, with bounds
on memory and on the time a file may take.
"""

import argparse
import io
import json
import os
import random
import re
import signal
import tempfile
import time
import traceback
import warnings
import zipfile
from collections import Counter
from functools import cache
from pathlib import Path

from boxreel import formats
from boxreel.errors import FormatError
from boxreel.model import (
    Annotation,
    Attribute,
    Event,
    Keyframes,
    Label,
    Track,
    VideoInfo,
    edits,
)

VIDEO = VideoInfo.constant("street.mp4", 640, 480, frame_count=30, fps=30000 / 1001)
LARGEST_SEED = 60_000
SECONDS = 20
"""That one file may take in the long form."""
TOKENS = (
    *(b"", b"0", b"-1", b"1.5", b"999999999999", b"1e308", b"-1e308", b"1e309"),
    *(b"NaN", b"nan", b"inf", b"-Infinity", b"1e-320", b"9" * 5000, b"0x10", b"1_0"),
    *(b"null", b"true", b"[]", b"{}", b'""', b"x", b"\xff\xfe", b"\0", b"\xd9\xa3"),
    *("\u202e\u05d0".encode(), b"<!-- ", b"]]>", b"&a;", b"&#0;", b'"', b"'", b"--> "),
    *(b"[" * 5000, b'{"a":' * 5000, b"<a>" * 100, b"a" * 200_000, b"\r", b"\n\n"),
)
BOMB = (
    b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY c SYSTEM "file:///etc/hostname">]>'
)
VALUES = (
    *(None, True, False, 0, -1, 1.5, 1e300, -1e300, 10**30, 2**63, "", "x", "1", "NaN"),
    *([], {}, [[]], [None], {"": None}, {"a": {}}, "\ud800", "\0", "a" * 5000),
)


def labels():
    """Something of everything that formats hold."""
    pose = Attribute("pose", "choice", choices=("walks", "runs"), per="frame")
    table = Keyframes(
        [2, 9, 15, 20],
        [[x, 20, 40, 30, turn] for x, turn in ((5, 0), (50, 0), (60, 20), (90, 0))],
        outside=[False, False, True, False],
        occluded=[False, True, False, False],
        scores=[0.5, 1, 0.25, 0.5],
    )
    tracks = {
        1: Track(1, "car", table, {"pose": ((0, "walks"), (5, "runs"))}),
        7: Track(7, "van", Keyframes([0], [[300.25, 200, 50, 60]])),
    }
    event = Event(1, "crossing", 3, 9, (1,), {"said": "mind", "sure": True})
    names = (Label("car", "#102030", (pose,)), Label("van"), Label("crossing"))
    made = Annotation(VIDEO, names, tracks, (event,))
    return made.apply(edits.SetGroup((1, 7), 3))


@cache
def seeds(name):
    """Whole files of a format to begin with: our own, and small ones of others."""
    found = []
    chosen = formats.formats()[name]
    if chosen.dump is None:
        own = Path(__file__).parent.parent / "data" / "read"
        found = [path.read_bytes() for path in sorted(own.glob(f"{name}.*"))]
        return [*found, *samples().get(name, ())]
    with tempfile.TemporaryDirectory() as folder:
        spread = chosen.spread is not None
        path = Path(folder) / ("a.zip" if spread else f"a.{name}")
        formats.write(labels(), path, format=name)
        found.append(path.read_bytes())
        if chosen.member and not spread:
            path = Path(folder) / "a.zip"
            options = {"companions": True} if name == "mot" else {}
            formats.write(labels(), path, format=name, **options)
            found.append(path.read_bytes())
    return [*found, *samples().get(name, ())]


@cache
def samples():
    """Small files of other tools, by the format they are recognised as."""
    found = {}
    for path in sorted(
        Path(os.environ.get("BOXREEL_TEST_DATA", "/no")).glob("exports/*/*")
    ):
        if path.is_file() and path.stat().st_size < LARGEST_SEED:
            try:
                _, report = formats.read_report(path)
            except FormatError:
                continue
            found.setdefault(report.format, []).append(path.read_bytes())
    return found


def mutated(chance, data):
    """Return content with one to three things wrong."""
    if data[:2] == b"PK":
        return _packed(chance, data)
    for _ in range(chance.choice((1, 1, 2, 3))):
        kinds = [_token, _token, _cut, _bytes, _lines, _encoding]
        if data.lstrip()[:1] in (b"{", b"["):
            kinds += [_node] * 6
        if data.lstrip()[:1] == b"<":
            kinds += [_entities]
        data = chance.choice(kinds)(chance, data)
    return data


def _token(chance, data):
    """Put something else where a number, a name or a text is."""
    places = [found.span() for found in re.finditer(rb"[-\w.]+", data[:LARGEST_SEED])]
    if not places:
        return chance.choice(TOKENS)
    start, stop = chance.choice(places)
    return data[:start] + chance.choice(TOKENS) + data[stop:]


def _cut(chance, data):
    return data[: chance.randrange(len(data) + 1)]


def _bytes(chance, data):
    at, count = chance.randrange(len(data) + 1), chance.randrange(9)
    return data[:at] + chance.randbytes(chance.randrange(5)) + data[at + count :]


def _lines(chance, data):
    lines = data.split(b"\n")
    at = chance.randrange(len(lines))
    line = lines.pop(at)
    for _ in range(chance.randrange(3)):
        lines.insert(chance.randrange(len(lines) + 1), line)
    return b"\n".join(lines)


def _encoding(chance, data):
    text = data.decode("utf-8", errors="replace")
    name = chance.choice(["utf-16", "utf-8-sig", "utf-32-le", "cp037"])
    return text.encode(name, errors="replace")


def _entities(chance, data):
    at = data.find(b"?>") + 2 if b"?>" in data[:100] else 0
    return data[:at] + BOMB + data[at:].replace(b">", b">&b;&c;", 1)


def _node(chance, data):
    """Change one node of a JSON document."""
    try:
        document = json.loads(data)
    except (ValueError, RecursionError):
        return data
    nodes = []
    waiting = [document]
    while waiting and len(nodes) < 20_000:
        inner = waiting.pop()
        keys = inner if isinstance(inner, dict) else range(len(inner))
        nodes += [(inner, key) for key in keys]
        waiting += [inner[key] for key in keys if isinstance(inner[key], dict | list)]
    if not nodes:
        return data
    inner, key = chance.choice(nodes)
    act = chance.randrange(5)
    if act == 0:
        del inner[key]
    elif act == 1 and isinstance(inner, dict):
        inner[chance.choice(["", "-1", "x", "99999999999999999999"])] = inner.pop(key)
    elif act == 2 and isinstance(inner, list):
        inner.append(inner[key])
    elif act == 3:
        inner[key] = chance.choice(nodes)[0] if chance.random() < 0.5 else [inner[key]]
    else:
        inner[key] = chance.choice(VALUES)
    try:
        return json.dumps(document).encode()
    except (ValueError, RecursionError):  # it holds itself
        return data


def _packed(chance, data):
    """Change an archive: its bytes, or the names and contents of its files."""
    if chance.random() < 0.3:
        return chance.choice([_cut, _bytes])(chance, data)
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new,
        warnings.catch_warnings(),
    ):
        warnings.simplefilter("ignore")  # of names that are there twice
        names = old.namelist()
        broken = chance.choice(names)
        for name in names:
            content = old.read(name)
            if name == broken:
                act = chance.randrange(6)
                if act == 0:
                    name = chance.choice(
                        ["../../../x.txt", "/etc/x", "a/" * 200, "\\x"]
                    )
                elif act == 1:
                    new.writestr(name, b"")
                elif act == 2:
                    content = b" " * 3_000_000
                elif act == 3:
                    continue
                else:
                    content = mutated(chance, content)
            new.writestr(name, content)
    return packed.getvalue()


def check(content, name, folder, video=None):
    """Read a file; return the kind of its end, or raise for any that is none."""
    path = Path(folder) / "broken.txt"
    path.write_bytes(content)
    try:
        annotation, _ = formats.read_report(path, format=name, video=video)
    except FormatError as error:
        said = str(error)
    else:
        said = ""
    if said:
        assert str(path) in said, f"the error does not name the file: {said}"
        assert len(said) < 2000, f"{len(said)} long: {said[:200]}"
        return "refused"
    again = Path(folder) / "again.boxreel.json"
    formats.write(annotation, again)
    back, _ = formats.read_report(again)
    assert back == annotation, "what was read is not what it says it is"
    return "read"


def trial(number, name, folder):
    """Make the broken file of a number and check it."""
    chance = random.Random(number)
    content = mutated(chance, chance.choice(seeds(name)))
    given = name if chance.random() < 0.7 else None
    return check(content, given, folder, chance.choice([None, VIDEO]))


def _too_long(*_):
    raise TimeoutError(f"a file took {SECONDS} s")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=1)
    parser.add_argument("--format", help="only this one")
    parser.add_argument("--start", type=int, default=0, help="number of the first file")
    given = parser.parse_args()
    import resource  # which not every system has

    names = [given.format] if given.format else list(formats.formats())
    for name in names:
        seeds(name)
    resource.setrlimit(resource.RLIMIT_AS, (6 << 30, resource.RLIM_INFINITY))
    ends: Counter[str] = Counter()
    failures: Counter[str] = Counter()
    warnings.simplefilter("error")
    signal.signal(signal.SIGALRM, _too_long)
    stop, number = time.monotonic() + 60 * given.minutes, given.start
    with tempfile.TemporaryDirectory() as folder:
        while time.monotonic() < stop:
            name = names[number % len(names)]
            signal.alarm(SECONDS)
            try:
                ends[trial(number, name, folder)] += 1
            except BaseException as error:  # noqa: BLE001 - the failures looked for
                where = traceback.extract_tb(error.__traceback__)[-1]
                kind = (
                    f"{name}: {type(error).__name__} at {where.filename}:{where.lineno}"
                )
                failures[kind] += 1
                if failures[kind] == 1:
                    print(f"{number} {kind}: {str(error)[:300]}", flush=True)
                if isinstance(error, KeyboardInterrupt):
                    break
            number += 1
    print(f"{number - given.start} files: {dict(ends)}, failures {dict(failures)}")
    return int(bool(failures))


if __name__ == "__main__":
    raise SystemExit(main())
