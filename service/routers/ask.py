"""A question in words."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from queries.ask import ask as answer_question
from service import models
from service.dependencies import CatalogDep, LangDep, SettingsDep, StoreDep
from service.responses import Json
from service.routers.parameters import LimitParam, Said, limit_of

router = APIRouter(tags=["ask"])

Question = Annotated[
    Said, Query(min_length=1, max_length=500, description="问题 / question", examples=["一盔一带由哪些单位负责？"])
]


@router.get("/ask", response_model=models.AnswerOut)
async def ask(
    q: Question, store: StoreDep, catalog: CatalogDep, settings: SettingsDep, lang: LangDep, limit: LimitParam = None
) -> Json:
    """The answer as a sentence, and the rows with the evidence it rests on."""
    return Json(await answer_question(store, catalog, q, lang=lang, limit=limit_of(limit, settings)))
