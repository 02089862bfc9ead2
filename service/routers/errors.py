"""The error codes as data: what a client can meet, what it means, what to do."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from service import models
from service.conditional import tagged
from service.dependencies import SettingsDep
from service.error_codes import error_codes
from service.paging import whole, window
from service.routers.parameters import CursorParam, LimitParam

router = APIRouter(tags=["description"])


@router.get("/errors", response_model=models.ErrorsOut)
async def errors(
    request: Request, settings: SettingsDep, limit: LimitParam = None, cursor: CursorParam = None
) -> Response:
    """Every error code with its status, meaning and what to do about it."""
    page = window(settings, limit, cursor, "errors", default=whole(settings))
    codes = error_codes()
    shown, after = page.of(list(codes.values()))
    return tagged(request, {"errors": shown, "total": len(codes), "next": after})
