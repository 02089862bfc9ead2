"""From what a person names (a relation's key, a node's id, a document) to what a decision keeps of it."""

from __future__ import annotations

from dataclasses import dataclass

from graph.across.links import TYPES
from graph.errors import DOCUMENT, FACT, NODE, DecisionRefused, InvalidParameter, NotFound
from graph.ids import label_of
from graph.models import DocumentGraph, Node
from graph.ontology import ontology
from graph.readback import owner, reader
from graph.review.apply import apply
from graph.review.entries import Description, Fact, Link, Place, Subject
from graph.review.matching import fact_of, place_of, subject_of
from graph.review.state import State
from graph.review.stored import extracted_graph
from graph.store import Store


@dataclass(frozen=True, slots=True)
class Found:
    """A relation as it is now, and ``facts``: as extracted (several where facts became one)."""

    facts: tuple[Fact, ...]
    type: str
    head: str
    tail: str
    shared: bool

    @property
    def labels(self) -> tuple[str, str]:
        return label_of(self.head) or "", label_of(self.tail) or ""


class Lookup:
    """Reads of one decision. ``state`` is what was decided up to now; graphs are those of the store."""

    def __init__(self, store: Store, state: State) -> None:
        self.read = reader(store)
        self._state = state

    async def about(self, key: str) -> Found | Link:
        """What is to be kept of the relation ``key``, as extracted: facts, or a link between documents.

        Raises NotFound when no relation has that key (any more).
        """
        rows = await self.read(
            "MATCH (a)-[r]->(b) WHERE r.key = $key RETURN r.doc AS doc, r.origin AS origin, r.rule AS rule, "
            "type(r) AS relation, a.id AS head, b.id AS tail LIMIT 1",
            {"key": key},
        )
        if not rows:
            raise NotFound(what=FACT, name=key)
        row = rows[0]
        if row["origin"] == "derived" and row["relation"] in TYPES:
            head, tail = await self.subject(row["head"]), await self.subject(row["tail"])
            return Link(key=key, type=row["relation"], rule=row["rule"], head=head, tail=tail)
        graph = await self.extracted(row["doc"] or await self._claimant(key))
        raw = set(apply(self._state, graph).origins.get(key, (key,)))
        facts = tuple(fact_of(graph, relation) for relation in graph.relations if relation.key in raw)
        return Found(facts, row["relation"], row["head"], row["tail"], not row["doc"])

    async def fact(self, key: str) -> Found:
        """The same for what must not be a link: those follow from two documents. Raises DecisionRefused for one."""
        found = await self.about(key)
        if isinstance(found, Link):
            reason = {
                "zh": "文件之间的关联由两个文件推得，只能采纳或驳回",
                "en": "a link between documents follows from both; it can only be accepted or rejected",
            }
            raise DecisionRefused(what=key, reason=reason)
        return found

    async def node(self, node_id: str) -> Node:
        """The node as it is now, name and id only. Raises NotFound."""
        label = label_of(node_id)
        rows = await self.read(f"MATCH (n:{label} {{id: $id}}) RETURN n.name AS name", {"id": node_id}) if label else []
        if not label or not rows:
            raise NotFound(what=NODE, name=node_id)
        return Node(label, node_id, rows[0]["name"])

    async def subject(self, node_id: str) -> Subject:
        """What is to be kept of a node. Raises NotFound."""
        node = await self.node(node_id)
        if ontology().node(node.label).scope == "shared":
            return subject_of(None, node)
        statement = f"MATCH (n:{node.label} {{id: $id}}) RETURN n.{owner(node.label)} AS doc"
        graph = await self.extracted((await self.read(statement, {"id": node_id}))[0]["doc"])
        return subject_of(graph, next(n for n in graph.nodes if n.id == node_id))

    async def description(self, node_id: str) -> Description:
        """A shared node's description as extracted, the one everything that becomes it will have."""
        if node_id in self._state.described:
            return self._state.described[node_id][1]
        graph = await self.extracted(await self._claimant(node_id))
        return Description.of(next(node for node in graph.nodes if node.id == node_id))

    async def place(self, name: str) -> tuple[Place, frozenset[str]]:
        """The document of that id or source, and the ids of what it speaks of. Raises NotFound."""
        rows = await self.read(
            "MATCH (d:Document) WHERE d.id = $name OR d.source = $name OR $name IN coalesce(d.also, []) "
            "RETURN d.id AS id ORDER BY d.id LIMIT 1",
            {"name": name},
        )
        if not rows:
            raise NotFound(what=DOCUMENT, name=name)
        graph = await self.extracted(rows[0]["id"])
        return place_of(graph), frozenset(node.id for node in apply(self._state, graph).graph.nodes)

    async def extracted(self, document: str) -> DocumentGraph:
        """The graph of a document without decisions."""
        return (await extracted_graph(self.read, document)).graph

    async def _claimant(self, token: str) -> str:
        rows = await self.read(
            "MATCH (c:Claim) WHERE c.claims CONTAINS $token RETURN c.id AS id ORDER BY c.id LIMIT 1", {"token": token}
        )
        if not rows:
            raise NotFound(what=FACT, name=token)
        return str(rows[0]["id"])


def shared(subject: Subject, parameter: str) -> Subject:
    """``subject``, which must be a node that documents share; else InvalidParameter."""
    if ontology().node(subject.label).scope != "shared":
        labels = "、".join(ontology().labels(scope="shared"))
        raise InvalidParameter(
            name=parameter,
            reason={
                "zh": f"{subject.label} 只属于一个文件，不能合并或拆分；可以的有：{labels}",
                "en": f"a {subject.label} belongs to one document and cannot be merged or split; these can: {labels}",
            },
        )
    return subject
