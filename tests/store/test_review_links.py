"""Review and links across documents: a link is made from what people decided, and is decided about itself."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from graph.connect import open_store
from graph.doctor import examine
from graph.errors import DecisionRefused, InvalidParameter, NotFound
from graph.hashing import graph_hash, graph_lines
from graph.models import Batch, DocumentGraph
from graph.review.decide import Decision, decide
from graph.review.listing import listing
from graph.review.log import read_log
from graph.review.queue import queue
from graph.review.state import fold
from graph.review.transfer import export_log, import_log
from graph.store import Store
from queries.catalog import Catalog
from queries.runner import run
from tests.store.across import CHOSEN, DERIVED, graphs, loading, reading, removing, stored_links
from tests.store.deciding import asked

SLOW = 60.0
PLAN, LAST = "hefeng-2023-plan", "hefeng-2022-plan"
SCHEME, NEXT_SCHEME = "hefeng-2023-scheme", "hefeng-2024-scheme"
FEW = (PLAN, LAST, "hefeng-2023-summary", SCHEME, NEXT_SCHEME, "lanchuan-2023-plan")
"""Links of every type, and a document that another supersedes."""


async def link_of(store: Store, type_: str) -> tuple[str, str, str]:
    """Key, head and tail of the first derived link of that type."""
    rows = await store.read(
        f"MATCH (a)-[r:{type_}]->(b) WHERE r.origin = 'derived' "
        "RETURN r.key AS key, a.id AS head, b.id AS tail ORDER BY key LIMIT 1"
    )
    return rows[0]["key"], rows[0]["head"], rows[0]["tail"]


async def status_of(store: Store, type_: str, head: str, tail: str) -> list[str]:
    rows = await store.read(
        f"MATCH (a)-[r:{type_}]->(b) WHERE r.origin = 'derived' AND a.id = $head AND b.id = $tail "
        "RETURN r.status AS status",
        {"head": head, "tail": tail},
    )
    return [row["status"] for row in rows]


async def rebuilt(store: Store, folder: str, names: tuple[str, ...]) -> str:
    """Hash of a store that is given the log first and the documents then, one by one."""
    other = await open_store(f"embedded:{folder}")
    await import_log(other, "\n".join(await export_log(store)))
    for name in names:
        await other.write(loading(name))
    found = await graph_hash(other)
    assert (await examine(other)).problems == ()
    await other.close()
    return found


async def test_a_rejected_link_stays_rejected(
    store: Store, catalog: Catalog, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Out of the answer and of the queue; through re-ingest and rebuild; taken back without a trace."""
    await store.write(loading(PLAN, LAST))
    before = sorted([line async for line in graph_lines(store)])
    key, head, tail = await link_of(store, "CORRESPONDS_TO")
    made, _ = await decide(store, asked("reject", key))
    assert await status_of(store, "CORRESPONDS_TO", head, tail) == ["rejected"]
    similar = catalog.get("similar-tasks")
    assert tail not in {row["similar"]["id"] for row in (await run(store, similar, {"task": head}, timeout=SLOW)).rows}
    assert key not in {item.target for item in await queue(store, limit=1000)}
    wanted = await graph_hash(store)
    for name in (PLAN, LAST):
        await store.write(removing(name))
        await store.write(loading(name))
        assert await graph_hash(store) == wanted
    await store.write(replace(loading(PLAN, LAST), anew=True))
    assert await graph_hash(store) == wanted
    folder = str(tmp_path_factory.mktemp("other") / "store")
    assert await rebuilt(store, folder, (LAST, PLAN)) == wanted
    await decide(store, asked("undo", made))
    assert sorted([line async for line in graph_lines(store)]) == before
    assert await store.read("MATCH (c:Claim) WHERE c.extracted IS NOT NULL RETURN c.id AS id") == []


@pytest.mark.parametrize("type_", DERIVED)
async def test_every_kind_of_link_can_be_decided_about(embedded_store: Store, type_: str) -> None:
    """Accepted, then rejected: the last one holds. What follows from two documents cannot be edited."""
    await embedded_store.write(loading(*CHOSEN))
    if not await embedded_store.read(
        f"MATCH ()-[r:{type_}]->() WHERE r.origin = 'derived' RETURN r.key AS key LIMIT 1"
    ):
        pytest.fail(f"no {type_} among these documents")
    key, head, tail = await link_of(embedded_store, type_)
    for action, status in (("accept", "confirmed"), ("reject", "rejected"), ("accept", "confirmed")):
        await decide(embedded_store, asked(action, key))
        assert await status_of(embedded_store, type_, head, tail) == [status]
    assert {listed.standing for listed in (await listing(embedded_store)).decisions} == {"in-force"}
    with pytest.raises(DecisionRefused, match="accepted or rejected"):
        await decide(embedded_store, asked("edit", key, changes={"valid": "withdrawn"}))


async def test_a_decision_about_a_link_waits_for_both_ends(store: Store) -> None:
    """One document goes: waiting, said so, nothing lost; it comes back: in force."""
    await store.write(loading(PLAN, LAST))
    key, head, tail = await link_of(store, "FOLLOWS")
    await decide(store, asked("reject", key))
    for name in (PLAN, LAST):
        await store.write(removing(name))
        assert [listed.entry.seq for listed in (await listing(store)).waiting] == [1]
        waiting = await queue(store, kind="waiting")
        assert [item.name for item in waiting] == [f"{graphs_name(PLAN)} → {graphs_name(LAST)}"]
        await store.write(loading(name))
        assert (await listing(store)).waiting == ()
        assert await status_of(store, "FOLLOWS", head, tail) == ["rejected"]


def graphs_name(name: str) -> str:
    graph = graphs()[name]
    return next(node.name for node in graph.nodes if node.id == graph.document)


