"""What a document holds on to: shared nodes with the aliases it knows them by, and shared relations.

Kept in the store on ``(:Claim {id: document})``, so that replacing or removing a document gives back exactly what it
took. A shared thing lives as long as some document claims it, whatever the order of loading.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from graph.canonical import description
from graph.models import DocumentGraph
from graph.ontology import ontology


@dataclass(frozen=True, slots=True)
class SharedNode:
    """A claim on a shared node. ``digest`` is of its description: all but the aliases."""

    label: str
    digest: str
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SharedRelation:
    """A claim on a shared relation, with the end it is found from."""

    type: str
    head_label: str
    head: str
    digest: str


@dataclass(frozen=True, slots=True)
class Claims:
    """All claims of one document, and what is its own: labels of its nodes, relation counts.

    ``loose`` are the types of its own relations between two shared nodes: they do not go with its own nodes.
    """

    nodes: Mapping[str, SharedNode] = field(default_factory=dict)
    relations: Mapping[str, SharedRelation] = field(default_factory=dict)
    own_labels: Mapping[str, int] = field(default_factory=dict)
    own_relations: int = 0
    loose: tuple[str, ...] = ()

    def to_json(self) -> str:
        value = {
            "nodes": {id_: [n.label, n.digest, list(n.aliases)] for id_, n in self.nodes.items()},
            "relations": {key: [r.type, r.head_label, r.head, r.digest] for key, r in self.relations.items()},
            "own_labels": dict(self.own_labels),
            "own_relations": self.own_relations,
            "loose": list(self.loose),
        }
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> Claims:
        value = json.loads(text)
        return cls(
            {id_: SharedNode(label, digest, tuple(names)) for id_, (label, digest, names) in value["nodes"].items()},
            {key: SharedRelation(*parts) for key, parts in value["relations"].items()},
            value["own_labels"],
            value["own_relations"],
            tuple(value["loose"]),
        )


def claims_of(graph: DocumentGraph) -> Claims:
    """The claims of a document with this graph."""
    shared = frozenset(ontology().labels(scope="shared"))
    nodes = {
        n.id: SharedNode(n.label, description(n), tuple(sorted(set(n.aliases))))
        for n in graph.nodes
        if n.label in shared
    }
    own = [r for r in graph.relations if not r.shared]
    return Claims(
        nodes,
        {r.key: SharedRelation(r.type, r.head_label, r.head, description(r)) for r in graph.relations if r.shared},
        Counter(n.label for n in graph.nodes if n.label not in shared),
        len(own),
        tuple(sorted({r.type for r in own if r.head_label in shared and r.tail_label in shared})),
    )
