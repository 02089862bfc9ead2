"""Refuse an address or headers that are too long, and an address that is no UTF-8, before anything reads them.

The pure-Python HTTP parser stops at 64 KiB of request line and headers by itself, with a plain 400; the C parser
(extra ``fast``) at nothing. Both are below a page of ours here, so a caller gets the same problem from either.

The parameters of a page of the explorer are read in the browser alone: here they may be no UTF-8, and the page itself
shows what is wrong with them, with a way on.
"""

from __future__ import annotations

from collections.abc import Collection
from urllib.parse import unquote_to_bytes

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from graph.errors import InputError
from service.errors import on_http_error, on_zhize_error

MAX_ADDRESS = 16 * 1024
"""Bytes of path and query as sent: fifty parameters of the longest text there may be would not fit, ten do."""
MAX_HEADERS = 32 * 1024
"""Bytes of all header names and values."""


class WellFormed:
    """What passes has an address that can be read one way only; of ``pages`` (paths), only the path is looked at."""

    def __init__(self, app: ASGIApp, pages: Collection[str] = ()) -> None:
        self.app = app
        self.pages = pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and (refused := await self._refused(Request(scope, receive))):
            await refused(scope, receive, send)
            return
        await self.app(scope, receive, send)

    async def _refused(self, request: Request) -> Response | None:
        scope = request.scope
        path: bytes = scope.get("raw_path") or scope["path"].encode("utf-8", "surrogateescape")
        query: bytes = scope["query_string"]
        if len(path) + len(query) > MAX_ADDRESS:
            # Nothing of it is read: the language is the server's.
            scope["query_string"] = b""
            return await on_http_error(request, HTTPException(414))
        if sum(len(name) + len(value) for name, value in scope["headers"]) > MAX_HEADERS:
            scope["headers"] = []
            return await on_http_error(request, HTTPException(431))
        read = b"" if scope["path"] in self.pages else query
        for part, zh, en in ((path, "地址", "The path"), (read, "参数", "The query string")):
            if wrong := _wrong(part):
                return await on_zhize_error(request, InputError(what={"zh": zh, "en": en}, reason=wrong))
        return None


def _wrong(part: bytes) -> dict[str, str] | None:
    """Why ``part``, as sent, is no text."""
    if b"%" not in part and part.isascii() and b"\0" not in part:
        return None
    raw = unquote_to_bytes(part)
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as error:
        return {
            "zh": f"不是有效的 UTF-8（第 {error.start + 1} 个字节），请以 UTF-8 编码后再转义。",
            "en": f"not UTF-8 at byte {error.start + 1}; encode it as UTF-8 before escaping it.",
        }
    if b"\0" in raw:
        return {"zh": "含有 NUL 字符，请去掉。", "en": "has a NUL character; leave it out."}
    return None