def reread(name: str, text: str) -> Batch:
    """A batch that loads ``text`` under the source of ``name``."""
    return reading({f"{name}.txt": text})


async def test_a_decision_follows_its_tasks_through_a_changed_text(embedded_store: Store) -> None:
    """Lines above the task: its id may change, its sentence does not."""
    store = embedded_store
    await store.write(loading(PLAN, LAST))
    rows = await store.read(
        "MATCH (a)-[r:CORRESPONDS_TO]->(b) WHERE r.origin = 'derived' "
        "RETURN r.key AS key, a.quote AS head, b.quote AS tail ORDER BY a.start_char DESC LIMIT 1"
    )
    await decide(store, asked("reject", rows[0]["key"]))
    text = graphs()[PLAN].text
    first = text.index("\n") + 1
    await store.write(reread(PLAN, f"{text[:first]}\n\n{text[first:]}"))
    found = await store.read(
        "MATCH (a)-[r:CORRESPONDS_TO]->(b) WHERE r.status = 'rejected' RETURN a.quote AS head, b.quote AS tail"
    )
    assert found == [{"head": rows[0]["head"], "tail": rows[0]["tail"]}]
    assert (await listing(store)).waiting == ()


async def test_what_is_decided_about_facts_shows_in_the_links(store: Store) -> None:
    """A rejected target is answered by nothing; a repeal that is rejected repeals nothing; undone, all is back."""
    await store.write(loading(*FEW))
    before, links = await graph_hash(store), await stored_links(store)
    _, _, target = await link_of(store, "REPORTS_ON")
    await decide(store, asked("reject", target))
    assert not await store.read("MATCH ()-[r:REPORTS_ON]->(i) WHERE i.id = $id RETURN r.key AS key", {"id": target})
    repeal = await store.read(
        "MATCH (d:Document)-[r:SUPERSEDES]->(:Regulation) WHERE d.id = $id RETURN r.key AS key",
        {"id": graphs()[NEXT_SCHEME].document},
    )
    superseded = "MATCH (d:Document {id: $id})-[r:ISSUED_BY]->() RETURN d.valid AS own, r.valid AS said"
    old = {"id": graphs()[SCHEME].document}
    assert await store.read(superseded, old) == [{"own": "superseded", "said": "superseded"}]
    for row in repeal:
        await decide(store, asked("reject", row["key"]))
    assert await store.read(superseded, old) == [{"own": "current", "said": "current"}]
    for number in range(len(repeal) + 1, 0, -1):
        await decide(store, asked("undo", str(number)))
    assert (await graph_hash(store), await stored_links(store)) == (before, links)


FACTS = "ISSUED_BY|SUPERSEDES|IMPLEMENTS|AIMS_AT|CARRIES_OUT|TARGETS|CITES"
CHANGES = (("year", "2023"), ("number", "禾政发〔2023〕1号"), ("kind", "summary"), ("valid", "withdrawn"))


async def drawn(store: Store, chance: random.Random, made: int) -> Decision:
    """A decision about something in the store, likely one that can be made."""

    async def some(statement: str) -> str:
        rows = await store.read(f"{statement} AS x ORDER BY x")
        return str(chance.choice(rows)["x"])

    kind = chance.choice(["link", "link", "fact", "node", "merge", "merge", "document", "policy", "undo"])
    label = chance.choice(["Unit", "Campaign", "Task", "Indicator", "Regulation"])
    if kind == "undo":
        return asked("undo", str(chance.randint(1, made + 1)))
    if kind == "merge":
        one, other = [await some(f"MATCH (n:{label}) RETURN n.id") for _ in range(2)]
        return asked("merge", one, into=other)
    if kind == "document":
        changes = dict([chance.choice(CHANGES)])
        return asked("edit", await some("MATCH (d:Document) RETURN d.id"), changes=changes)
    if kind == "policy":
        title = await some("MATCH (d:Document) RETURN d.name")
        return asked("edit", await some("MATCH (n:Regulation) RETURN n.id"), changes={"name": title})
    target = {
        "node": f"MATCH (n:{label}) RETURN n.id",
        "fact": f"MATCH ()-[r:{FACTS}]->() WHERE r.origin = 'extracted' RETURN r.key",
        "link": f"MATCH ()-[r:{'|'.join(DERIVED)}]->() WHERE r.origin = 'derived' RETURN r.key",
    }[kind]
    return asked(chance.choice(["accept", "reject", "reject"]), await some(target))


@pytest.mark.parametrize("seed", range(16))
async def test_steps_end_where_a_rebuild_ends(
    seed: int, embedded_store: Store, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """What is patched and relinked step by step is what is made at once; with all undone, the graph is as extracted."""
    store, chance = embedded_store, random.Random(seed)
    await store.write(loading(*FEW))
    extracted = await graph_hash(store)
    made = 0
    for _ in range(30):
        try:
            await decide(store, await drawn(store, chance, made))
            made += 1
        except (DecisionRefused, InvalidParameter, NotFound):
            continue
        if made == 6:
            break
    assert made == 6
    assert (await examine(store)).problems == ()
    folder = str(tmp_path_factory.mktemp("rebuilt") / "store")
    assert await rebuilt(store, folder, tuple(chance.sample(FEW, len(FEW)))) == await graph_hash(store)
    for id_, _ in reversed(fold((await read_log(store)).entries).active):
        await decide(store, asked("undo", id_))
    assert await graph_hash(store) == extracted


def test_documents_here_are_read_alike(tmp_path_factory: pytest.TempPathFactory) -> None:
    """The texts are read by ``reread`` as they are by ``loading``."""
    graph: DocumentGraph = graphs()[PLAN]
    assert reread(PLAN, graph.text).replace == (graph,)
