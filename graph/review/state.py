"""What holds after all decisions: the fold over the log. Pure; order of the log, not of loading, decides.

Undone entries are left out, an undo that is itself undone too. Of several decisions about one thing the last counts.
A merge that would close a circle (two merges of which one was undone and later restored) does not count.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from graph.ids import relation_key
from graph.review.entries import Description, Entry, Fact, Named, Place


@dataclass(frozen=True)
class State:
    """``active`` are the entries that count, in order. Everything else follows from them."""

    active: tuple[Named, ...]

    @cached_property
    def ids(self) -> frozenset[str]:
        return frozenset(id_ for id_, _ in self.active)

    @cached_property
    def merged(self) -> Mapping[str, Named]:
        """Node id → the merge that counts for it."""
        found: dict[str, Named] = {}
        for id_, entry in self._with("merge"):
            if entry.node and entry.into and entry.node.id not in _path(found, entry.into.id):
                found[entry.node.id] = (id_, entry)
        return found

    @cached_property
    def described(self) -> Mapping[str, tuple[str, Description]]:
        """Id of a node that others become → the entry that describes it, and how."""
        merges = {id_ for id_, _ in self.merged.values()}
        return {
            entry.into.id: (id_, entry.into) for id_, entry in self.active if entry.into and self._holds(id_, merges)
        }

    def _holds(self, id_: str, merges: set[str]) -> bool:
        return id_ in merges or id_ in self._splits

    @cached_property
    def _splits(self) -> frozenset[str]:
        return frozenset(id_ for id_, _ in self._with("split"))

    @cached_property
    def different(self) -> Mapping[frozenset[str], Named]:
        """Pairs of node ids that are not one thing, and the decision that says so."""
        return {
            frozenset((entry.node.id, entry.other.id)): (id_, entry)
            for id_, entry in self._with("different")
            if entry.node and entry.other
        }

    @cached_property
    def shared_facts(self) -> Mapping[str, tuple[tuple[Named, Fact], ...]]:
        """Key that a relation of no document has after all merges → the decisions about it."""
        found: defaultdict[str, list[tuple[Named, Fact]]] = defaultdict(list)
        for named, fact in self.facts:
            if fact.place is None:
                found[self.shared_key(fact.type, fact.head.id, fact.tail.id, fact.rule)].append((named, fact))
        return {key: tuple(items) for key, items in found.items()}

    @property
    def facts(self) -> Iterator[tuple[Named, Fact]]:
        """Every fact that an active entry is about."""
        return ((named, fact) for named in self.active for fact in named[1].facts)

    @cached_property
    def by_place(self) -> Mapping[str, tuple[Named, ...]]:
        """Source or text hash → the entries about something in that document."""
        found: defaultdict[str, list[Named]] = defaultdict(list)
        for named in self.active:
            for name in sorted({name for place in places_of(named[1]) for name in (place.source, place.sha256)}):
                found[name].append(named)
        return {name: tuple(entries) for name, entries in found.items()}

    @cached_property
    def by_node(self) -> Mapping[str, tuple[Named, ...]]:
        """Node id → the verdicts and corrections of the node as such."""
        found: defaultdict[str, list[Named]] = defaultdict(list)
        for named in self.active:
            entry = named[1]
            if entry.node and not entry.node.place and entry.action in ("accept", "reject", "edit"):
                found[entry.node.id].append(named)
        return {id_: tuple(entries) for id_, entries in found.items()}

    @cached_property
    def rejected_names(self) -> Mapping[tuple[str, str], Named]:
        """(label, name) → the last rejection of a node so named: none is to be proposed again anywhere."""
        rejected = [(e.node, (i, e)) for i, e in self._with("reject") if e.node and not e.node.place]
        return {(node.label, node.name): named for node, named in rejected}

    def resolve(self, node_id: str) -> str:
        """The node that ``node_id`` is after all merges."""
        return _path(self.merged, node_id)[-1]

    def path(self, node_id: str) -> list[str]:
        """``node_id`` and what it is merged into, step by step."""
        return _path(self.merged, node_id)

    def shared_key(self, type_: str, head: str, tail: str, rule: str) -> str:
        """Key of a relation of no document between what its ends are now."""
        return relation_key(type_, self.resolve(head), self.resolve(tail), "", -1, -1, rule)

    def _with(self, action: str) -> Iterator[Named]:
        return (named for named in self.active if named[1].action == action)


def fold(entries: Sequence[Named]) -> State:
    """The state after ``entries``, which are in the order of the log."""
    standing = not_undone(entries)
    return State(tuple((id_, entry) for id_, entry in entries if id_ in standing and entry.action != "undo"))


def not_undone(entries: Sequence[Named]) -> frozenset[str]:
    """Ids of the entries, undos among them, that no later one undoes that is not undone itself."""
    undone: set[str] = set()
    standing: set[str] = set()
    for id_, entry in reversed(entries):
        if id_ not in undone:
            standing.add(id_)
            if entry.action == "undo":
                undone.add(entry.undoes)
    return frozenset(standing)


def places_of(entry: Entry) -> tuple[Place, ...]:
    """The documents an entry speaks of; none when it holds wherever its node is."""
    places = [*entry.places, *(fact.place for fact in entry.facts if fact.place)]
    subjects = [entry.node, *((entry.link.head, entry.link.tail) if entry.link else ())]
    return (*places, *(subject.place for subject in subjects if subject and subject.place))


def _path(merged: Mapping[str, Named], node_id: str) -> list[str]:
    path = [node_id]
    while (step := merged.get(path[-1])) is not None and step[1].into:
        path.append(step[1].into.id)
    return path
