"""Which node a mention of a document speaks of after merges and splits.

Merges hold everywhere: what is said of the one is said of the other, aliases too. Splits hold in the documents (or for
the facts) they name, and for what these state: world relations without a document stay with the node they follow from.
A node that others become has one description wherever it occurs, the one in the decision, so that no two documents
describe it differently, in whatever order they come.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from graph.models import DocumentGraph, Node, Relation
from graph.ontology import ontology
from graph.review.entries import Named
from graph.review.matching import Finder
from graph.review.state import State

Ends = tuple[str, str]


class Identities:
    """The identities of one document. ``applied`` collects the entries that mattered here."""

    def __init__(self, state: State, graph: DocumentGraph, finder: Finder, entries: Iterable[Named]) -> None:
        self._state = state
        self._finder = finder
        self._graph = graph
        labels = frozenset(ontology().labels(scope="shared"))
        self._raw = {node.id: node for node in graph.nodes if node.label in labels}
        self.applied: set[str] = set()
        self._here: dict[str, Named] = {}
        self._moved: dict[tuple[str, str], str] = {}
        self._splits = [named for named in entries if named[1].action == "split"]
        for named in self._splits:
            if named[1].node and any(finder.here(place) for place in named[1].places):
                self._here[named[1].node.id] = named
        for named in self._splits:
            self._move_facts(named)

    def _move_facts(self, named: Named) -> None:
        id_, entry = named
        for relation in filter(None, map(self._finder.fact, entry.facts)):
            for end in ("head", "tail"):
                if entry.node and entry.into and self._end(relation, end) == entry.node.id:
                    self._moved[relation.key, end] = entry.into.id
                    self.applied.add(id_)

    def final(self, node_id: str) -> str:
        """The node that a mention of ``node_id`` in this document speaks of."""
        return self._walk(node_id)[-1]

    def _walk(self, node_id: str) -> list[str]:
        if node_id not in self._raw:
            return [node_id]
        path = self._state.path(node_id)
        while (split := self._here.get(path[-1])) is not None:
            self.applied.add(split[0])
            assert split[1].into
            step = self._state.path(split[1].into.id)
            if any(id_ in path for id_ in step):
                break
            path += step
        self.applied.update(self._state.merged[id_][0] for id_ in path if id_ in self._state.merged)
        return path

    def ends(self, relation: Relation) -> Ends:
        """Between what a relation is now."""
        if relation.shared:
            head, tail = self._state.resolve(relation.head), self._state.resolve(relation.tail)
            for id_ in (relation.head, relation.tail):
                self.applied.update(self._state.merged[step][0] for step in self._state.path(id_)[:-1])
            return head, tail
        return self._end(relation, "head"), self._end(relation, "tail")

    def _end(self, relation: Relation, end: str) -> str:
        moved = self._moved.get((relation.key, end))
        if moved is not None:
            path = self._state.path(moved)
            self.applied.update(self._state.merged[step][0] for step in path[:-1])
            return path[-1]
        return self.final(relation.head if end == "head" else relation.tail)

    def nodes(self, ends: Mapping[str, Ends]) -> dict[str, Node]:
        """The shared nodes that ``ends`` (raw key → ends) leave in this document, with the names it has for them."""
        used = {id_ for pair in ends.values() for id_ in pair}
        stated = {id_ for r in self._graph.relations for id_ in (r.head, r.tail)}
        used |= {self.final(id_) for id_ in self._raw if id_ not in stated}
        names: dict[str, set[str]] = {}
        for node in self._raw.values():
            path = self._walk(node.id)
            split = any(id_ in self._here for id_ in path[:-1])
            known = {*node.aliases, *({node.name} if not split or node.name in self._graph.text else ())}
            names.setdefault(path[-1], set()).update(known)
        for (key, end), into in self._moved.items():
            relation = next(r for r in self._graph.relations if r.key == key)
            names.setdefault(self._state.resolve(into), set()).update({self._finder.mention(relation, end)} - {""})
        own = {node.id for node in self._graph.nodes if node.id not in self._raw}
        return {id_: self._described(id_, names.get(id_, set())) for id_ in sorted(used - own)}

    def knows(self, node_id: str) -> bool:
        """Is this a node that documents share?"""
        return node_id in self._raw

    def _described(self, id_: str, names: set[str]) -> Node:
        described, raw = self._state.described.get(id_), self._raw.get(id_)
        if described is None:
            assert raw is not None
            return Node(raw.label, id_, raw.name, raw.kind, tuple(sorted(names - {raw.name})), raw.properties)
        node = described[1].node(tuple(sorted(names - {described[1].name, id_})))
        if raw is None or (raw.name, raw.kind, raw.properties) != (node.name, node.kind, node.properties):
            self.applied.add(described[0])
        return node

    def without_strays(self, relations: list[Relation], nodes: dict[str, Node]) -> tuple[list[Relation], set[str]]:
        """After a split: relations and ids of ``nodes`` without those that nothing stated here leads to any more.

        World relations follow from a stated node; where the last mention of it went to another, they go too.
        """
        if not self.applied & {id_ for id_, _ in self._splits}:
            return relations, set(nodes)
        lonely = {self.final(id_) for id_ in self._raw.keys() - _reached(self._graph.relations)}
        kept = _reached(relations) | lonely
        return [r for r in relations if not r.shared or {r.head, r.tail} <= kept], kept & set(nodes)


def _reached(relations: Iterable[Relation]) -> set[str]:
    """Ends of stated relations, and what relations of no document lead to from there."""
    relations = list(relations)
    reached = {id_ for r in relations if not r.shared for id_ in (r.head, r.tail)}
    steps: dict[str, list[str]] = {}
    for r in relations:
        if r.shared:
            steps.setdefault(r.head, []).append(r.tail)
    left = list(reached)
    while left:
        for id_ in steps.get(left.pop(), ()):
            if id_ not in reached:
                reached.add(id_)
                left.append(id_)
    return reached
