"""Raw parameter values (strings from HTTP, the command line or a question) as checked, typed values.

A refusal is an InvalidParameter that names the parameter and what would be right: allowed values, form or example.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from typing import Any, NoReturn

from graph.errors import InvalidParameter
from graph.text import compact, fold, fulltext_query, query_terms
from queries.header import Param, QueryDefinition

MAX_LENGTH = 500
"""Longest text of a parameter, in characters: longer than any name, short enough for every index."""
ID = re.compile(r"^[a-z]+:[0-9a-f]{20}$")
_TRUE = frozenset({"true", "1", "yes", "y", "是"})
_FALSE = frozenset({"false", "0", "no", "n", "否"})
_DATE = re.compile(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")
_HAN_CHARACTER = re.compile(r"^[^0-9a-z]$")


def validate(definition: QueryDefinition, raw: Mapping[str, object]) -> dict[str, Any]:
    """Every declared parameter with its value or default (None when optional and absent); raises InvalidParameter."""
    known = {p.name for p in definition.params}
    if unknown := sorted(set(raw) - known):
        raise InvalidParameter(
            name=unknown[0],
            reason={
                "zh": f"查询 {definition.name} 没有这个参数，可用参数：{'、'.join(sorted(known)) or '无'}",
                "en": f"query {definition.name} has no such parameter; it has: {', '.join(sorted(known)) or 'none'}",
            },
        )
    values = {param.name: _value(param, raw.get(param.name)) for param in definition.params}
    for param in definition.params:
        if param.not_before:
            _in_order(param, values[param.not_before], values[param.name])
    return values


def _in_order(param: Param, first: Any, last: Any) -> None:
    if first is not None and last is not None and last < first:
        _refuse(param, f"{last} 早于 {param.not_before} {first}", f"{last} is before {param.not_before} {first}")


def statement_parameters(definition: QueryDefinition, values: Mapping[str, Any]) -> dict[str, Any]:
    """``values`` with what a search parameter adds to the statement: ``x_terms`` and ``x_query``."""
    found = dict(values)
    for param in definition.params:
        if param.type == "search":
            text = values[param.name] or ""
            found[f"{param.name}_terms"] = search_terms(text)
            found[f"{param.name}_query"] = search_query(text)
    return found


def search_terms(text: str) -> list[str]:
    """What ``' ' + node.search + ' '`` must contain, each: terms between blanks; a lone Han character anywhere.

    A lone character at the edge of a text (the 年 of 2024年) stands inside some bigram of the name it is part of.
    """
    return [term if _HAN_CHARACTER.match(term) else f" {term} " for term in query_terms(text)]


def search_query(text: str) -> str:
    """The full-text query that proposes candidates; lone characters are left to ``search_terms``."""
    terms = [term for term in query_terms(text) if not _HAN_CHARACTER.match(term)]
    return fulltext_query(" ".join(terms))


def _value(param: Param, raw: object) -> Any:
    if raw is None or (isinstance(raw, str) and not raw.strip()):
        if param.required:
            _refuse(param, f"必填，例如 {param.example}", f"is required, for example {param.example}")
        return param.default
    return _READERS[param.type](param, raw)


def _refuse(param: Param, zh: str, en: str) -> NoReturn:
    raise InvalidParameter(name=param.name, reason={"zh": zh, "en": en})


def _text(param: Param, raw: object) -> str:
    if not isinstance(raw, str | int | float) or isinstance(raw, bool):
        _refuse(param, "必须是一段文字", "must be text")
    text = str(raw).strip()
    if len(text) > MAX_LENGTH:
        _refuse(param, f"最长 {MAX_LENGTH} 个字符", f"is longer than {MAX_LENGTH} characters")
    if any(0xD800 <= ord(char) <= 0xDFFF for char in text):
        _refuse(param, "含有无法识别的字符", "has characters that are no text")
    return text


def _search(param: Param, raw: object) -> str:
    text = _text(param, raw)
    if len(compact(text)) < 2:
        _refuse(
            param, f"至少两个字，例如 {param.example}", f"needs at least two characters, for example {param.example}"
        )
    return text


def _integer(param: Param, raw: object) -> int:
    if isinstance(raw, int) and not isinstance(raw, bool) and abs(raw) < 2**53:
        return raw
    if isinstance(raw, str) and re.fullmatch(r"[+-]?[0-9]{1,15}", text := fold(raw).strip()):
        return int(text)
    _refuse(
        param, f"必须是整数，例如 {param.example or 1}", f"must be a whole number, for example {param.example or 1}"
    )


def _boolean(param: Param, raw: object) -> bool:
    word = fold(str(raw)).strip()
    if word in _TRUE | _FALSE:
        return word in _TRUE
    _refuse(param, "必须是 true 或 false", "must be true or false")


def _date(param: Param, raw: object) -> str:
    text = fold(_text(param, raw))
    try:
        if _DATE.match(text):
            return dt.date.fromisoformat(text).isoformat()
    except ValueError:
        pass
    _refuse(param, "必须是日期，例如 2024-03-01", "must be a date, for example 2024-03-01")


def _id(param: Param, raw: object) -> str:
    text = _text(param, raw)
    allowed = {label.lower() for label in param.labels} - {"entity"}
    if not ID.match(text) or (allowed and text.split(":")[0] not in allowed):
        kinds = " | ".join(sorted(allowed)) or "label"
        _refuse(param, f"必须是节点编号，形如 {kinds}:20 位十六进制", f"must be a node id, {kinds}:20 hex digits")
    return text


def _enum(param: Param, raw: object) -> str:
    text = _text(param, raw)
    if text in param.values:
        return text
    _refuse(param, f"只能是 {'、'.join(param.values)}", f"must be one of {', '.join(param.values)}")


_READERS: dict[str, Callable[[Param, object], Any]] = {
    "search": _search,
    "string": _text,
    "integer": _integer,
    "boolean": _boolean,
    "date": _date,
    "id": _id,
    "enum": _enum,
}
