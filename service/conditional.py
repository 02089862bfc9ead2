"""Answers a client may keep and ask about again: a strong ``ETag``, and 304 when ``If-None-Match`` has it.

The tag is a hash of the answer itself and not the graph's revision: a store that is restored or exchanged comes to the
same revision with other contents. ``Cache-Control: private, no-cache`` lets the caller's own cache keep it, never a
shared one, and asks here before it is used. A compressed answer has a tag of its own (``…-gzip``).
"""

from __future__ import annotations

import hashlib

from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.plain import to_json
from service.preferences import takes

_MARK = b'-gzip"'
"""How the tag of a compressed answer ends."""
MINIMUM = 1024
"""Bytes below which an answer is not worth compressing."""
LEVEL = 5


def takes_gzip(headers: Headers) -> bool:
    """Does the client take what is compressed?"""
    return takes(",".join(headers.getlist("accept-encoding")), "gzip")


def tagged(request: Request, content: object, media_type: str = "application/json") -> Response:
    """``content`` (bytes as they are, else as JSON) with its tag, or 304 without it."""
    body = content if isinstance(content, bytes) else to_json(content)
    tag = hashlib.sha256(body).hexdigest()[:32]
    headers = {
        "ETag": f'"{tag}"',
        "Cache-Control": "private, no-cache",
        "Vary": "Authorization, X-API-Key",
    }
    if _known(request.headers.getlist("if-none-match"), f'"{tag}"'):
        return Response(status_code=304, headers=headers)
    return Response(body, media_type=media_type, headers=headers)


def _known(given: list[str], tag: str) -> bool:
    """Does the client have this very answer?"""
    return any(part.strip().removeprefix("W/") in ("*", tag) for part in ",".join(given).split(","))


class Compression:
    """gzip for who takes it, at most once. Events go out as they come; the tag of a compressed answer says so.

    No answer of this size holds a secret beside words of its caller, so that its length tells nothing (BREACH).
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = GZipMiddleware(app, minimum_size=MINIMUM, compresslevel=LEVEL)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        # The framework passes over weights: to it, gzip;q=0 asks for gzip.
        if not takes_gzip(Headers(scope=scope)):
            scope = {**scope, "headers": [(n, v) for n, v in scope["headers"] if n != b"accept-encoding"]}
        # Within, tags are those of the bare answer.
        marked = any(name == b"if-none-match" and _MARK in value for name, value in scope["headers"])
        if marked:
            bare = [(n, v.replace(_MARK, b'"') if n == b"if-none-match" else v) for n, v in scope["headers"]]
            scope = {**scope, "headers": bare}

        async def send_tagged(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                tag = headers.get("etag", "")
                packed = headers.get("content-encoding") == "gzip" or (message["status"] == 304 and marked)
                if packed and tag.endswith('"'):
                    headers["etag"] = f"{tag[:-1]}{_MARK.decode()}"
            await send(message)

        await self.app(scope, receive, send_tagged)
