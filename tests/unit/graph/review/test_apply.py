"""Decisions on the made-up library: what each makes of a document's graph, and that nothing else changes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from graph.canonical import fingerprint
from graph.models import DocumentGraph, Node, Value, check_document_graph
from graph.review.apply import apply
from graph.review.corrections import corrected_node
from graph.review.state import State
from tests.store import graphs as g
from tests.unit.graph.review.cases import about, about_node, entry, find, merge, split, state_of

PLAN = g.plan().graph()
SUMMARY = g.summary().graph()
WORLD = g.world()


def decided(state: State, graph: DocumentGraph) -> DocumentGraph:
    """The graph after review, which must pass the gate of every write."""
    result = apply(state, graph).graph
    check_document_graph(result)
    return result


def node_of(graph: DocumentGraph, name: str) -> Node:
    return next(node for node in graph.nodes if node.name == name)


def test_a_document_nothing_was_decided_about_is_the_same_object() -> None:
    """No decision, or one about another document: not even a copy is made."""
    duty = find(PLAN, "LEADS", head=g.MARKET.name, tail="规范停车")
    assert apply(state_of(), PLAN).graph is PLAN
    assert apply(state_of(entry(1, "reject", **about(PLAN, duty))), SUMMARY).graph is SUMMARY


@pytest.mark.parametrize(("action", "status"), [("accept", "confirmed"), ("reject", "rejected")])
def test_a_verdict_on_a_fact_is_its_status_and_nothing_else(action: str, status: str) -> None:
    """Key, ends and evidence stay; the last verdict counts."""
    duty = find(PLAN, "LEADS", head=g.MARKET.name, tail="规范停车")
    other = "reject" if action == "accept" else "accept"
    state = state_of(entry(1, other, **about(PLAN, duty)), entry(2, action, **about(PLAN, duty)))  # type: ignore[arg-type]
    after = decided(state, PLAN)
    assert find(after, "LEADS", head=g.MARKET.name, tail="规范停车") == replace(
        duty, properties={**duty.properties, "status": status}
    )
    assert {r.key for r in after.relations} == {r.key for r in PLAN.relations}
    assert len([r for r in after.relations if r not in PLAN.relations]) == 1


def test_a_corrected_time_moves_the_days_that_follow_from_it() -> None:
    """When a task falls due, by its own times and its document's; since when a document is in force."""
    task, document = node_of(PLAN, "严查重点违法"), next(n for n in PLAN.nodes if n.label == "Document")

    def due(*changes: tuple[Node, dict[str, Value]]) -> tuple[Value, Value]:
        made = [entry(i, "edit", changes=c, **about_node(n, PLAN)) for i, (n, c) in enumerate(changes, start=1)]
        own = node_of(decided(state_of(*made), PLAN), "严查重点违法").properties
        return own.get("every"), own.get("due")

    assert due((task, {"deadline": "2024-02-10", "recurrence": "每月"})) == ("P1M", ["2024-01-31", "2024-02-10"])
    assert due((task, {"deadline": "", "recurrence": ""})) == (None, None)
    assert due((task, {"deadline": "", "recurrence": "每季度"}), (document, {"period_end": "2024-06-30"})) == (
        "P3M",
        ["2024-03-31", "2024-06-30"],
    )
    dated = replace(document, properties={**document.properties, "valid_from": "2024-01-15"})
    assert corrected_node(dated, {"issued_on": "2024-05-01"}).properties["valid_from"] == "2024-05-01"
    assert corrected_node(dated, {"issued_on": ""}).properties.keys() & {"issued_on", "valid_from"} == set()
    later = replace(document, properties={**document.properties, "valid_from": "2024-03-01"})
    assert corrected_node(later, {"issued_on": "2024-05-01"}).properties["valid_from"] == "2024-03-01"


def test_a_correction_keeps_what_was_extracted_visible() -> None:
    """The role is the relation's type; the correction confirms the fact; a later one adds to it."""
    duty = find(PLAN, "LEADS", head=g.MARKET.name, tail="规范停车")
    state = state_of(
        entry(1, "edit", changes={"role": "COOPERATES"}, **about(PLAN, duty)),
        entry(2, "edit", changes={"role_zh": "配合"}, **about(PLAN, duty)),
    )
    now = find(decided(state, PLAN), "COOPERATES", head=g.MARKET.name, tail="规范停车")
    assert now.properties["role_zh"] == "配合"
    assert now.properties["status"] == "confirmed"
    assert now.properties["corrected_from"] == ['role="LEADS"', 'role_zh="牵头"']
    assert now.key != duty.key
    assert apply(state, PLAN).origins[now.key] == (duty.key,)


