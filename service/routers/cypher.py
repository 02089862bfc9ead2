"""Ad hoc Cypher over REST: off unless switched on, never without a key."""

from __future__ import annotations

from fastapi import APIRouter, Depends

from service import models
from service.auth import Role, require
from service.dependencies import AdhocDep, StoreDep
from service.responses import Json

router = APIRouter(tags=["queries"])


@router.post("/cypher", response_model=models.AdhocOut, dependencies=[Depends(require(Role.ANALYST, key=True))])
async def ad_hoc(body: models.AdhocIn, store: StoreDep, adhoc: AdhocDep) -> Json:
    """Run a read-only statement of the allowed subset of Cypher. Needs a key of role analyst; off by default."""
    answer = await adhoc.run(store, body.cypher, body.params)
    cut = answer.stopped is not None
    return Json(
        {
            "columns": [{"name": name, "zh": name, "en": name, "evidence": False} for name in answer.columns],
            "rows": answer.rows,
            "total": None if cut else len(answer.rows),
            "truncated": cut,
            "stopped": answer.stopped,
        }
    )
