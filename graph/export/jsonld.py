"""JSON-LD 1.1: what a node says are its triples; a relation is a statement with its evidence.

A relation that counts (neither proposed nor rejected) is a triple of its own besides. Everything has an IRI of the
``urn:zhize`` space, as this graph is not on the web: nodes ``urn:zhize:LABEL:HEX``, relations ``urn:zhize:fact:KEY``,
words of the ontology ``urn:zhize:ontology:NAME``. The context is in the file, so that it is read without a network.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import IO, Any

from graph.export.properties import node_columns, node_values, relation_columns, relation_values
from graph.export.text import json_line, json_text
from graph.models import Node, Relation
from graph.ontology import PropertyType, ontology
from graph.statements import is_found

SPACE = "urn:zhize:"
WORDS = f"{SPACE}ontology:"
_XSD = "http://www.w3.org/2001/XMLSchema#"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_STANDARD: dict[str, Any] = {
    "name": "http://www.w3.org/2000/01/rdf-schema#label",
    "aliases": {"@id": "http://www.w3.org/2004/02/skos/core#altLabel", "@container": "@set"},
    "Fact": f"{_RDF}Statement",
    "head": {"@id": f"{_RDF}subject", "@type": "@id"},
    "relation": {"@id": f"{_RDF}predicate", "@type": "@vocab"},
    "tail": {"@id": f"{_RDF}object", "@type": "@id"},
    "doc": {"@id": f"{WORDS}doc", "@type": "@id"},
    "inputs": {"@id": f"{WORDS}inputs", "@type": "@id", "@container": "@set"},
}
"""Words that others have names for, and references."""


def context() -> dict[str, Any]:
    """The context: every word of the ontology with its IRI and type."""
    terms: dict[str, Any] = {"@version": 1.1, **_STANDARD}
    for label in ontology().nodes:
        terms[label] = WORDS + label
        for name, type_ in node_columns(label).items():
            terms.setdefault(name, _term(name, type_))
    for name, type_ in relation_columns().items():
        terms.setdefault(name, _term(name, type_))
    terms |= {type_: {"@id": WORDS + type_, "@type": "@id"} for type_ in ontology().relations}
    # Said by the IRI itself.
    return {"@context": {name: term for name, term in terms.items() if name not in ("id", "key")}}


def _term(name: str, type_: PropertyType) -> Any:
    if type_ in ("strings", "floats"):
        return {"@id": WORDS + name, "@container": "@set"}
    if type_ == "float":
        # A whole number is written without a point, and would be read as an integer.
        return {"@id": WORDS + name, "@type": f"{_XSD}double"}
    return WORDS + name


class JsonLd:
    """The whole graph as JSON-LD into ``file``: one object a line."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._first = True

    def begin(self) -> None:
        self._file.write(opening(context()["@context"]))

    def nodes(self, label: str, portion: Sequence[Node]) -> None:
        for node in portion:
            values: dict[str, Any] = {**node_values(node)}
            self._write({"@id": SPACE + values.pop("id"), "@type": label, **_referring(values)})

    def relations(self, type_: str, portion: Sequence[Relation]) -> None:
        for relation in portion:
            values: dict[str, Any] = {**relation_values(relation)}
            head, tail = SPACE + values.pop("head"), SPACE + values.pop("tail")
            counts = is_found(relation.properties.get("status"))
            fact = {
                "@id": f"{SPACE}fact:{values.pop('key')}",
                "@type": "Fact",
                "head": {"@id": head, type_: tail} if counts else head,
                "relation": type_,
                "tail": tail,
            }
            self._write(fact | _referring(values))

    def end(self) -> None:
        self._file.write(CLOSING)

    def _write(self, value: dict[str, Any]) -> None:
        self._file.write((b"" if self._first else b",") + json_line(value))
        self._first = False


CLOSING = b"]}\n"


def opening(context_: dict[str, Any]) -> bytes:
    """Everything before the first object."""
    return f'{{"@context":{json_text(context_)},"@graph":[\n'.encode()


def _referring(values: dict[str, Any]) -> dict[str, Any]:
    """``values`` with IRIs where they name a document or facts."""
    if values.get("doc"):
        values["doc"] = SPACE + values["doc"]
    else:
        values.pop("doc", None)
    if "inputs" in values:
        values["inputs"] = [f"{SPACE}fact:{key}" for key in values["inputs"]]
    return values
