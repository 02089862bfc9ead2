"""The response class of the API."""

from __future__ import annotations

from starlette.responses import JSONResponse

from service.plain import to_json


class Json(JSONResponse):
    """A JSON response of plain values and of our value types."""

    def render(self, content: object) -> bytes:
        return to_json(content)
