"""The hand-off of the embedded store to other ``zhize`` commands on this machine (``graph.stores.loopback``).

Not part of the API. Whoever cannot show the one-time token of the 0600 file beside the store, or is not on this
machine, is told that there is nothing here.
"""

from __future__ import annotations

import json

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException

from graph.errors import InputError
from graph.stores.loopback import HEADER, PATH
from graph.stores.wire import handle
from service.auth import FORWARDING_HEADERS, same_secret
from service.dependencies import StoreDep
from service.responses import Json
from service.settings import is_loopback

router = APIRouter(include_in_schema=False)


@router.post(PATH + "/{op}")
async def internal(op: str, request: Request, store: StoreDep) -> Json:
    """One operation on the store; the token is asked before the body is read."""
    token: str | None = request.app.state.token
    if token is None or not _on_this_machine(request) or not same_secret(request.headers.get(HEADER, ""), token):
        raise HTTPException(404)
    try:
        payload = json.loads(await request.body())
        answer = await handle(store, op, payload)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        what = {"zh": "内部请求", "en": "Internal request"}
        raise InputError(what=what, reason=type(error).__name__) from error
    return Json(answer)


def _on_this_machine(request: Request) -> bool:
    """From loopback, or from the very address the server is bound to; never through a proxy."""
    if request.client is None or any(name in request.headers for name in FORWARDING_HEADERS):
        return False
    server: tuple[str, int] | None = request.scope.get("server")
    return is_loopback(request.client.host) or (server is not None and request.client.host == server[0])
