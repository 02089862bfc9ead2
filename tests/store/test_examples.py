"""The example documents on both stores give what a careful reader finds (``examples.yaml`` beside this)."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from graph.connect import open_store
from graph.documents import text_of
from graph.errors import Lang
from graph.ontology import ontology
from graph.settings import StoreSettings
from graph.store import Store
from ingest.load import ingest
from queries.ask import ask
from queries.catalog import load_catalog
from queries.runner import run
from tests.wipe import wipe

pytestmark = pytest.mark.unmeasured

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
EXPECTED: dict[str, dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "examples.yaml").read_text(encoding="utf-8")
)
DUTIES = ontology().types("duty")


@pytest.fixture(scope="module", params=["embedded", "neo4j"])
async def loaded(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Store]:
    """A store of each engine with the examples in it; only read."""
    if request.param == "embedded":
        url = f"embedded:{tmp_path_factory.mktemp('examples') / 'store'}"
    else:
        url = str(request.getfixturevalue("neo4j_url"))
        await wipe(url)
    # The answers count here, not the time that a server started a moment ago takes to plan its first queries.
    store = await open_store(url, StoreSettings(query_timeout=120))
    report = await ingest(store, [EXAMPLES])
    assert {file.source: file.status for file in report.files} == dict.fromkeys(EXPECTED, "loaded")
    yield store
    await store.close()


async def document(store: Store, source: str) -> dict[str, Any]:
    (row,) = await store.read(
        "MATCH (d:Document {source: $source}) RETURN d.id AS id, d.kind AS kind, d.number AS number,"
        " d.issued_on AS issued_on",
        {"source": source},
    )
    return row


async def tasks(store: Store, document_id: str) -> list[dict[str, Any]]:
    """Tasks of a document in order of the text, with who does them: ``duties`` is role → names as written.

    The issuer's duties that no sentence states have the role ``inherited`` (leads) or ``joins`` (cooperates).
    """
    found = await store.read(
        "MATCH (t:Task {doc: $doc}) RETURN t.id AS id, t.name AS name, t.start_char AS start, t.deadline AS deadline"
        " ORDER BY start, id",
        {"doc": document_id},
    )
    duties = await store.read(
        f"MATCH (u:Unit)-[r:{'|'.join(DUTIES)}]->(t:Task) WHERE r.doc = $doc AND r.status <> 'proposed'"
        " RETURN t.id AS task, type(r) AS role, r.implicit AS implicit, r.head_start AS head_start,"
        " r.head_end AS head_end, r.key AS key ORDER BY head_start, key",
        {"doc": document_id},
    )
    text = await text_of(store, document_id)
    for task in found:
        task["duties"] = {}
        for duty in duties:
            if duty["task"] == task["id"]:
                role = {"LEADS": "inherited", "COOPERATES": "joins"}[duty["role"]] if duty["implicit"] else duty["role"]
                name = text[duty["head_start"] : duty["head_end"]]
                if name not in task["duties"].setdefault(role, []):
                    task["duties"][role].append(name)
    return found


def task_at(place: int, found: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The last task that begins before ``place``."""
    return next((task for task in reversed(found) if task["start"] < place), None)


def differences(expected: Mapping[str, Any], found: list[dict[str, Any]], text: str) -> list[str]:
    """What a reader would miss or object to, one line each."""
    lines = []
    for part, wanted in expected.items():
        task = task_at(text.index(part) + len(part), found)
        if task is None:
            lines.append(f"{part}: no task")
            continue
        roles = {role: sorted(names) for role, names in wanted.items() if role != "deadline"}
        if roles != (given := {role: sorted(names) for role, names in task["duties"].items()}):
            lines.append(f"{part}: {given} instead of {roles}")
        if task["deadline"] != wanted.get("deadline", task["deadline"]):
            lines.append(f"{part}: due {task['deadline']} instead of {wanted['deadline']}")
    return lines


