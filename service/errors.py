"""Every error as RFC 9457 problem+json: one shape, one place, the caller's language, nothing internal.

``{type, title, status, detail, code, hint, instance, request_id, …data}``. ``code`` is stable (clients rely on it;
``service.error_codes`` lists them), ``detail`` is the sentence of the error in ``graph.errors``, ``hint`` what to do.
What nobody foresaw is logged with its request id and shown as ``internal-error`` without a word of what went wrong.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Coroutine, Mapping, Sequence
from http import HTTPStatus
from typing import Any

from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match

from graph.errors import Busy, Lang, Sentence, StoreUnavailable, Unauthorized, ZhizeError
from service.error_codes import HTTP, hint
from service.language import of_request
from service.responses import Json

log = logging.getLogger("zhize.service")

PROBLEM = "application/problem+json"
RESERVED = frozenset({"type", "title", "status", "detail", "code", "hint", "instance", "request_id"})

INTERNAL = frozenset(
    {
        "internal-error",
        "store-error",
        "evidence-mismatch",
        "ontology-violation",
        "catalog-error",
        "knowledge-error",
    }
)
"""Errors of the server itself. Their sentence may hold paths or engine messages: callers get a general one."""

TITLES: Mapping[int, tuple[str, str]] = {
    400: ("请求有误", "Bad request"),
    401: ("需要密钥", "A key is needed"),
    403: ("不允许", "Not allowed"),
    404: ("没有找到", "Not found"),
    405: ("不支持的方法", "Method not allowed"),
    406: ("没有可接受的格式", "Not acceptable"),
    409: ("冲突", "Conflict"),
    413: ("内容过大", "Too large"),
    414: ("地址过长", "Address too long"),
    415: ("不支持的内容格式", "Unsupported media type"),
    422: ("参数有误", "Wrong parameter"),
    429: ("请求过多", "Too many requests"),
    431: ("请求头过长", "Headers too large"),
    500: ("服务器出错", "Server error"),
    503: ("服务暂不可用", "Not available now"),
    504: ("查询超时", "The query took too long"),
}

METHODS = ("DELETE", "GET", "PATCH", "POST", "PUT")

INTERNAL_DETAIL = {
    "zh": "服务器内部出错，已记入日志；请把 request_id 告诉管理员。",
    "en": "Something went wrong inside the server and was logged; give the request_id to its administrator.",
}

REASONS: Mapping[str, tuple[str, str]] = {
    "missing": ("必须给出", "is required"),
    "int_parsing": ("应为整数", "must be a whole number"),
    "int_type": ("应为整数", "must be a whole number"),
    "greater_than_equal": ("不得小于 {ge}", "must be at least {ge}"),
    "less_than_equal": ("不得大于 {le}", "must be at most {le}"),
    "string_too_short": ("至少 {min_length} 个字符", "needs at least {min_length} characters"),
    "string_type": ("应为文字", "must be text"),
    "list_type": ("应为列表", "must be a list"),
    "dict_type": ("应为对象", "must be an object"),
    "model_attributes_type": ("应为 JSON 对象", "must be a JSON object"),
    "json_invalid": ("不是有效的 JSON", "is no valid JSON"),
    "extra_forbidden": ("没有这个字段", "there is no such field"),
    "literal_error": ("只能是 {expected}", "must be {expected}"),
    "string_too_long": ("至多 {max_length} 个字符", "may have at most {max_length} characters"),
    "too_long": ("至多 {max_length} 项", "may have at most {max_length} items"),
}
"""Validation errors of our routes' own parameters, by Pydantic's error type."""
WRONG_TYPE: Sentence = {"zh": "类型不对", "en": "is of a type it cannot have"}


def problem(
    request: Request,
    status: int,
    code: str,
    detail: str,
    data: Mapping[str, object] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """A problem response. ``data`` goes in as extra members; it never overrides the fixed ones."""
    lang = of_request(request)
    phrase = HTTPStatus(status).phrase
    body: dict[str, Any] = {
        "type": f"urn:zhize:error:{code}",
        "title": TITLES.get(status, (phrase, phrase))[lang == "en"],
        "status": status,
        "detail": detail,
        "code": code,
        "hint": hint(code)[lang],
        "instance": request.url.path,
        "request_id": getattr(request.state, "request_id", ""),
    }
    body.update({key: value for key, value in (data or {}).items() if key not in RESERVED})
    return Json(body, status_code=status, media_type=PROBLEM, headers=headers)


async def on_zhize_error(request: Request, error: Exception) -> Response:
    """Any error of our tree; those that speak of the server's inside lose their sentence on the way out."""
    assert isinstance(error, ZhizeError)
    lang = of_request(request)
    if error.code in INTERNAL:
        log.error("%s %s", getattr(request.state, "request_id", ""), error, exc_info=error)
        return problem(request, error.status, error.code, INTERNAL_DETAIL[lang])
    data = {name: _localized(value, lang) for name, value in error.data.items()}
    headers = {}
    if isinstance(error, Unauthorized):
        headers["WWW-Authenticate"] = "Bearer"
    if isinstance(error, StoreUnavailable | Busy):
        headers["Retry-After"] = "5"
    return problem(request, error.status, error.code, error.message(lang), data, headers)


