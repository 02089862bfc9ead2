"""What handlers ask for, by name: ``store: StoreDep``, ``lang: LangDep`` …

The routes asked most take ``request`` alone and call ``store_of``, ``kept_of``: each dependency costs a twentieth of an
answer.
All of it lives in ``app.state``, put there by ``service.app`` (settings, catalog) and its lifespan (store).
"""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Query, Request

from graph.errors import Lang, StoreUnavailable
from graph.store import Store
from queries.catalog import Catalog
from service.adhoc import AdhocQueries
from service.analyses import Analyses
from service.auth import Caller
from service.job_board import JobBoard
from service.kept_answers import KeptAnswers
from service.language import of_request
from service.settings import Settings


async def _settings(request: Request) -> Settings:
    settings: Settings = request.app.state.settings
    return settings


def store_of(request: Request) -> Store:
    """The open store; raises StoreUnavailable before there is one."""
    store: Store | None = getattr(request.app.state, "store", None)
    if store is None:
        raise StoreUnavailable(store="", reason={"zh": "尚未打开", "en": "not open yet"})
    return store


async def _store(request: Request) -> Store:
    return store_of(request)


def kept_of(request: Request) -> KeptAnswers:
    """The answers the application keeps."""
    kept: KeptAnswers = request.app.state.kept
    return kept


async def _catalog(request: Request) -> Catalog:
    catalog: Catalog = request.app.state.catalog
    return catalog


async def _analyses(request: Request) -> Analyses:
    analyses: Analyses = request.app.state.analyses
    return analyses


async def _board(request: Request) -> JobBoard:
    board: JobBoard = request.app.state.jobs
    return board


async def _adhoc(request: Request) -> AdhocQueries:
    adhoc: AdhocQueries = request.app.state.adhoc
    return adhoc


async def _caller(request: Request) -> Caller:
    caller: Caller = request.state.caller
    return caller


async def _lang(request: Request, lang: Annotated[str, Query(description="zh | en")] = "") -> Lang:
    return of_request(request)


SettingsDep = Annotated[Settings, Depends(_settings)]
StoreDep = Annotated[Store, Depends(_store)]
CatalogDep = Annotated[Catalog, Depends(_catalog)]
AnalysesDep = Annotated[Analyses, Depends(_analyses)]
BoardDep = Annotated[JobBoard, Depends(_board)]
AdhocDep = Annotated[AdhocQueries, Depends(_adhoc)]
CallerDep = Annotated[Caller, Depends(_caller)]
LangDep = Annotated[Lang, Depends(_lang)]
