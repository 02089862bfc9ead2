"""A multipart form with files, to disk as it arrives: more than a limit allows is refused at that byte.

Starlette's parser, with three things added: each file has its own limit while it streams; a file name that was sent
in GB18030 is read as such; one that is only given as ``filename*`` (RFC 5987: forbidden in forms by RFC 7578, sent by
old clients all the same) is a file name.
"""

from __future__ import annotations

import re
from contextlib import aclosing
from urllib.parse import unquote_to_bytes

from starlette.datastructures import FormData
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

from graph.errors import InputError
from ingest.limits import Limits

FIELD_BYTES = 10_000
"""Of a field that is no file."""
FIELDS = 10

_EXTENDED = re.compile(rb";\s*filename\*\s*=\s*(?:utf-8|gb18030|gbk)'[^']*'([^;\s]+)", re.I)
_PLAIN = re.compile(rb";\s*filename\s*=", re.I)


async def read_form(request: Request, limits: Limits, max_files: int) -> FormData:
    """The fields and files of ``request``, files at their beginning; close it when done.

    Raises InputError for what is no multipart form, LimitExceeded for a file that is too large.
    """
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "multipart/form-data":
        raise InputError(what=_WHAT, reason=_NO_FORM)
    async with aclosing(request.stream()) as stream:
        form = _Form(request.headers, stream, max_files=max_files, max_fields=FIELDS, max_part_size=FIELD_BYTES)
        form.limits = limits
        try:
            return await form.parse()
        except MultiPartException as error:
            reason = {"zh": f"不是有效的表单（{error.message}）", "en": f"it is no valid form ({error.message})"}
            raise InputError(what=_WHAT, reason=reason) from None


_WHAT = {"zh": "上传内容", "en": "The upload"}
_NO_FORM = {
    "zh": "应为 multipart/form-data，文件放在字段 files 中",
    "en": "it must be multipart/form-data with the files in fields named files",
}


class _Form(MultiPartParser):
    limits: Limits
    _size = 0

    def on_headers_finished(self) -> None:
        self._size = 0
        self._current_part.content_disposition = _readable(self._current_part.content_disposition or b"")
        super().on_headers_finished()

    def on_part_data(self, data: bytes, start: int, end: int) -> None:
        if self._current_part.file is not None:
            self._size += end - start
            self.limits.check(self._current_part.file.filename or "", self._size, "file_bytes")
        super().on_part_data(data, start, end)


def _readable(header: bytes) -> bytes:
    """The header in UTF-8, with a plain ``filename`` where there is only an extended one."""
    extended = _EXTENDED.search(header)
    if extended and not _PLAIN.search(header):
        name = unquote_to_bytes(extended[1]).replace(b"\\", b"/").replace(b'"', b"'")
        header = header[: extended.start()] + b'; filename="' + name + b'"' + header[extended.end() :]
    try:
        header.decode("utf-8")
    except UnicodeDecodeError:
        return header.decode("gb18030", "replace").encode()
    return header
