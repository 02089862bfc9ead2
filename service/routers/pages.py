"""The page and its files: ``/``, ``/embed``, ``/docs`` (the API for people), ``/static/…`` and ``/static/VERSION/…``.

``/static/…`` is a stable address, browsers keep what is below a version. The files hold no data, so they need no key,
and pages of other sites may load the modules (to embed ``<duty-graph>``).
"""

from __future__ import annotations

import mimetypes
import os
from collections.abc import Awaitable, Callable
from importlib import resources
from pathlib import Path

from fastapi import APIRouter, FastAPI
from starlette.responses import FileResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from graph.errors import InvalidSetting
from service.version import VERSION

NO_CACHE = "no-cache"
FOREVER = "public, max-age=31536000, immutable"
PAGES = {"/": "index.html", "/embed": "embed.html", "/docs": "docs.html"}
"""Path and file of each page. Nothing of its parameters is read here."""
NEEDED = (*PAGES.values(), "duty-graph.js")

# A Windows registry may say text/plain, and browsers refuse modules of that type.
for _type, _suffix in (("text/javascript", ".js"), ("text/css", ".css"), ("image/svg+xml", ".svg")):
    mimetypes.add_type(_type, _suffix)


def web_folder() -> Path:
    """The packaged page; a plain error when an installation lacks it."""
    folder = Path(str(resources.files("service"))) / "web"
    if missing := [name for name in NEEDED if not (folder / name).is_file()]:
        raise InvalidSetting(
            setting="service/web",
            reason={
                "zh": f"安装不完整，缺少网页文件 {'、'.join(missing)}，请重新安装 zhize",
                "en": f"the installation lacks the page's files {', '.join(missing)}; install zhize again",
            },
        )
    return folder


class Files(StaticFiles):
    """Static files with one ``Cache-Control`` for all, loadable from pages of any origin."""

    def __init__(self, folder: Path, cache_control: str) -> None:
        super().__init__(directory=folder)
        self.cache_control = cache_control

    def file_response(
        self, full_path: str | os.PathLike[str], stat_result: os.stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        response = super().file_response(full_path, stat_result, scope, status_code)
        response.headers["Cache-Control"] = self.cache_control
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        return response


def add_pages(app: FastAPI, folder: Path) -> None:
    """Serve ``folder``: the pages by route, everything else below ``/static``."""
    router = APIRouter(include_in_schema=False)
    for path, name in PAGES.items():
        router.add_api_route(path, _page(folder / name), methods=["GET", "HEAD"])
    app.include_router(router)
    app.mount(f"/static/{VERSION}", Files(folder, FOREVER), name="static-version")
    app.mount("/static", Files(folder, NO_CACHE), name="static")


def _page(file: Path) -> Callable[[], Awaitable[Response]]:
    async def page() -> Response:
        return FileResponse(file, headers={"Cache-Control": NO_CACHE})

    return page
