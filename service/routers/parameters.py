"""Parameters many routes share."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query

from graph.errors import InvalidParameter
from service.settings import Settings

LimitParam = Annotated[int | None, Query(ge=1, description="行数上限 / rows at most")]
CursorParam = Annotated[str | None, Query(description="上一页的 next / next of the page before")]


def limit_of(given: str | int | None, settings: Settings) -> int | None:
    """The wanted number of rows; None when not asked for, InvalidParameter outside the server's bounds."""
    if given is None:
        return None
    try:
        wanted = int(given)
    except ValueError:
        wanted = 0
    if not 1 <= wanted <= settings.max_rows:
        top = settings.max_rows
        raise InvalidParameter(
            name="limit",
            reason={"zh": f"应为 1 至 {top} 的整数", "en": f"must be a whole number between 1 and {top}"},
        )
    return wanted
