"""Decisions applied to the graph of one document: a pure function, the same in whatever order documents come.

In this order: what each fact was decided to be (found by key or content in the graph as extracted); which nodes its
ends are now; facts that have become one fact; what was decided about nodes, and through them about their facts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from graph.across.record import Judgement
from graph.canonical import fingerprint
from graph.due import corrected_due
from graph.errors import InvalidParameter
from graph.ids import relation_key
from graph.models import DocumentGraph, Node, Relation, Value
from graph.ontology import ontology
from graph.review.corrections import (
    FORMER,
    ROLE,
    check_node_changes,
    check_relation_changes,
    corrected_node,
    former,
)
from graph.review.entries import Entry, Named
from graph.review.identity import Ends, Identities
from graph.review.links import judgements
from graph.review.matching import Finder, span_of
from graph.review.state import State

STATUS = {"accept": "confirmed", "edit": "confirmed", "reject": "rejected"}
"""What a decision makes of a fact: who corrects it has confirmed it."""
_BEST_FIRST = ("confirmed", "extracted", "proposed", "rejected")


@dataclass(frozen=True, slots=True)
class Decided:
    """A document's graph after review. ``entries``: ids of the decisions that found here what they are about.

    ``origins``: key of each relation → the keys it has as extracted (several where facts have become one).
    ``judged``: what was decided about links of the document with others.
    """

    graph: DocumentGraph
    entries: tuple[str, ...]
    origins: Mapping[str, tuple[str, ...]]
    judged: tuple[Judgement, ...] = ()


@dataclass(slots=True)
class _Change:
    """What was decided about one fact or node: the last verdict, its place in the log, the corrections."""

    status: str = ""
    seq: int = 0
    changes: dict[str, Value] = field(default_factory=dict)

    def take(self, entry: Entry) -> None:
        self.status, self.seq = STATUS[entry.action], entry.seq
        self.changes |= entry.changes


def apply(state: State, graph: DocumentGraph) -> Decided:
    """``graph`` (as extracted) after the decisions of ``state``; the very same object when none concerns it."""
    if not state.active:
        return Decided(graph, (), {})
    finder = Finder(graph)
    return _Application(state, graph, finder).decided() if _concerned(state, graph, finder) else Decided(graph, (), {})


def _concerned(state: State, graph: DocumentGraph, finder: Finder) -> bool:
    """Can any decision matter to this document? Almost always not, and this is quick to see."""
    if any(name in state.by_place for name in (finder.sha256, *finder.sources)):
        return True
    if any(n.id in state.merged or n.id in state.described or n.id in state.by_node for n in graph.nodes):
        return True
    if any(n.properties.get("status") == "proposed" and (n.label, n.name) in state.rejected_names for n in graph.nodes):
        return True
    return bool(state.shared_facts) and any(
        state.shared_key(r.type, r.head, r.tail, str(r.properties.get("rule", ""))) in state.shared_facts
        for r in graph.relations
        if r.shared
    )


class _Application:
    def __init__(self, state: State, graph: DocumentGraph, finder: Finder) -> None:
        self._state = state
        self._graph = graph
        self._finder = finder
        self._entries = self._local()
        self._identities = Identities(state, graph, self._finder, self._entries)
        self._applied: set[str] = set()

    def _local(self) -> list[Named]:
        """The entries about this document, in the order of the log."""
        names = {self._finder.sha256, *self._finder.sources}
        found = {id_: entry for name in names for id_, entry in self._state.by_place.get(name, ())}
        return sorted(found.items(), key=lambda named: named[1].seq)

    def decided(self) -> Decided:
        facts = self._facts()
        ends = {r.key: self._identities.ends(r) for r in self._graph.relations}
        relations, origins, changes = self._relations(facts, ends)
        shared = self._identities.nodes(ends)
        relations, kept = self._identities.without_strays(relations, shared)
        own = {node.id: node for node in self._graph.nodes if not self._identities.knows(node.id)}
        nodes = {**own, **{id_: shared[id_] for id_ in kept}}
        verdicts = self._verdicts(nodes)
        relations = [self._settled(r, changes[r.key], verdicts, nodes) for r in relations]
        nodes = {id_: self._node(node, verdicts.get(id_)) for id_, node in nodes.items()}
        nodes |= corrected_due({n.id: n for n in self._graph.nodes}, nodes, self._graph.document)
        nodes |= _named_by(relations, nodes)
        judged = tuple(judgements(self._entries, self._finder, self._state))
        entries = tuple(sorted(self._applied | self._identities.applied | {j.entry for j in judged}))
        graph = replace(
            self._graph,
            nodes=tuple(sorted(nodes.values(), key=lambda n: n.id)),
            relations=tuple(sorted(relations, key=lambda r: r.key)),
        )
        if not entries and fingerprint(graph) == fingerprint(self._graph):
            graph = self._graph
        return Decided(graph, entries, origins, judged)

    # Facts

    def _facts(self) -> dict[str, _Change]:
        """Raw key → what was decided about the fact itself."""
        found: dict[str, _Change] = {}
        for id_, entry in self._entries:
            for fact in entry.facts if entry.action in STATUS else ():
                relation = self._finder.fact(fact) if fact.place else None
                if relation is not None and self._fits(relation, entry):
                    found.setdefault(relation.key, _Change()).take(entry)
                    self._applied.add(id_)
        for relation in self._graph.relations if self._state.shared_facts else ():
            if relation.shared:
                rule = str(relation.properties.get("rule", ""))
                key = self._state.shared_key(relation.type, relation.head, relation.tail, rule)
                for (id_, entry), _ in self._state.shared_facts.get(key, ()):
                    if self._fits(relation, entry):
                        found.setdefault(relation.key, _Change()).take(entry)
                        self._applied.add(id_)
        return found

    @staticmethod
    def _fits(relation: Relation, entry: Entry) -> bool:
        """Are the corrections still ones that such a relation can have?"""
        try:
            labels = (relation.head_label, relation.tail_label)
            check_relation_changes(relation.type, *labels, entry.changes, shared=relation.shared)
        except InvalidParameter:
            return False
        return True

    def _relations(
        self, facts: Mapping[str, _Change], ends: Mapping[str, Ends]
    ) -> tuple[list[Relation], dict[str, tuple[str, ...]], dict[str, _Change]]:
        """The relations between their ends of now, of equal ones the best; by their keys, which raw keys each stands
        for and what was decided about the one that is left."""
        groups: dict[str, list[tuple[int, str, Relation]]] = {}
        for raw in self._graph.relations:
            head, tail = ends[raw.key]
            change = facts.get(raw.key, _Change())
            relation = _corrected(_moved(raw, head, tail), change.changes)
            if head != tail or raw.head == raw.tail:
                rank = _BEST_FIRST.index(change.status or str(raw.properties.get("status", "extracted")))
                groups.setdefault(relation.key, []).append((rank, raw.key, relation))
        best = {key: min(group, key=lambda item: item[:2]) for key, group in groups.items()}
        return (
            [relation for _, _, relation in best.values()],
            {key: tuple(sorted(raw for _, raw, _ in group)) for key, group in groups.items()},
            {key: facts.get(raw, _Change()) for key, (_, raw, _) in best.items()},
        )

    def _settled(
        self, relation: Relation, own: _Change, verdicts: Mapping[str, _Change], nodes: Mapping[str, Node]
    ) -> Relation:
        """The relation with its status: the later of what was said of it and of a node it rests on."""
        ends = [verdicts[id_] for id_ in (relation.head, relation.tail) if id_ in verdicts]
        refused = max((v.seq for v in ends if v.status == "rejected"), default=0)
        status = relation.properties.get("status")
        if own.status and own.seq > refused:
            status = own.status
        elif refused:
            status = "rejected"
        elif status == "proposed" and relation.type == "MENTIONS" and self._all_named(relation, verdicts, nodes):
            status = "confirmed"
        if status == relation.properties.get("status"):
            return relation
        return replace(relation, properties={**relation.properties, "status": str(status)})

    @staticmethod
    def _all_named(relation: Relation, verdicts: Mapping[str, _Change], nodes: Mapping[str, Node]) -> bool:
        """Does every end that was only proposed have a person's word by now?"""
        proposed = [id_ for id_ in (relation.head, relation.tail) if nodes[id_].properties.get("status") == "proposed"]
        return bool(proposed) and all(id_ in verdicts and verdicts[id_].status == "confirmed" for id_ in proposed)

    # Nodes

    def _verdicts(self, nodes: Mapping[str, Node]) -> dict[str, _Change]:
        """Node id → what was decided about the node as such."""
        found: dict[str, _Change] = {}
        for id_, (entry_id, entry) in self._about_nodes(nodes):
            try:
                check_node_changes(nodes[id_].label, entry.changes)
            except InvalidParameter:
                continue
            found.setdefault(id_, _Change()).take(entry)
            self._applied.add(entry_id)
        return found

    def _about_nodes(self, nodes: Mapping[str, Node]) -> Iterable[tuple[str, Named]]:
        found: list[tuple[str, Named]] = []
        for id_, node in nodes.items():
            found += ((id_, named) for named in self._state.by_node.get(id_, ()))
            if node.properties.get("status") == "proposed" and id_ not in self._state.by_node:
                named = self._state.rejected_names.get((node.label, node.name))
                found += [(id_, named)] if named else []
        for named in self._entries:
            entry = named[1]
            if entry.node and entry.node.place and entry.action in STATUS:
                node_ = self._finder.node(entry.node)
                found += [(node_.id, named)] if node_ is not None and node_.id in nodes else []
        return sorted(found, key=lambda item: (item[1][1].seq, item[0]))

    @staticmethod
    def _node(node: Node, change: _Change | None) -> Node:
        if change is None:
            return node
        node = corrected_node(node, change.changes)
        if "status" not in ontology().node(node.label).properties:
            return node
        return replace(node, properties={**node.properties, "status": change.status})


