"""The step of the write path that keeps links across documents: records, blocking keys, links, what is in force.

Runs within the transaction that writes the documents, after their own graphs. Every look-up goes through an index, so
its cost is that of the partners a document has, whatever the size of the store.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from graph.across.facts import record_of
from graph.across.links import links_between, own_links
from graph.across.pairing import keys_of, lookups_of, repeal_lookups, repealed_lookups, supersedes
from graph.across.record import DocumentRecord
from graph.across.validity import Validity, validity_of
from graph.ids import digest
from graph.models import Relation, Row
from graph.ontology import ontology
from graph.prepared import PreparedGraph
from graph.statements import create_relations, relation_properties, steps
from graph.store import Transaction

_ENDS = (("CORRESPONDS_TO", "Task"), ("CORRESPONDS_TO", "Indicator"), ("REPORTS_ON", "Indicator"))
"""Derived links between nodes of documents, and their label; the others begin at a Document."""
_OF_DOCUMENTS = ("FOLLOWS", "IMPLEMENTS", "SUPERSEDES", "TEXT_OF")
_AT_ENDS = (
    *((f"MATCH (n:{label}) WHERE n.doc IN $ids", type_) for type_, label in _ENDS),
    *(("MATCH (n:Document) WHERE n.id IN $ids", type_) for type_ in _OF_DOCUMENTS),
)
"""How to find the nodes of documents that derived links hang on, and the type of those links."""


@dataclass(frozen=True, slots=True)
class Before:
    """What is known across documents of those that are about to change.

    ``records``: of those replaced, patched or removed. ``new``: of those to be written. ``kept``: validity of the
    patched ones, whose nodes stay, as it is marked in the store. ``links``: how many links go.
    """

    records: Mapping[str, DocumentRecord]
    new: Mapping[str, DocumentRecord]
    kept: Mapping[str, Validity]
    links: int

    @property
    def relinked(self) -> Mapping[str, DocumentRecord]:
        """Documents whose links are made anew: a patch that leaves the record as it is leaves the links too."""
        return {id_: r for id_, r in self.new.items() if id_ not in self.kept or r != self.records.get(id_)}


async def before(
    tx: Transaction, documents: Sequence[str], changed: Sequence[PreparedGraph], patched: Collection[str]
) -> Before:
    """What is known before ``changed`` are written and those of ``documents`` they do not name are removed.

    Links hang on nodes and go with them; of the ``patched`` ones, whose nodes stay, they are deleted here.
    """
    new = {graph.graph.document: record_of(graph.graph, graph.judged) for graph in changed}
    if not documents:
        return Before({}, new, {}, 0)
    found = Before(await _records(tx, documents), new, await _marks(tx, patched), 0)
    staying = [id_ for id_ in found.relinked if id_ in patched]
    deleted = await _delete_links(tx, staying, _renamed(found.records, new))
    return replace(found, links=deleted + await _count_links(tx, [id_ for id_ in documents if id_ not in patched]))


async def relink(tx: Transaction, old: Before, gone: Sequence[str]) -> int:
    """Make the links of the documents just written, and mark what is in force; the number of links made."""
    new = old.relinked
    await _file(tx, new, gone)
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
    await _mark(tx, old, known)
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
    for match, type_ in _AT_ENDS:
        statement = f"{match} MATCH (n)-[r:{type_}]-() WHERE r.origin = 'derived' RETURN DISTINCT r.key AS key"
        found.update(row["key"] for row in await tx.run(statement, {"ids": list(documents)}))
    return len(found)


def _renamed(old: Mapping[str, DocumentRecord], new: Mapping[str, DocumentRecord]) -> list[str]:
    """Policies that are called otherwise since, by a decision: whoever cites them, their texts are found anew."""
    before, after = (
        {(id_, c.regulation): (c.own, c.named) for id_, record in records.items() for c in record.citations}
        for records in (old, new)
    )
    return sorted({cited[1] for cited in before.keys() & after.keys() if before[cited] != after[cited]})


async def _delete_links(tx: Transaction, documents: Sequence[str], policies: Sequence[str]) -> int:
    """Delete the derived links of documents whose nodes stay, and which documents are the text of ``policies``."""
    asked = [(pattern, type_, documents) for pattern, type_ in _AT_ENDS if documents]
    asked += [("MATCH (n:Regulation) WHERE n.id IN $ids", "TEXT_OF", policies)] if policies else []
    deleted = 0
    for match, type_, ids in asked:
        found = f"{match} MATCH (n)-[r:{type_}]-() WHERE r.origin = 'derived' WITH DISTINCT r"
        rows = await tx.run(f"{found} RETURN count(r) AS links", {"ids": list(ids)})
        if rows[0]["links"]:
            await tx.run(f"{found} DELETE r", {"ids": list(ids)})
            deleted += rows[0]["links"]
    return deleted


async def _without_stored(tx: Transaction, links: Mapping[str, Relation]) -> list[Relation]:
    """``links`` without those that are there: several documents may name one policy, which has one text."""
    texts = sorted({relation.head for relation in links.values() if relation.type == "TEXT_OF"})
    statement = "MATCH (d:Document) WHERE d.id IN $ids MATCH (d)-[r:TEXT_OF]->(:Regulation) RETURN r.key AS key"
    stored = {row["key"] for row in await tx.run(statement, {"ids": texts})} if texts else set()
    return [links[key] for key in sorted(links) if key not in stored]


# What is in force


async def _marks(tx: Transaction, documents: Collection[str]) -> dict[str, Validity]:
    if not documents:
        return {}
    statement = "MATCH (d:Document) WHERE d.id IN $ids RETURN d.id AS id, d.valid AS valid, d.valid_until AS until"
    rows = await tx.run(statement, {"ids": sorted(documents)})
    known = {row["id"]: Validity(row["valid"] or "current", row["until"] or "") for row in rows}
    return {id_: known.get(id_, Validity("current", "")) for id_ in documents}


async def _mark(tx: Transaction, old: Before, known: Mapping[str, DocumentRecord]) -> None:
    """Set the validity of documents that the old or new ones repeal, and of the new ones that others repeal."""
    new = old.new
    repealing = [record for record in (*old.records.values(), *new.values()) if repealed_lookups(record)]
    named = await _partners(tx, {key for record in repealing for key in repealed_lookups(record)})
    touched = {
        id_: record
        for id_, record in named.items()
        if id_ not in new and any(supersedes(other, record) for other in repealing)
    }
    for id_, record in sorted({**touched, **new}.items()):
        others = {**await _partners(tx, repeal_lookups(record)), **known}.values() if record.titles else ()
        found = validity_of(record, others)
        # What is written is current by its own word; what is patched is as it was marked.
        if id_ in touched or found != Validity("current", record.valid_until) or found != old.kept.get(id_, found):
            await _set_validity(tx, record, found)


async def _set_validity(tx: Transaction, record: DocumentRecord, found: Validity) -> None:
    """Write what is in force on a document and on all it states, but for what a reviewer marked otherwise."""
    own = {"id": record.id, "valid": found.status, "until": found.until or None}
    await tx.run("MATCH (d:Document {id: $id}) SET d.valid = $valid, d.valid_until = $until", own)
    facts = {"id": record.id, "valid": found.status, "marked": sorted(record.marked)}
    stated = "r.doc = $id AND r.origin = 'extracted' AND NOT r.key IN $marked"
    await tx.run(f"MATCH (d:Document {{id: $id}})-[r]->() WHERE {stated} SET r.valid = $valid", facts)
    for label in ontology().labels(evidence=True):
        await tx.run(f"MATCH (n:{label}) WHERE n.doc = $id MATCH (n)-[r]-() WHERE {stated} SET r.valid = $valid", facts)
    for type_ in record.loose:
        await tx.run(f"MATCH ()-[r:{type_}]->() WHERE {stated} SET r.valid = $valid", facts)