def test_a_number_is_corrected_where_it_stands() -> None:
    """The indicator keeps its quote and says what was read."""
    wrong = node_of(SUMMARY, "其中2751起")
    state = state_of(
        entry(1, "edit", changes={"value": 27.0, "suspicious": False}, **about_node(wrong, SUMMARY)),
    )
    now = node_of(decided(state, SUMMARY), "其中2751起")
    assert (now.properties["value"], now.properties["suspicious"]) == (27.0, False)
    assert now.properties["corrected_from"] == ["suspicious=true", "value=2751.0"]
    assert now.properties["quote"] == wrong.properties["quote"]


def test_rejecting_a_node_rejects_every_fact_that_rests_on_it() -> None:
    """In every document, world relations included; a fact accepted after that stands."""
    state = state_of(entry(1, "reject", **about_node(g.HELMET_CAMPAIGN)))
    for graph in (PLAN, SUMMARY, WORLD):
        after = decided(state, graph)
        for r in after.relations:
            resting = g.HELMET_CAMPAIGN.id in (r.head, r.tail)
            before = next(old for old in graph.relations if old.key == r.key)
            assert r.properties["status"] == ("rejected" if resting else before.properties["status"])
        assert node_of(after, g.HELMET_CAMPAIGN.name).properties["status"] == "rejected"
    carries = find(PLAN, "CARRIES_OUT")
    later = state_of(entry(1, "reject", **about_node(g.HELMET_CAMPAIGN)), entry(2, "accept", **about(PLAN, carries)))
    assert find(decided(later, PLAN), "CARRIES_OUT").properties["status"] == "confirmed"


def test_a_rejected_task_takes_its_duties_along() -> None:
    """A task of one document, found by its id."""
    task = node_of(PLAN, "规范停车")
    after = decided(state_of(entry(1, "reject", **about_node(task, PLAN))), PLAN)
    assert {r.properties["status"] for r in after.relations if task.id in (r.head, r.tail)} == {"rejected"}


def test_what_is_said_of_the_one_is_said_of_the_other_after_a_merge() -> None:
    """Facts, world relations and names move; one between the two goes; the other's description holds."""
    state = state_of(merge(1, g.BRIGADE, g.DETACHMENT))
    plan, world = decided(state, PLAN), decided(state, WORLD)
    assert g.BRIGADE.id not in {node.id for node in (*plan.nodes, *world.nodes)}
    node = node_of(plan, g.DETACHMENT.name)
    assert set(node.aliases) == {g.BRIGADE.name, *g.BRIGADE.aliases}
    assert node.properties == g.DETACHMENT.properties
    assert find(plan, "ISSUED_BY").tail == g.DETACHMENT.id
    assert len(plan.relations) == len(PLAN.relations)
    assert find(world, "LOCATED_IN").head == g.DETACHMENT.id
    assert not [r for r in world.relations if r.type == "SUBORDINATE_TO"]
    assert apply(state, SUMMARY).graph is SUMMARY


def test_merges_follow_each_other() -> None:
    """A into B and B into C: A is C, with the names of both."""
    state = state_of(merge(1, g.MARKET, g.EDUCATION), merge(2, g.EDUCATION, g.OFFICE))
    office = node_of(decided(state, PLAN), g.OFFICE.name)
    assert {g.MARKET.name, g.EDUCATION.name} <= set(office.aliases)
    assert state.resolve(g.MARKET.id) == g.OFFICE.id


