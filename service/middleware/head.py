"""HEAD as GET without a body, on every address: the same status and headers, nothing of the content."""

from __future__ import annotations

from starlette.types import ASGIApp, Message, Receive, Scope, Send


class _Enough(Exception):
    """The headers are out; what a stream would go on to send is not wanted."""


class Head:
    """The application below answers GET."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self.app(scope, receive, send)
            return

        async def headers_only(message: Message) -> None:
            if message["type"] == "http.response.start":
                await send(message)
            elif message.get("more_body"):
                raise _Enough
            else:
                await send({"type": "http.response.body"})

        try:
            await self.app({**scope, "method": "GET"}, receive, headers_only)
        except _Enough:
            await send({"type": "http.response.body"})
