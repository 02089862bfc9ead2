"""Every query of the catalog gives the same rows, totals and pages on both engines.

Those that need several documents of one place are in ``test_across_queries``.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from graph.errors import InvalidParameter, NotFound, QueryTimeout
from graph.store import Store
from queries.catalog import Catalog, load_catalog, parse
from queries.documents import document_text, get_document, list_documents
from queries.header import QueryDefinition
from queries.nodes import neighbours, node, paths
from queries.runner import run
from tests.store import graphs as g
from tests.store.across import ACROSS

PLAN = g.plan()
HELMET_TASK = g.node_id("Task", PLAN.id, "深化“一盔一带”安全守护行动")
SECTION = g.node_id("Section", PLAN.id, "1")

MORE: dict[str, list[dict[str, Any]]] = {
    "units-owning-task": [
        {"task": text}
        for text in (
            "头盔",
            "疲劳驾驶",
            "ykyd",
            "货车",
            "１０７国道",
            "电动车",
            "维护道路秩序",
            "停车",
            "没有这件事",
            HELMET_TASK,
        )
    ]
    + [
        {"task": "一盔一带", "year": "2023"},
        {"task": "一盔一带", "role": "COOPERATES"},
        {"task": "一盔一带", "region": "柳泉"},
        {"task": "一盔一带", "document": PLAN.id},
        {"task": g.HELMET_CAMPAIGN.id},
    ],
    "tasks-of-unit": [
        {"unit": "教育局"},
        {"unit": g.BRIGADE.id, "inherited": "false"},
        {"unit": "青禾 大队", "year": 2022},
    ],
    "responsibility-matrix": [{"document": PLAN.id}, {"document": "工作要点", "inherited": "false"}],
    "document-outline": [{"document": "青禾县"}],
    "facts-of-section": [{"section": SECTION}, {"section": HELMET_TASK}, {"section": PLAN.id}],
    "targets-of-document": [{"document": "工作总结"}, {"document": "工作要点", "kind": "target"}],
    "vehicle-classes-of-campaign": [{"campaign": "安全守护行动"}],
    "campaigns-of-vehicle-class": [{"vehicle": "货车"}, {"vehicle": "电动车"}],
    "tasks-without-lead": [{"year": 2023}, {"document": PLAN.id}],
    "tasks-with-several-leads": [{"document": PLAN.id}],
    "unit-hierarchy": [{"unit": "青禾"}, {"unit": "支队"}],
    "mentions-of-entity": [{"entity": "头盔"}, {"entity": "教育局"}, {"entity": "三超一疲劳", "year": 2024}],
    "documents-by-issuer": [{"unit": g.BRIGADE.id, "year": 2022}, {"unit": "支队"}],
    "neighbourhood": [{"node": g.BRIGADE.id}, {"node": "重型货车"}, {"node": "一盔一带", "relation": "COMPRISES"}],
    "shortest-path": [{"a": "教育局", "b": "疲劳驾驶"}, {"a": "支队", "b": "电动自行车"}, {"a": "货车", "b": "货车"}],
    "citations-of-regulation": [{"regulation": "道路交通安全法"}],
    "units-of-policy": [{"policy": "道路交通安全法"}, {"policy": "青禾县"}],
    "cooperation-network": [{"unit": g.EDUCATION.id}, {"document": PLAN.id}, {"year": 2023}],
    "campaigns-of-policy": [{"policy": "青禾县"}, {"policy": "总结"}],
    "policies-of-campaign": [{"campaign": "安全守护"}],
}
EMPTY = {"facts-of-section"}
"""Queries whose example is an id: no node of the library has it."""


@pytest.mark.parametrize("name", [d.name for d in load_catalog() if d.name not in ACROSS])
async def test_both_engines_give_the_same_answer(libraries: dict[str, Store], catalog: Catalog, name: str) -> None:
    """Rows, order, totals and pages agree for the example parameters and more; something is found."""
    assert await agreed(libraries, catalog.get(name), MORE.get(name, [])) > 0


async def agreed(stores: dict[str, Store], definition: QueryDefinition, more: list[dict[str, Any]]) -> int:
    """Rows found in all, when both engines give the same for the example and for ``more`` parameters."""
    found = 0
    for raw in [dict(definition.examples), *more]:
        answers = [await everything(store, definition, raw) for store in stores.values()]
        assert answers[0] == answers[1], f"{definition.name} {raw}"
        found += answers[0][1]
    return found


async def everything(store: Store, definition: QueryDefinition, raw: dict[str, Any]) -> tuple[str, int]:
    """All pages of two rows as JSON (JSON knows no node or relationship), and the total."""
    rows: list[Any] = []
    cursor = None
    while True:
        page = await run(store, definition, raw, limit=2, cursor=cursor)
        rows += page.rows
        assert list(page.rows[0] if page.rows else []) in ([], [c.name for c in definition.columns])
        cursor = page.next
        if cursor is None:
            break
    whole = await run(store, definition, raw)
    assert whole.rows == rows
    assert whole.total == page.total == len(rows)
    return json.dumps(rows, ensure_ascii=False, sort_keys=True), len(rows)


async def test_owners_come_with_role_sentence_and_reason(library_store: Store, catalog: Catalog) -> None:
    """The heart: stated owners first, leads before helpers; inherited ones marked; each row proves itself."""
    result = await run(library_store, catalog.get("units-owning-task"), {"task": "一盔一带"})
    assert [(row["unit"]["name"], row["role"], row["role_zh"], row["implicit"]) for row in result.rows] == [
        ("青禾县教育局", "LEADS", "牵头", False),
        ("青禾县市场监管局", "COOPERATES", "配合", False),
        ("青禾县公安局交警大队", "LEADS", "负责", True),
        ("柳泉市公安局交警支队", "LEADS", "负责", True),
    ]
    texts = {PLAN.id: PLAN.text, g.summary().id: g.summary().text}
    for row in result.rows:
        text = texts[row["document"]["id"]]
        assert text[row["start"] : row["end"]] == row["quote"]
        assert text[row["match"]["start"] : row["match"]["end"]] == row["match"]["quote"]
    assert result.rows[3]["match"]["label"] == "Campaign"
    assert not any(row["document"]["id"] == g.aside().id for row in result.rows)


async def _owners(store: Store, catalog: Catalog, task: str, **more: object) -> list[tuple[str, str]]:
    result = await run(store, catalog.get("units-owning-task"), {"task": task, **more})
    return [(row["unit"]["name"], row["task"]["name"]) for row in result.rows]


async def test_a_slogan_answers_for_its_parts(library_store: Store, catalog: Catalog) -> None:
    """疲劳驾驶 finds the task that says 三超一疲劳; 安全头盔 finds 一盔一带 and its variants."""
    assert await _owners(library_store, catalog, "疲劳驾驶") == [("青禾县公安局交警大队", "严查重点违法")]
    assert ("柳泉市公安局交警支队", "推进头盔整治") in await _owners(library_store, catalog, "安全头盔")


async def test_a_section_steps_back_behind_its_items(library_store: Store, catalog: Catalog) -> None:
    """The section that only speaks of the campaign does not answer; asked for by name it does, if no item matches."""
    assert ("青禾县公安局交警大队", "维护道路秩序") not in await _owners(library_store, catalog, "一盔一带")
    assert await _owners(library_store, catalog, "维护道路秩序") == [("青禾县公安局交警大队", "维护道路秩序")]


async def test_a_measure_brings_its_item(library_store: Store, catalog: Catalog) -> None:
    """Who executes a measure, and who leads the item it is part of."""
    assert await _owners(library_store, catalog, "村民委员会开展劝导") == [
        ("青禾县教育局", "深化“一盔一带”安全守护行动"),
        ("村民委员会", "推动村民委员会开展劝导"),
        ("青禾县市场监管局", "深化“一盔一带”安全守护行动"),
    ]


async def test_proposed_facts_are_not_answers(library_store: Store, catalog: Catalog) -> None:
    """A proposed duty is left out until it is confirmed."""
    assert {unit for unit, _ in await _owners(library_store, catalog, "规范停车")} == {
        "青禾县教育局",
        "青禾县市场监管局",
    }


async def test_joint_owners_are_not_several_leads(library_store: Store, catalog: Catalog) -> None:
    """Only the task whose sentences name different leads is listed."""
    result = await run(library_store, catalog.get("tasks-with-several-leads"), {})
    assert [row["task"]["name"] for row in result.rows] == ["规范停车"]


async def test_a_page_says_how_many_there_are(library_store: Store, catalog: Catalog) -> None:
    """Total is exact on a full page; the cursor leads on and ends; another query's cursor is refused."""
    definition = catalog.get("units-owning-task")
    page = await run(library_store, definition, {"task": "一盔一带"}, limit=3)
    assert (len(page.rows), page.total, page.truncated) == (3, 4, True)
    last = await run(library_store, definition, {"task": "一盔一带"}, limit=3, cursor=page.next)
    assert (len(last.rows), last.total, last.truncated, last.next) == (1, 4, False, None)
    with pytest.raises(InvalidParameter, match="cursor"):
        await run(library_store, definition, {"task": "头盔"}, cursor=page.next)