def _moved(relation: Relation, head: str, tail: str) -> Relation:
    """The relation between other nodes; its key is made anew when they differ."""
    if (head, tail) == (relation.head, relation.tail):
        return relation
    own = dict(relation.properties)
    now = {relation.head: head, relation.tail: tail}
    inputs = own.get("inputs")
    if isinstance(inputs, list):
        own["inputs"] = [now.get(str(id_), str(id_)) for id_ in inputs]
    return _keyed(replace(relation, head=head, tail=tail, properties=own))


def _corrected(relation: Relation, changes: Mapping[str, Value]) -> Relation:
    before: dict[str, Value] = {ROLE: relation.type, **relation.properties}
    new = {name: value for name, value in changes.items() if before.get(name) != value}
    if not new:
        return relation
    own = {name: value for name, value in {**relation.properties, **new}.items() if name != ROLE}
    own[FORMER] = former(before, new)
    type_ = str(new.get(ROLE, relation.type))
    corrected = replace(relation, type=type_, properties=own)
    return corrected if type_ == relation.type else _keyed(corrected)


def _keyed(relation: Relation) -> Relation:
    own = relation.properties
    doc, rule = str(own.get("doc", "")), str(own.get("rule", ""))
    key = relation_key(relation.type, relation.head, relation.tail, doc, *span_of(relation), rule)
    return replace(relation, key=key, properties={**own, "key": key} if "key" in own else own)


def _named_by(relations: Iterable[Relation], nodes: Mapping[str, Node]) -> dict[str, Node]:
    """The nodes that were only proposed and that a confirmed fact speaks of: confirmed with it."""
    return {node.id: node for node in _confirmed(relations, nodes)}


def _confirmed(relations: Iterable[Relation], nodes: Mapping[str, Node]) -> Iterator[Node]:
    for relation in relations:
        if relation.properties.get("status") == "confirmed":
            for node in (nodes[relation.head], nodes[relation.tail]):
                if node.properties.get("status") == "proposed":
                    yield replace(node, properties={**node.properties, "status": "confirmed"})
