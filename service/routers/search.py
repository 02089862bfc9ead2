"""Finding nodes by name, alias, part of a name or pinyin initials."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from queries.search import search as find
from service import models
from service.dependencies import SettingsDep, StoreDep, kept_of
from service.paging import window
from service.routers.parameters import WORD, CursorParam, LimitParam, Said

router = APIRouter(tags=["search"])

Label = Annotated[str | None, Query(max_length=WORD, description="只要这一类 / only this label", examples=["Task"])]
Kind = Annotated[str | None, Query(max_length=WORD, description="只要这一小类 / only this kind", examples=["item"])]


@router.get("/search", response_model=models.SearchOut)
async def search(
    q: Annotated[
        Said, Query(min_length=1, max_length=500, description="要找的词 / words", examples=["一盔一带", "ykyd"])
    ],
    request: Request,
    store: StoreDep,
    settings: SettingsDep,
    label: Label = None,
    kind: Kind = None,
    limit: LimitParam = None,
    cursor: CursorParam = None,
) -> Response:
    """Nodes whose names hold all the words, best first, and how many of each label and kind there are.

    Pages of 20 unless asked otherwise; they end with the best of each label that are ranked at all, `total` counts all.
    """
    page = window(settings, limit, cursor, "search", q, label, kind, default=min(20, settings.max_rows))
    wanted = page.skip + page.size

    async def answer() -> dict[str, Any]:
        # One more tells whether there is a next page.
        result = await find(store, q, label=label, kind=kind, limit=wanted + 1, timeout=settings.query_timeout)
        return {
            "query": result.query,
            "hits": result.hits[page.skip : wanted],
            "facets": result.facets,
            "total": result.total,
            "next": page.next(len(result.hits) > wanted),
        }

    return await kept_of(request).get(request, store, answer)
