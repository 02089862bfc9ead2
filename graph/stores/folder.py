"""Why the folder of an embedded store cannot be used, and what to do: from the system's number for the failure.

The engine hands on what the system says in its own words (``… (os error 28)``); a person needs the reason and the way
out in theirs.
"""

from __future__ import annotations

import errno
import re

import kglite

from graph.errors import Sentence, UnusableFolder

_NUMBER = re.compile(r"\(os error (\d{1,5})\)")

_FULL = (
    {"zh": "没有空间了，最后这次写入没有生效", "en": "there is no room left, and the last write did not take place"},
    {
        "zh": "请腾出磁盘空间后再次运行同一命令，已写入的不受影响",
        "en": "Make room on the disk and run the same command again; what was written before stays",
    },
)
_WRITABLE = {
    "zh": "请授予写入权限，或在 --store / ZHIZE_STORE 中换一个可写的文件夹",
    "en": "Grant write permission, or name a writable folder in --store / ZHIZE_STORE",
}
_DENIED = ({"zh": "没有写入权限", "en": "it may not be written to"}, _WRITABLE)
_READ_ONLY = ({"zh": "所在的磁盘是只读的", "en": "its disk is read-only"}, _WRITABLE)
_NO_FOLDER = (
    {"zh": "这个位置不是文件夹", "en": "there is something else than a folder in its place"},
    {"zh": "请更正 --store / ZHIZE_STORE", "en": "Correct --store / ZHIZE_STORE"},
)
_DAMAGED = (
    {"zh": "其中的图文件已损坏，或不是本程序的文件", "en": "its graph file is damaged, or is not ours"},
    {
        "zh": "请恢复备份；或移走这个文件夹，重新载入文件",
        "en": "Restore a copy of it, or move the folder away and load the documents again",
    },
)

_REASONS: dict[int, tuple[Sentence, Sentence]] = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EFBIG: _FULL,
    errno.EACCES: _DENIED,
    errno.EPERM: _DENIED,
    errno.EROFS: _READ_ONLY,
    errno.ENOTDIR: _NO_FOLDER,
    errno.EEXIST: _NO_FOLDER,
}


def unusable(url: str, error: Exception) -> UnusableFolder | None:
    """The sentence for a failure of the engine or the system on the folder of ``url``; None when it is another's."""
    if isinstance(error, kglite.FileFormatError):
        return _said(url, _DAMAGED)
    found = _REASONS.get(_number(error))
    return _said(url, found) if found else None


def _number(error: Exception) -> int:
    if isinstance(error, OSError) and error.errno:
        return error.errno
    written = _NUMBER.search(str(error))
    return int(written[1]) if written else 0


def _said(url: str, why: tuple[Sentence, Sentence]) -> UnusableFolder:
    reason, remedy = why
    return UnusableFolder(store=url, reason=reason, remedy=remedy)
