"""Small document graphs for tests: made-up places, every quote true."""

from __future__ import annotations

from collections.abc import Sequence

from graph.ids import document_id, node_id, relation_key, text_sha256
from graph.models import KNOWLEDGE, Batch, Content, DocumentGraph, Node, Relation, Value

HEAD = "青禾县公安局交警大队负责"


def unit(name: str, *aliases: str) -> Node:
    """A shared unit named ``name``."""
    return Node("Unit", node_id("Unit", name), name, "police", tuple(aliases), {"level": "县"})


def campaign(name: str, *aliases: str) -> Node:
    """A shared campaign named ``name``."""
    return Node("Campaign", node_id("Campaign", name), name, "", tuple(aliases))


def relation(type_: str, head: Node, tail: Node, doc: str = "", **properties: Value) -> Relation:
    """A relation; shared and of origin knowledge unless ``doc`` is given."""
    own: dict[str, Value] = {"origin": "knowledge", "source": "测试", "doc": doc, **properties}
    start, end = own.get("start_char", -1), own.get("end_char", -1)
    assert isinstance(start, int)
    assert isinstance(end, int)
    key = relation_key(type_, head.id, tail.id, doc, start, end, str(own.get("rule", "")))
    return Relation(type_, head.label, head.id, tail.label, tail.id, key, own)


def document(
    source: str,
    duties: Sequence[tuple[Node, str]] = (),
    *,
    shared: Sequence[Relation] = (),
    extra: Sequence[Node] = (),
    text: str = "",
) -> DocumentGraph:
    """A document that gives each task to its unit, one line a task; ``extra`` are further shared nodes."""
    doc = document_id(source)
    text = text or "".join(f"{owner.name}负责{task}。\n" for owner, task in duties) or source
    nodes: dict[str, Node] = {}
    relations: list[Relation] = []
    position = 0
    for owner, title in duties:
        line = f"{owner.name}负责{title}。"
        start, end = position, position + len(line)
        position = end + 1
        place: dict[str, Value] = {"doc": doc, "start_char": start, "end_char": end, "quote": line}
        task = Node("Task", node_id("Task", doc, start), title, "item", (), {**place, "level": "item"})
        nodes[owner.id] = owner
        nodes[task.id] = task
        evidence: dict[str, Value] = {"origin": "extracted", "rule": "test", "confidence": 0.9, "implicit": False}
        relations.append(relation("LEADS", owner, task, **{**place, **evidence, "role_zh": "负责"}))  # type: ignore[arg-type]
    nodes.update((node.id, node) for node in extra)
    whole: dict[str, Value] = {"source": source, "sha256": text_sha256(text), "also": [], "year": 2024}
    own = Node("Document", doc, source, "notice", (), whole)
    return DocumentGraph(doc, text, (own, *nodes.values()), (*relations, *shared))


def knowledge(nodes: Sequence[Node], relations: Sequence[Relation] = ()) -> DocumentGraph:
    """The graph of the knowledge files."""
    return DocumentGraph(KNOWLEDGE, "", tuple(nodes), tuple(relations))


def batch(*graphs: DocumentGraph, remove: Sequence[str] = ()) -> Batch:
    """A batch that loads ``graphs`` with their sources and texts."""
    loaded = [graph for graph in graphs if graph.document != KNOWLEDGE]
    names = {graph.document: str(graph.nodes[0].properties["source"]) for graph in loaded}
    contents = tuple(
        Content(text_sha256(graph.text), graph.text, graph.text.encode(), names[graph.document]) for graph in loaded
    )
    sources = {names[graph.document]: text_sha256(graph.text) for graph in loaded}
    return Batch(replace=graphs, remove=tuple(remove), sources=sources, contents=contents)
