"""The API as one router: every route under it is closed to strangers, a new one too."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Depends, Request

from queries.catalog import Catalog
from service import models
from service.auth import Role, require
from service.request_checks import checked
from service.responses import Json
from service.routers import (
    analytics,
    ask,
    cypher,
    documents,
    errors,
    export,
    jobs,
    nodes,
    ontology,
    queries,
    reviews,
    search,
    units,
    uploads,
)
from service.routing import adopt

PREFIX = "/api/v1"
PARTS = (ask, search, nodes, documents, uploads, jobs, reviews, ontology, analytics, cypher, export, errors, units)

PROBLEMS: dict[int | str, dict[str, Any]] = {
    "4XX": {"model": models.Problem, "description": "application/problem+json"},
    "5XX": {"model": models.Problem, "description": "application/problem+json"},
}


_reader = require(Role.READER)


async def _entered(request: Request) -> None:
    """What every request goes through: one dependency, as each costs time of its own."""
    await _reader(request)
    await checked(request)


def api_router(catalog: Catalog) -> APIRouter:
    """All of ``/api/v1``, with one route for each query of ``catalog``."""
    router = APIRouter(
        prefix=PREFIX,
        dependencies=[Depends(_entered)],
        default_response_class=Json,
        responses=PROBLEMS,
    )
    for part in (queries.router, queries.catalog_router(catalog), *(part.router for part in PARTS)):
        adopt(router, part)
    return router
