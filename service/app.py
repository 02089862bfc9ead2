"""The application: ``create_app`` puts settings, catalog, routers, middleware and error handlers together.

    uvicorn --factory service.app:create_app

``zhize serve`` is the same with a plain sentence for everything that can go wrong at the start. The store is opened
when the server starts and closed when it stops; while it is open and embedded, other ``zhize`` commands on this
machine reach it through us (``graph.stores.loopback``). While it is open, uploads are loaded (``service.workers``).
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from fastapi import FastAPI
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware

from graph.bookmarks import NAME
from graph.connect import open_store
from graph.errors import ZhizeError
from graph.store import Store
from queries.catalog import load_catalog
from service.adhoc import AdhocQueries
from service.analyses import Analyses
from service.announcement import announced
from service.conditional import Compression
from service.description import Described
from service.errors import HANDLERS
from service.job_board import JobBoard
from service.kept_answers import KeptAnswers
from service.middleware import BodyLimit, Bookmarks, Head, RequestScope, WellFormed
from service.routers import description, health, internal
from service.routers.api import PREFIX, api_router
from service.routers.export import REVISION, Exports
from service.routers.pages import PAGES, add_pages, web_folder
from service.routing import Table
from service.settings import Settings, load_settings
from service.version import VERSION
from service.workers import at_work

SUMMARY = (
    "谁必须做什么、针对谁、何时完成、达到多少：每个答案都附原文。Who must do what, with the sentence that proves it."
)


def create_app(settings: Settings | None = None, store: Store | None = None) -> FastAPI:
    """The application. A ``store`` given is used and left open; else the one of ``settings`` is opened at the start.

    Raises InvalidSetting (weak or missing key, page not installed) and CatalogError before anything is served.
    """
    settings = settings or load_settings()
    settings.check()
    catalog = load_catalog(settings.queries)
    app = Described(
        title="zhize 职责",
        summary=SUMMARY,
        version=VERSION,
        # Its own description route would be open to strangers; ours is below. Its documentation pages load scripts
        # from a CDN: not offline, and against our own policy.
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        lifespan=_lifespan(settings, store),
        middleware=_middleware(settings),
        exception_handlers=HANDLERS,
        redirect_slashes=False,
    )
    app.state.settings = settings
    app.state.catalog = catalog
    app.state.store = store
    app.state.analyses = Analyses()
    app.state.jobs = JobBoard(limit=settings.jobs_listeners, poll=settings.jobs_poll)
    app.state.adhoc = AdhocQueries(settings)
    app.state.kept = KeptAnswers()
    app.state.exports = Exports(settings.exports)
    app.state.token = None
    app.state.failure = None
    api = api_router(catalog).routes
    app.router.routes.append(Table(PREFIX, api))
    app.include_router(health.router)
    app.include_router(internal.router)
    app.router.routes += api
    app.include_router(description.router)
    add_pages(app, web_folder())
    return app


def _lifespan(settings: Settings, given: Store | None) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        try:
            store = given or await open_store(settings.store, settings)
            try:
                async with announced(app, store, settings), at_work(store, settings, app.state.jobs):
                    app.state.store = store
                    yield
            finally:
                app.state.store = None
                await app.state.analyses.close()
                if given is None:
                    await store.close()
        except ZhizeError as error:
            # The server only reports that start-up failed; `zhize serve` says why with this.
            app.state.failure = error
            raise

    return lifespan


def _middleware(settings: Settings) -> list[Middleware]:
    layers = [Middleware(RequestScope, frame_ancestors=settings.frame_ancestors)]
    if settings.cors_origins:
        # No credentials: a page of another site sends a key that it was given, never what the browser keeps for us.
        layers.append(
            Middleware(
                CORSMiddleware,
                allow_origins=settings.cors_origins,
                allow_methods=["GET"],
                allow_headers=["Authorization", "X-API-Key", "X-Request-ID", "If-None-Match", NAME],
                expose_headers=["X-Request-ID", "ETag", "Link", "Retry-After", "Content-Disposition", REVISION, NAME],
            )
        )
    layers += [Middleware(Head), Middleware(WellFormed, pages=PAGES), Middleware(Bookmarks)]
    layers.append(Middleware(BodyLimit, limit=settings.max_body, uploads=settings.max_upload))
    layers.append(Middleware(Compression))
    return layers
