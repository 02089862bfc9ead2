"""Is the process alive, and can it answer: for a supervisor, a load balancer, a container."""

from __future__ import annotations

from fastapi import APIRouter

from graph.errors import StoreUnavailable
from service import models
from service.dependencies import StoreDep
from service.responses import Json
from service.version import VERSION

router = APIRouter(tags=["health"], default_response_class=Json)


@router.get("/healthz", response_model=models.HealthOut)
async def healthz() -> Json:
    """Alive: answers without touching the store."""
    return Json({"status": "ok", "version": VERSION})


@router.get("/readyz", response_model=models.ReadyOut)
async def readyz(store: StoreDep) -> Json:
    """Ready: the store answers. 503 with the reason when not."""
    health = await store.health()
    if not health.ok:
        raise StoreUnavailable(store=store.url, reason=health.detail)
    return Json(
        {
            "status": "ok",
            "store": store.url,
            "engine": health.engine,
            "engine_version": health.version,
            "schema_version": health.schema_version,
            "revision": health.revision,
        }
    )
