"""Refuse a request body that is too large, by its declared length or, when none is declared, while it arrives."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from graph.errors import LimitExceeded
from service.errors import on_zhize_error

EXEMPT = "/internal/"
"""Commands on this machine hand over whole documents here, each behind a token."""


class BodyLimit:
    """At most ``limit`` bytes of body; nothing more of it is read."""

    def __init__(self, app: ASGIApp, limit: int) -> None:
        self.app = app
        self.limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith(EXEMPT):
            await self.app(scope, receive, send)
            return
        declared = Headers(scope=scope).get("content-length", "0")
        if declared.isdecimal() and int(declared) > self.limit:
            response = await on_zhize_error(Request(scope, receive), self._error(int(declared)))
            await response(scope, receive, send)
            return
        received = 0

        async def counted() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > self.limit:
                raise self._error(received)
            return message

        await self.app(scope, counted, send)

    def _error(self, size: int) -> LimitExceeded:
        what = {"zh": "请求内容", "en": "The request body"}
        return LimitExceeded(what=what, actual=size, limit=self.limit, setting="ZHIZE_MAX_BODY")
