"""Canonical lines: equal for equal facts, whatever the order and the engine."""

from __future__ import annotations

import dataclasses

from graph.canonical import fingerprint, line, typed
from graph.claims import Claims, claims_of
from graph.ontology import ontology
from tests.graphs import campaign, document, relation, unit

SQUAD = unit("云溪县公安局交警大队", "云溪大队")
OFFICE = unit("云溪县公安局")
GRAPH = document(
    "甲.txt",
    [(SQUAD, "查处酒驾")],
    extra=[OFFICE, campaign("行动")],
    shared=[relation("SUBORDINATE_TO", SQUAD, OFFICE)],
)


def test_floats_to_four_decimals_wherever_they_are() -> None:
    assert line(["a", 0.123456, -0.0, {"v": 1.00004, "w": [2.00006]}, [3.00001]]) == (
        '["a",0.1235,0.0,{"v":1.0,"w":[2.0001]},[3.0]]'
    )
    assert line([{"b": 1, "a": "盔"}]) == '[{"a":"盔","b":1}]'


def test_whole_numbers_become_floats_where_the_ontology_says_so() -> None:
    types = {"value": "float", "series": "floats", "level": "integer", "flag": "boolean"}
    given = {"value": 3, "series": [1, 2.5], "level": 3, "flag": True, "absent": None}
    assert repr(typed(types, given)) == "{'value': 3.0, 'series': [1.0, 2.5], 'level': 3, 'flag': True}"  # type: ignore[arg-type]
    assert ontology().node("Indicator").properties["value"] == "float"


def test_a_fingerprint_ignores_order_and_sees_every_change() -> None:
    shuffled = dataclasses.replace(GRAPH, nodes=GRAPH.nodes[::-1], relations=GRAPH.relations[::-1])
    assert fingerprint(shuffled) == fingerprint(GRAPH)
    fewer = dataclasses.replace(GRAPH, relations=GRAPH.relations[1:])
    renamed = dataclasses.replace(GRAPH, nodes=(*GRAPH.nodes[:-1], dataclasses.replace(GRAPH.nodes[-1], name="别名")))
    assert len({fingerprint(graph) for graph in (GRAPH, fewer, renamed)}) == 3


def test_claims_are_what_is_shared() -> None:
    claims = claims_of(GRAPH)
    assert claims.nodes.keys() == {SQUAD.id, OFFICE.id, campaign("行动").id}
    assert claims.nodes[SQUAD.id].aliases == ("云溪大队",)
    assert [claim.type for claim in claims.relations.values()] == ["SUBORDINATE_TO"]
    assert claims.own_labels == {"Document": 1, "Task": 1}
    assert claims.own_relations == 1
    assert claims.loose == ()
    assert Claims.from_json(claims.to_json()) == claims
