"""Zip files whose bytes are a function of what is in them: no time, no user, no machine."""

from __future__ import annotations

from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest date a zip can hold."""


def member(name: str) -> ZipInfo:
    """A file of a zip, compressed, with the same date and rights always."""
    info = ZipInfo(name, _EPOCH)
    info.compress_type = ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    return info


def opened(archive: ZipFile, name: str) -> IO[bytes]:
    """``name`` in ``archive``, to be written bit by bit; it may grow beyond 2 GiB."""
    return archive.open(member(name), "w", force_zip64=True)
