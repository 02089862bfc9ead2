"""The graph as values: nodes, relations, the graph of one document, and a batch of changes to a store.

Offsets everywhere are code points (Python ``str`` indexes) into the document's text as loaded: ``text[start:end]``.
All types are immutable and picklable; ``check_document_graph`` is the gate every graph passes before it is written.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from pydantic import ValidationError

from graph.errors import EvidenceError, OntologyError
from graph.ontology import ontology, property_model, relation_property_model

Value: TypeAlias = str | int | float | bool | list[str] | list[float]
Row: TypeAlias = dict[str, Any]

KNOWLEDGE = "knowledge"
"""Document id of the graph made from the knowledge files: world facts, no text."""


@dataclass(frozen=True, slots=True)
class Node:
    """A node. ``aliases`` are other names; the name itself is never among them. Empty values are left out."""

    label: str
    id: str
    name: str
    kind: str = ""
    aliases: tuple[str, ...] = ()
    properties: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation between two nodes by id. ``properties`` follow ``relation_properties`` of the ontology.

    ``doc`` in the properties is the id of the one document that states it; a shared relation (origin knowledge or
    derived, true whatever document speaks) has ``doc == ""`` and is reference-counted like a shared node.
    """

    type: str
    head_label: str
    head: str
    tail_label: str
    tail: str
    key: str
    properties: Mapping[str, Value] = field(default_factory=dict)

    @property
    def shared(self) -> bool:
        return not self.properties.get("doc")


@dataclass(frozen=True, slots=True)
class DocumentGraph:
    """All that one document says: its own nodes, the shared nodes it speaks of, and the relations.

    ``document`` is the Document node's id, or KNOWLEDGE. Every relation's ends are among ``nodes``.
    The properties of a shared node (all but ``aliases``) are a pure function of its id and of the knowledge files,
    so that two documents can never disagree about them.
    """

    document: str
    text: str
    nodes: tuple[Node, ...]
    relations: tuple[Relation, ...]


@dataclass(frozen=True, slots=True)
class Content:
    """A loaded file: decoded ``text``, its SHA-256, the ``original`` bytes and the ``name`` they came under."""

    sha256: str
    text: str
    original: bytes
    name: str


@dataclass(frozen=True, slots=True)
class LogLine:
    """A line of the log of review decisions (``graph.review.log``)."""

    id: str
    seq: int
    before: str
    body: str
    hash: str


@dataclass(frozen=True, slots=True)
class Lease:
    """A batch that is written for a job (``graph.jobs``): only while the job's fence is this one, else LeaseLost.

    ``writes`` says what the batch does for it (``change source``); it is noted with the job in the same transaction.
    """

    job: str
    fence: int
    writes: str = ""


@dataclass(frozen=True, slots=True)
class Batch:
    """Changes that happen together or not at all.

    ``replace``: documents whose facts become exactly these (new or changed). ``remove``: document ids that go.
    ``sources``: source → sha256 of its text now, None when the source goes. ``contents``: texts not yet stored;
    a content that no source points to any more is dropped by the store. ``expect_sources`` (source → sha256 or None)
    and ``expect_holders`` (sha256 → its sources, sorted) are what the plan was made on: when the store says otherwise
    by then, nothing is written and WriteConflict is raised. ``knowledge``: version of the knowledge files the graphs
    were made with, kept by the store when given (``graph.documents.knowledge_version``). ``anew``: write the documents
    of ``replace``, and what they share, even where the store has them already. ``decisions``: new lines of the log of
    review decisions, made when its last line had the hash ``decisions_after`` (else WriteConflict); documents they
    touch are written anew. ``lease``: the job it is written for.
    """

    replace: tuple[DocumentGraph, ...] = ()
    remove: tuple[str, ...] = ()
    sources: Mapping[str, str | None] = field(default_factory=dict)
    contents: tuple[Content, ...] = ()
    expect_sources: Mapping[str, str | None] = field(default_factory=dict)
    expect_holders: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    knowledge: str | None = None
    anew: bool = False
    decisions: tuple[LogLine, ...] = ()
    decisions_after: str = ""
    lease: Lease | None = None


