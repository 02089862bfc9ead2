"""Finding nodes by name, alias, part of a name or pinyin initials."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from queries.search import search as find
from service import models
from service.dependencies import SettingsDep, StoreDep
from service.responses import Json
from service.routers.parameters import limit_of

router = APIRouter(tags=["search"])

Label = Annotated[str | None, Query(description="只要这一类 / only this label", examples=["Task"])]
Kind = Annotated[str | None, Query(description="只要这一小类 / only this kind")]


@router.get("/search", response_model=models.SearchOut)
async def search(
    q: Annotated[str, Query(max_length=500, description="要找的词 / words", examples=["一盔一带", "ykyd"])],
    store: StoreDep,
    settings: SettingsDep,
    label: Label = None,
    kind: Kind = None,
    limit: Annotated[int, Query(ge=1)] = 20,
) -> Json:
    """Nodes whose names hold all the words, best first, and how many of each label and kind there are."""
    result = await find(store, q, label=label, kind=kind, limit=limit_of(limit, settings) or 20)
    return Json(result)
