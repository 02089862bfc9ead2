"""The response class of the API."""

from __future__ import annotations

from starlette.responses import Response

from service.plain import to_json


class Json(Response):
    """A JSON response of plain values and of our value types."""

    media_type = "application/json"

    def render(self, content: object) -> bytes:
        return to_json(content)
