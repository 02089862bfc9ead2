"""Who is let in, rule by rule (``service.auth``)."""

from __future__ import annotations

import pytest
from starlette.requests import Request

from graph.errors import AccessDenied, Unauthorized
from service.auth import Caller, Role, identify
from service.settings import Settings

KEY = "k" * 40
LOCAL = Settings(host="127.0.0.1")
LOCAL_WITH_KEY = Settings(host="127.0.0.1", api_key=KEY)
PUBLIC = Settings(host="0.0.0.0", api_key=KEY)


def request(
    method: str = "GET",
    *headers: tuple[str, str],
    host: str | None = "localhost:8000",
    client: str | None = "127.0.0.1",
) -> Request:
    given = [("host", host)] if host is not None else []
    return Request(
        {
            "type": "http",
            "method": method,
            "scheme": "http",
            "path": "/api/v1/queries",
            "query_string": b"",
            "server": ("127.0.0.1", 8000),
            "client": (client, 50000) if client else None,
            "headers": [(name.encode(), value.encode()) for name, value in [*given, *headers]],
        }
    )


@pytest.mark.parametrize(
    "header", [("authorization", f"Bearer {KEY}"), ("authorization", f"bearer {KEY}"), ("x-api-key", KEY)]
)
@pytest.mark.parametrize("settings", [LOCAL_WITH_KEY, PUBLIC])
def test_the_key_makes_an_admin_in_either_header(settings: Settings, header: tuple[str, str]) -> None:
    """The right key is admin on any bind, from any address, under any Host."""
    caller = identify(request("DELETE", header, host="kg.example", client="203.0.113.9"), settings)
    assert caller == Caller("key", Role.ADMIN)


@pytest.mark.parametrize(
    "header",
    [
        ("authorization", "Bearer wrong"),
        ("authorization", f"Basic {KEY}"),
        ("authorization", "Bearer "),
        ("authorization", KEY),
        ("x-api-key", "wrong"),
        ("x-api-key", ""),
        ("x-api-key", KEY + " "),
    ],
)
@pytest.mark.parametrize("settings", [LOCAL, LOCAL_WITH_KEY, PUBLIC, Settings(host="127.0.0.1", api_key="")])
def test_a_wrong_key_is_refused_also_on_this_machine(settings: Settings, header: tuple[str, str]) -> None:
    """Whoever gives a key is judged by it alone: no fall back to the loopback rule, an empty key matches nothing."""
    with pytest.raises(Unauthorized):
        identify(request("GET", header), settings)


def test_beyond_loopback_nobody_comes_in_without_a_key() -> None:
    """A server bound to the network asks for the key even from its own machine."""
    with pytest.raises(Unauthorized):
        identify(request(), PUBLIC)


@pytest.mark.parametrize("client", ["203.0.113.9", "10.0.0.7", "fe80::1", "not-an-address", None])
def test_a_client_elsewhere_needs_a_key_even_when_the_bind_says_loopback(client: str | None) -> None:
    """The settings may not match the real bind (another server runs the app): the client's address decides too."""
    with pytest.raises(Unauthorized):
        identify(request(client=client), LOCAL)


@pytest.mark.parametrize("client", ["127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1"])
@pytest.mark.parametrize(
    "host", ["localhost", "localhost:8000", "127.0.0.1", "127.0.0.1:9", "[::1]", "[::1]:8000", "LOCALHOST"]
)
def test_this_machine_is_curator_without_a_key(client: str, host: str) -> None:
    """Programs and pages on this machine read and curate without a key."""
    assert identify(request(client=client, host=host), LOCAL) == Caller("loopback", Role.CURATOR)


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:8000",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "127.0.0.2",
        "",
        "[::1",
        None,
        "user@evil.example",
        "localhost@evil.example",
        "localhost.",
    ],
)
def test_any_other_host_name_is_refused_against_dns_rebinding(host: str | None) -> None:
    """A page of another site whose name was made to resolve to 127.0.0.1 sends its own Host."""
    with pytest.raises(AccessDenied):
        identify(request(host=host), LOCAL)


def test_two_host_headers_are_refused() -> None:
    """What two parsers could read differently is not trusted."""
    with pytest.raises(AccessDenied):
        identify(request("GET", ("host", "evil.example")), LOCAL)


@pytest.mark.parametrize("header", ["forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via"])
def test_what_came_through_a_proxy_needs_a_key(header: str) -> None:
    """A proxy on this machine speaks for strangers."""
    with pytest.raises(Unauthorized):
        identify(request("GET", (header, "203.0.113.9")), LOCAL)


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize(
    "headers",
    [
        [("origin", "http://evil.example")],
        [("origin", "null")],
        [("origin", "https://localhost:8000")],
        [("origin", "http://localhost:9000")],
        [("origin", "http://127.0.0.1:8000")],
        [("sec-fetch-site", "cross-site")],
        [("sec-fetch-site", "same-site")],
    ],
)
def test_a_change_asked_by_another_sites_page_is_refused(method: str, headers: list[tuple[str, str]]) -> None:
    """Without a key, changes are for our own pages and for programs."""
    with pytest.raises(AccessDenied):
        identify(request(method, *headers), LOCAL)


@pytest.mark.parametrize(
    "headers",
    [
        [],
        [("origin", "http://localhost:8000")],
        [("origin", "http://localhost:8000"), ("sec-fetch-site", "same-origin")],
    ],
)
def test_a_change_from_our_page_or_a_program_is_allowed(headers: list[tuple[str, str]]) -> None:
    """No Origin (curl, a script) or exactly ours."""
    assert identify(request("DELETE", *headers), LOCAL).role is Role.CURATOR


def test_reading_needs_no_origin() -> None:
    """A cross-site read gives its page nothing (no CORS), so it is not refused."""
    assert identify(request("GET", ("origin", "http://elsewhere.example")), LOCAL).role is Role.CURATOR
