"""Review: what is worth deciding, deciding it, and what was decided."""

from __future__ import annotations

import logging
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query

from graph.review.decide import Decision, decide
from graph.review.queue import KINDS, queue
from service import review_models as models
from service.auth import Role, require
from service.dependencies import CallerDep, SettingsDep, StoreDep
from service.paging import window
from service.responses import Json
from service.reviews import decision as decision_of
from service.reviews import decisions as decisions_of
from service.routers.parameters import LINE, WORD, CursorParam, LimitParam

log = logging.getLogger("zhize.service")

router = APIRouter(tags=["reviews"])

Target = Annotated[str, Query(max_length=LINE, description="关系 key 或节点 id / key of a relation or id of a node")]
Kind = Annotated[str | None, Query(max_length=WORD, description=" | ".join(KINDS), examples=[KINDS[0]])]


@router.get("/reviews", response_model=models.ReviewsOut)
async def reviews(
    store: StoreDep,
    settings: SettingsDep,
    target: Target = "",
    standing: Literal["", "in-force", "waiting", "undone"] = "",
    limit: LimitParam = None,
    cursor: CursorParam = None,
) -> Json:
    """The log of decisions, newest first, and lines of it that are damaged."""
    page = window(settings, limit, cursor, "reviews", target, standing)
    found, damaged = await decisions_of(store, target=target, standing=standing)
    shown, after = page.of(found)
    return Json({"decisions": shown, "damaged": damaged, "total": len(found), "next": after})


@router.get("/reviews/queue", response_model=models.ReviewQueueOut)
async def review_queue(
    store: StoreDep,
    settings: SettingsDep,
    kind: Kind = None,
    limit: LimitParam = None,
    cursor: CursorParam = None,
) -> Json:
    """What is worth a person's time, most worthwhile first."""
    page = window(settings, limit, cursor, "queue", kind)
    items = await queue(store, kind=kind, skip=page.skip, limit=page.size + 1)
    return Json({"items": items[: page.size], "next": page.next(len(items) > page.size)})


@router.post(
    "/reviews", status_code=201, response_model=models.ReviewOut, dependencies=[Depends(require(Role.CURATOR))]
)
async def review(asked: models.ReviewIn, store: StoreDep, caller: CallerDep) -> Json:
    """Decide: accept, reject, edit, merge, split, different or undo. Needs a curator; ``by`` adds who it is."""
    by = f"{asked.by.strip()} ({caller.name})" if asked.by.strip() else caller.name
    made = Decision(
        action=asked.action,  # type: ignore[arg-type]  # another is refused there, in a sentence
        target=asked.target,
        reason=asked.reason,
        by=by,
        into=asked.into,
        name=asked.name,
        other=asked.other,
        documents=tuple(asked.documents),
        facts=tuple(asked.facts),
        changes=asked.changes,
    )
    id_, entry = await decide(store, made)
    log.info("decision %d (%s) by %s", entry.seq, entry.action, by)
    return Json(await decision_of(store, id_), status_code=201)
