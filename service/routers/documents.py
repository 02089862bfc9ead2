"""Loaded documents: the list, one, its text with what was found in it, and taking one out."""

from __future__ import annotations

import logging
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from queries.documents import document_text, get_document, list_documents
from service import models
from service.auth import Role, require
from service.conditional import tagged
from service.dependencies import CallerDep, SettingsDep, StoreDep
from service.removal import remove_document
from service.responses import Json
from service.routers.parameters import WORD, CursorParam, LimitParam, Whole, limit_of

log = logging.getLogger("zhize.service")

router = APIRouter(tags=["documents"])


@router.get("/documents", response_model=models.DocumentsOut)
async def documents(
    request: Request,
    store: StoreDep,
    settings: SettingsDep,
    kind: Annotated[str | None, Query(max_length=WORD, description="文件类型 / kind", examples=["plan"])] = None,
    year: Annotated[Whole | None, Query(ge=1, le=9999, description="年份 / year")] = None,
    limit: LimitParam = None,
    cursor: CursorParam = None,
) -> Response:
    """Loaded documents, newest first."""
    found = await list_documents(store, kind=kind, year=year, limit=limit_of(limit, settings), cursor=cursor)
    return tagged(request, found)


@router.get("/documents/{id}", response_model=models.DocumentOut)
async def document(id: str, request: Request, store: StoreDep) -> Response:
    """One document with its issuer and how much was found in it."""
    return tagged(request, await get_document(store, id))


@router.get("/documents/{id}/text", response_model=models.TextOut)
async def text(id: str, request: Request, store: StoreDep) -> Response:
    """The text as loaded, with spans and sections; offsets are code points."""
    return tagged(request, await document_text(store, id))


@router.delete("/documents/{id}", response_model=models.RemovedOut, dependencies=[Depends(require(Role.CURATOR))])
async def remove(id: str, store: StoreDep, caller: CallerDep) -> Json:
    """Take the document out under all its sources, with every fact that it alone states. Needs a curator."""
    removed = await remove_document(store, id)
    log.info("%s removed by %s (%s)", id, caller.name, caller.role.name.lower())
    return Json(removed)
