"""Finding a route by the words of its path instead of by trying one pattern after the other.

The API has a route for every query of the catalog. The framework tries them in turn, at every level of inclusion, and
again when it has chosen: at sixty routes that took longer than the answer. So they lie flat on the application, with a
table in front of them. What the table does not know (no such address, another method) goes the framework's way.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from inspect import signature

from fastapi import APIRouter
from fastapi.routing import APIRoute
from starlette.routing import BaseRoute, Match
from starlette.types import Receive, Scope, Send

_DECLARED = frozenset(signature(APIRouter.add_api_route).parameters) - {
    "self",
    "path",
    "endpoint",
    "route_class_override",
}
"""All that a route says of itself, as far as this version of the framework goes."""


def adopt(router: APIRouter, part: APIRouter) -> None:
    """Give ``router`` the routes of ``part`` as its own, below its prefix and with its dependencies."""
    for route in part.routes:
        assert isinstance(route, APIRoute)
        declared = {name: getattr(route, name) for name in _DECLARED}
        router.add_api_route(route.path, route.endpoint, route_class_override=type(route), **declared)


class Table(BaseRoute):
    """The first route of the application: hands a request to the one of ``routes`` that the framework would find.

    ``prefix`` is what their paths have in common; the word after it is never a parameter.
    """

    def __init__(self, prefix: str, routes: Sequence[BaseRoute]) -> None:
        self._prefix = f"{prefix}/"
        self._whole: dict[str, list[APIRoute]] = defaultdict(list)
        self._by_word: dict[str, list[APIRoute]] = defaultdict(list)
        for route in routes:
            assert isinstance(route, APIRoute)
            assert route.path.startswith(self._prefix)
            if "{" in route.path:
                self._by_word[self._word(route.path)].append(route)
            else:
                self._whole[route.path].append(route)

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        path: str = scope.get("path", "")
        if scope["type"] != "http" or scope.get("root_path") or not path.startswith(self._prefix):
            return Match.NONE, {}
        for candidates in (self._whole.get(path, ()), self._by_word.get(self._word(path), ())):
            for route in candidates:
                match, child = route.matches(scope)
                if match is Match.FULL:
                    return match, child
        return Match.NONE, {}

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        route: APIRoute = scope["route"]
        await route.handle(scope, receive, send)

    def _word(self, path: str) -> str:
        return path[len(self._prefix) :].partition("/")[0]
