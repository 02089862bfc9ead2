"""Is the process alive, and can it answer: for a supervisor, a load balancer, a container."""

from __future__ import annotations

import logging

from fastapi import APIRouter

from graph.errors import StoreUnavailable
from service import models
from service.dependencies import SettingsDep, StoreDep
from service.jobs import require_moving
from service.responses import Json
from service.version import VERSION

log = logging.getLogger("zhize.service")

router = APIRouter(tags=["health"], default_response_class=Json)


@router.get("/healthz", response_model=models.HealthOut)
async def healthz() -> Json:
    """Alive: answers without touching the store."""
    return Json({"status": "ok", "version": VERSION})


@router.get("/readyz", response_model=models.ReadyOut)
async def readyz(store: StoreDep, settings: SettingsDep) -> Json:
    """Ready: the store answers and jobs move. 503 when not; where it is and why it fails goes to the log, as anyone may
    ask here."""
    health = await store.health()
    if not health.ok:
        log.error("the store at %s is not ready: %s", store.url, health.detail)
        raise StoreUnavailable(store=health.engine, reason={"zh": "未就绪", "en": "not ready"})
    await require_moving(store, settings)
    return Json(
        {
            "status": "ok",
            "engine": health.engine,
            "schema_version": health.schema_version,
            "revision": health.revision,
        }
    )