async def on_http_error(request: Request, error: Exception) -> Response:
    """What the framework itself refuses: unknown address, wrong method (OPTIONS only asks which there are)."""
    assert isinstance(error, HTTPException)
    headers = dict(error.headers or {})
    if error.status_code == 405:
        headers["Allow"] = ", ".join(allowed_methods(request))
        if request.method == "OPTIONS":
            return Response(status_code=204, headers=headers)
    known = HTTP.get(error.status_code)
    phrase = HTTPStatus(error.status_code).phrase
    code, zh, en = known or (phrase.lower().replace(" ", "-"), phrase, phrase)
    return problem(request, error.status_code, code, en if of_request(request) == "en" else zh, headers=headers)


def allowed_methods(request: Request) -> list[str]:
    """The methods of this address: several routes may share it, and HEAD and OPTIONS are answered beside them."""
    found = {
        method
        for method in METHODS
        for route in request.app.routes
        if route.matches({**request.scope, "method": method})[0] is Match.FULL
    }
    return sorted(found | ({"HEAD"} if "GET" in found else set()) | {"OPTIONS"})


async def on_invalid_request(request: Request, error: Exception) -> Response:
    """Parameters that do not fit their declaration; all of them are listed in ``errors``, each once."""
    assert isinstance(error, RequestValidationError)
    lang = of_request(request)
    wrong: dict[tuple[str, str], list[str]] = {}
    for item in error.errors():
        where, name = str(item["loc"][0]), next((part for part in item["loc"][1:] if isinstance(part, str)), "body")
        wrong.setdefault((where, name), []).append(_reason(item, lang))
    # A value that may be of several types has an error for each that it is not.
    found = [
        {"name": name, "where": where, "reason": reasons[0] if len(reasons) == 1 else WRONG_TYPE[lang]}
        for (where, name), reasons in wrong.items()
    ]
    mark, stop = ("：", "。") if lang == "zh" else (": ", ".")
    listed = "；".join(f"参数 {e['name']}{mark}{e['reason']}" for e in found)
    if lang == "en":
        listed = "; ".join(f"Parameter {e['name']}{mark}{e['reason']}" for e in found)
    return problem(request, 422, "invalid-parameter", listed + stop, {"name": found[0]["name"], "errors": found})


def on_crash(request: Request, error: Exception) -> Response:
    """What nobody foresaw: logged whole with its request id, answered without a word of it."""
    log.error("%s %s", getattr(request.state, "request_id", ""), request.url.path, exc_info=error)
    return problem(request, 500, "internal-error", INTERNAL_DETAIL[of_request(request)])


def _reason(item: Mapping[str, Any], lang: Lang) -> str:
    zh, en = REASONS.get(item["type"], (item["msg"], item["msg"]))
    sentence: str = en if lang == "en" else zh
    return sentence.format(**item.get("ctx", {}))


def _localized(value: object, lang: Lang) -> object:
    if isinstance(value, dict) and lang in value:
        return value[lang]
    if isinstance(value, str | int | float | bool | None):
        return value
    if isinstance(value, Sequence):
        return [_localized(part, lang) for part in value]
    return str(value)


HANDLERS: dict[int | type[Exception], Callable[[Request, Any], Coroutine[Any, Any, Response]]] = {
    ZhizeError: on_zhize_error,
    HTTPException: on_http_error,
    RequestValidationError: on_invalid_request,
}
