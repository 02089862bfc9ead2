"""One document: bytes in, text out, by the loader its content asks for."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from io import BytesIO
from pathlib import Path
from stat import S_ISREG
from typing import cast

from graph.errors import ZhizeError
from ingest.limits import Limits
from ingest.loaders.base import LoadedFile, unreadable
from ingest.loaders.sniff import HTML_NAMES, TEXT_NAMES, Kind, extension, sniff

Loader = Callable[[bytes, str, Limits], LoadedFile]

_EXPECTED: dict[str, Kind] = {
    **dict.fromkeys(TEXT_NAMES, "text"),
    **dict.fromkeys(HTML_NAMES, "html"),
    ".docx": "docx",
    ".pdf": "pdf",
}


def load_file(path: Path, *, limits: Limits, name: str | None = None) -> LoadedFile:
    """The document in the file at ``path``; errors call it ``name`` (default: the path as given)."""
    return load_bytes(read_file(path, limits, name or str(path)), name or str(path), limits)


def read_file(path: Path, limits: Limits, name: str) -> bytes:
    """The bytes of a regular file, no more than the limit; raises UnreadableFile or LimitExceeded."""
    try:
        # A pipe or a device would be read without end, or would wait for a writer: look before opening.
        status = path.stat()
        if not S_ISREG(status.st_mode):
            raise unreadable(name, "special")
        limits.check(name, status.st_size, "file_bytes")
        with path.open("rb") as stream:
            data = stream.read(limits.file_bytes + 1)
    except FileNotFoundError:
        raise unreadable(name, "missing") from None
    except PermissionError:
        raise unreadable(name, "denied") from None
    except OSError as error:
        raise unreadable(name, "io", error.strerror or type(error).__name__) from None
    limits.check(name, len(data), "file_bytes")
    return data


def load_bytes(data: bytes, name: str, limits: Limits) -> LoadedFile:
    """The document in ``data``, called ``name`` in errors. A zip is not one document: it is refused here."""
    limits.check(name, len(data), "file_bytes")
    if not data:
        raise unreadable(name, "empty")
    found = sniff(BytesIO(data), name)
    if found.kind == "unsupported":
        raise unreadable(name, found.reason, found.detail)
    if found.kind == "zip":
        raise unreadable(name, "packed", "zip")
    loaded = _run(found.kind, data, name, limits)
    expected = _EXPECTED.get(extension(name), found.kind)
    if expected == found.kind:
        return loaded
    note = f"文件名为 {extension(name)}，内容是 {found.kind}，已按内容读取"
    return LoadedFile(loaded.text, loaded.original, loaded.name, loaded.media_type, (note, *loaded.notes))


def _run(kind: Kind, data: bytes, name: str, limits: Limits) -> LoadedFile:
    # The format libraries are imported when a file needs them: most runs see one or two formats.
    loader = cast(Loader, getattr(import_module(f"ingest.loaders.{kind}"), f"load_{kind}"))
    try:
        return loader(data, name, limits)
    except ZhizeError:
        raise
    # A damaged or hostile file makes a format library raise almost anything (KeyError, struct.error,
    # RecursionError …). Whatever it is, this file cannot be read and the others can.
    except Exception:
        raise unreadable(name, "damaged", f".{kind}") from None
