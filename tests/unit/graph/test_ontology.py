"""The ontology file: what it refuses, and what is made from it."""

from __future__ import annotations

import pytest

from graph.errors import OntologyError
from graph.ontology import Ontology, known_names, ontology, property_model
from graph.schema import definitions, full_text, search_index


def changed(**parts: object) -> Ontology:
    value = ontology().model_dump(by_alias=True)
    for name, part in parts.items():
        value[name] = {**value[name], **part} if isinstance(part, dict) else part
    return Ontology.model_validate(value)


def test_names_that_mean_something_else_to_an_engine_are_refused() -> None:
    unit = ontology().model_dump(by_alias=True)["nodes"]["Unit"]
    for name in ("title", "type", "start", "end"):
        with pytest.raises(OntologyError, match=name):
            changed(nodes={"Unit": {**unit, "properties": {name: "string"}}}).check()
        with pytest.raises(OntologyError, match=name):
            changed(relation_properties={name: "string"}).check()


def test_a_relation_between_unknown_labels_is_refused() -> None:
    leads = ontology().model_dump(by_alias=True)["relations"]["LEADS"]
    with pytest.raises(OntologyError, match="Planet"):
        changed(relations={"LEADS": {**leads, "to": ["Planet"]}}).check()


def test_allowed_pairs() -> None:
    assert ontology().allows("LEADS", "Unit", "Task")
    assert not ontology().allows("LEADS", "Task", "Unit")
    assert ontology().allows("MENTIONS", "Section", "Road")
    assert ontology().types("duty") == ("LEADS", "COOPERATES", "EXECUTES", "ASSIGNS", "SUPERVISES")
    with pytest.raises(OntologyError):
        ontology().relation("PRECEDES")


def test_evidence_bearing_labels_take_evidence() -> None:
    assert {"doc", "quote"} <= set(property_model("Task").model_fields)
    assert "quote" not in property_model("Unit").model_fields


def test_every_name_is_known() -> None:
    assert {"Entity", "Meta", "Claim", "fingerprint", "Unit", "LEADS", "quote", "search", "support"} <= known_names()
    assert "title" not in known_names()


def test_the_schema_covers_the_ontology() -> None:
    """Unique ids for every label on both engines; on Neo4j an index on ``doc`` for every relation type."""
    for dialect in ("neo4j", "embedded"):
        statements = "\n".join(definitions(dialect))
        for label in (*ontology().nodes, *ontology().operational.labels):
            assert f"FOR (n:{label}) REQUIRE n.id IS UNIQUE" in statements
        for label in ontology().labels(search=True):
            assert search_index(label) in statements
    for type_ in ontology().relations:
        assert f"FOR ()-[r:{type_}]-() ON (r.doc)" in "\n".join(definitions("neo4j"))
    assert "whitespace" in full_text("Task", "neo4j")[0]
