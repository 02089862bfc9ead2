"""Every error code the API may answer with: its status, what it means and what to do about it.

The codes come from the classes of ``graph.errors`` and of the service, and from what the framework refuses by itself
(``service.errors.HTTP``); the words for them are in ``service.error_words``. ``GET /api/v1/errors``, the ``code`` of
the description and docs/api.md are made from ``error_codes()``, and a test fails while a code has no words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from graph.errors import Sentence, ZhizeError
from service.error_words import WORDS

HTTP: Mapping[int, tuple[str, str, str]] = {
    400: ("bad-input", "请求无法解析。", "The request cannot be understood."),
    404: ("not-found", "没有这个地址。", "There is nothing at this address."),
    405: ("method-not-allowed", "这个地址不支持该方法。", "This address does not support that method."),
    406: (
        "not-acceptable",
        "这个地址只给出 JSON，而 Accept 不接受它。",
        "This address answers in JSON, which Accept rules out.",
    ),
    414: ("uri-too-long", "地址过长。", "The address is too long."),
    415: (
        "unsupported-media-type",
        "请求内容不是 JSON（Content-Type）。",
        "The request body is not JSON by its Content-Type.",
    ),
    431: ("headers-too-large", "请求头过长。", "The headers of the request are too long."),
}
"""Errors that are no class of ours: code and sentence."""

_OTHER = ("其他错误", "another error", "按 detail 处理", "do as detail says")


@dataclass(frozen=True, slots=True)
class ErrorCode:
    """``hint``: what a caller can do about it, in one sentence."""

    code: str
    status: int
    meaning: Sentence
    hint: Sentence


def error_codes() -> dict[str, ErrorCode]:
    """All codes, in alphabetical order."""
    statuses = {code: status for status, (code, _, _) in HTTP.items()}
    statuses |= {kind.code: kind.status for kind in _kinds(ZhizeError)}
    return {code: _described(code, status) for code, status in sorted(statuses.items())}


def hint(code: str) -> Sentence:
    """What to do about an error of ``code``."""
    *_, zh, en = WORDS.get(code, _OTHER)
    return {"zh": f"{zh}。", "en": f"{en[0].upper()}{en[1:]}."}


def without_words() -> list[str]:
    """Codes nobody has described yet."""
    return [code for code in error_codes() if code not in WORDS]


def _described(code: str, status: int) -> ErrorCode:
    zh, en, *_ = WORDS.get(code, _OTHER)
    return ErrorCode(code, status, {"zh": f"{zh}。", "en": f"{en[0].upper()}{en[1:]}."}, hint(code))


def _kinds(base: type[ZhizeError]) -> Iterator[type[ZhizeError]]:
    yield base
    for child in base.__subclasses__():
        yield from _kinds(child)
