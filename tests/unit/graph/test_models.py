"""The gate every document graph passes: ontology and evidence."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

import pytest

from graph.errors import EvidenceError, OntologyError
from graph.models import DocumentGraph, Node, Relation, check_document_graph
from tests.graphs import campaign, document, knowledge, relation, unit

SQUAD = unit("云溪县公安局交警大队")
GRAPH = document("甲.txt", [(SQUAD, "查处酒驾")])
TASK = next(node for node in GRAPH.nodes if node.label == "Task")
LEADS = GRAPH.relations[0]


def with_task(**properties: Any) -> DocumentGraph:
    """GRAPH with other properties on its task."""
    task = dataclasses.replace(TASK, properties={**TASK.properties, **properties})
    return dataclasses.replace(GRAPH, nodes=tuple(task if node is TASK else node for node in GRAPH.nodes))


def with_duty(**properties: Any) -> DocumentGraph:
    """GRAPH with other properties on its duty."""
    return dataclasses.replace(
        GRAPH, relations=(dataclasses.replace(LEADS, properties={**LEADS.properties, **properties}),)
    )


def with_nodes(*nodes: Node) -> DocumentGraph:
    return dataclasses.replace(GRAPH, nodes=GRAPH.nodes + nodes)


def with_relations(*relations: Relation) -> DocumentGraph:
    return dataclasses.replace(GRAPH, relations=GRAPH.relations + relations)


def test_a_true_graph_passes() -> None:
    check_document_graph(GRAPH)
    check_document_graph(knowledge([SQUAD, unit("云溪县公安局")], []))
    check_document_graph(with_duty(head_start=0, head_end=10, tail_start=12, tail_end=14, basis_start=0, basis_end=1))


@pytest.mark.parametrize(
    "broken",
    [
        lambda: with_task(quote="别的"),
        lambda: with_task(quote=""),
        lambda: with_task(start_char=-1),
        lambda: with_task(start_char=None),
        lambda: with_task(start_char=5, end_char=5),
        lambda: with_duty(quote="别的"),
        lambda: with_duty(end_char=10_000),
        lambda: with_duty(head_start=0),
        lambda: with_duty(tail_end=3),
        lambda: with_duty(head_start=4, head_end=4),
        lambda: with_duty(basis_start=0, basis_end=10_000),
        lambda: with_duty(basis_start=-2, basis_end=3),
    ],
)
def test_a_fact_that_does_not_quote_its_text_is_refused(broken: Callable[[], DocumentGraph]) -> None:
    with pytest.raises(EvidenceError):
        check_document_graph(broken())


@pytest.mark.parametrize(
    ("broken", "why"),
    [
        (lambda: with_nodes(SQUAD), "occurs twice"),
        (lambda: with_nodes(dataclasses.replace(SQUAD, label="Campaign")), "one id under two labels"),
        (lambda: with_nodes(Node("Planet", "planet:1", "火星")), "no such node label"),
        (lambda: with_nodes(Node("Unit", "road:1", "某单位")), "label:hex"),
        (lambda: with_nodes(Node("Unit", "unit:1", "")), "never empty"),
        (lambda: with_nodes(Node("Unit", "unit:1", "某单位", "club")), "unknown kind"),
        (lambda: with_nodes(Node("Unit", "unit:1", "某单位", "", (), {"title": "x"})), "property title"),
        (lambda: with_nodes(Node("Unit", "unit:1", "某单位", "", (), {"generic": "yes"})), "property generic"),
        (lambda: with_nodes(document("乙.txt").nodes[0]), "another document"),
        (lambda: with_task(doc="document:other"), "another document"),
        (lambda: with_relations(LEADS), "key occurs twice"),
        (lambda: with_relations(relation("LEADS", unit("陌生单位"), TASK)), "not among the nodes"),
        (lambda: with_relations(relation("PRECEDES", SQUAD, TASK)), "no such relation type"),
        (lambda: with_relations(relation("LEADS", TASK, SQUAD)), "not an allowed pair"),
        (lambda: with_duty(color="red"), "property color"),
        (lambda: with_duty(confidence="high"), "property confidence"),
        (lambda: with_duty(doc="document:other"), "belongs to its document"),
        (lambda: with_duty(origin="knowledge", source=""), "needs its source"),
        (lambda: with_duty(origin="derived"), "derived with rule and inputs"),
        (lambda: with_duty(origin="derived", rule="", inputs=["k"]), "derived with rule and inputs"),
        (lambda: with_duty(origin="rumour"), "origin is"),
    ],
)
def test_a_graph_against_the_ontology_is_refused(broken: Callable[[], DocumentGraph], why: str) -> None:
    with pytest.raises(OntologyError, match=why):
        check_document_graph(broken())


def test_a_derived_relation_names_what_it_was_made_from() -> None:
    safe = campaign("“安宁出行”行动")
    derived = relation("CARRIES_OUT", TASK, safe, origin="derived", rule="link", inputs=["k1"], source="")
    check_document_graph(dataclasses.replace(with_relations(derived), nodes=(*GRAPH.nodes, safe)))
    assert derived.shared
    assert not LEADS.shared
