"""The API described to programs: OpenAPI 3.1, made from the routes."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Request

from service.auth import Role, require
from service.responses import Json

router = APIRouter(include_in_schema=False)


@router.get("/openapi.json", dependencies=[Depends(require(Role.READER))])
async def openapi(request: Request) -> Json:
    """The description; it names the user's own queries, so it is guarded like them."""
    return Json(request.app.openapi())