async def test_a_slow_query_is_named(library_store: Store, catalog: Catalog) -> None:
    """A timeout names the query; a total that takes too long is not known."""
    slow = parse(SLOW, "slow.cypher")
    with pytest.raises(QueryTimeout, match="slow"):
        await run(library_store, slow, {"n": 100_000}, timeout=0.3)


SLOW = """\
// name: slow
// class: global
// title: {zh: 慢, en: slow}
// summary: {zh: 慢, en: slow}
// params: [{name: n, type: integer, required: true, example: 3, title: {zh: 数, en: number}}]
// columns: [{name: id, zh: 编号, en: id}]
UNWIND range(1, $n) AS a
UNWIND range(1, $n) AS b
WITH a % 7 AS id, max(a * b % 11) AS m
RETURN id
ORDER BY id
SKIP $skip LIMIT $limit
"""


async def test_a_node_and_its_surroundings_agree(libraries: dict[str, Store]) -> None:
    """One node, its neighbours page by page and the paths between nodes are the same on both engines."""
    for one in (g.BRIGADE.id, g.HELMET_CAMPAIGN.id, HELMET_TASK, PLAN.id, SECTION):
        nodes = [await node(store, one) for store in libraries.values()]
        assert nodes[0] == nodes[1]
        pages = []
        for store in libraries.values():
            first = await neighbours(store, one, limit=3)
            pages.append([first, await neighbours(store, one, limit=3, cursor=first["next"])])
        assert pages[0] == pages[1]
    ways = [await paths(store, g.DETACHMENT.id, g.FATIGUE.id, 6) for store in libraries.values()]
    assert ways[0] == ways[1]
    assert ways[0]["paths"]


