"""Label files on disk: the only file of this package that touches it.

Reading is bounded and names what is wrong; writing is atomic: whoever looks at the
path sees the old content or the new, never a part.
"""

from __future__ import annotations

import fnmatch
import io
import os
import posixpath
import secrets
import shutil
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from boxreel.errors import FormatError
from boxreel.formats.archives import HEAD, MAX_MEMBERS, Archive, kind_of

MAX_BYTES = 1 << 30
"""Largest label file that is read, also unpacked."""


@dataclass(frozen=True)
class Content:
    """What a file holds, or a file `member` of a folder or an archive.

    It is read where it is asked for. FormatError where it cannot be read, or an archive
    has no such file or several.
    """

    file: LabelFile
    member: str = ""

    def data(self) -> bytes:
        """Return all of it."""
        return self.file.bytes_of(self.member)

    def text(self) -> str:
        """Return all of it as text; FormatError where it is not UTF-8."""
        return decoded(self.file.name_of(self.member), self.data())

    def open(self) -> BinaryIO:
        """Open it, to read it piece by piece."""
        if self.file.on_disk:
            return _opened(self.file.path)
        return io.BytesIO(self.data())

    def head(self, length: int) -> str:
        """Return the text that it begins with."""
        with self.open() as file:
            return file.read(length).decode("utf-8-sig", errors="replace")


