"""What every request passes on its way in and out, as plain ASGI (no task or stream is added per request)."""

from service.middleware.body_limit import BodyLimit
from service.middleware.request_scope import RequestScope

__all__ = ["BodyLimit", "RequestScope"]