async def test_a_node_tells_its_properties_and_degree(library_store: Store) -> None:
    """Ontology properties only, offsets as start and end, relations counted by type and direction."""
    found = await node(library_store, HELMET_TASK)
    assert (found["label"], found["kind"], found["properties"]["level"]) == ("Task", "item", "item")
    assert PLAN.text[found["properties"]["start"] : found["properties"]["end"]] == found["properties"]["quote"]
    assert found["degree"]["LEADS"] == {"out": 0, "in": 1}
    assert "search" not in found["properties"]


async def test_neighbours_come_with_groups_and_evidence(library_store: Store) -> None:
    """Groups count all; a type filter narrows edges and total; an edge names its document and sentence."""
    around = await neighbours(library_store, g.EDUCATION.id, types=["LEADS"])
    assert around["total"] == 3
    assert {"type": "MEMBER_OF", "direction": "out", "label": "Unit", "count": 1} in around["groups"]
    edge = around["edges"][0]
    assert edge["document"] == {"id": PLAN.id, "name": PLAN.name}
    assert PLAN.text[edge["start"] : edge["end"]] == edge["quote"]
    assert edge["head"] == g.EDUCATION.id
    world = await neighbours(library_store, g.EDUCATION.id, types=["MEMBER_OF"])
    assert world["edges"][0]["document"] is None
    assert world["edges"][0]["source"] == "测试"


async def test_unknown_nodes_and_wrong_arguments_are_refused(library_store: Store) -> None:
    """Not found, or a wrong argument, in one sentence."""
    missing = "unit:00000000000000000000"
    for call in (node(library_store, missing), node(library_store, "nothing"), neighbours(library_store, missing)):
        with pytest.raises(NotFound):
            await call
    with pytest.raises(NotFound):
        await paths(library_store, g.BRIGADE.id, missing)
    with pytest.raises(NotFound):
        await get_document(library_store, "document:00000000000000000000")
    with pytest.raises(InvalidParameter, match="types"):
        await neighbours(library_store, g.BRIGADE.id, types=["LIKES"])
    with pytest.raises(InvalidParameter, match="cursor"):
        await neighbours(library_store, g.BRIGADE.id, cursor="W10")
    with pytest.raises(InvalidParameter, match="max_hops"):
        await paths(library_store, g.BRIGADE.id, g.EDUCATION.id, 9)


async def test_a_node_has_no_path_to_itself(library_store: Store) -> None:
    """The same node twice: no path, no error."""
    found = await paths(library_store, g.BRIGADE.id, g.BRIGADE.id)
    assert (found["from"], found["paths"]) == (found["to"], [])


async def test_documents_agree_and_show_where_things_are_written(libraries: dict[str, Store]) -> None:
    """List, one document and its spans are equal on both engines; a span's text is where it says."""
    lists = [await list_documents(store) for store in libraries.values()]
    assert lists[0] == lists[1]
    assert [d["issued_on"] for d in lists[0]["documents"]] == ["2024-01-15", "2023-12-20", None]
    assert lists[0]["documents"][0]["counts"] == {"Section": 2, "Task": 7, "Indicator": 1}
    ones = [await get_document(store, PLAN.id) for store in libraries.values()]
    assert ones[0] == ones[1]
    assert ones[0]["issuer"]["name"] == "青禾县公安局交警大队"
    texts = [await document_text(store, PLAN.id) for store in libraries.values()]
    assert texts[0] == texts[1]
    assert texts[0]["text"] == PLAN.text
    units = [s for s in texts[0]["spans"] if s["type"] == "Unit"]
    assert {PLAN.text[s["start"] : s["end"]] for s in units} >= {"青禾县教育局", "村民委员会"}
    assert [s["number"] for s in texts[0]["sections"]] == ["1", "2"]


async def test_documents_are_listed_page_by_page(library_store: Store) -> None:
    """Filters and pages; a document without issuer has none."""
    first = await list_documents(library_store, limit=2)
    rest = await list_documents(library_store, limit=2, cursor=first["next"])
    assert (first["total"], len(first["documents"]), len(rest["documents"]), rest["next"]) == (3, 2, 1, None)
    assert (await list_documents(library_store, kind="summary", year=2023))["total"] == 1
    assert (await list_documents(library_store, year=1999)) == {"documents": [], "total": 0, "next": None}