@dataclass(frozen=True, slots=True)
class WriteReport:
    """What a batch changed: counts of nodes and relations created and removed, and the store's new revision."""

    nodes_created: int
    nodes_removed: int
    relations_created: int
    relations_removed: int
    revision: int


def check_document_graph(graph: DocumentGraph) -> None:
    """Refuse a graph that breaks the ontology or whose facts do not quote the text.

    Raises OntologyError (unknown label, type, property, end not among the nodes, a pair of labels the relation does
    not allow, a duplicate id or key) or EvidenceError (``text[start:end] != quote``, mention outside the text).
    """
    labels: dict[str, str] = {}
    for node in graph.nodes:
        if labels.setdefault(node.id, node.label) != node.label or node.id in node.aliases:
            raise OntologyError(what=node.id, reason="one id under two labels")
        _check_node(graph, node)
    if len(labels) != len(graph.nodes):
        raise OntologyError(what=graph.document, reason="a node id occurs twice")
    keys: set[str] = set()
    for relation in graph.relations:
        if relation.key in keys:
            raise OntologyError(what=relation.key, reason="a relation key occurs twice")
        keys.add(relation.key)
        _check_relation(graph, relation, labels)


def _check_node(graph: DocumentGraph, node: Node) -> None:
    kind = ontology().node(node.label)
    if not node.id.startswith(node.label.lower() + ":") or not node.name:
        raise OntologyError(what=node.id or node.label, reason="an id is label:hex and a name is never empty")
    if node.kind and kind.kinds and node.kind not in kind.kinds:
        raise OntologyError(what=f"{node.label} {node.name}", reason=f"unknown kind {node.kind}")
    _validate(property_model(node.label), node.properties, node.id)
    if kind.scope == "document" and graph.document != (node.properties.get("doc") if kind.evidence else node.id):
        raise OntologyError(what=node.id, reason=f"it belongs to another document than {graph.document}")
    if kind.evidence:
        _check_quote(graph, node.properties, node.id)


def _check_relation(graph: DocumentGraph, relation: Relation, labels: Mapping[str, str]) -> None:
    if labels.get(relation.head) != relation.head_label or labels.get(relation.tail) != relation.tail_label:
        raise OntologyError(what=relation.key, reason=f"{relation.type}: an end is not among the nodes")
    if not ontology().allows(relation.type, relation.head_label, relation.tail_label):
        pair = f"{relation.head_label}-{relation.type}->{relation.tail_label}"
        raise OntologyError(what=pair, reason="not an allowed pair")
    properties = relation.properties
    _validate(relation_property_model(), properties, relation.key)
    origin = properties.get("origin")
    if origin == "extracted":
        if properties.get("doc") != graph.document:
            raise OntologyError(what=relation.key, reason="an extracted relation belongs to its document")
        _check_quote(graph, properties, relation.key)
    elif origin == "knowledge":
        if not properties.get("source"):
            raise OntologyError(what=relation.key, reason="a knowledge relation needs its source")
    elif origin != "derived" or not properties.get("rule") or not properties.get("inputs"):
        raise OntologyError(what=relation.key, reason="origin is extracted, knowledge or derived with rule and inputs")


def _validate(model: Any, properties: Mapping[str, Value], what: str) -> None:
    try:
        model.model_validate(properties)
    except ValidationError as error:
        first = error.errors()[0]
        raise OntologyError(what=what, reason=f"property {first['loc'][0]}: {first['msg']}") from None


def _check_quote(graph: DocumentGraph, properties: Mapping[str, Value], what: str) -> None:
    start, end, quote = properties.get("start_char"), properties.get("end_char"), properties.get("quote")
    rule = properties.get("rule", what)
    if not (isinstance(start, int) and isinstance(end, int) and 0 <= start < end) or graph.text[start:end] != quote:
        raise EvidenceError(document=graph.document, start=start, end=end, rule=rule)
    for name in ("head", "tail", "basis"):
        first, last = properties.get(f"{name}_start"), properties.get(f"{name}_end")
        if (first is None) != (last is None):
            raise EvidenceError(document=graph.document, start=first, end=last, rule=rule)
        if isinstance(first, int) and isinstance(last, int) and not 0 <= first < last <= len(graph.text):
            raise EvidenceError(document=graph.document, start=first, end=last, rule=rule)
