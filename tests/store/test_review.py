"""Decisions on real stores: recorded, applied, kept through re-ingest and rebuild, taken back without a trace."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from graph.connect import open_store
from graph.doctor import examine
from graph.errors import DecisionRefused, InvalidParameter, NotFound, WriteConflict
from graph.hashing import graph_hash, graph_lines
from graph.models import Batch
from graph.readback import reader
from graph.review.decide import Decision, decide
from graph.review.listing import listing
from graph.review.log import read_log
from graph.review.stored import extracted_graph
from graph.review.transfer import export_log, import_log
from graph.store import Store
from queries.catalog import Catalog
from queries.runner import run
from queries.search import search
from tests.store import graphs as g
from tests.store.deciding import REASON, asked, key_of, loaded, said, tampered

SLOW = 60.0
"""Seconds for a query: these tests compare answers, and a server's first plans may take long."""


async def test_merge_and_undo_give_a_byte_identical_graph(store: Store) -> None:
    """Every line of the graph, not only its hash; nothing is left on the documents' claims either."""
    await loaded(store)
    before = sorted([line async for line in graph_lines(store)])
    merge, _ = await decide(store, asked("merge", g.BRIGADE.id, into=g.DETACHMENT.id))
    assert sorted([line async for line in graph_lines(store)]) != before
    assert not (await examine(store)).problems
    undo, _ = await decide(store, asked("undo", merge))
    assert sorted([line async for line in graph_lines(store)]) == before
    assert await store.read("MATCH (c:Claim) WHERE c.extracted IS NOT NULL RETURN c.id AS id") == []
    await decide(store, asked("undo", undo))
    assert sorted([line async for line in graph_lines(store)]) != before


async def decided(store: Store) -> list[str]:
    """One decision of every kind; their ids."""
    made = [
        asked("reject", await key_of(store, "LEADS", g.MARKET.id, "规范停车")),
        asked("accept", await key_of(store, "COOPERATES", g.MARKET.id)),
        asked("edit", await key_of(store, "EXECUTES"), changes={"role": "COOPERATES", "role_zh": "配合"}),
        asked("reject", await key_of(store, "MEMBER_OF")),
        asked("merge", g.BRIGADE.id, into=g.DETACHMENT.id),
        asked("split", g.HELMET_CAMPAIGN.id, name="头盔整治行动", documents=("liuquan/2023.txt",)),
        asked("different", g.EDUCATION.id, other=g.MARKET.id),
        asked("reject", g.SLOGAN.id),
    ]
    return [(await decide(store, one))[0] for one in made]


