"""What the knowledge files say of the world, as the graph of document KNOWLEDGE: entries, 是一种, 包括, 变体."""

from __future__ import annotations

from collections.abc import Iterator

from graph.ids import node_id
from graph.models import KNOWLEDGE, DocumentGraph, Node, check_document_graph
from ingest.lexicon import Entry, knowledge
from ingest.pipeline.gazetteer import entry_properties, lexicon_entries, unquoted
from ingest.pipeline.unit_names import Unit
from ingest.shared import SharedFacts, campaign_node, unit_node


def knowledge_version() -> str:
    """Hash of the knowledge in force, the user's overlay included."""
    return knowledge().version


def knowledge_graph() -> DocumentGraph:
    """Nodes of all entries that are the same everywhere, and the world relations between them.

    Every relation has origin ``knowledge`` and its entry's ``source``. Places are left to the documents that name them.
    """
    facts = SharedFacts()
    entries = [(label, entry) for label, entry in _entries() if entry.scope == "global"]
    by_name: dict[str, list[Node]] = {}
    for label, entry in entries:
        node = entry_node(label, entry)
        kept = facts.nodes.setdefault(node.id, node)
        by_name.setdefault(kept.name, []).append(kept)
    for label, entry in entries:
        node = facts.nodes[entry_node(label, entry).id]
        if entry.parent:
            type_ = "VARIANT_OF" if label == "Campaign" else "KIND_OF"
            tail = next(n for n in by_name[entry.parent] if n.label == label)
            facts.knowledge(type_, node, tail, f"knowledge.{type_.lower().replace('_', '-')}", entry.source)
        for member in entry.members if entry.sure else ():
            part = _member(by_name, label, member)
            facts.nodes.setdefault(part.id, part)
            facts.knowledge("COMPRISES", node, part, "knowledge.comprises", entry.source, scope="global")
    graph = DocumentGraph(
        KNOWLEDGE,
        "",
        tuple(sorted(facts.nodes.values(), key=lambda n: n.id)),
        tuple(sorted(facts.relations.values(), key=lambda r: r.key)),
    )
    check_document_graph(graph)
    return graph


def _entries() -> Iterator[tuple[str, Entry]]:
    known = knowledge()
    yield from lexicon_entries(known)
    yield from (("VehicleClass", e) for e in known.entries("vehicles", "abstract"))
    yield from (("Unit", e) for e in known.entries("units", "body") if e.sure)


def entry_node(label: str, entry: Entry) -> Node:
    """The node of an entry: the same that a mention of it resolves to."""
    aliases = {unquoted(alias) for alias in entry.names}
    if label == "Unit":
        subtype = "coordination_body" if entry.kind == "coordination_body" else ""
        node = unit_node(Unit(entry.name, (), entry.domain, "国家", entry.kind, subtype))
    elif label == "Campaign":
        node = campaign_node(entry.name)
    else:
        name = entry.canonical or entry.name
        identity, properties = (name,), entry_properties(label, entry)
        if label == "Road":
            identity = (name, "", entry.kind, "")  # type: ignore[assignment]
        node = Node(
            label,
            node_id(label, *identity),
            name,
            entry.kind if label in {"Regulation", "Road"} else "",
            (),
            properties,
        )
    return Node(node.label, node.id, node.name, node.kind, tuple(sorted(aliases - {node.name})), node.properties)


def _member(by_name: dict[str, list[Node]], label: str, name: str) -> Node:
    """The node of a member: of the same label if there is one, else of any, else a new one of the same label."""
    found = by_name.get(name, [])
    same = [n for n in found if n.label == label]
    if same or found:
        return (same or found)[0]
    return Node(label, node_id(label, name), name)
