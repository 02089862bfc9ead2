"""What there is to load under the paths a user named: files, folders, zips; and what each is called (``source``).

``source`` is the path relative to the named folder with ``/`` between, the file's name for a single file,
``archive.zip/inner.txt`` inside a zip; always NFC, never absolute. The order is that of the arguments, and sorted
within a folder: the same tree gives the same list everywhere.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from stat import S_ISDIR, S_ISREG

from graph.errors import ZhizeError
from ingest.limits import Limits
from ingest.loaders.archive import Archive, is_hidden, open_archive
from ingest.loaders.base import unreadable
from ingest.loaders.load import read_file
from ingest.loaders.sniff import LEGACY, SUPPORTED, Sniffed, extension, sniff


@dataclass(frozen=True, slots=True)
class Found:
    """A file to load, or (``error``) why it is not loaded.

    ``skipped``: it lay in a folder or zip and nobody asked for it by name, so that it is no failure.
    ``place``: where in the zip ``path`` it is, () for a file on disk. ``called``: what the file at ``path`` is called
    in messages, "" for the path itself.
    """

    source: str
    path: Path
    place: tuple[int, ...] = ()
    error: ZhizeError | None = None
    skipped: bool = False
    called: str = ""

    @property
    def display(self) -> str:
        """What messages call it."""
        name = self.called or str(self.path)
        return name if not self.place else f"{name} ({self.source})"


def discover(paths: Iterable[Path | str], limits: Limits) -> Iterator[Found]:
    """Everything under ``paths``. Problems are among what is found; nothing is raised midway.

    A second file with a source that was found before carries an error: which of them is meant cannot be known.
    """
    first: dict[str, Found] = {}
    for found in _all(paths, limits):
        before = first.setdefault(found.source, found) if found.error is None else found
        if before is found:
            yield found
        # The same file by two arguments is simply one file.
        elif before.place != found.place or not before.path.samefile(found.path):
            yield replace(found, error=unreadable(found.display, "same-source", before.display))


def discover_as(path: Path, name: str, source: str, limits: Limits) -> list[Found]:
    """The one file at ``path``, or what is in it when it is a zip, as if it were called ``name``: an upload, whose own
    path says nothing to anybody."""
    return list(_file(path, source, limits, named=True, called=name))


class Reader:
    """Reads what was found. Keeps the zip it read last open, as members of one zip come together."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._path: Path | None = None
        self._archive: Archive | None = None

    def read(self, found: Found) -> bytes:
        """The bytes of ``found``; raises its error, UnreadableFile or LimitExceeded."""
        if found.error is not None:
            raise found.error
        if not found.place:
            return read_file(found.path, self._limits, found.display)
        if self._archive is None or self._path != found.path:
            self.close()
            self._archive, self._path = _open(found.path, self._limits, found.called), found.path
        return self._archive.read(found.place)

    def close(self) -> None:
        if self._archive is not None:
            self._archive.zip.close()
            self._archive = None


def clean_name(name: str) -> str:
    """A file name as part of a source: NFC; a name that is not UTF-8 is read as GB18030 or shown with its bytes."""
    raw = os.fsencode(name)
    for encoding in ("utf-8", "gb18030"):
        try:
            return unicodedata.normalize("NFC", raw.decode(encoding))
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "backslashreplace")


def _all(paths: Iterable[Path | str], limits: Limits) -> Iterator[Found]:
    for given in paths:
        path = Path(given)
        try:
            mode = path.stat().st_mode
        except OSError as error:
            yield Found(clean_name(path.name) or str(path), path, error=_os_error(error, path))
            continue
        if S_ISDIR(mode):
            yield from _folder(path, limits)
        else:
            # resolve() only for a name: "." and "dir/.." have none of their own.
            yield from _file(path, clean_name(path.name or path.resolve().name), limits, named=True)


def _folder(root: Path, limits: Limits) -> Iterator[Found]:
    seen: dict[tuple[int, int], Path] = {}
    # Own stack: a tree may be deeper than Python recurses.
    stack: list[tuple[Path, tuple[str, ...]]] = [(root, ())]
    while stack:
        path, parts = stack.pop()
        source = "/".join(parts) or clean_name(root.name) or "."
        try:
            if not path.is_dir():
                yield from _file(path, source, limits, named=False)
                continue
            status = path.stat()
            entries = sorted((clean_name(entry.name), entry) for entry in path.iterdir())
        except OSError as problem:
            yield Found(source, path, error=_os_error(problem, path))
            continue
        # Links may tie folders into loops, or multiply them without end: each real folder is read once.
        before = seen.setdefault((status.st_dev, status.st_ino), path)
        if before is not path:
            yield Found(source, path, error=unreadable(str(path), "folder-twice", str(before)), skipped=True)
            continue
        stack.extend((entry, (*parts, name)) for name, entry in reversed(entries) if not is_hidden(name))


def _file(path: Path, source: str, limits: Limits, *, named: bool, called: str = "") -> Iterator[Found]:
    # What is called so decides what it is: a source may be any name.
    name, display = called or source, called or str(path)
    try:
        kind = _look(path, name, display)
    except ZhizeError as problem:
        yield Found(source, path, error=problem, skipped=not named and _is_other(name), called=called)
        return
    if kind.kind == "zip":
        yield from _zip(path, source, limits, called)
        return
    refused: ZhizeError | None = None
    if kind.kind == "unsupported":
        refused = unreadable(display, kind.reason, kind.detail)
    elif kind.kind == "text" and _is_other(name):
        refused = unreadable(display, "unknown", extension(name) or name)
    # What calls itself a document and cannot be read is a failure even when nobody named it.
    skipped = refused is not None and not named and _is_other(name)
    yield Found(source, path, error=refused, skipped=skipped, called=called)


def _is_other(source: str) -> bool:
    """A name that promises nothing we read; what a .doc really is decides its content."""
    return extension(source) not in SUPPORTED


def _look(path: Path, name: str, display: str) -> Sniffed:
    """What a file on disk is, from its first bytes."""
    try:
        status = path.stat()
        if not S_ISREG(status.st_mode):
            raise unreadable(display, "special")
        if _is_other(name) and extension(name) not in LEGACY:
            return Sniffed("text")
        with path.open("rb") as stream:
            return sniff(stream, name)
    except OSError as error:
        raise _os_error(error, path) from None


def _zip(path: Path, source: str, limits: Limits, called: str = "") -> Iterator[Found]:
    try:
        archive = _open(path, limits, called)
        with archive.zip:
            for member in archive.members():
                inner = unicodedata.normalize("NFC", member.name)
                other = _is_other(inner) and extension(inner) not in LEGACY
                error = member.error
                if error is None and other:
                    error = unreadable(f"{archive.display}/{inner}", "unknown", extension(inner) or inner)
                skipped = member.error is None and other
                yield Found(f"{source}/{inner}", path, member.place, error, skipped, called)
    except ZhizeError as error:
        yield Found(source, path, error=error, called=called)


def _open(path: Path, limits: Limits, called: str = "") -> Archive:
    display = called or str(path)
    try:
        limits.check(display, path.stat().st_size, "zip_bytes")
        return open_archive(path, display, limits)
    except OSError as error:
        raise _os_error(error, path) from None


def _os_error(error: OSError, path: Path) -> ZhizeError:
    if isinstance(error, FileNotFoundError):
        return unreadable(str(path), "broken-link" if path.is_symlink() else "missing")
    if isinstance(error, PermissionError):
        return unreadable(str(path), "denied")
    return unreadable(str(path), "io", error.strerror or type(error).__name__)
