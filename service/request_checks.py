"""What every request below ``/api/v1`` is held to, whatever its route: a dependency that reads the route's declaration.

A parameter nobody reads, or one given twice, would quietly change what is asked: both are refused. A body is JSON of
plain values that every store can hold.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from typing import Any

from fastapi import params
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.requests import Request

from graph.errors import InputError, InvalidParameter, Sentence
from service.preferences import takes

MAX_DEPTH = 20
"""Levels a JSON body may nest; ours need four."""
MAX_INTEGER = 2**63 - 1
"""Largest whole number every store holds."""
EVERYWHERE = frozenset({"lang"})

BODY: Sentence = {"zh": "请求内容", "en": "The request body"}


async def checked(request: Request) -> None:
    """Raise InvalidParameter, InputError or an HTTPException (406, 415) for what the route does not take."""
    route = request.scope.get("route")
    if not isinstance(route, APIRoute):
        return
    _parameters(request, route)
    if route.response_model is not None and not _accepts_json(request.headers.get("accept", "")):
        raise HTTPException(406)
    if route.body_field is not None and not isinstance(route.body_field.field_info, params.Form):
        await _body(request)


def _parameters(request: Request, route: APIRoute) -> None:
    if not request.scope["query_string"]:
        return
    given = Counter(name for name, _ in request.query_params.multi_items())
    for name, times in given.items():
        if times > 1:
            raise InvalidParameter(name=name, reason={"zh": "给出了不止一次", "en": "is given more than once"})
    # Where a route adds to the description, it says itself which it knows (the queries of the catalog).
    if not (route.openapi_extra or {}).get("parameters"):
        declared_only(request)


def declared_only(request: Request) -> None:
    """Raise InvalidParameter for a parameter that the route of ``request`` does not declare itself."""
    known = EVERYWHERE | set(_names(request.scope["route"].dependant))
    if unknown := next((name for name in request.query_params if name not in known), None):
        listed = ", ".join(sorted(known))
        raise InvalidParameter(
            name=unknown,
            reason={"zh": f"没有这个参数，可用参数：{listed}", "en": f"there is no such parameter; there is: {listed}"},
        )


def _names(dependant: Dependant) -> Iterator[str]:
    yield from (field.alias for field in dependant.query_params)
    for inner in dependant.dependencies:
        yield from _names(inner)


def _accepts_json(header: str) -> bool:
    return not header.strip() or any(takes(header, media) for media in ("*/*", "application/*", "application/json"))


async def _body(request: Request) -> None:
    if not await request.body():
        return  # what is missing is said by the route's own declaration
    media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media != "application/json" and not (media.startswith("application/") and media.endswith("+json")):
        raise HTTPException(415)
    for value, depth in _values(await request.json()):
        if reason := _wrong(value, depth):
            raise InputError(what=BODY, reason=reason)


def _values(value: Any) -> Iterator[tuple[Any, int]]:
    """Every value within a JSON value, keys too, with how deep it lies."""
    waiting = [(value, 1)]
    while waiting:
        here, depth = waiting.pop()
        yield here, depth
        if depth > MAX_DEPTH:
            continue
        if isinstance(here, dict):
            waiting += [(part, depth + 1) for pair in here.items() for part in pair]
        elif isinstance(here, list):
            waiting += [(part, depth + 1) for part in here]


def _wrong(value: Any, depth: int) -> Sentence | None:
    if depth > MAX_DEPTH:
        return {"zh": f"嵌套超过 {MAX_DEPTH} 层。", "en": f"nests deeper than {MAX_DEPTH} levels."}
    if isinstance(value, float) and not math.isfinite(value):
        return {"zh": "数字不能是 NaN 或无穷大。", "en": "a number cannot be NaN or infinite."}
    if isinstance(value, int) and abs(value) > MAX_INTEGER:
        return {"zh": f"整数绝对值不能大于 {MAX_INTEGER}。", "en": f"a whole number goes up to {MAX_INTEGER}."}
    if isinstance(value, str) and any(char == "\0" or 0xD800 <= ord(char) <= 0xDFFF for char in value):
        return {
            "zh": "含有 NUL 或单独的代理字符。",
            "en": "has a NUL or a lone surrogate.",
        }
    return None