def test_two_facts_that_become_one_are_one_fact() -> None:
    """The better one stands for both, and a decision about it is about both."""
    state = state_of(merge(1, g.MARKET, g.EDUCATION))
    result = apply(state, PLAN)
    joint = find(result.graph, "LEADS", head=g.EDUCATION.name, tail="联合整治货车")
    assert len(result.origins[joint.key]) == 2
    raw = {r.key: r for r in PLAN.relations}
    both = [raw[key] for key in result.origins[joint.key]]
    one = entry(2, "reject", **about(PLAN, raw[find(PLAN, "LEADS", head=g.MARKET.name, tail="联合整治货车").key]))
    kept = find(
        decided(state_of(merge(1, g.MARKET, g.EDUCATION), one), PLAN),
        "LEADS",
        head=g.EDUCATION.name,
        tail="联合整治货车",
    )
    assert kept.properties["status"] == "extracted"
    facts = tuple(about(PLAN, r)["facts"][0] for r in both)
    gone = decided(state_of(merge(1, g.MARKET, g.EDUCATION), entry(2, "reject", facts=facts)), PLAN)
    assert find(gone, "LEADS", head=g.EDUCATION.name, tail="联合整治货车").properties["status"] == "rejected"


def test_a_circle_of_merges_does_not_hold() -> None:
    """Only a restored undo could make one; the later merge does not count then."""
    state = state_of(merge(1, g.MARKET, g.EDUCATION), merge(2, g.EDUCATION, g.MARKET))
    assert state.resolve(g.MARKET.id) == state.resolve(g.EDUCATION.id) == g.EDUCATION.id


def test_a_split_holds_in_the_documents_it_names() -> None:
    """There the mentions are another's, and what followed from the old one goes with its last mention."""
    state = state_of(split(1, g.HELMET_CAMPAIGN, "另一行动", SUMMARY))
    after = decided(state, SUMMARY)
    assert find(after, "CARRIES_OUT").tail == "campaign:另一行动"
    assert g.HELMET_CAMPAIGN.id not in {node.id for node in after.nodes}
    assert apply(state, PLAN).graph is PLAN
    where = state_of(split(1, g.BRIGADE, "城区大队", PLAN))
    assert find(decided(where, PLAN), "ISSUED_BY").tail == "unit:城区大队"
    # Its name stands in the text, so the new one is called that here.
    assert g.BRIGADE.name in node_of(decided(where, PLAN), "城区大队").aliases


def test_world_relations_stay_with_the_node_they_follow_from() -> None:
    """A document that also carries world relations of the old node keeps none of them once it speaks of another."""
    world = [r for r in WORLD.relations if r.head == g.BRIGADE.id]
    nodes = {n.id: n for n in (*PLAN.nodes, *WORLD.nodes)}
    graph = replace(PLAN, nodes=tuple(nodes.values()), relations=(*PLAN.relations, *world))
    after = decided(state_of(split(1, g.BRIGADE, "城区大队", graph)), graph)
    assert not [r for r in after.relations if r.shared]
    assert g.BRIGADE.id not in {node.id for node in after.nodes}
    only = find(graph, "ISSUED_BY")
    some = decided(state_of(split(1, g.BRIGADE, "城区大队", facts=about(graph, only)["facts"])), graph)
    assert find(some, "ISSUED_BY").tail == "unit:城区大队"
    assert {r.type for r in some.relations if r.shared} == {"SUBORDINATE_TO", "LOCATED_IN"}


def test_a_split_can_be_split_and_merged_again() -> None:
    """Each decision is about the node as it is by then; a way back to where it began ends there."""
    first = split(1, g.BRIGADE, "城区大队", PLAN)
    assert first.into
    city = first.into.node()
    again = state_of(first, split(2, city, "城郊大队", PLAN))
    assert find(decided(again, PLAN), "ISSUED_BY").tail == "unit:城郊大队"
    fact = about(PLAN, find(PLAN, "ISSUED_BY"))["facts"]
    one = state_of(first, split(2, city, "城郊大队", facts=fact))
    assert find(decided(one, PLAN), "ISSUED_BY").tail == "unit:城郊大队"
    merged = state_of(first, merge(2, city, g.OFFICE))
    assert find(decided(merged, PLAN), "ISSUED_BY").tail == g.OFFICE.id
    back = state_of(first, merge(2, city, g.BRIGADE))
    assert find(decided(back, PLAN), "ISSUED_BY").tail == g.BRIGADE.id


