"""The outermost layer: a request id, security headers on every answer, and no crash that leaves without an answer."""

from __future__ import annotations

import re
import uuid

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.errors import on_crash

_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")

CSP = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "worker-src 'self' blob:; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; "
)


class RequestScope:
    """``frame_ancestors`` are the origins that may show ``/embed`` in a frame; other pages only frame themselves."""

    def __init__(self, app: ASGIApp, frame_ancestors: tuple[str, ...] = ()) -> None:
        self.app = app
        self.headers = _security_headers(())
        self.embed_headers = _security_headers(frame_ancestors)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        given = Headers(scope=scope).get("x-request-id", "")
        request_id = given if _REQUEST_ID.fullmatch(given) else uuid.uuid4().hex
        scope.setdefault("state", {})["request_id"] = request_id
        security = self.embed_headers if scope["path"] == "/embed" else self.headers
        started = False

        async def send_with_headers(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                MutableHeaders(scope=message)["X-Request-ID"] = request_id
                headers: list[tuple[bytes, bytes]] = message["headers"]
                there = {name for name, _ in headers}
                headers += [pair for pair in security if pair[0] not in there]
                # What may be kept says so itself (service.conditional).
                if scope["path"].startswith("/api/") and b"cache-control" not in there:
                    headers.append((b"cache-control", b"no-store"))
            await send(message)

        try:
            await self.app(scope, receive, send_with_headers)
        except Exception as error:
            if started:
                raise
            request = Request(scope, receive)
            await on_crash(request, error)(scope, receive, send_with_headers)


def _security_headers(frame_ancestors: tuple[str, ...]) -> tuple[tuple[bytes, bytes], ...]:
    ancestors = " ".join(("'self'", *frame_ancestors))
    headers = (
        ("Content-Security-Policy", f"{CSP}frame-ancestors {ancestors}"),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "no-referrer"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Permissions-Policy", "camera=(), microphone=(), geolocation=()"),
    )
    return tuple((name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers)
