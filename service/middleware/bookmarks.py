"""Read your own writes, whichever process answers: the answer to a change names the state it made.

A request that sends ``Zhize-Bookmark`` back reads at least that state (``graph.bookmarks``).
"""

from __future__ import annotations

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from graph.bookmarks import NAME, at_least, read, written
from graph.errors import InvalidParameter
from graph.store import Store
from service.auth import SAFE_METHODS
from service.errors import on_zhize_error


class Bookmarks:
    """Applies to every route: to reading by the request's header, to changing by the answer's."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        word = Headers(scope=scope).get(NAME, "")
        try:
            bookmark = read(word) if word else ()
        except InvalidParameter as error:
            await (await on_zhize_error(Request(scope, receive), error))(scope, receive, send)
            return

        async def send_marked(message: Message) -> None:
            if message["type"] == "http.response.start" and 200 <= message["status"] < 300:
                store: Store | None = scope["app"].state.store
                if store is not None:
                    MutableHeaders(scope=message)[NAME] = written(await store.bookmark())
            await send(message)

        with at_least(bookmark):
            await self.app(scope, receive, send if scope["method"] in SAFE_METHODS else send_marked)
