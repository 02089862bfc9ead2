"""The write path: what a store holds depends on the documents only. Every test runs on both engines."""

from __future__ import annotations

import asyncio
import dataclasses
from itertools import permutations
from random import Random
from typing import TypeAlias

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.connect import open_store
from graph.doctor import examine
from graph.documents import holders, knowledge_version, meta, original_of, sources, text_of
from graph.errors import EvidenceError, NotFound, OntologyError, StoreError, WriteConflict
from graph.hashing import graph_hash
from graph.ids import document_id, text_sha256
from graph.models import Batch, Content, Node
from graph.store import Store
from tests.graphs import batch, campaign, document, knowledge, relation, unit

Duties: TypeAlias = list[tuple[Node, str]]

SQUAD = unit("青禾县公安局交警大队", "县交警大队")
SQUAD_SHORT = unit("青禾县公安局交警大队", "交警大队")
OFFICE = unit("青禾县教育局")
SAFE = campaign("“安宁出行”行动", "安宁出行")
BELONGS = relation("SUBORDINATE_TO", SQUAD, OFFICE)

FIRST = document("甲.txt", [(SQUAD, "查处酒驾"), (OFFICE, "开展宣传")], shared=[BELONGS])
SECOND = document("乙.txt", [(SQUAD_SHORT, "整治货车")], extra=[OFFICE, SAFE], shared=[BELONGS])
THIRD = document("丙.txt", [(SQUAD, "护学执勤")], extra=[SAFE])
WORLD = knowledge([SQUAD, OFFICE], [BELONGS])
ALL = (FIRST, SECOND, THIRD, WORLD)


async def names(store: Store, label: str) -> list[str]:
    return [row["name"] for row in await store.read(f"MATCH (n:{label}) RETURN n.name AS name ORDER BY name")]


async def aliases(store: Store, node: Node) -> list[str]:
    rows = await store.read(f"MATCH (n:{node.label} {{id: $id}}) RETURN n.aliases AS aliases", {"id": node.id})
    return [alias for row in rows for alias in row["aliases"]]


async def empty(store: Store) -> None:
    """Remove every document, through the write path."""
    loaded = await sources(store)
    documents = [row["id"] for row in await store.read("MATCH (c:Claim) RETURN c.id AS id")]
    await store.write(Batch(remove=tuple(documents), sources=dict.fromkeys(loaded)))


async def test_order_of_loading_does_not_show(store: Store) -> None:
    """Every order of four documents, one batch each, gives one hash; so does a single batch."""
    await store.write(batch(*ALL))
    expected = await graph_hash(store)
    for order in list(permutations(ALL))[::5]:
        await empty(store)
        for graph in order:
            await store.write(batch(graph))
        assert await graph_hash(store) == expected


NAMES = st.sampled_from(["云溪支队", "白石大队", "柳河中队", "南岭交警队"])
ALIASES = st.sampled_from(["支队", "大队", "中队"])
DUTIES = st.lists(
    st.tuples(st.builds(unit, NAMES, ALIASES), st.sampled_from(["查处超员", "整治货车", "劝导骑行"])),
    max_size=3,
    unique_by=lambda duty: duty[0].id,
)
DOCUMENTS = st.dictionaries(st.sampled_from(["1.txt", "2.txt", "3.txt"]), DUTIES)


