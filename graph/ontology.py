"""The ontology file as typed objects, and what is derived from it: DDL names, property models, the legend.

``ontology()`` gives the one parsed, checked instance. Everything that needs a list of labels, relation types or
properties asks here; no such list is written anywhere else.
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, create_model

from graph.errors import OntologyError

PropertyType = Literal["string", "integer", "float", "boolean", "strings", "floats"]
Group = Literal["structure", "duty", "content", "world", "cross"]

_PYTHON: dict[str, Any] = {
    "string": str,
    "integer": int,
    "float": float,
    "boolean": bool,
    "strings": list[str],
    "floats": list[float],
}
FORBIDDEN_PROPERTIES = frozenset({"title", "type", "end", "start"})


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class NodeType(_Frozen):
    """One node label. ``properties`` does not repeat ``id``, ``name``, ``kind``, ``aliases`` (all nodes have them)."""

    zh: str
    en: str
    scope: Literal["document", "shared"]
    evidence: bool = False
    search: bool
    shape: str
    color: str = Field(pattern=r"^#[0-9a-f]{6}$")
    kinds: dict[str, str] = {}
    properties: dict[str, PropertyType] = {}


class RelationType(_Frozen):
    """One relation type; ``head`` and ``tail`` list the allowed labels, ``*`` meaning any."""

    zh: str
    en: str
    group: Group
    head: tuple[str, ...] = Field(alias="from")
    tail: tuple[str, ...] = Field(alias="to")


class Operational(_Frozen):
    """Labels (with their properties) and properties that are not facts: outside catalog, export and graph hash."""

    labels: dict[str, tuple[str, ...]]
    node_properties: tuple[str, ...]
    relation_properties: tuple[str, ...]


class Editable(_Frozen):
    """What a reviewer may correct: properties by label, and of relations (``role`` is a relation's type)."""

    nodes: dict[str, tuple[str, ...]]
    relations: tuple[str, ...]


class Ontology(_Frozen):
    version: int
    nodes: dict[str, NodeType]
    relations: dict[str, RelationType]
    relation_properties: dict[str, PropertyType]
    proposable: tuple[str, ...]
    editable: Editable
    operational: Operational

    def node(self, label: str) -> NodeType:
        """The type of ``label``; raises OntologyError for a label the ontology does not have."""
        try:
            return self.nodes[label]
        except KeyError:
            raise OntologyError(what=label, reason="no such node label") from None

    def relation(self, type_: str) -> RelationType:
        """The relation type ``type_``; raises OntologyError for one the ontology does not have."""
        try:
            return self.relations[type_]
        except KeyError:
            raise OntologyError(what=type_, reason="no such relation type") from None

    def labels(
        self, *, scope: str | None = None, search: bool | None = None, evidence: bool | None = None
    ) -> tuple[str, ...]:
        """Labels in file order, filtered."""
        return tuple(
            label
            for label, node in self.nodes.items()
            if scope in (None, node.scope) and search in (None, node.search) and evidence in (None, node.evidence)
        )

    def types(self, group: Group | None = None) -> tuple[str, ...]:
        """Relation types in file order, filtered by group."""
        return tuple(t for t, r in self.relations.items() if group is None or r.group == group)

    def allows(self, type_: str, head: str, tail: str) -> bool:
        """May a relation ``type_`` go from ``head`` to ``tail`` (labels)?"""
        relation = self.relation(type_)
        return any(x in relation.head for x in (head, "*")) and any(x in relation.tail for x in (tail, "*"))

    def check(self) -> None:
        """Consistency the schema cannot express; raises OntologyError."""
        for label, node in self.nodes.items():
            if bad := FORBIDDEN_PROPERTIES & node.properties.keys():
                raise OntologyError(what=label, reason=f"forbidden property names {sorted(bad)}")
        if bad := FORBIDDEN_PROPERTIES & self.relation_properties.keys():
            raise OntologyError(what="relation_properties", reason=f"forbidden property names {sorted(bad)}")
        for type_, relation in self.relations.items():
            if unknown := {*relation.head, *relation.tail} - {"*", *self.nodes}:
                raise OntologyError(what=type_, reason=f"unknown labels {sorted(unknown)}")
        for label in self.proposable:
            if "status" not in self.node(label).properties:
                raise OntologyError(what=label, reason="what may be proposed needs a status")
        for label, names in self.editable.nodes.items():
            if unknown := {*names} - {"name", "kind", *self.node(label).properties}:
                raise OntologyError(what=label, reason=f"unknown editable properties {sorted(unknown)}")
        if unknown := {*self.editable.relations} - {"role", *self.relation_properties}:
            raise OntologyError(what="editable", reason=f"unknown editable properties {sorted(unknown)}")


@cache
def ontology() -> Ontology:
    """The packaged ontology, parsed and checked once per process."""
    text = resources.files("graph").joinpath("ontology.yaml").read_text(encoding="utf-8")
    parsed = Ontology.model_validate(yaml.safe_load(text))
    parsed.check()
    return parsed


EVIDENCE_PROPERTIES: dict[str, PropertyType] = {
    "doc": "string",
    "start_char": "integer",
    "end_char": "integer",
    "quote": "string",
}


@cache
def property_model(label: str) -> type[BaseModel]:
    """A strict Pydantic model of the own properties of ``label`` (all optional; unknown names are refused)."""
    node = ontology().node(label)
    properties = {**node.properties, **(EVIDENCE_PROPERTIES if node.evidence else {})}
    fields: dict[str, Any] = {name: (_PYTHON[kind] | None, None) for name, kind in properties.items()}
    return create_model(f"{label}Properties", __config__=ConfigDict(extra="forbid", strict=True), **fields)


@cache
def relation_property_model() -> type[BaseModel]:
    """The same for relations."""
    fields: dict[str, Any] = {
        name: (_PYTHON[kind] | None, None) for name, kind in ontology().relation_properties.items()
    }
    return create_model("RelationProperties", __config__=ConfigDict(extra="forbid", strict=True), **fields)


COMMON_PROPERTIES = ("id", "name", "kind", "aliases")
"""What every node has beside its label's own properties."""


@cache
def known_names() -> frozenset[str]:
    """Every label, relation type and property name the graph may contain, operational ones included."""
    known = ontology()
    names = {"Entity", *COMMON_PROPERTIES, *EVIDENCE_PROPERTIES}
    names.update(known.nodes, known.relations, known.relation_properties)
    for node in known.nodes.values():
        names.update(node.properties)
    names.update(known.operational.node_properties, known.operational.relation_properties)
    for label, properties in known.operational.labels.items():
        names.update((label, *properties))
    return frozenset(names)