async def test_decisions_hold_after_re_ingest_and_after_rebuild(
    store: Store, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Loaded again, loaded into another store after the log or before it: one hash, whatever the order."""
    await loaded(store)
    await decided(store)
    wanted = await graph_hash(store)
    library = g.library()
    await store.write(replace(library, knowledge="again"))
    for graph in library.replace[1:]:
        source = next(s for s in library.sources if s in str(graph.nodes))
        await store.write(Batch(remove=(graph.document,), sources={source: None}))
    assert await graph_hash(store) != wanted
    await store.write(library)
    assert await graph_hash(store) == wanted
    lines = "\n".join(await export_log(store))
    for order in ("log first", "documents first", "one by one"):
        other = await open_store(f"embedded:{tmp_path_factory.mktemp('other') / 'store'}")
        if order == "log first":
            await import_log(other, lines)
        if order == "one by one":
            for graph in reversed(library.replace):
                await other.write(replace(library, replace=(graph,)))
        else:
            await other.write(library)
        assert (await import_log(other, lines)).added == (0 if order == "log first" else 8)
        assert await graph_hash(other) == wanted, order
        assert not (await examine(other)).problems
        await other.close()


async def test_everything_can_be_taken_back_in_any_order(store: Store) -> None:
    """Undone first to last, the graph is as extracted, and the log has it all."""
    await loaded(store)
    before = await graph_hash(store)
    made = await decided(store)
    for one in made:
        await decide(store, asked("undo", one))
    assert await graph_hash(store) == before
    found = await listing(store)
    assert len(found.decisions) == 16
    assert {one.standing for one in found.decisions if one.entry.action != "undo"} == {"undone"}


async def test_a_correction_of_a_relation_of_no_document_is_taken_back_whole(store: Store) -> None:
    """A property it only has by the correction is gone with it, and so is the mark of the correction."""
    await loaded(store)
    before = sorted([line async for line in graph_lines(store)])
    made, _ = await decide(store, asked("edit", await key_of(store, "KIND_OF"), changes={"role_zh": "属于"}))
    assert sorted([line async for line in graph_lines(store)]) != before
    await decide(store, asked("undo", made))
    assert sorted([line async for line in graph_lines(store)]) == before


async def test_a_merge_of_what_a_fact_was_given_to_is_taken_back_there_too(store: Store) -> None:
    """One fact of a document is another unit's by a split; that unit is merged away, and then it is not."""
    await loaded(store)
    fact = await key_of(store, "LEADS", g.MARKET.id)
    await decide(store, asked("split", g.MARKET.id, into=g.DETACHMENT.id, facts=(fact,)))
    before = sorted([line async for line in graph_lines(store)])
    merge, _ = await decide(store, asked("merge", g.DETACHMENT.id, into=g.OFFICE.id))
    await decide(store, asked("undo", merge))
    assert sorted([line async for line in graph_lines(store)]) == before


async def test_rejected_facts_are_in_no_default_answer(store: Store, catalog: Catalog) -> None:
    """A fact of its own, and a campaign with all that rests on it; found by no name either."""
    await loaded(store)
    await decide(store, asked("reject", await key_of(store, "LEADS", g.EDUCATION.id, "深化“一盔一带”安全守护行动")))
    rows = (await run(store, catalog.get("units-owning-task"), {"task": "一盔一带"}, timeout=SLOW)).rows
    assert g.EDUCATION.name not in {row["unit"]["name"] for row in rows}
    await decide(store, asked("reject", g.HELMET_CAMPAIGN.id))
    assert (await search(store, g.HELMET_CAMPAIGN.name, label="Campaign", timeout=SLOW)).hits == ()
    assert (
        await run(store, catalog.get("policies-of-campaign"), {"campaign": g.HELMET_CAMPAIGN.id}, timeout=SLOW)
    ).rows == []
    # Another document names it by another alias: it stays out of search.
    more = g.Writing("liuquan/2024.txt", "柳泉市头盔周。\n开展头盔周。\n", "柳泉市头盔周", year=2024)
    task = more.task("开展头盔周", "item", more.node)
    more.fact("CARRIES_OUT", task, replace(g.HELMET_CAMPAIGN, aliases=("头盔周",)), "开展头盔周")
    await store.write(g.batch_of(more))
    assert (await search(store, "头盔周", label="Campaign", timeout=SLOW)).hits == ()
    last = (await read_log(store)).entries[-1][0]
    await decide(store, asked("undo", last))
    assert [hit.id for hit in (await search(store, "头盔周", label="Campaign", timeout=SLOW)).hits] == [
        g.HELMET_CAMPAIGN.id
    ]


async def test_a_decision_about_what_is_not_there_is_refused_in_a_sentence(store: Store) -> None:
    """Nothing is recorded then."""
    await loaded(store)
    task = (await store.read("MATCH (t:Task) RETURN t.id AS id ORDER BY t.id LIMIT 1"))[0]["id"]
    duty = await key_of(store, "LEADS", g.MARKET.id, "规范停车")
    world = await key_of(store, "MEMBER_OF")
    refused: list[tuple[Decision, type[Exception]]] = [
        (asked("reject", "0" * 20), NotFound),
        (asked("reject", "unit:" + "0" * 20), NotFound),
        (asked("reject", "nothing:1"), NotFound),
        (asked("undo", "1"), NotFound),
        (asked("split", g.BRIGADE.id, name="x", documents=("none.txt",)), NotFound),
        (asked("reject", await key_of(store, "HAS_SECTION", tail="保障措施")), DecisionRefused),
        (asked("reject", (await store.read("MATCH (d:Document) RETURN d.id AS id LIMIT 1"))[0]["id"]), DecisionRefused),
        (asked("split", g.DETACHMENT.id, name="x", documents=("qinghe/2024.txt",)), DecisionRefused),
        (asked("split", g.BRIGADE.id, name="x", facts=(duty,)), DecisionRefused),
        (asked("split", g.EDUCATION.id, name="x", facts=(world,)), DecisionRefused),
        (asked("reject", duty, reason=" "), InvalidParameter),
        (asked("reject", duty, by=""), InvalidParameter),
        (asked("maybe", duty), InvalidParameter),
        (asked("edit", duty), InvalidParameter),
        (asked("edit", duty, changes={"quote": "x"}), InvalidParameter),
        (asked("edit", duty, changes={"role": "TARGETS"}), InvalidParameter),
        (asked("edit", world, changes={"role": "LEADS"}), InvalidParameter),
        (asked("edit", g.BRIGADE.id, changes={"name": " "}), InvalidParameter),
        (asked("edit", g.BRIGADE.id, changes={"kind": "club"}), InvalidParameter),
        (asked("merge", g.BRIGADE.id, into=g.BRIGADE.id), InvalidParameter),
        (asked("merge", g.BRIGADE.id, into=g.HELMETS.id), InvalidParameter),
        (asked("merge", task, into=g.HELMETS.id), InvalidParameter),
        (asked("split", g.BRIGADE.id, name="x"), InvalidParameter),
        (asked("split", g.BRIGADE.id, name="x", into=g.OFFICE.id, facts=(duty,)), InvalidParameter),
    ]
    for decision, error in refused:
        with pytest.raises(error):
            await decide(store, decision)
    assert (await read_log(store)).lines == ()


async def test_what_was_decided_before_stands_until_it_is_undone(store: Store) -> None:
    """Two that are different are not merged, one that is merged is not there, what is undone is undone once."""
    await loaded(store)
    different, _ = await decide(store, asked("different", g.EDUCATION.id, other=g.MARKET.id))
    with pytest.raises(DecisionRefused, match="number 1"):
        await decide(store, asked("merge", g.MARKET.id, into=g.EDUCATION.id))
    await decide(store, asked("undo", different))
    merge, _ = await decide(store, asked("merge", g.MARKET.id, into=g.EDUCATION.id))
    with pytest.raises(DecisionRefused, match="merged away"):
        await decide(store, asked("reject", g.MARKET.id))
    await decide(store, asked("undo", merge))
    with pytest.raises(DecisionRefused, match="undone already"):
        await decide(store, asked("undo", merge))
    await decide(store, asked("merge", g.EDUCATION.id, into=g.MARKET.id))
    with pytest.raises(DecisionRefused, match="the other way"):
        await decide(store, asked("undo", "4"))


async def test_a_damaged_line_costs_no_other(store: Store) -> None:
    """The rest holds, re-ingest and new decisions go on, and whoever looks is told."""
    await loaded(store)
    key = await key_of(store, "LEADS", g.MARKET.id, "规范停车")
    await decide(store, asked("accept", key))
    merge, _ = await decide(store, asked("merge", g.BRIGADE.id, into=g.DETACHMENT.id))
    await tampered(store, "MATCH (e:Decision {seq: 1}) SET e.body = '{'")
    await decide(store, asked("reject", g.HELMETS.id))
    await store.write(replace(g.library(), knowledge="again"))
    found = await listing(store)
    assert [one.entry.seq for one in found.decisions] == [3, 2]
    assert [damage.seq for damage in found.damaged] == [1]
    assert {one.standing for one in found.decisions} == {"in-force"}
    problems = (await examine(store)).problems
    assert [problem.code for problem in problems] == ["damaged-decisions"]
    assert (problems[0].count, problems[0].examples) == (1, (f"1 {found.damaged[0].line}",))
    await decide(store, asked("undo", merge))
    assert await said(store, "SUBORDINATE_TO") == 1
    lines = list(await export_log(store))
    assert len(lines) == 4


async def test_an_imported_log_keeps_its_damaged_lines(store: Store, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A line cut in the middle, a line of another program: kept, said; the others are applied."""
    await loaded(store)
    await decide(store, asked("reject", g.HELMETS.id))
    await decide(store, asked("merge", g.BRIGADE.id, into=g.DETACHMENT.id))
    lines = list(await export_log(store))
    for damaged in (f"{lines[0][:40]}\n{lines[1]}", f"{lines[0]}\n[1]\n{lines[1]}", f"{lines[0]}\n{lines[0]}\n"):
        other = await open_store(f"embedded:{tmp_path_factory.mktemp('other') / 'store'}")
        await other.write(g.library())
        done = await import_log(other, damaged)
        assert done.added == len(damaged.splitlines())
        assert done.damaged
        assert len((await listing(other)).decisions) >= 1
        await decide(other, asked("reject", g.OFFICE.id))
        await other.close()
    with pytest.raises(DecisionRefused, match="cannot be joined"):
        await import_log(store, lines[1])


async def test_a_file_that_is_no_log_is_not_brought_in(embedded_store: Store) -> None:
    """Nothing could ever take its lines out of the log again."""
    await loaded(embedded_store)
    for text in ("望岭县工作要点\n各中队：\n", '{"a": 1}\n'):
        with pytest.raises(DecisionRefused, match="zhize review export"):
            await import_log(embedded_store, text)
    assert (await import_log(embedded_store, "\n")).added == 0
    assert (await read_log(embedded_store)).lines == ()


async def test_a_decision_waits_while_its_document_is_away(store: Store) -> None:
    """It is listed as waiting, and holds when the document is back."""
    await loaded(store)
    key = await key_of(store, "LEADS", g.MARKET.id, "规范停车")
    await decide(store, asked("reject", key))
    plan = g.plan()
    await store.write(Batch(remove=(plan.id,), sources={plan.source: None}))
    assert [one.entry.seq for one in (await listing(store)).waiting] == [1]
    await store.write(g.library())
    assert (await listing(store)).waiting == ()
    rows = await store.read("MATCH ()-[r:LEADS]->() WHERE r.key = $key RETURN r.status AS status", {"key": key})
    assert rows == [{"status": "rejected"}]


async def test_two_who_decide_at_once_are_both_recorded(store: Store) -> None:
    """One after the other, in one chain; a line made on an old log is refused."""
    await loaded(store)
    await asyncio.gather(
        decide(store, asked("reject", g.HELMETS.id)),
        decide(store, asked("reject", g.OFFICE.id)),
        decide(store, asked("merge", g.BRIGADE.id, into=g.DETACHMENT.id)),
    )
    log = await read_log(store)
    assert [entry.seq for _, entry in log.entries] == [1, 2, 3]
    assert log.damaged == ()
    with pytest.raises(WriteConflict):
        await store.write(Batch(decisions=log.lines[2:], decisions_after=log.lines[1].hash))


async def test_the_graph_as_extracted_can_be_read_back(store: Store) -> None:
    """Before any decision and after: the same nodes and relations that were written."""
    await loaded(store)

    read = reader(store)
    for graph in g.library().replace:
        first = await extracted_graph(read, graph.document)
        assert {n.id for n in first.graph.nodes} == {n.id for n in graph.nodes}
        assert {r.key for r in first.graph.relations} == {r.key for r in graph.relations}
        assert first.graph.text == graph.text
    before = [await extracted_graph(read, graph.document) for graph in g.library().replace]
    await decided(store)
    after = [await extracted_graph(read, graph.document) for graph in g.library().replace]
    assert before == after
    with pytest.raises(NotFound):
        await extracted_graph(read, "document:none")


async def test_who_decided_when_and_why_is_kept(store: Store) -> None:
    """And decides nothing: it is in no hash."""
    await loaded(store)
    await decide(store, asked("reject", g.HELMETS.id))
    entry = (await read_log(store)).entries[0][1]
    assert (entry.by, entry.reason) == ("张三", REASON)
    assert len(entry.at) == len("2026-01-01T00:00:00Z")
