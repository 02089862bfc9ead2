"""Who is calling, and what they may do.

- A key (``Authorization: Bearer`` or ``X-API-Key``) decides alone: the right one is admin, any other is refused.
- Without a key: only on a server bound to this machine, from this machine, under a loopback Host name (a page of
  another site whose name resolves to 127.0.0.1 sends its own), not through a proxy, and for changes only from our own
  pages or from no page at all. Such a caller is curator.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import IntEnum
from urllib.parse import urlsplit

from starlette.requests import Request

from graph.errors import AccessDenied, Unauthorized
from service.settings import Settings, is_loopback

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
FORWARDING_HEADERS = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")
LOOPBACK = "loopback"
"""The name of callers without a key."""
LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})


class Role(IntEnum):
    """What a caller may do, each including the one before."""

    READER = 1
    ANALYST = 2
    CURATOR = 3
    ADMIN = 4


@dataclass(frozen=True, slots=True)
class Caller:
    """``name`` says which rule let them in; it is not secret."""

    name: str
    role: Role


def identify(request: Request, settings: Settings) -> Caller:
    """The caller of ``request``; Unauthorized or AccessDenied when nothing lets them in."""
    given = _given_key(request)
    if given is not None:
        if not settings.api_key or not same_secret(given, settings.api_key.get_secret_value()):
            raise Unauthorized(reason={"zh": "密钥不对", "en": "the key is wrong"})
        return Caller("key", Role.ADMIN)
    if not settings.on_loopback or not from_this_machine(request):
        raise Unauthorized(reason={"zh": "缺少密钥", "en": "a key is needed"})
    require_local_host(request)
    if request.method not in SAFE_METHODS:
        require_same_origin(request)
    return Caller(LOOPBACK, Role.CURATOR)


def require(role: Role, *, key: bool = False) -> Callable[[Request], Awaitable[None]]:
    """A dependency that lets in callers of ``role`` and above, and keeps who they are in ``request.state.caller``.

    ``key``: being on this machine is not enough.
    """

    async def check(request: Request) -> None:
        caller = identify(request, request.app.state.settings)
        if key and caller.name == LOOPBACK:
            raise Unauthorized(reason={"zh": "这里在本机也需要密钥", "en": "a key is needed here, on this machine too"})
        if caller.role < role:
            raise AccessDenied(
                reason={
                    "zh": f"需要角色 {role.name.lower()}，当前为 {caller.role.name.lower()}",
                    "en": f"role {role.name.lower()} is needed, the caller is {caller.role.name.lower()}",
                }
            )
        request.state.caller = caller

    return check


def same_secret(given: str, expected: str) -> bool:
    """Constant-time comparison; hashing first keeps the length out of the time as well."""
    return hmac.compare_digest(
        hashlib.sha256(given.encode("utf-8", "surrogateescape")).digest(), hashlib.sha256(expected.encode()).digest()
    )


def from_this_machine(request: Request) -> bool:
    """Did the request come straight from a program on this machine (no proxy has spoken for someone else)?"""
    if request.client is None or not is_loopback(request.client.host):
        return False
    return not any(name in request.headers for name in FORWARDING_HEADERS)


def require_local_host(request: Request) -> None:
    """Refuse any Host but a loopback name: the guard against DNS rebinding."""
    hosts = request.headers.getlist("host")
    name = _host_name(hosts[0]) if len(hosts) == 1 else ""
    if name not in LOOPBACK_NAMES:
        raise AccessDenied(
            reason={
                "zh": "不带密钥时只能以 localhost、127.0.0.1 或 [::1] 访问",
                "en": "without a key the server answers only to localhost, 127.0.0.1 and [::1]",
            }
        )


def require_same_origin(request: Request) -> None:
    """Refuse a change that a page of another site asked for."""
    origin = request.headers.get("origin")
    site = request.headers.get("sec-fetch-site", "none")
    own = f"{request.url.scheme}://{request.headers.get('host', '')}"
    if (origin is not None and origin != own) or site not in ("same-origin", "none"):
        raise AccessDenied(
            reason={
                "zh": "不带密钥的修改只能来自本服务自己的页面",
                "en": "without a key, changes are accepted only from the server's own pages",
            }
        )


def _given_key(request: Request) -> str | None:
    if "x-api-key" in request.headers:
        return request.headers["x-api-key"]
    authorization = request.headers.get("authorization")
    if authorization is None:
        return None
    scheme, _, key = authorization.partition(" ")
    return key.strip() if scheme.lower() == "bearer" else ""


def _host_name(host: str) -> str:
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""
