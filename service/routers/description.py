"""The description of the API for programs (``service.description``)."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from service.auth import Role, require
from service.conditional import tagged

router = APIRouter(include_in_schema=False)


@router.get("/openapi.json", dependencies=[Depends(require(Role.READER))])
async def openapi(request: Request) -> Response:
    """The description; it names the user's own queries, so it is guarded like them."""
    return tagged(request, request.app.openapi())
