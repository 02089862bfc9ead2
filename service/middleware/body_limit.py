"""Refuse a request body that is too large, by its declared length or, when none is declared, while it arrives.

Files are sent in one place only, which has a limit of its own.
"""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from graph.errors import LimitExceeded
from service.errors import on_zhize_error

EXEMPT = "/internal/"
"""Commands on this machine hand over whole documents here, each behind a token."""


UPLOADS = ("POST", "/api/v1/documents")
"""Method and path of that place."""


class BodyLimit:
    """At most ``limit`` bytes of body, ``uploads`` where files are sent; nothing more of it is read."""

    def __init__(self, app: ASGIApp, limit: int, uploads: int) -> None:
        self.app = app
        self.limit = limit
        self.uploads = uploads

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith(EXEMPT):
            await self.app(scope, receive, send)
            return
        files = (scope["method"], scope["path"]) == UPLOADS
        limit, setting = (self.uploads, "ZHIZE_MAX_UPLOAD") if files else (self.limit, "ZHIZE_MAX_BODY")
        declared = Headers(scope=scope).get("content-length", "0")
        if declared.isdecimal() and int(declared) > limit:
            response = await on_zhize_error(Request(scope, receive), _error(int(declared), limit, setting))
            await response(scope, receive, send)
            return
        received = 0

        async def counted() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > limit:
                raise _error(received, limit, setting)
            return message

        await self.app(scope, counted, send)


def _error(size: int, limit: int, setting: str) -> LimitExceeded:
    what = {"zh": "请求内容", "en": "The request body"}
    return LimitExceeded(what=what, actual=size, limit=limit, setting=setting)