@settings(max_examples=12, deadline=None, database=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(final=DOCUMENTS, before=DOCUMENTS, order=st.randoms(use_true_random=False))
async def test_history_does_not_show(
    store: Store, final: dict[str, Duties], before: dict[str, Duties], order: Random
) -> None:
    """Whatever was loaded before, replacing and removing leads to the same sound graph as loading afresh."""
    graphs = [document(source, duties) for source, duties in final.items()]
    await empty(store)
    await store.write(batch(*graphs))
    expected = await graph_hash(store)
    await empty(store)
    for source, duties in before.items():
        await store.write(batch(document(source, duties)))
    gone = before.keys() - final.keys()
    await store.write(Batch(remove=tuple(map(document_id, gone)), sources=dict.fromkeys(gone)))
    order.shuffle(graphs)
    for graph in graphs:
        await store.write(batch(graph))
    assert await graph_hash(store) == expected
    assert (await examine(store)).problems == ()


async def test_loading_again_changes_nothing(store: Store) -> None:
    """An equal graph, its nodes in another order, neither writes nor counts up the revision."""
    first = await store.write(batch(*ALL))
    assert (first.nodes_created, first.relations_created) == (3 + 4 + 3, 4 + 1)
    shuffled = dataclasses.replace(FIRST, nodes=FIRST.nodes[:1] + FIRST.nodes[:0:-1])
    again = await store.write(batch(shuffled, SECOND, THIRD, WORLD))
    assert again == dataclasses.replace(again, nodes_created=0, relations_created=0, revision=first.revision)


async def test_replacing_touches_only_its_document(store: Store) -> None:
    """The other documents' facts stay as they are; the replaced document's old facts are gone."""
    await store.write(batch(*ALL))
    kept = await store.read("MATCH (t:Task) WHERE t.doc <> $doc RETURN t.id AS id ORDER BY id", {"doc": FIRST.document})
    report = await store.write(batch(document("甲.txt", [(OFFICE, "发放头盔")])))
    assert (report.nodes_removed, report.relations_removed) == (3, 2)
    tasks = await store.read("MATCH (t:Task) RETURN t.id AS id, t.doc AS doc, t.name AS name ORDER BY id")
    assert [{"id": row["id"]} for row in tasks if row["doc"] != FIRST.document] == kept
    assert [row["name"] for row in tasks if row["doc"] == FIRST.document] == ["发放头盔"]


async def test_shared_things_go_with_their_last_document(store: Store) -> None:
    """A node, an alias and a shared relation live exactly as long as some document claims them."""
    await store.write(batch(FIRST, SECOND))
    assert await aliases(store, SQUAD) == ["交警大队", "县交警大队"]
    await store.write(Batch(remove=(FIRST.document,), sources={"甲.txt": None}))
    assert await aliases(store, SQUAD) == ["交警大队"]
    assert await names(store, "Unit") == [SQUAD.name, OFFICE.name]
    await store.write(batch(document("乙.txt", [(SQUAD_SHORT, "整治货车")])))
    assert await names(store, "Unit") == [SQUAD.name]
    assert await names(store, "Campaign") == []
    assert await store.read("MATCH ()-[r:SUBORDINATE_TO]->() RETURN r.key AS key") == []
    await empty(store)
    assert await store.read("MATCH (n:Entity) RETURN n.id AS id") == []
    assert await store.read("MATCH (c:Content) RETURN c.id AS id") == []


async def test_new_knowledge_describes_a_node_anew(store: Store) -> None:
    """A changed description replaces the old one wholly, properties that are no longer given included."""
    await store.write(batch(WORLD, FIRST))
    redescribed = dataclasses.replace(SQUAD, properties={"domain": "公安交管"})
    belongs = dataclasses.replace(BELONGS, properties={**BELONGS.properties, "source": "新版"})
    await store.write(batch(knowledge([redescribed, OFFICE], [belongs])))
    rows = await store.read("MATCH (n:Unit {id: $id}) RETURN n.level AS level, n.domain AS domain", {"id": SQUAD.id})
    assert rows == [{"level": None, "domain": "公安交管"}]
    assert await store.read("MATCH ()-[r:SUBORDINATE_TO]->() RETURN r.source AS source") == [{"source": "新版"}]


async def test_a_fact_that_does_not_quote_its_text_is_not_written(store: Store) -> None:
    """One wrong quote in one document of a batch: nothing of the batch is written."""
    broken = dataclasses.replace(SECOND, text="另一份文字" + SECOND.text)
    with pytest.raises(EvidenceError) as caught:
        await store.write(batch(FIRST, broken))
    assert SECOND.document in str(caught.value)
    assert await store.read("MATCH (n:Entity) RETURN n.id AS id") == []


async def test_one_document_twice_in_a_batch_is_refused(store: Store) -> None:
    with pytest.raises(OntologyError, match="twice"):
        await store.write(batch(FIRST, remove=[FIRST.document]))


async def test_facts_between_shared_things_go_with_their_document(store: Store) -> None:
    """A document's own relation between two shared nodes is replaced and removed like the rest."""
    line = "“安宁出行”行动针对摩托车。"
    bikes = Node("VehicleClass", "vehicleclass:bikes", "摩托车")
    doc = document_id("戊.txt")
    place = {"origin": "extracted", "rule": "test", "start_char": 0, "end_char": len(line), "quote": line}
    targets = relation("TARGETS", SAFE, bikes, doc, **place)  # type: ignore[arg-type]
    stating = document("戊.txt", text=line, extra=[SAFE, bikes], shared=[targets])
    other = document("己.txt", extra=[SAFE, bikes])
    await store.write(batch(stating, other))
    count = "MATCH (:Campaign)-[r:TARGETS]->(:VehicleClass) RETURN count(r) AS n"
    assert await store.read(count) == [{"n": 1}]
    await store.write(batch(document("戊.txt", text=line, extra=[SAFE, bikes])))
    assert await store.read(count) == [{"n": 0}]
    await store.write(batch(stating))
    report = await store.write(Batch(remove=(doc,), sources={"戊.txt": None}))
    assert (report.nodes_removed, report.relations_removed) == (1, 1)
    assert await store.read(count) == [{"n": 0}]
    assert (await examine(store)).problems == ()


async def test_a_damaged_store_is_not_made_worse(store: Store) -> None:
    """A shared node that was deleted behind our back: the next write that needs it fails as a whole."""
    await store.write(batch(FIRST))
    await store.transact(lambda tx: tx.run("MATCH (u:Unit) DETACH DELETE u"))  # type: ignore[attr-defined]
    before = await graph_hash(store)
    with pytest.raises(StoreError, match="found their ends"):
        await store.write(batch(document("甲.txt", [(SQUAD, "发放头盔")])))
    assert await graph_hash(store) == before


async def test_a_failure_in_the_middle_undoes_everything(store: Store) -> None:
    """An exception after the first statements of a transaction leaves the store as it was."""
    await store.write(batch(FIRST))
    before = await graph_hash(store)
    # A node that no document claims, under an id that a document is about to create.
    stray = next(node for node in SECOND.nodes if node.label == "Task")
    await store.transact(  # type: ignore[attr-defined]
        lambda tx: tx.run(
            "CREATE (n:Task:Entity {id: $id}) SET n.name = '游离', n.kind = '', n.aliases = []", {"id": stray.id}
        )
    )
    with pytest.raises(StoreError):
        await store.write(batch(SECOND))
    assert [row["name"] for row in await store.read("MATCH (d:Document) RETURN d.name AS name")] == ["甲.txt"]
    await store.transact(lambda tx: tx.run("MATCH (n:Task {id: $id}) DELETE n", {"id": stray.id}))  # type: ignore[attr-defined]
    assert await graph_hash(store) == before


async def test_a_plan_made_on_old_facts_is_refused(store: Store) -> None:
    """What a batch expects of sources and holders must still be so; else nothing is written."""
    await store.write(batch(FIRST))
    sha = text_sha256(FIRST.text)
    with pytest.raises(WriteConflict, match=r"甲\.txt"):
        await store.write(dataclasses.replace(batch(SECOND), expect_sources={"甲.txt": None}))
    with pytest.raises(WriteConflict, match=sha[:12]):
        await store.write(dataclasses.replace(batch(SECOND), expect_holders={sha: ("甲.txt", "乙.txt")}))
    fits = dataclasses.replace(
        batch(SECOND), expect_sources={"甲.txt": sha, "乙.txt": None}, expect_holders={sha: ("甲.txt",), "f" * 64: ()}
    )
    await store.write(fits)
    assert await names(store, "Document") == ["乙.txt", "甲.txt"]


async def test_texts_and_originals_come_back_as_they_were(store: Store) -> None:
    """Text with every awkward character, and original bytes, are kept exactly; a text without a source is dropped."""
    text = "引号“”\"'\\ 控制\t\n\r\x00\x85\u2028 全角１０７ 生僻𠮷😀é 日期2024-01-01\n"
    graph = document("字符.txt", text=text)
    original = bytes(range(256)) * 40
    content = Content(text_sha256(text), text, original, "字符.docx")
    await store.write(dataclasses.replace(batch(graph), contents=(content,)))
    assert await text_of(store, graph.document) == text
    assert await original_of(store, graph.document) == content
    assert await sources(store) == {"字符.txt": content.sha256}
    assert await holders(store, [content.sha256, "0" * 64]) == {content.sha256: ("字符.txt",), "0" * 64: ()}
    await store.write(Batch(remove=(graph.document,), sources={"字符.txt": None}))
    with pytest.raises(NotFound):
        await text_of(store, graph.document)
    with pytest.raises(NotFound):
        await original_of(store, graph.document)


async def test_the_version_of_the_knowledge_is_kept(store: Store) -> None:
    assert await knowledge_version(store) == ""
    await store.write(dataclasses.replace(batch(WORLD), knowledge="v1"))
    await store.write(batch(FIRST))
    assert await knowledge_version(store) == "v1"


async def test_eight_writers_at_once(store: Store, store_url: str) -> None:
    """Eight writers with overlapping shared nodes lose nothing: counts, revision and hash are as if in turn."""
    graphs = [document(f"{n}.txt", [(SQUAD, f"任务{n}"), (OFFICE, "宣传")], shared=[BELONGS]) for n in range(8)]
    others = [await open_store(store_url) for _ in range(7)] if store_url.startswith("neo4j") else [store] * 7
    try:
        await asyncio.gather(*(each.write(batch(graph)) for each, graph in zip([store, *others], graphs, strict=True)))
    finally:
        for other in others:
            if other is not store:
                await other.close()
    assert (await meta(store)).revision == 8
    examined = await examine(store)
    assert examined.problems == ()
    assert examined.nodes["Document"] == 8
    await store.write(Batch(remove=tuple(graph.document for graph in graphs)))
    assert (await examine(store)).nodes == {}


async def test_a_new_node_is_found_by_the_first_search(store: Store) -> None:
    """Right after its commit, after a load of 5,000 nodes in one batch too, and by a changed alias."""
    search = "CALL db.index.fulltext.queryNodes('search_task', $query) YIELD node RETURN node.name AS name"
    many = document("大.txt", [(SQUAD, f"巡查第{n}号路口") for n in range(5000)])
    await store.write(batch(many))
    assert "巡查第4999号路口" in [row["name"] for row in await store.read(search, {"query": "4999"})]
    await store.write(batch(document("小.txt", [(SQUAD, "夜间酒驾")])))
    assert await store.read(search, {"query": "夜间"}) == [{"name": "夜间酒驾"}]
    await store.write(batch(document("小.txt", [(unit(SQUAD.name, "青禾雄鹰"), "夜间酒驾")])))
    found = await store.read(
        "CALL db.index.fulltext.queryNodes('search_unit', $query) YIELD node RETURN node.name AS name",
        {"query": "雄鹰"},
    )
    assert found == [{"name": SQUAD.name}]