def test_a_decision_about_a_world_relation_holds_under_its_new_ends() -> None:
    """Rejected before a merge, it is rejected after it too, for whoever states it."""
    located = find(WORLD, "LOCATED_IN")
    state = state_of(entry(1, "reject", **about(WORLD, located)), merge(2, g.BRIGADE, g.DETACHMENT))
    now = find(decided(state, WORLD), "LOCATED_IN")
    assert (now.head, now.properties["status"]) == (g.DETACHMENT.id, "rejected")


def test_a_shared_node_keeps_its_old_name_as_an_alias() -> None:
    """Everywhere it occurs, alike."""
    state = state_of(entry(1, "edit", changes={"name": "青禾县交警大队"}, **about_node(g.BRIGADE)))
    for graph in (PLAN, WORLD):
        node = next(n for n in decided(state, graph).nodes if n.id == g.BRIGADE.id)
        assert node.name == "青禾县交警大队"
        assert g.BRIGADE.name in node.aliases
        assert node.properties["corrected_from"] == [f'name="{g.BRIGADE.name}"']
    same = state_of(entry(1, "edit", changes={"name": g.BRIGADE.name}, **about_node(g.BRIGADE)))
    assert "corrected_from" not in node_of(decided(same, PLAN), g.BRIGADE.name).properties


def test_a_correction_the_ontology_no_longer_knows_waits() -> None:
    """It changes nothing and is not counted as applied."""
    duty = find(PLAN, "LEADS", head=g.MARKET.name, tail="规范停车")
    state = state_of(
        entry(1, "edit", changes={"colour": "red"}, **about(PLAN, duty)),
        entry(2, "edit", changes={"colour": "red"}, **about_node(g.BRIGADE)),
    )
    result = apply(state, PLAN)
    assert result.graph is PLAN
    assert result.entries == ()


def proposed(plan: g.Writing, name: str = "志愿者协会") -> Node:
    """A node that a candidate source proposed in ``plan``, named by one proposed MENTIONS and one proposed duty."""
    node = Node("Unit", f"unit:{plan.source}-{name}", name, "", (), {"scope": plan.id, "status": "proposed"})
    task = next(n for n in plan.graph().nodes if n.name in ("规范停车", "推进头盔整治"))
    for type_, ends in (("MENTIONS", (task, node)), ("LEADS", (node, task))):
        plan.fact(type_, *ends, task.name, status="proposed", confidence=0.5)
    return node


def test_accepting_a_proposed_name_confirms_that_it_is_named_and_no_duty() -> None:
    """The node is one like others then; what else was proposed of it still waits."""
    plan = g.plan()
    node = proposed(plan)
    graph = plan.graph()
    after = decided(state_of(entry(1, "accept", **about_node(node))), graph)
    assert node_of(after, node.name).properties["status"] == "confirmed"
    assert {r.type: r.properties["status"] for r in after.relations if node.id in (r.head, r.tail)} == {
        "MENTIONS": "confirmed",
        "LEADS": "proposed",
    }


def test_accepting_a_proposed_fact_confirms_the_names_in_it() -> None:
    """A confirmed duty of somebody who is only proposed would be nobody's."""
    plan = g.plan()
    node = proposed(plan)
    graph = plan.graph()
    duty = find(graph, "LEADS", head=node.name)
    after = decided(state_of(entry(1, "accept", **about(graph, duty))), graph)
    assert node_of(after, node.name).properties["status"] == "confirmed"


def test_a_rejected_name_is_not_proposed_again_in_another_document() -> None:
    """No sort of this name is a unit, the decision said; a name that rules found elsewhere is another matter."""
    plan, summary = g.plan(), g.summary()
    here, there = proposed(plan), proposed(summary)
    state = state_of(entry(1, "reject", **about_node(here)))
    after = decided(state, summary.graph())
    assert node_of(after, there.name).properties["status"] == "rejected"
    assert {r.properties["status"] for r in after.relations if there.id in (r.head, r.tail)} == {"rejected"}


def test_undoing_everything_gives_the_graph_as_extracted() -> None:
    """Whatever was decided: with no entry left, the fingerprint is that of extraction."""
    state = state_of(merge(1, g.BRIGADE, g.DETACHMENT), split(2, g.MARKET, "另一局", PLAN))
    assert fingerprint(decided(state, PLAN)) != fingerprint(PLAN)
    assert apply(state_of(), PLAN).graph is PLAN
