"""Reference counting of what documents share: nodes, their aliases, relations.

A shared node carries ``support`` = ``{"refs": documents that claim it, "aliases": {alias: documents that use it},
"digest": of its description as stored}``, a shared relation the number of documents that claim it. Counts only ever
change by the difference between a document's old and new claims, under the write lock, so the result does not depend
on the order of loading. What nobody claims any more is deleted.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from graph.claims import Claims, SharedRelation
from graph.models import Node, Relation, Row
from graph.ontology import ontology
from graph.statements import (
    create_nodes,
    create_relations,
    delete_nodes,
    grouped,
    is_found,
    no_properties,
    node_properties,
    relation_properties,
    set_nodes,
    steps,
)
from graph.store import Transaction
from graph.text import search_field


@dataclass(slots=True)
class Tally:
    """What a batch changed, for the report."""

    nodes_created: int = 0
    nodes_removed: int = 0
    relations_created: int = 0
    relations_removed: int = 0


@dataclass(slots=True)
class NodeChange:
    """How the claims on one node change. ``given`` is the node as a new claimant describes it, None if none does.

    ``digest`` is of that description, ``redescribed`` whether no claimant up to now gave the same. ``anew``: describe
    it in the store again in any case.
    """

    label: str
    refs: int = 0
    aliases: Counter[str] = field(default_factory=Counter)
    given: Node | None = None
    digest: str = ""
    redescribed: bool = False
    anew: bool = False

    @property
    def needed(self) -> bool:
        return self.redescribed or self.anew or self.refs != 0 or any(self.aliases.values())


@dataclass(frozen=True, slots=True)
class Support:
    """Parsed ``support`` of a node."""

    refs: int
    aliases: Mapping[str, int]
    digest: str

    def changed(self, change: NodeChange) -> Support:
        aliases = Counter(self.aliases)
        aliases.update(change.aliases)
        known = {name: n for name, n in sorted(aliases.items()) if n > 0}
        return Support(self.refs + change.refs, known, change.digest or self.digest)

    def to_json(self) -> str:
        value = {"refs": self.refs, "aliases": self.aliases, "digest": self.digest}
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str | None) -> Support:
        value = json.loads(text or "{}")
        return cls(value.get("refs", 0), value.get("aliases", {}), value.get("digest", ""))


def node_changes(
    old: Iterable[Claims], new: Iterable[tuple[Mapping[str, Node], Claims]], *, anew: bool = False
) -> dict[str, NodeChange]:
    """By node id, the difference between claims given back and claims made (with the claimants' nodes).

    ``anew``: what is claimed is to be written again even where nothing differs.
    """
    changes: dict[str, NodeChange] = {}
    described: defaultdict[str, set[str]] = defaultdict(set)
    for claims in old:
        for id_, claim in claims.nodes.items():
            change = changes.setdefault(id_, NodeChange(claim.label))
            change.refs -= 1
            change.aliases.subtract(claim.aliases)
            described[id_].add(claim.digest)
    for nodes, claims in new:
        for id_, claim in claims.nodes.items():
            change = changes.setdefault(id_, NodeChange(claim.label))
            change.refs += 1
            change.aliases.update(claim.aliases)
            change.given, change.digest, change.anew = nodes[id_], claim.digest, anew
            change.redescribed |= claim.digest not in described[id_]
    return {id_: change for id_, change in changes.items() if change.needed}


async def settle_nodes(tx: Transaction, changes: Mapping[str, NodeChange], tally: Tally) -> dict[str, list[str]]:
    """Create and update shared nodes; returns, by label, the ids nobody claims now (``delete_nodes`` comes last)."""
    dead: dict[str, list[str]] = {}
    for label, ids in grouped(sorted(changes), lambda id_: changes[id_].label).items():
        stored = await _stored_nodes(tx, label, ids)
        created: list[Row] = []
        updated: list[Row] = []
        for id_ in ids:
            change = changes[id_]
            row = stored.get(id_)
            before = Support.from_json(row["support"] if row else None)
            after = before.changed(change)
            if after.refs <= 0:
                dead.setdefault(label, []).append(id_)
            elif row is None:
                created.append({"id": id_, "props": _described(change, after)})
            else:
                updated.append({"id": id_, "props": _update(change, before, after, row)})
        await create_nodes(tx, label, created)
        await set_nodes(tx, label, updated)
        tally.nodes_created += len(created)
        tally.nodes_removed += len(dead.get(label, ()))
    return dead


async def _stored_nodes(tx: Transaction, label: str, ids: Sequence[str]) -> dict[str, Row]:
    columns = "n.id AS id, n.name AS name, n.status AS status, n.support AS support"
    statement = f"MATCH (n:{label}) WHERE n.id IN $ids RETURN {columns}"
    return {row["id"]: row for step in steps(ids) for row in await tx.run(statement, {"ids": step})}


def _described(change: NodeChange, support: Support) -> Row:
    assert change.given is not None
    aliases = [name for name in support.aliases if name != change.given.name]
    return {**node_properties(change.given, aliases), "support": support.to_json()}


def _update(change: NodeChange, before: Support, after: Support, stored: Row) -> Row:
    """Properties to set on a node that exists: mostly its support alone, which no index has to follow."""
    if change.anew or before.digest != after.digest:
        return {**no_properties(change.label), **_described(change, after)}
    if before.aliases.keys() == after.aliases.keys():
        return {"support": after.to_json()}
    name = str(stored["name"])
    aliases = [alias for alias in after.aliases if alias != name]
    found = {"search": search_field([name, *aliases])} if is_found(stored["status"]) else {}
    return {"aliases": aliases, **found, "support": after.to_json()}


@dataclass(slots=True)
class RelationChange:
    """How the claims on one shared relation change; ``given`` as for nodes."""

    claim: SharedRelation
    refs: int = 0
    given: Relation | None = None
    redescribed: bool = False
    anew: bool = False


def relation_changes(
    old: Iterable[Claims], new: Iterable[tuple[Mapping[str, Relation], Claims]], *, anew: bool = False
) -> dict[str, RelationChange]:
    """By key, the difference between shared relations given back and claimed. ``anew`` as for nodes."""
    changes: dict[str, RelationChange] = {}
    described: defaultdict[str, set[str]] = defaultdict(set)
    for claims in old:
        for key, claim in claims.relations.items():
            changes.setdefault(key, RelationChange(claim)).refs -= 1
            described[key].add(claim.digest)
    for relations, claims in new:
        for key, claim in claims.relations.items():
            change = changes.setdefault(key, RelationChange(claim))
            change.refs += 1
            change.given, change.anew = relations[key], anew
            change.redescribed |= claim.digest not in described[key]
    return {key: change for key, change in changes.items() if change.refs or change.redescribed or change.anew}


async def settle_relations(tx: Transaction, changes: Mapping[str, RelationChange], tally: Tally) -> None:
    """Create, update and delete shared relations. Found from the head: a hub as tail costs nothing."""
    created: list[tuple[Relation, Row]] = []
    for (type_, head), keys in grouped(
        sorted(changes), lambda key: (changes[key].claim.type, changes[key].claim.head_label)
    ).items():
        match = f"UNWIND $rows AS row MATCH (:{head} {{id: row.head}})-[r:{type_} {{key: row.key}}]->() "
        found = [{"head": changes[key].claim.head, "key": key} for key in keys]
        support: dict[str, int] = {}
        for step in steps(found):
            stored = await tx.run(f"{match} RETURN r.key AS key, r.support AS support", {"rows": step})
            support.update({row["key"]: row["support"] or 0 for row in stored})
        updated: list[Row] = []
        dead: list[Row] = []
        for row in found:
            key, change = row["key"], changes[row["key"]]
            refs = support.get(key, 0) + change.refs
            if refs <= 0:
                dead.append(row)
            elif change.given is not None and key not in support:
                created.append((change.given, {**relation_properties(change.given), "support": refs}))
            else:
                described = _stated(change)
                updated.append({**row, "props": {**described, "support": refs}})
        for step in steps(updated):
            await tx.run(f"{match} SET r += row.props", {"rows": step})
        for step in steps(dead):
            await tx.run(f"{match} DELETE r", {"rows": step})
        tally.relations_removed += len(dead)
    await create_relations(tx, created)
    tally.relations_created += len(created)


def _stated(change: RelationChange) -> Row:
    """Properties of a relation that exists, as its new claimant states it, others taken away; none without one."""
    if change.given is None:
        return {}
    absent: Row = dict.fromkeys(ontology().relation_properties) if change.anew or change.redescribed else {}
    return {**absent, **relation_properties(change.given)}


async def delete_dead(tx: Transaction, dead: Mapping[str, Sequence[str]]) -> None:
    """Delete the shared nodes ``settle_nodes`` found unclaimed, after every relation is settled."""
    for label, ids in dead.items():
        await delete_nodes(tx, label, ids)
