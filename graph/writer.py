"""The one write path: a batch of changes becomes one transaction, the same on both engines.

``prepare`` (pure) refuses what breaks the ontology or does not quote its text. ``apply`` then, in this order: takes
the write lock, which is the Meta node; checks that the job is still ours (``graph.jobs``) and what the batch was
planned on; applies what people decided (``graph.review``); leaves out documents whose graph is already there; deletes
what replaced and removed documents own; settles the claims on shared nodes and relations (``graph.shared``); creates
what is new; links the documents with others (``graph.across``); files claims, sources and contents
(``graph.filing``); counts up the revision if anything changed. What is stored depends on the documents and the
decisions only, not on the order or grouping in which they came.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph.across.writing import before, relink
from graph.claims import Claims
from graph.errors import OntologyError, StoreError
from graph.filing import check_expectations, file_claims, file_contents, file_sources, stored_claims
from graph.jobs.transact import hold
from graph.models import Batch, WriteReport
from graph.ontology import ontology
from graph.patching import Patch, bring, patch_between, take_away
from graph.prepared import PreparedGraph, prepared_graph
from graph.review.writing import with_decisions
from graph.shared import Tally, delete_dead, node_changes, relation_changes, settle_nodes, settle_relations
from graph.statements import create_nodes, create_relations, grouped, own_properties, relation_properties
from graph.store import Engine, Transaction


@dataclass(frozen=True, slots=True)
class Prepared:
    """A checked batch."""

    batch: Batch
    graphs: tuple[PreparedGraph, ...]


async def write(engine: Engine, batch: Batch) -> WriteReport:
    """Check and apply ``batch`` in one transaction of ``engine``."""
    prepared = await asyncio.to_thread(prepare, batch)
    return await engine.transact(lambda tx: apply(tx, prepared))


def prepare(batch: Batch) -> Prepared:
    """``batch`` checked; raises OntologyError or EvidenceError before anything is written."""
    for document, times in Counter([*(graph.document for graph in batch.replace), *batch.remove]).items():
        if times > 1:
            raise OntologyError(what=document, reason="one document twice in a batch")
    return Prepared(batch, tuple(prepared_graph(graph) for graph in batch.replace))


async def apply(tx: Transaction, prepared: Prepared) -> WriteReport:
    """Apply a checked batch within ``tx``. ``write`` is the usual way in."""
    batch = prepared.batch
    revision, knowledge, head = await _lock(tx)
    if batch.lease is not None:
        await hold(tx, batch.lease)
    sources = await check_expectations(tx, batch)
    graphs, decisions = await with_decisions(tx, batch, prepared.graphs, head)
    stored = await stored_claims(tx, [*(g.graph.document for g in graphs), *batch.remove])
    changed = [g for g in graphs if batch.anew or stored.get(g.graph.document, ("",))[0] != g.fingerprint]
    gone = [document for document in batch.remove if document in stored]
    replaced = [g.graph.document for g in changed if g.graph.document in stored]

    tally = Tally()
    old = {document: stored[document][1] for document in [*replaced, *gone]}
    if changed or gone:
        patches = {g.graph.document: patch for g in changed if (patch := _patch(g, stored)) is not None}
        linked = await before(tx, list(old), changed, patches)
        await _delete_owned(
            tx, {document: claims for document, claims in old.items() if document not in patches}, tally
        )
        await take_away(tx, list(patches.values()), tally)
        await _create(tx, changed, list(old.values()), patches, tally, anew=batch.anew)
        await file_claims(tx, changed, gone)
        tally.relations_created += await relink(tx, linked, gone)
        tally.relations_removed += linked.links
    moved, abandoned = await file_sources(tx, batch.sources, sources)
    filed = await file_contents(tx, batch, abandoned)
    learned = batch.knowledge not in (None, knowledge)
    if changed or gone or moved or filed or learned or decisions != head:
        revision += 1
        state = {
            "revision": revision,
            "knowledge": batch.knowledge if learned else knowledge,
            "decisions": decisions or None,
        }
        await tx.run(
            "MATCH (m:Meta {id: 'graph'}) "
            "SET m.revision = $revision, m.knowledge = $knowledge, m.decisions = $decisions",
            state,
        )
    return WriteReport(
        tally.nodes_created, tally.nodes_removed, tally.relations_created, tally.relations_removed, revision
    )


async def _lock(tx: Transaction) -> tuple[int, str | None, str]:
    """Wait for other writers, then the revision, the version of the knowledge and the head of the log of decisions."""
    # Two statements: in one, Neo4j may read the revision before it has the lock.
    await tx.run("MATCH (m:Meta {id: 'graph'}) SET m.lock = true")
    state = await tx.run(
        "MATCH (m:Meta {id: 'graph'}) RETURN m.revision AS revision, m.knowledge AS knowledge, m.decisions AS decisions"
    )
    if not state:
        raise StoreError(store=tx.store, reason="it has no schema; run zhize migrate")
    return state[0]["revision"], state[0]["knowledge"], state[0]["decisions"] or ""


async def _delete_owned(tx: Transaction, old: Mapping[str, Claims], tally: Tally) -> None:
    """Delete what documents own: loose relations by ``doc``, then their nodes with the relations attached."""
    documents = {"documents": list(old)}
    for type_ in sorted({type_ for claims in old.values() for type_ in claims.loose}):
        await tx.run(f"MATCH ()-[r:{type_}]->() WHERE r.doc IN $documents DELETE r", documents)
    for label in sorted({label for claims in old.values() for label in claims.own_labels}):
        owner = "doc" if ontology().node(label).evidence else "id"
        await tx.run(f"MATCH (n:{label}) WHERE n.{owner} IN $documents DETACH DELETE n", documents)
    tally.nodes_removed += sum(sum(claims.own_labels.values()) for claims in old.values())
    tally.relations_removed += sum(claims.own_relations for claims in old.values())


def _patch(graph: PreparedGraph, stored: Mapping[str, tuple[str, Claims]]) -> Patch | None:
    """What differs from the store, when it is known for certain what the store holds."""
    if graph.before is None or stored[graph.graph.document][0] != graph.before.fingerprint:
        return None
    return patch_between(graph.before.graph, graph.graph)


async def _create(
    tx: Transaction,
    changed: Sequence[PreparedGraph],
    old: Sequence[Claims],
    patches: Mapping[str, Patch],
    tally: Tally,
    *,
    anew: bool,
) -> None:
    nodes = node_changes(old, [({n.id: n for n in g.graph.nodes}, g.claims) for g in changed], anew=anew)
    dead = await settle_nodes(tx, nodes, tally)
    whole = [g for g in changed if g.graph.document not in patches]
    own = [n for g in whole for n in g.graph.nodes if n.id not in g.claims.nodes]
    for label, group in grouped(own, lambda node: node.label).items():
        await create_nodes(tx, label, [{"id": n.id, "props": own_properties(n)} for n in group])
    stated = [r for g in whole for r in g.graph.relations if not r.shared]
    await create_relations(tx, ((r, relation_properties(r)) for r in stated))
    await bring(tx, list(patches.values()), tally)
    links = relation_changes(old, [({r.key: r for r in g.graph.relations}, g.claims) for g in changed], anew=anew)
    await settle_relations(tx, links, tally)
    await delete_dead(tx, dead)
    tally.nodes_created += len(own)
    tally.relations_created += len(stated)
