"""Parameters many routes share."""

from __future__ import annotations

import re
from typing import Annotated

from fastapi import Query
from pydantic import AfterValidator, BeforeValidator
from pydantic_core import PydanticKnownError

from graph.errors import InvalidParameter
from service.settings import Settings

WORD = 100
"""Longest name of a kind or label, in characters."""
LINE = 500
"""Longest list of names, id or cursor, in characters."""
_DIGITS = re.compile(r"-?[0-9]{1,40}")


def _digits(given: object) -> object:
    """Also the framework reads 1_0, +1, 1.0 and blanks as a number; a client that sends them means something else."""
    if isinstance(given, str) and not _DIGITS.fullmatch(given):
        raise PydanticKnownError("int_parsing")
    return given


def _said(given: str) -> str:
    if not given.strip():
        raise PydanticKnownError("string_too_short", {"min_length": 1})
    return given


Said = Annotated[str, AfterValidator(_said)]
"""What somebody asks for in words: not nothing, nor blanks alone."""
Whole = Annotated[int, BeforeValidator(_digits)]
"""A whole number in ASCII digits."""
LimitParam = Annotated[Whole | None, Query(ge=1, description="行数上限 / rows at most")]
CursorParam = Annotated[str | None, Query(max_length=LINE, description="上一页的 next / next of the page before")]


def limit_of(given: str | int | None, settings: Settings) -> int | None:
    """The wanted number of rows; None when not asked for, InvalidParameter outside the server's bounds."""
    if given is None:
        return None
    wanted = int(given) if isinstance(given, int) or _DIGITS.fullmatch(given) else 0
    if not 1 <= wanted <= settings.max_rows:
        top = settings.max_rows
        raise InvalidParameter(
            name="limit",
            reason={"zh": f"应为 1 至 {top} 的整数", "en": f"must be a whole number between 1 and {top}"},
        )
    return wanted
