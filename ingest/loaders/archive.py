"""Zip files as folders: what is in them, safely. Nothing is ever unpacked to disk."""

from __future__ import annotations

import stat
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from graph.errors import ZhizeError
from ingest.limits import MEGABYTE, Limits
from ingest.loaders.base import unreadable
from ingest.loaders.encoding import read
from ingest.loaders.sniff import LEGACY, SUPPORTED, Sniffed, extension, sniff

_UTF8_NAME = 0x800
_ENCRYPTED = 0x1


@dataclass(frozen=True, slots=True)
class Member:
    """A file in a zip: its decoded name, its place (indexes into the zip, and into the zip inside it), or its error."""

    name: str
    place: tuple[int, ...]
    error: ZhizeError | None = None


@dataclass(slots=True)
class Budget:
    """What is left of the limits for one outermost zip; the zips inside it draw on the same."""

    limits: Limits
    files: int = 0
    size: int = 0

    def take(self, name: str, archive: zipfile.ZipFile) -> None:
        """Count a whole zip by what its directory declares; raises LimitExceeded before anything is unpacked."""
        infos = [i for i in archive.infolist() if not i.is_dir()]
        self.files += len(infos)
        self.size += sum(i.file_size for i in infos)
        self.limits.check(name, self.files, "zip_files", " files")
        self.limits.check(name, self.size, "zip_bytes")


@dataclass(slots=True)
class Archive:
    """An open zip. ``display`` names it in errors."""

    zip: zipfile.ZipFile
    display: str
    limits: Limits
    _inner: dict[int, Archive] = field(default_factory=dict)

    def read(self, place: tuple[int, ...]) -> bytes:
        """The bytes of a member; raises UnreadableFile or LimitExceeded."""
        first, *rest = place
        if not rest:
            return self._unpack(first, "file_bytes")
        if first not in self._inner:
            # One inner zip is kept open at a time: members come in order.
            self._inner.clear()
            info = self.zip.infolist()[first]
            name = f"{self.display}/{decode_name(info)}"
            self._inner[first] = open_archive(BytesIO(self._unpack(first, "zip_bytes")), name, self.limits)
        return self._inner[first].read(tuple(rest))

    def members(self, budget: Budget | None = None, depth: int = 0) -> Iterator[Member]:
        """All files in it, zips inside opened one level deep, sorted by name; hidden ones are left out."""
        budget = budget or Budget(self.limits)
        budget.take(self.display, self.zip)
        infos = [(decode_name(info), index) for index, info in enumerate(self.zip.infolist()) if not info.is_dir()]
        for name, index in sorted(infos):
            if is_hidden(name):
                continue
            try:
                check_member(self.zip.infolist()[index], f"{self.display}/{name}")
                if self._kind(index, name).kind == "zip":
                    yield from self._nested(index, name, budget, depth)
                else:
                    yield Member(name, (index,))
            except ZhizeError as error:
                yield Member(name, (index,), error)

    def _nested(self, index: int, name: str, budget: Budget, depth: int) -> Iterator[Member]:
        if depth:
            raise unreadable(f"{self.display}/{name}", "too-deep")
        inner = open_archive(BytesIO(self._unpack(index, "zip_bytes")), f"{self.display}/{name}", self.limits)
        for member in inner.members(budget, depth + 1):
            yield Member(f"{name}/{member.name}", (index, *member.place), member.error)

    def _kind(self, index: int, name: str) -> Sniffed:
        """A zip by its content, whatever its name; everything else is looked at when it is loaded."""
        if extension(name) not in SUPPORTED | LEGACY:
            return Sniffed("text")
        if self._read(index, name, 2) != b"PK":
            return Sniffed("text")
        return sniff(BytesIO(self._unpack(index, "zip_bytes")), name)

    def _unpack(self, index: int, limit: str) -> bytes:
        info = self.zip.infolist()[index]
        name = decode_name(info)
        display = f"{self.display}/{name}"
        self.limits.check(display, info.file_size, limit)
        if info.file_size > MEGABYTE and info.file_size > self.limits.zip_ratio * max(info.compress_size, 1):
            self.limits.exceeded(display, info.file_size // max(info.compress_size, 1), "zip_ratio", ":1")
        # The declared size may be a lie: never read beyond the limit.
        data = self._read(index, name, int(getattr(self.limits, limit)) + 1)
        self.limits.check(display, len(data), limit)
        return data

    def _read(self, index: int, name: str, size: int) -> bytes:
        try:
            with self.zip.open(self.zip.infolist()[index]) as stream:
                return stream.read(size)
        # Bad checksum, bad deflate stream, unknown method: zipfile and zlib raise several kinds.
        except Exception:
            raise unreadable(f"{self.display}/{name}", "damaged", "zip") from None


def open_archive(source: BinaryIO | Path, display: str, limits: Limits) -> Archive:
    """Open a zip for reading; raises UnreadableFile when it is damaged, OSError when it is out of reach."""
    try:
        return Archive(zipfile.ZipFile(source), display, limits)
    except OSError:
        raise
    except Exception:
        raise unreadable(display, "damaged", "zip") from None


def check_member(info: zipfile.ZipInfo, name: str) -> None:
    """Refuse what must not be read: unsafe paths, links, members with a password."""
    path = decode_name(info)
    parts = path.split("/")
    if path.startswith("/") or ".." in parts or "\x00" in path or (len(path) > 1 and path[1] == ":"):
        raise unreadable(name, "zip-path")
    if stat.S_ISLNK(info.external_attr >> 16):
        raise unreadable(name, "zip-link")
    if info.flag_bits & _ENCRYPTED:
        raise unreadable(name, "encrypted")


def decode_name(info: zipfile.ZipInfo) -> str:
    """The member's name: as flagged UTF-8, else UTF-8 or GB18030 when it is that, else as zip's own CP437."""
    # The name before zipfile cuts it at a zero byte or changes its separators.
    name = info.orig_filename
    if not info.flag_bits & _UTF8_NAME and not name.isascii():
        name = _from_cp437(name.encode("cp437"))
    return name.replace("\\", "/")


def _from_cp437(raw: bytes) -> str:
    for encoding in ("utf-8", "gb18030"):
        try:
            name = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        reading = read(name)
        # UTF-8 does not happen by chance; GB18030 does, and is then full of rare characters.
        if encoding == "utf-8" or (reading.common and not reading.odd and reading.common >= reading.han / 2):
            return name
    return raw.decode("cp437")


def is_hidden(path: str) -> bool:
    """Hidden, lock and system files, in a zip or on disk: never documents."""
    parts = [part for part in path.split("/") if part not in (".", "..")]
    return any(part.startswith((".", "~$", "__MACOSX")) for part in parts) or parts[-1:] in (
        ["Thumbs.db"],
        ["desktop.ini"],
    )
