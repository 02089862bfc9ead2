"""What every request passes on its way in and out, as plain ASGI (no task or stream is added per request)."""

from service.middleware.body_limit import BodyLimit
from service.middleware.bookmarks import Bookmarks
from service.middleware.head import Head
from service.middleware.request_scope import RequestScope
from service.middleware.well_formed import WellFormed

__all__ = ["BodyLimit", "Bookmarks", "Head", "RequestScope", "WellFormed"]
