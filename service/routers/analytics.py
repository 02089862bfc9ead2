"""Analyses of the whole graph over REST: the list, and one described route for each."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Query

from graph.analytics.description import Description, described, descriptions
from graph.ids import digest
from queries.runner import write_cursor
from service import models
from service.dependencies import AnalysesDep, SettingsDep, StoreDep
from service.paging import Window, whole, window
from service.responses import Json
from service.routers.parameters import CursorParam, LimitParam, Whole, limit_of

if TYPE_CHECKING:
    from graph.analytics.run import Result

router = APIRouter(tags=["analytics"])

YearParam = Annotated[
    Whole | None, Query(ge=1, le=9999, description="文件年度 / year of the documents", examples=[2024])
]


@router.get("/analytics", response_model=models.AnalyticsOut)
async def list_analytics(settings: SettingsDep, limit: LimitParam = None, cursor: CursorParam = None) -> Json:
    """All analyses, with their columns and figures."""
    page = window(settings, limit, cursor, "analytics", default=whole(settings))
    shown, after = page.of([_shown(name, found) for name, found in descriptions().items()])
    return Json({"analytics": shown, "total": len(descriptions()), "next": after})


def _shown(name: str, found: Description) -> dict[str, Any]:
    return {
        "name": name,
        "title": found.title.model_dump(),
        "summary": found.summary.model_dump(),
        "method": found.method.model_dump(),
        "columns": [column.model_dump() for column in found.shown],
        "figures": {figure: said.model_dump() for figure, said in found.figures.items()},
    }


def _endpoint(name: str) -> Callable[..., Awaitable[Json]]:
    async def endpoint(
        store: StoreDep,
        settings: SettingsDep,
        analyses: AnalysesDep,
        year: YearParam = None,
        limit: LimitParam = None,
        cursor: CursorParam = None,
    ) -> Json:
        limit_of(limit, settings)  # before any work
        seconds = settings.query_timeout
        result = await analyses.get(store, name, year, limit=settings.analytics_nodes, seconds=seconds)
        # Pages of one answer are of one state of the graph: a change of it makes the cursor void.
        return Json(_page(result, window(settings, limit, cursor, result.analysis, result.params, result.revision)))

    return endpoint


def _page(result: Result, page: Window) -> dict[str, Any]:
    rows, after = page.of(result.rows)
    return {
        "analysis": result.analysis,
        "params": result.params,
        "figures": result.figures,
        "columns": [column.model_dump() for column in result.columns],
        "rows": rows,
        "total": len(result.rows),
        "truncated": after is not None,
        "next": after,
    }


def _add(name: str, found: Description) -> None:
    router.add_api_route(
        f"/analytics/{name}",
        _endpoint(name),
        methods=["GET"],
        name=f"analytics {name}",
        operation_id=f"analytics_{name.replace('-', '_')}",
        summary=f"{found.title.zh} / {found.title.en}",
        description=f"{found.summary.zh}\n\n{found.summary.en}\n\n{found.method.zh}\n\n{found.method.en}",
        response_model=models.AnalysisOut,
        responses={200: {"content": {"application/json": {"example": _example(name, found)}}}},
    )


def _example(name: str, found: Description) -> dict[str, Any]:
    """An answer of one row, more to follow."""
    return {
        "analysis": name,
        "params": {"year": 2024},
        "figures": dict.fromkeys(found.figures, 0),
        "columns": [column.model_dump() for column in found.shown],
        "rows": [found.example],
        "total": 2,
        "truncated": True,
        "next": write_cursor(1, digest([name])),
    }


async def _unknown(name: str) -> None:
    """A name no analysis has; the error says which come near."""
    described(name)


for _name, _found in descriptions().items():
    _add(_name, _found)
router.add_api_route("/analytics/{name}", _unknown, methods=["GET"], include_in_schema=False)
