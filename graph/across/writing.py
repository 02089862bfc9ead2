"""The step of the write path that keeps links across documents: records, blocking keys, links, what is in force.

Runs within the transaction that writes the documents, after their own graphs. Every look-up goes through an index, so
its cost is that of the partners a document has, whatever the size of the store.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from graph.across.facts import record_of
from graph.across.links import links_between, own_links
from graph.across.pairing import keys_of, lookups_of, repeal_lookups, supersedes
from graph.across.record import DocumentRecord
from graph.across.validity import Validity, validity_of
from graph.ids import digest
from graph.models import DocumentGraph, Relation, Row
from graph.ontology import ontology
from graph.statements import create_relations, relation_properties, steps
from graph.store import Transaction

_ENDS = (("CORRESPONDS_TO", "Task"), ("CORRESPONDS_TO", "Indicator"), ("REPORTS_ON", "Indicator"))
"""Derived links between nodes of documents, and their label; the others begin at a Document."""
_OF_DOCUMENTS = ("FOLLOWS", "IMPLEMENTS", "SUPERSEDES", "TEXT_OF")


@dataclass(frozen=True, slots=True)
class Before:
    """Records of documents that are about to be replaced or removed, and how many links go with them."""

    records: Mapping[str, DocumentRecord]
    links: int


async def before(tx: Transaction, documents: Sequence[str]) -> Before:
    """What is known of ``documents`` across documents, before they go."""
    if not documents:
        return Before({}, 0)
    return Before(await _records(tx, documents), await _count_links(tx, documents))


async def relink(tx: Transaction, old: Before, changed: Sequence[DocumentGraph], gone: Sequence[str]) -> int:
    """Make the links of the documents just written, and mark what is in force; the number of links made."""
    new = {graph.document: record_of(graph) for graph in changed}
    await _file(tx, new, [*old.records, *gone])
    known = {**await _partners(tx, {key for record in new.values() for key in lookups_of(record)}), **new}
    links: dict[str, Relation] = {}
    for id_ in sorted(new):
        links.update((relation.key, relation) for relation in own_links(new[id_]))
        for other in sorted(known):
            # A pair of two new documents is made once.
            if other != id_ and not (other in new and other < id_):
                links.update((relation.key, relation) for relation in links_between(new[id_], known[other]))
    fresh = await _without_stored(tx, links)
    await create_relations(tx, ((relation, relation_properties(relation)) for relation in fresh))
    await _mark(tx, old.records, new, known)
    return len(fresh)


# Records and keys


async def _file(tx: Transaction, new: Mapping[str, DocumentRecord], gone: Sequence[str]) -> None:
    """Put the records and keys of ``new`` in place of theirs and of those of ``gone``."""
    ids = sorted({*new, *gone})
    await tx.run("MATCH (b:Block) WHERE b.doc IN $ids DELETE b", {"ids": ids})
    if removed := sorted({*gone} - new.keys()):
        await tx.run("MATCH (r:Record) WHERE r.id IN $ids DELETE r", {"ids": removed})
    rows: list[Row] = [{"id": id_, "body": new[id_].to_json()} for id_ in sorted(new)]
    for step in steps(rows):
        await tx.run("UNWIND $rows AS row MERGE (r:Record {id: row.id}) SET r.body = row.body", {"rows": step})
    blocks = [{"id": digest((key, id_)), "key": key, "doc": id_} for id_ in sorted(new) for key in keys_of(new[id_])]
    for step in steps(blocks):
        await tx.run(
            "UNWIND $rows AS row CREATE (b:Block {id: row.id}) SET b.key = row.key, b.doc = row.doc", {"rows": step}
        )


async def _partners(tx: Transaction, keys: Iterable[str]) -> dict[str, DocumentRecord]:
    """Records of the documents found under any of ``keys``."""
    found: set[str] = set()
    for step in steps(sorted(keys)):
        rows = await tx.run("UNWIND $keys AS key MATCH (b:Block {key: key}) RETURN b.doc AS id", {"keys": step})
        found.update(row["id"] for row in rows)
    return await _records(tx, sorted(found))


async def _records(tx: Transaction, ids: Sequence[str]) -> dict[str, DocumentRecord]:
    found: dict[str, DocumentRecord] = {}
    for step in steps(ids):
        rows = await tx.run("MATCH (r:Record) WHERE r.id IN $ids RETURN r.id AS id, r.body AS body", {"ids": step})
        found.update((row["id"], DocumentRecord.from_json(row["body"])) for row in rows)
    return found


# Links


async def _count_links(tx: Transaction, documents: Sequence[str]) -> int:
    """Derived links with an end in ``documents``: they go with the nodes they hang on."""
    found: Counter[str] = Counter()
    patterns = [(f"MATCH (n:{label}) WHERE n.doc IN $ids", type_) for type_, label in _ENDS]
    patterns += [("MATCH (n:Document) WHERE n.id IN $ids", type_) for type_ in _OF_DOCUMENTS]
    for match, type_ in patterns:
        statement = f"{match} MATCH (n)-[r:{type_}]-() WHERE r.origin = 'derived' RETURN DISTINCT r.key AS key"
        found.update(row["key"] for row in await tx.run(statement, {"ids": list(documents)}))
    return len(found)


async def _without_stored(tx: Transaction, links: Mapping[str, Relation]) -> list[Relation]:
    """``links`` without those that are there: several documents may name one policy, which has one text."""
    texts = sorted({relation.head for relation in links.values() if relation.type == "TEXT_OF"})
    statement = "MATCH (d:Document) WHERE d.id IN $ids MATCH (d)-[r:TEXT_OF]->(:Regulation) RETURN r.key AS key"
    stored = {row["key"] for row in await tx.run(statement, {"ids": texts})} if texts else set()
    return [links[key] for key in sorted(links) if key not in stored]


# What is in force


async def _mark(
    tx: Transaction,
    old: Mapping[str, DocumentRecord],
    new: Mapping[str, DocumentRecord],
    known: Mapping[str, DocumentRecord],
) -> None:
    """Set the validity of documents that the old or new ones repeal, and of the new ones that others repeal."""
    repealing = [record for record in (*old.values(), *new.values()) if any(_repeals(record))]
    named = await _partners(tx, {f"{kind}:{name}" for record in repealing for kind, name in _repeals(record)})
    touched = {
        id_: record
        for id_, record in named.items()
        if id_ not in new and any(supersedes(other, record) for other in repealing)
    }
    for id_, record in sorted({**touched, **new}.items()):
        others = {**await _partners(tx, repeal_lookups(record)), **known}.values() if record.titles else ()
        found = validity_of(record, others)
        if id_ in touched or found != Validity(record.valid, record.valid_until):
            await _set_validity(tx, record, found)


def _repeals(record: DocumentRecord) -> list[tuple[str, str]]:
    cited = [citation for citation in record.citations if citation.relation == "SUPERSEDES"]
    titles = [("title", title) for citation in cited for title in citation.titles]
    return titles + [("number", number) for citation in cited for number in citation.numbers]


async def _set_validity(tx: Transaction, record: DocumentRecord, found: Validity) -> None:
    """Write what is in force on a document and on all it states, but for what a reviewer marked otherwise."""
    own = {"id": record.id, "valid": found.status, "until": found.until or None}
    await tx.run("MATCH (d:Document {id: $id}) SET d.valid = $valid, d.valid_until = $until", own)
    facts = {"id": record.id, "valid": found.status, "marked": sorted(record.marked)}
    stated = "r.doc = $id AND r.origin = 'extracted' AND NOT r.key IN $marked"
    await tx.run(f"MATCH (d:Document {{id: $id}})-[r]->() WHERE {stated} SET r.valid = $valid", facts)
    for label in (label for label, node in ontology().nodes.items() if node.evidence):
        await tx.run(f"MATCH (n:{label}) WHERE n.doc = $id MATCH (n)-[r]-() WHERE {stated} SET r.valid = $valid", facts)
    for type_ in record.loose:
        await tx.run(f"MATCH ()-[r:{type_}]->() WHERE {stated} SET r.valid = $valid", facts)
