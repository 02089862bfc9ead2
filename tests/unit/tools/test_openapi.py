"""The API may grow, not shrink: the description in the repository is what clients were promised (``tools.openapi``)."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest

from tools.openapi import SNAPSHOT, breaking, description

SEARCH = "/api/v1/search"
REVIEWS = "/api/v1/reviews"


@pytest.fixture(scope="module")
def now() -> dict[str, Any]:
    return description()


@pytest.fixture(scope="module")
def promised() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(SNAPSHOT.read_text(encoding="utf-8"))
    return found


def test_no_client_is_broken(promised: dict[str, Any], now: dict[str, Any]) -> None:
    """Nothing that was promised is gone, has another type or is newly demanded."""
    assert breaking(promised, now) == [], (
        "This breaks clients. Keep the old beside the new; if it must be, run `python tools/openapi.py "
        "--accept-breaking` and say in CHANGELOG.md what to do about it"
    )


def test_the_promise_is_up_to_date(promised: dict[str, Any], now: dict[str, Any]) -> None:
    """What was added is promised from now on."""
    assert promised == now, "The API has grown: run `make openapi` and commit tests/data/openapi.json"


def _parameter(found: dict[str, Any], name: str) -> dict[str, Any]:
    return next(p for p in found["paths"][SEARCH]["get"]["parameters"] if p["name"] == name)


def _schema(found: dict[str, Any], name: str) -> dict[str, Any]:
    return found["components"]["schemas"][name]


BROKEN: dict[str, Callable[[dict[str, Any]], object]] = {
    "GET /api/v1/search: removed": lambda d: d["paths"].pop(SEARCH),
    "POST /api/v1/reviews: removed": lambda d: d["paths"][REVIEWS].pop("post"),
    "GET /api/v1/search: parameter label removed": lambda d: d["paths"][SEARCH]["get"]["parameters"].remove(
        _parameter(d, "label")
    ),
    "GET /api/v1/search: parameter kind is now required": lambda d: _parameter(d, "kind").update(required=True),
    "GET /api/v1/search: parameter q: type": lambda d: _parameter(d, "q")["schema"].update(type="integer"),
    "GET /api/v1/search: parameter q: only takes": lambda d: _parameter(d, "q")["schema"].update(enum=["a"]),
    "GET /api/v1/search: parameter lang: no longer takes": lambda d: _parameter(d, "lang")["schema"]["enum"].pop(),
    "200: field total removed": lambda d: _schema(d, "SearchOut")["properties"].pop("total"),
    "200: hits[]: name: type": lambda d: _schema(d, "HitOut")["properties"]["name"].update(type="integer"),
    "200: ['total'] no longer always there": lambda d: _schema(d, "SearchOut")["required"].remove("total"),
    "code: value": lambda d: _schema(d, "Problem")["properties"]["code"]["enum"].remove("not-found"),
    "body: ['name'] now required": lambda d: _schema(d, "ReviewIn")["required"].append("name"),
    "body: field changes removed": lambda d: _schema(d, "ReviewIn")["properties"].pop("changes"),
    "no longer takes application/json": lambda d: d["paths"][REVIEWS]["post"]["requestBody"]["content"].clear(),
    "no longer as application/json": lambda d: d["paths"][SEARCH]["get"]["responses"]["200"]["content"].clear(),
    "no longer answers 200": lambda d: d["paths"][SEARCH]["get"]["responses"].pop("200"),
    "without header ETag": lambda d: d["paths"]["/api/v1/documents"]["get"]["responses"]["200"]["headers"].pop("ETag"),
}


@pytest.mark.parametrize("line", BROKEN)
def test_a_breaking_change_is_named(now: dict[str, Any], line: str) -> None:
    """Each kind of it, with the route it is on."""
    changed = copy.deepcopy(now)
    BROKEN[line](changed)
    found = breaking(now, changed)
    assert any(line in one for one in found), found


def test_growth_breaks_nobody(now: dict[str, Any]) -> None:
    """A route, an optional parameter, a field of an answer, a value of an error code more."""
    grown = copy.deepcopy(now)
    grown["paths"]["/api/v1/more"] = grown["paths"][SEARCH]
    grown["paths"][SEARCH]["get"]["parameters"].append({"name": "more", "in": "query", "schema": {"type": "string"}})
    _schema(grown, "SearchOut")["properties"]["more"] = {"type": "string"}
    _schema(grown, "Problem")["properties"]["code"]["enum"].append("more")
    assert breaking(now, grown) == []
