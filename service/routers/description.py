"""The API described to programs: OpenAPI 3.1, made from the routes."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Depends, FastAPI, Request

from service.auth import Role, require
from service.errors import PROBLEM
from service.responses import Json

router = APIRouter(include_in_schema=False)


@router.get("/openapi.json", dependencies=[Depends(require(Role.READER))])
async def openapi(request: Request) -> Json:
    """The description; it names the user's own queries, so it is guarded like them."""
    return Json(request.app.openapi())


class Described(FastAPI):
    """FastAPI, whose description says what our errors really look like."""

    def openapi(self) -> dict[str, Any]:
        if self.openapi_schema is None:
            schema = super().openapi()
            for path in schema["paths"].values():
                for operation in path.values():
                    _correct(operation["responses"])
            for unused in ("HTTPValidationError", "ValidationError"):
                schema["components"]["schemas"].pop(unused, None)
            schema["components"]["securitySchemes"] = SECURITY
            schema["security"] = [{}, *({name: []} for name in SECURITY)]
        return self.openapi_schema or {}


SECURITY: dict[str, Any] = {
    "bearer": {"type": "http", "scheme": "bearer", "description": "ZHIZE_API_KEY; not needed on the server's machine"},
    "key": {"type": "apiKey", "in": "header", "name": "X-API-Key"},
}


def _correct(responses: dict[str, Any]) -> None:
    """Validation errors are problems like all others, and problems have their own media type."""
    responses.pop("422", None)
    for status in ("4XX", "5XX"):
        content = responses.get(status, {}).get("content", {})
        if "application/json" in content:
            content[PROBLEM] = content.pop("application/json")
