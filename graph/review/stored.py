"""The graph of a document as it was extracted, from the store.

Where no decision concerns a document, that is the graph in the store, read back. Where one does, the store also keeps
the graph without decisions, compressed, on the document's Claim: what a decision changed can always be taken back.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from typing import Any

from graph.documents import pack, unpack
from graph.models import DocumentGraph, Node, Relation
from graph.readback import Read, stored_graph, text_of


@dataclass(frozen=True, slots=True)
class Extracted:
    """A graph without decisions, and the fingerprint it was written with."""

    graph: DocumentGraph
    fingerprint: str


def packed(extracted: Extracted) -> str:
    """The form kept on a Claim; the text is not in it, it is in the store already."""
    value = {
        "fingerprint": extracted.fingerprint,
        "nodes": [_values(node) for node in extracted.graph.nodes],
        "relations": [_values(relation) for relation in extracted.graph.relations],
    }
    return pack(json.dumps(value, separators=(",", ":"), sort_keys=True).encode("ascii"))


def _values(item: Node | Relation) -> list[Any]:
    """The fields in order. (``asdict`` copies them deeply, which takes longer than all the rest.)"""
    return [getattr(item, field.name) for field in fields(item)]


async def extracted_graph(read: Read, document: str) -> Extracted:
    """The graph of a loaded document (or KNOWLEDGE) without any decision. Raises NotFound."""
    rows = await read(
        "MATCH (c:Claim {id: $id}) RETURN c.fingerprint AS fingerprint, c.extracted AS extracted", {"id": document}
    )
    if not rows or not rows[0]["extracted"]:
        graph = await stored_graph(read, document)  # raises where there is none
        return Extracted(graph, rows[0]["fingerprint"])
    value = json.loads(unpack(rows[0]["extracted"]))
    nodes = tuple(
        Node(label, id_, name, kind, tuple(names), own) for label, id_, name, kind, names, own in value["nodes"]
    )
    relations = tuple(Relation(*relation) for relation in value["relations"])
    graph = DocumentGraph(document, await text_of(read, document), nodes, relations)
    return Extracted(graph, value["fingerprint"])