class LabelFile:
    """A label file with its companions, in a folder or in a zip or tar archive.

    Parameters
    ----------
    path
        The file, the archive, or the folder that holds the labels.

    Raises
    ------
    FormatError
        If it cannot be read, is larger than `MAX_BYTES` or a broken archive.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._archive: Archive | None = None
        self._members: list[str] | None = None
        self._data: bytes | None = None
        if path.is_dir():
            self._members = _files_below(path)
            return
        if not path.is_file():  # a pipe can be read once
            self._data = _read_bytes(path)
        with Content(self).open() as file:
            kind = kind_of(file.read(HEAD))
        if kind:
            self._archive = Archive(path, self.data, kind)
            self._members = self._archive.members

    @property
    def is_many(self) -> bool:
        """Whether it is a folder or an archive."""
        return self._members is not None

    @property
    def members(self) -> list[str]:
        """Paths of the files in the folder or archive; empty for a plain file."""
        return self._members or []

    @property
    def listed(self) -> str:
        """The first of the members, for errors."""
        return ", ".join(self.members[:10])[:400] or "nothing"

    def holds(self, member: str) -> bool:
        """Whether the archive has a file of this name, in whatever folder."""
        return bool(member) and any(_is(name, member) for name in self.members)

    @property
    def data(self) -> bytes:
        """Content of a plain file."""
        return _read_bytes(self.path) if self._data is None else self._data

    @property
    def on_disk(self) -> bool:
        """Whether it is one file that can be read from the disk again."""
        return self._data is None and not self.is_many

    def name_of(self, member: str) -> str:
        """Return what errors call the file, or of a folder or archive a member."""
        return f"{self.path}/{self._find(member)}" if self.is_many else str(self.path)

    def clips(self, member: str) -> list[str]:
        """Return the files that a `member` with ``*`` stands for."""
        return [name for name in self.members if _is(name, member)]

    def clip(self, member: str, clip: object) -> str:
        """Return the file of a clip, its name or what stands for ``*``; None: alone."""
        names = self.clips(member)
        known = ", ".join(sorted(names))[:400]
        if clip is not None:
            own = member.replace("*", str(clip))
            names = [name for name in names if name == clip or _is(name, own)]
        if len(names) != 1:
            raise FormatError(
                f"{self.path}: {len(names)} of its clips are meant; pass clip= with "
                f"one of: {known}"
            )
        return names[0]

    def bytes_of(self, member: str) -> bytes:
        """Return the file, or of a folder or archive the file `member`."""
        return self.data_of(self._find(member)) if self.is_many else self.data

    def texts(self, members: Iterable[str]) -> dict[str, str]:
        """Return the texts of files in the folder or archive, by path.

        Raises
        ------
        FormatError
            If one is not UTF-8, or all together are larger than `MAX_BYTES`.
        """
        found, size = {}, 0
        for name in members:
            found[name] = decoded(f"{self.path}/{name}", self.data_of(name))
            size += len(found[name])
            if size > MAX_BYTES:
                raise FormatError(_too_large(str(self.path)))
        return found

    def data_of(self, name: str) -> bytes:
        """Return the file of a path in the folder or archive."""
        if self._archive is None:
            return _read_bytes(self.path / name)
        data = self._archive.read(name, MAX_BYTES + 1)
        if len(data) > MAX_BYTES:
            raise FormatError(_too_large(f"{self.path}/{name}"))
        return data

    def beside(self, member: str, companions: Iterable[str]) -> dict[str, str]:
        """Return the texts of those companions that exist, by relative path."""
        found = {}
        for companion in companions:
            if self._members is None:
                path = self.path.parent / companion
                if path.is_file():
                    found[companion] = decoded(str(path), _read_bytes(path))
            else:
                folder = posixpath.dirname(self._find(member))
                name = posixpath.normpath(posixpath.join(folder, companion))
                if name in self.members:
                    found[companion] = decoded(
                        f"{self.path}/{name}", self.data_of(name)
                    )
        return found

    def _find(self, member: str) -> str:
        names = [name for name in self.members if _is(name, member)]
        if member in names:
            names = [member]
        if len(names) != 1 or self.members.count(names[0]) != 1:
            raise FormatError(
                f"{self.path} should hold one {member!r}, it holds "
                f"{len(names)} among: {self.listed}"
            )
        return names[0]


def write(path: Path, texts: Mapping[str, str | bytes], member: str = "") -> None:
    """Write a label file and its companions, each whole or not at all.

    Parameters
    ----------
    path
        The label file. When it ends in ``.zip`` all texts are packed into it.
    texts
        Content by path relative to `path`; ``""`` is the label file itself.
    member
        Path of the label file inside an archive.

    Raises
    ------
    FormatError
        If the folder is missing or read-only, the file write-protected, the disk
        full, or a text not encodable. Nothing is changed then.
    """
    if path.suffix.lower() == ".zip" and member:
        contents = {path: _pack(path, texts, member)}
    else:
        contents = {
            path.parent / name if name else path: _encode(path, text)
            for name, text in texts.items()
        }
    written: dict[Path, Path] = {}
    try:
        for target, data in contents.items():
            final = target.resolve()
            if final.exists() and not os.access(final, os.W_OK):
                raise FormatError(
                    f"{target}: is write-protected; make it writable or choose "
                    "another place"
                )
            written[final] = temporary = _temporary(final)
            _write_bytes(temporary, data)
            if final.exists():
                shutil.copymode(final, temporary)
        for final, temporary in written.items():
            temporary.replace(final)
            _sync_folder(final.parent)
    except OSError as error:
        raise FormatError(trouble(path, error)) from error
    finally:
        for temporary in written.values():
            temporary.unlink(missing_ok=True)


def write_folder(path: Path, texts: Mapping[str, str | bytes]) -> None:
    """Write files into a new folder, all or none.

    Parameters
    ----------
    path
        The folder; there must be none yet, or an empty one.
    texts
        Content by path relative to `path`.

    Raises
    ------
    FormatError
        If the folder is there and not empty, or cannot be written.
    """
    if path.name in ("", ".."):
        raise FormatError(f"{path}: cannot be written as a whole; name a new folder")
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise FormatError(f"{path}: is there and not empty; choose a new folder")
    contents = {name: _encode(path / name, text) for name, text in texts.items()}
    temporary = _temporary(path)
    try:
        for name, data in contents.items():
            (temporary / name).parent.mkdir(parents=True, exist_ok=True)
            (temporary / name).write_bytes(data)
        if path.exists():
            path.rmdir()
        temporary.replace(path)
    except OSError as error:
        raise FormatError(trouble(path, error)) from error
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def _files_below(folder: Path) -> list[str]:
    """Paths of the files in a folder, relative to it, in natural order of names."""
    found: list[str] = []
    for parent, folders, names in os.walk(folder):
        folders.sort()
        inside = Path(parent).relative_to(folder).as_posix()
        found += [posixpath.normpath(posixpath.join(inside, n)) for n in sorted(names)]
        if len(found) > MAX_MEMBERS:
            raise FormatError(f"{folder}: more than {MAX_MEMBERS:,} files")
    return found


def _is(name: str, member: str) -> bool:
    if "*" in member:
        return fnmatch.fnmatchcase("/" + name, "*/" + member)
    return name == member or name.endswith("/" + member)


def _opened(path: Path) -> BinaryIO:
    try:
        file = path.open("rb")
    except FileNotFoundError as error:
        raise FormatError(f"{path}: there is no such file") from error
    except OSError as error:
        raise FormatError(f"{path}: cannot be read: {error.strerror}") from error
    if os.fstat(file.fileno()).st_size > MAX_BYTES:
        file.close()
        raise FormatError(_too_large(str(path)))
    return file


def _read_bytes(path: Path) -> bytes:
    try:
        with _opened(path) as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise FormatError(f"{path}: cannot be read: {error.strerror}") from error
    if len(data) > MAX_BYTES:
        raise FormatError(_too_large(str(path)))
    return data


def _too_large(path: str) -> str:
    return f"{path}: larger than {MAX_BYTES >> 20:,} MB; split the file"


def decoded(path: str, data: bytes) -> str:
    """Return the text of a file; FormatError, with the line, where it is not UTF-8."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise FormatError(
            f"{path}, line {line}: byte 0x{data[error.start]:02x} is not UTF-8; "
            "save the file as UTF-8"
        ) from error


def _encode(path: Path, text: str | bytes) -> bytes:
    if isinstance(text, bytes):
        return text
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError as error:
        bad = text[error.start]
        raise FormatError(
            f"{path}: {bad!r} has no place in UTF-8; rename it"
        ) from error


def _pack(path: Path, texts: Mapping[str, str | bytes], member: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in texts.items():
            inside = posixpath.join(posixpath.dirname(member), name) if name else member
            archive.writestr(posixpath.normpath(inside), _encode(path, text))
    return packed.getvalue()


def _temporary(path: Path) -> Path:
    return path.with_name(f".{path.name[:100]}.{secrets.token_hex(4)}.tmp")


def _write_bytes(path: Path, data: bytes) -> None:
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def trouble(path: Path, error: OSError) -> str:
    """Say why a file cannot be written, and what to do."""
    if isinstance(error, FileNotFoundError):
        return f"{path}: the folder {path.parent} does not exist; make it first"
    if isinstance(error, PermissionError):
        return f"{path}: no permission to write in {path.parent}; choose another place"
    return f"{path}: cannot be written: {error.strerror or error}"