@pytest.mark.parametrize("source", EXPECTED)
async def test_document_is_what_it_says_it_is(loaded: Store, source: str) -> None:
    """Kind, issuer, number and date of each example."""
    wanted = EXPECTED[source]
    row = await document(loaded, source)
    given = {name: row[name] for name in ("kind", "number", "issued_on") if name in wanted}
    issuers = await loaded.read(
        "MATCH (d:Document {id: $id})-[:ISSUED_BY]->(u:Unit) RETURN u.name AS name, u.id AS id ORDER BY id",
        {"id": row["id"]},
    )
    if "issuer" in wanted:
        given["issuer"] = "、".join(i["name"] for i in issuers)
    assert given == {name: wanted[name] for name in given}


@pytest.mark.parametrize("source", [s for s, e in EXPECTED.items() if "tasks" in e])
async def test_each_task_has_the_owners_a_reader_finds(loaded: Store, source: str) -> None:
    """Who leads and who cooperates, whether it is written or inherited, and by when."""
    row = await document(loaded, source)
    text = await text_of(loaded, row["id"])
    assert differences(EXPECTED[source]["tasks"], await tasks(loaded, row["id"]), text) == []


@pytest.mark.parametrize("source", [s for s, e in EXPECTED.items() if "targets" in e or "results" in e])
async def test_numbers_are_targets_or_results_as_the_text_means_them(loaded: Store, source: str) -> None:
    """Each figure is found with its value and unit; what was planned is no result, what was done no target."""
    row = await document(loaded, source)
    found = await loaded.read(
        "MATCH (i:Indicator {doc: $doc}) RETURN i.kind AS kind, i.metrics AS metrics, i.quote AS quote, i.name AS name,"
        " i.value AS value, i.change AS change, i.unit AS unit, i.id AS id ORDER BY id",
        {"doc": row["id"]},
    )
    missing = []
    for kind, plural in (("target", "targets"), ("result", "results")):
        for part, value, unit in EXPECTED[source].get(plural, []):
            same = [
                i
                for i in found
                if i["kind"] == kind
                and i["unit"] == unit
                and value in (i["value"], abs(i["change"] or 0))
                and part in "".join([*(i["metrics"] or []), i["quote"], i["name"]])
            ]
            if not same:
                missing.append(f"{kind} {part} {value}{unit}")
    assert missing == []


@pytest.mark.parametrize("source", [s for s, e in EXPECTED.items() if "absent" in e])
async def test_page_furniture_is_no_task(loaded: Store, source: str) -> None:
    row = await document(loaded, source)
    names = " ".join(t["name"] for t in await tasks(loaded, row["id"]))
    assert [part for part in EXPECTED[source]["absent"] if part in names] == []


async def test_the_question_of_the_demo_is_answered_from_every_place(loaded: Store) -> None:
    """“一盔一带由哪些单位负责?” gives the owners in every document that has the campaign, explicit ones first."""
    catalog = load_catalog()
    answer = await ask(loaded, catalog, "一盔一带由哪些单位负责?")
    assert (answer.query, answer.params["task"]) == ("units-owning-task", "一盔一带")
    result = await run(loaded, catalog.get("units-owning-task"), {"task": "一盔一带"}, limit=200)
    owners = {(row["unit"]["name"], row["task"]["name"]) for row in result.rows if row["role"] == "LEADS"}
    for unit, part in (
        ("禾丰县公安局交警大队", "持续开展“一盔一带”安全守护行动"),
        ("望岭县公安局交警大队", "开展“一盔一带”进村入户宣传"),
        ("望岭县教育局", "开展头盔进校园"),
        ("澜川市公安局", "守护骑乘安全"),
    ):
        assert any(unit == name and part in task for name, task in owners), unit
    implicit = [row["implicit"] for row in result.rows]
    assert implicit == sorted(implicit)
    for row in result.rows:
        text = await text_of(loaded, row["document"]["id"])
        assert text[row["start"] : row["end"]] == row["quote"]


@pytest.mark.parametrize(("page", "lang"), [("README.md", "en"), ("README.zh-CN.md", "zh")])
async def test_readme_shows_the_answer_that_is_given(loaded: Store, page: str, lang: Lang) -> None:
    """The transcript of the demo in each README is what the examples answer today."""
    answer = await ask(loaded, load_catalog(), "一盔一带由哪些单位负责?", lang=lang)
    shown = "".join((EXAMPLES.parent / page).read_text(encoding="utf-8").split())
    assert "".join(answer.answer.split()) in shown, f"{page} is stale: run `make docs`"
