"""One node, what surrounds it, and the ways between two."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from queries.nodes import neighbours as neighbours_of
from queries.nodes import node as node_of
from queries.nodes import paths as paths_between
from service import models
from service.dependencies import SettingsDep, StoreDep, kept_of, store_of
from service.responses import Json
from service.routers.parameters import LINE, CursorParam, LimitParam, Whole, limit_of

router = APIRouter(tags=["nodes"])


@router.get("/nodes/{id}", response_model=models.NodeOut)
async def node(id: str, request: Request) -> Response:
    """A node with its properties and how many relations of each type it has."""
    store = store_of(request)
    return await kept_of(request).get(request, store, lambda: node_of(store, id))


@router.get("/nodes/{id}/neighbours", response_model=models.NeighboursOut)
async def neighbours(
    id: str,
    request: Request,
    store: StoreDep,
    settings: SettingsDep,
    types: Annotated[
        str, Query(max_length=LINE, description="关系类型，逗号分隔 / relation types, separated by commas")
    ] = "",
    limit: LimitParam = None,
    cursor: CursorParam = None,
) -> Response:
    """What a node is related to, by relation type, each relation with its evidence; 60 a page by default."""
    size = limit_of(min(60, settings.max_rows) if limit is None else limit, settings)
    wanted = tuple(part.strip() for part in types.split(",") if part.strip())
    return await kept_of(request).get(
        request, store, lambda: neighbours_of(store, id, types=wanted, limit=size, cursor=cursor)
    )


@router.get("/paths", response_model=models.PathsOut)
async def paths(
    store: StoreDep,
    source: Annotated[str, Query(alias="from", max_length=LINE, description="节点 id / node id")],
    target: Annotated[str, Query(alias="to", max_length=LINE, description="节点 id / node id")],
    max_hops: Annotated[Whole, Query(ge=1, le=6)] = 4,
) -> Json:
    """The shortest ways from one node to another."""
    return Json(await paths_between(store, source, target, max_hops))
