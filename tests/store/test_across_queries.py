"""Queries across documents: the same on both engines, and true of the documents they were asked of."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator
from typing import Any

import pytest

from graph.models import Row
from graph.store import Store
from queries.answers import sentence
from queries.ask import ask
from queries.catalog import Catalog
from queries.runner import run
from tests.store.across import ACROSS, CHOSEN, SECOND, graphs, loading, more_documents
from tests.store.conftest import loaded_both
from tests.store.test_catalog_parity import agreed

PLAN, LAST = graphs()["hefeng-2023-plan"], graphs()["hefeng-2022-plan"]
SCHEME = graphs()["hefeng-2024-scheme"]
MORE: dict[str, list[dict[str, Any]]] = {
    "similar-tasks": [{"task": "夜查"}, {"task": "酒驾", "year": 2022}],
    "plan-versus-outcome": [{"document": PLAN.document}, {"document": PLAN.document, "verdict": "missed"}],
    "targets-not-reported": [{"year": 2023}, {"document": LAST.document}, {"reported": True}],
    "unit-calendar": [
        {"unit": "禾丰县公安局"},
        {"unit": "禾丰县公安局", "as_of": "2023-06-30"},
        {"unit": "禾丰县公安局", "since": "2023-01-01", "until": "2023-12-31"},
    ],
    "campaign-timeline": [{"campaign": "一盔一带"}, {"campaign": "一盔一带", "region": "禾丰县"}],
    "citation-ladder": [{"policy": PLAN.document}, {"policy": "澜川市"}],
    "compare-documents": [
        {"document": PLAN.document},
        {"document": PLAN.document, "other": LAST.document},
        {"document": "禾丰县", "change": "dropped"},
        {"document": SCHEME.document, "other": "澜川市"},
    ],
    "tasks-of-unit": [{"unit": "禾丰县公安局", "as_of": "2023-06-30"}],
}


@pytest.fixture(scope="module")
async def years(neo4j_url: str, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[dict[str, Store]]:
    """Both engines with the documents of ``tests.store.across``; only read."""
    batches = (loading(*CHOSEN), more_documents())
    async with loaded_both(neo4j_url, tmp_path_factory.mktemp("years"), *batches) as stores:
        yield stores


@pytest.fixture
def year_store(years: dict[str, Store], engine: str) -> Store:
    """The documents on one engine; the test runs once on each."""
    return years[engine]


@pytest.mark.parametrize("name", sorted({*ACROSS, *MORE}))
async def test_both_engines_give_the_same_answer(years: dict[str, Store], catalog: Catalog, name: str) -> None:
    """Rows, order, totals and pages agree for the example parameters and more; something is found."""
    assert await agreed(years, catalog.get(name), MORE.get(name, [])) > 0


async def _rows(store: Store, catalog: Catalog, name: str, **raw: object) -> list[Row]:
    return (await run(store, catalog.get(name), raw, timeout=60)).rows


async def test_a_comparison_tells_what_changed(year_store: Store, catalog: Catalog) -> None:
    """Every task of both years once, with the sentences of both; what is new has no other side."""
    rows = await _rows(year_store, catalog, "compare-documents", document=PLAN.document)
    assert {row["other_document"]["id"] for row in rows} >= {LAST.document}
    rows = [row for row in rows if row["other_document"]["id"] == LAST.document]
    changes = Counter(change for row in rows for change in row["changes"])
    assert changes["reworded"] > 0
    assert changes["moved"] + changes["raised"] > 0
    for row in rows:
        if row["task"]:
            assert PLAN.text[row["start"] : row["end"]] == row["quote"]
        if row["other_task"]:
            assert LAST.text[row["other_start"] : row["other_end"]] == row["other_quote"]
        assert (row["other_task"] is None) == (row["changes"] == ["added"])
        assert (row["task"] is None) == (row["changes"] == ["dropped"])
    for side in ("task", "other_task"):
        ids = [row[side]["id"] for row in rows if row[side]]
        assert len(set(ids)) == len(ids)


async def test_targets_are_compared_with_their_like(year_store: Store, catalog: Catalog) -> None:
    """A change of a target names the one it was, of the same unit; asked the other way round, it is the other way."""
    rows = await _rows(year_store, catalog, "compare-documents", document=PLAN.document, other=LAST.document)
    courses = Counter(target["course"] for row in rows for target in row["targets"] if target["before"])
    assert courses["raised"]
    for row in rows:
        others = {target["id"]: target for target in row["other_targets"]}
        for target in row["targets"]:
            if target["before"]:
                assert others[target["before"]]["unit"] == target["unit"]
        said = {target["course"] for target in row["targets"]} & {"raised", "lowered"}
        assert said == set(row["changes"]) & {"raised", "lowered"}
    back = await _rows(year_store, catalog, "compare-documents", document=LAST.document, other=PLAN.document)
    turned = Counter(target["course"] for row in back for target in row["targets"] if target["before"])
    assert (turned["lowered"], turned["raised"]) == (courses["raised"], courses["lowered"])


async def test_a_task_moves_only_between_bodies_that_are_named(year_store: Store, catalog: Catalog) -> None:
    """An inherited owner moves nothing, nor does another word for one class of bodies (各中队, 各辖区中队)."""
    rows = await _rows(year_store, catalog, "compare-documents", document="望塘县2024年工作要点")
    changes = {row["task"]["name"]: row["changes"] for row in rows}
    assert changes == {"治理风险路口": ["moved", "lowered"], "开展夜间查缉": ["kept"], "举办安全课堂": ["kept"]}
    owners = {row["task"]["name"]: (row["units"], row["other_units"]) for row in rows}
    now, before = owners["治理风险路口"]
    assert [unit["name"] for unit in now] == ["望塘县公安局交警大队事故中队"]
    assert [unit["name"] for unit in before] == ["望塘县公安局交警大队秩序中队"]
    assert [[unit["implicit"] for unit in side] for side in owners["举办安全课堂"]] == [[True], [False]]


async def test_a_plan_meets_its_outcome(year_store: Store, catalog: Catalog) -> None:
    """Every target with a verdict; those without a result are the ones that were not reported."""
    rows = await _rows(year_store, catalog, "plan-versus-outcome", document=PLAN.document)
    verdicts = Counter(row["verdict"] for row in rows)
    assert verdicts["met"]
    assert verdicts["missed"]
    silent = {row["target"]["id"] for row in rows if row["verdict"] == "not_reported"}
    missing = await _rows(year_store, catalog, "targets-not-reported", document=PLAN.document)
    assert {row["target"]["id"] for row in missing} == silent
    first = graphs()["hefeng-2023-summary"]
    for row in rows:
        if row["result"]:
            text = first.text if row["report"]["id"] == first.document else SECOND
            assert text[row["other_start"] : row["other_end"]] == row["other_quote"]


async def test_reports_that_contradict_each_other_are_all_shown(year_store: Store, catalog: Catalog) -> None:
    """Each with its verdict, marked, and the answer says so; where they agree nothing is marked."""
    rows = await _rows(year_store, catalog, "plan-versus-outcome", document=PLAN.document)
    by_target: dict[float, list[Row]] = {}
    for row in rows:
        by_target.setdefault(row["target"]["value"], []).append(row)
    repaired, tests = by_target[45.0], by_target[10.0]
    assert sorted((row["result"]["value"], row["verdict"]) for row in repaired) == [(41.0, "missed"), (47.0, "met")]
    assert [row["result"]["value"] for row in tests] == [8.0, 8.0]
    assert {row["target"]["value"] for row in rows if row["differing"]} == {45.0}
    definition = catalog.get("plan-versus-outcome")
    result = await run(year_store, definition, {"document": PLAN.document}, timeout=60)
    assert "1 个各文件说法不一致" in sentence(definition, result, {}, "zh")
    assert "Of 1 the documents differ" in sentence(definition, result, {}, "en")
    missed = await _rows(year_store, catalog, "plan-versus-outcome", document=PLAN.document, verdict="missed")
    assert any(row["differing"] for row in missed)


async def test_the_ladder_goes_from_city_to_county(year_store: Store, catalog: Catalog) -> None:
    """The county's plan implements the city's, which is loaded, with the sentence that says so."""
    rows = await _rows(year_store, catalog, "citation-ladder", policy=PLAN.document)
    (own,) = [row for row in rows if row["document"]["id"] == PLAN.document]
    above = graphs()["lanchuan-2023-plan"].document
    assert (own["implements"]["id"], own["implements"]["label"], own["level"]) == (above, "Document", "县")
    assert "澜川市公安局" in own["quote"]


async def test_a_timeline_keeps_what_is_superseded(year_store: Store, catalog: Catalog) -> None:
    """In order of time, superseded ones marked, with what each supersedes."""
    rows = await _rows(year_store, catalog, "campaign-timeline", campaign="一盔一带", region="禾丰县")
    assert [row["date"] for row in rows] == sorted(row["date"] for row in rows)
    assert "superseded" in {row["valid"] for row in rows}
    later = [row for row in rows if row["document"]["id"] == SCHEME.document]
    assert {link["relation"] for row in later for link in row["continues"]} >= {"SUPERSEDES"}


async def test_a_calendar_of_a_day_shows_what_was_in_force(year_store: Store, catalog: Catalog) -> None:
    """A superseded document's tasks are not in today's calendar, but in that of a day before."""
    old = graphs()["hefeng-2023-scheme"].document
    now = await _rows(year_store, catalog, "unit-calendar", unit="禾丰县公安局")
    then = await _rows(year_store, catalog, "unit-calendar", unit="禾丰县公安局", as_of="2023-06-30")
    assert old not in {row["document"]["id"] for row in now}
    assert old in {row["document"]["id"] for row in then}
    assert SCHEME.document not in {row["document"]["id"] for row in then}
    dates = [row["date"] for row in now if row["date"]]
    assert dates == sorted(dates)


@pytest.mark.parametrize(
    ("query", "params"),
    [("units-owning-task", {"task": "一盔一带"}), ("tasks-of-unit", {"unit": "禾丰县公安局"})],
)
async def test_the_day_decides_which_document_answers(
    year_store: Store, catalog: Catalog, query: str, params: dict[str, str]
) -> None:
    """The old scheme answers to its last day, the new one from its first; nothing answers twice."""
    old, new = graphs()["hefeng-2023-scheme"].document, SCHEME.document

    async def answering(day: str) -> set[str]:
        rows = await _rows(year_store, catalog, query, **params, as_of=day)
        return {row["document"]["id"] for row in rows} & {old, new}

    assert [await answering(day) for day in ("2023-01-01", "2024-02-18", "2024-02-19")] == [set(), {old}, {new}]


async def test_an_annual_plan_ends_with_its_year(year_store: Store, catalog: Catalog) -> None:
    plan = graphs()["hefeng-2023-plan"].document
    for day, there in (("2023-12-31", True), ("2024-01-01", False)):
        rows = await _rows(year_store, catalog, "tasks-of-unit", unit="禾丰县公安局交警大队", as_of=day)
        assert (plan in {row["document"]["id"] for row in rows}) == there


async def test_a_question_in_words_finds_its_query(year_store: Store, catalog: Catalog) -> None:
    """What people ask across documents, in their words."""
    for question, query in (
        ("一盔一带历年是怎么开展的", "campaign-timeline"),
        ("禾丰县公安局的时间表是什么", "unit-calendar"),
        ("哪些目标没有报告结果", "targets-not-reported"),
        ("timeline of 一盔一带", "campaign-timeline"),
    ):
        assert (await ask(year_store, catalog, question)).query == query
