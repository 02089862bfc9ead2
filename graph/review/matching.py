"""Finding again what a decision is about, in a graph that may have been extracted anew.

The key or id finds it while nothing moved. Else its content does: type, quote and ends; in the same place if there,
or wherever the quote is found once. What is found twice or not at all is not guessed: the decision waits.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from graph.models import DocumentGraph, Node, Relation
from graph.ontology import ontology
from graph.review.entries import End, Fact, Place, Subject

T = TypeVar("T")


class Finder:
    """The extracted graph of one document, to look facts and nodes up in."""

    def __init__(self, graph: DocumentGraph) -> None:
        self._text = graph.text
        self._nodes = {node.id: node for node in graph.nodes}
        self._relations = {relation.key: relation for relation in graph.relations}
        labels = frozenset(ontology().labels(scope="shared"))
        self._shared = frozenset(node.id for node in graph.nodes if node.label in labels)
        document = self._nodes.get(graph.document)
        own = document.properties if document else {}
        also = own.get("also")
        self.sources = frozenset([str(own.get("source", "")), *(map(str, also) if isinstance(also, list) else ())])
        self.sha256 = str(own.get("sha256", ""))

    def here(self, place: Place) -> bool:
        """Is this the document at ``place``: its text, or a later one under its source?"""
        return bool(self.sha256) and (place.sha256 == self.sha256 or place.source in self.sources)

    def fact(self, wanted: Fact) -> Relation | None:
        """The stated relation that ``wanted`` is."""
        known = self._relations.get(wanted.key)
        # A key holds offsets, not words: the sentence there may be another by now.
        if known is not None and (wanted.place is None or _quote(known) == wanted.quote):
            return known
        if wanted.place is None or not self.here(wanted.place):
            return None
        quoted = [r for r in self._relations.values() if self._says(r, wanted)]
        return _only(quoted, _same_place(wanted), lambda r: r.properties.get("rule") == wanted.rule)

    def node(self, wanted: Subject) -> Node | None:
        """The node of this document that ``wanted`` is."""
        known = self._nodes.get(wanted.id)
        # The id of a task is its place in the order of tasks: another one may have it by now.
        if known is not None and (wanted.place is None or str(known.properties.get("quote", "")) == wanted.quote):
            return known
        if wanted.place is None or not self.here(wanted.place):
            return None
        if wanted.label == "Document":
            return next((node for node in self._nodes.values() if node.label == "Document"), None)
        quoted = [n for n in self._nodes.values() if n.label == wanted.label and _quote(n) == wanted.quote]
        return _only(quoted, _same_place(wanted), lambda n: n.name == wanted.name)

    def mention(self, relation: Relation, end: str) -> str:
        """How the text names the ``head`` or ``tail`` of a relation, "" when it does not."""
        first, last = relation.properties.get(f"{end}_start"), relation.properties.get(f"{end}_end")
        return self._text[first:last] if isinstance(first, int) and isinstance(last, int) else ""

    def _says(self, relation: Relation, wanted: Fact) -> bool:
        return (
            relation.type == wanted.type
            and relation.properties.get("quote") == wanted.quote
            and self._is_end(relation, "head", wanted.head)
            and self._is_end(relation, "tail", wanted.tail)
        )

    def _is_end(self, relation: Relation, end: str, wanted: End) -> bool:
        id_ = relation.head if end == "head" else relation.tail
        node = self._nodes[id_]
        if node.label != wanted.label:
            return False
        if node.label == "Document" or (id_ == wanted.id and id_ in self._shared):
            return True
        return node.name == wanted.name or bool(wanted.mention and self.mention(relation, end) == wanted.mention)


def _quote(item: Node | Relation) -> object:
    return item.properties.get("quote")


def _same_place(wanted: Fact | Subject) -> Callable[[Node | Relation], bool]:
    place = (wanted.start, wanted.end)
    return lambda item: (item.properties.get("start_char"), item.properties.get("end_char")) == place


def _only(found: Sequence[T], *preferences: Callable[[T], bool]) -> T | None:
    """The one item left; where several are, those that meet each preference in turn, as long as some do."""
    for preferred in preferences:
        found = _preferred(found, preferred)
    return found[0] if len(found) == 1 else None


def _preferred(found: Sequence[T], preferred: Callable[[T], bool]) -> Sequence[T]:
    return [item for item in found if preferred(item)] or found


def fact_of(graph: DocumentGraph, relation: Relation) -> Fact:
    """What is to be kept of a relation of an extracted graph so that it is found again."""
    finder = Finder(graph)
    nodes = {node.id: node for node in graph.nodes}
    start, end = span_of(relation)
    return Fact(
        key=relation.key,
        type=relation.type,
        rule=str(relation.properties.get("rule", "")),
        head=_end(nodes[relation.head], finder.mention(relation, "head")),
        tail=_end(nodes[relation.tail], finder.mention(relation, "tail")),
        place=None if relation.shared else place_of(graph),
        start=start,
        end=end,
        quote=str(relation.properties.get("quote", "")),
    )


def _end(node: Node, mention: str) -> End:
    return End(id=node.id, label=node.label, name=node.name, mention=mention)


def subject_of(graph: DocumentGraph | None, node: Node) -> Subject:
    """The same for a node; ``graph`` is that of the document it belongs to, None for a shared node."""
    if graph is None:
        return Subject(id=node.id, label=node.label, name=node.name)
    start, end = span_of(node)
    return Subject(
        id=node.id,
        label=node.label,
        name=node.name,
        place=place_of(graph),
        start=start,
        end=end,
        quote=str(node.properties.get("quote", "")),
    )


def span_of(item: Node | Relation) -> tuple[int, int]:
    """Where its quote stands; -1 where it has none."""
    start, end = (item.properties.get(name) for name in ("start_char", "end_char"))
    return start if isinstance(start, int) else -1, end if isinstance(end, int) else -1


def place_of(graph: DocumentGraph) -> Place:
    """The document of a graph, by source and text."""
    document = next(node for node in graph.nodes if node.id == graph.document)
    return Place(source=str(document.properties["source"]), sha256=str(document.properties["sha256"]))
