"""Load, brokers and communities: what is counted, and what is kept apart."""

from __future__ import annotations

import pytest

from graph.analytics import brokers, communities, unit_load
from graph.analytics.findings import EVIDENCE
from graph.errors import LimitExceeded
from tests.unit.graph.analytics.projections import document, fact, projection, thing

PLAN, NOTICE = document("要点.txt"), document("通知.txt")
POLICE, SCHOOLS, ROADS, MARKET = (thing("Unit", f"禾丰县{name}局") for name in ("公安", "教育", "交通", "市监"))
VILLAGES = thing("Unit", "各村民委员会", generic=True)


def tasks(count: int) -> list:
    return [thing("Task", f"任务{n}") for n in range(count)]


def test_load_keeps_own_joint_and_inherited_duties_apart() -> None:
    """A task counts once; what is both stated and inherited is stated; classes of bodies come last."""
    a, b, c = tasks(3)
    graph = projection(
        [
            fact("LEADS", POLICE, a, doc=PLAN),
            fact("LEADS", POLICE, a, doc=PLAN, span=(5, 9)),
            fact("LEADS", POLICE, b, doc=PLAN, joint=True),
            fact("COOPERATES", POLICE, b, doc=PLAN),
            fact("LEADS", POLICE, b, doc=PLAN, implicit=True),
            fact("LEADS", POLICE, c, doc=NOTICE, implicit=True),
            fact("EXECUTES", VILLAGES, a, doc=PLAN),
            fact("EXECUTES", VILLAGES, b, doc=PLAN),
            fact("EXECUTES", VILLAGES, c, doc=PLAN),
        ]
    )
    found = unit_load.compute(graph)
    police, villages = found.rows
    assert villages["unit"]["name"] == "各村民委员会"
    assert (villages["generic"], villages["own"]) == (True, 3)
    counts = ("own", "leads", "leads_jointly", "cooperates", "executes", "inherited", "documents")
    assert [police[name] for name in counts] == [2, 1, 1, 1, 0, 1, 2]
    assert found.figures == {"units": 2, "own": 5, "inherited": 1}


def test_a_row_shows_some_of_its_facts_stated_ones_first() -> None:
    work = tasks(EVIDENCE + 5)
    inherited = fact("LEADS", POLICE, thing("Task", "另一任务"), doc=PLAN, implicit=True)
    graph = projection([inherited, *(fact("LEADS", POLICE, task, doc=PLAN) for task in work)])
    row = unit_load.compute(graph).rows[0]
    stated = {f.key for f in graph.of("LEADS") if not f.implicit}
    assert len(row["facts"]) == EVIDENCE
    assert set(row["facts"]) < stated


def star() -> list:
    """Schools work with each of three others, who do not work with each other; the last pair stands apart."""
    a, b, c, d = tasks(4)
    others = [(POLICE, a), (ROADS, b), (MARKET, c)]
    facts = [fact("LEADS", SCHOOLS, task, doc=PLAN) for _, task in others]
    facts += [fact("COOPERATES", unit, task, doc=PLAN) for unit, task in others]
    far = [thing("Unit", "望岭县教育局"), thing("Unit", "望岭县公安局")]
    return [*facts, *(fact("LEADS", unit, d, doc=NOTICE, joint=True) for unit in far)]


def test_the_broker_is_who_all_paths_lead_through() -> None:
    """Three partners, all shortest paths, and the network falls apart without it."""
    found = brokers.compute(projection(star()))
    first, second = found.rows[0], found.rows[1]
    assert (first["unit"]["name"], first["partners"], first["tasks"], first["cut"]) == ("禾丰县教育局", 3, 3, True)
    assert first["betweenness"] > second["betweenness"] == 0
    assert {row["part"] for row in found.rows} == {1, 2}
    assert found.figures == {"units": 6, "pairs": 4, "tasks": 4, "parts": 2, "estimated": False}


def test_classes_of_bodies_and_inherited_duties_join_nobody() -> None:
    """Village committees everywhere, or an issuer who owns whatever is unsaid, would make one clump of all."""
    a, b = tasks(2)
    graph = projection(
        [
            fact("LEADS", POLICE, a, doc=PLAN),
            fact("EXECUTES", VILLAGES, a, doc=PLAN),
            fact("LEADS", POLICE, b, doc=PLAN, implicit=True),
            fact("COOPERATES", SCHOOLS, b, doc=PLAN),
        ]
    )
    assert brokers.compute(graph).rows == []
    assert communities.compute(graph).rows == []


def test_many_units_are_estimated_the_same_every_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(brokers, "EXACT", 3)
    monkeypatch.setattr(brokers, "PIVOTS", 4)
    first, again = brokers.compute(projection(star())), brokers.compute(projection(star()))
    assert first.figures["estimated"] is True
    assert first.rows == again.rows
    assert first.rows[0]["unit"]["name"] == "禾丰县教育局"


def test_communities_are_who_works_with_each_other_and_on_what() -> None:
    """Two circles of three, tied by one task; each with its campaign."""
    left = [thing("Unit", f"禾丰县{n}局") for n in "甲乙丙"]
    right = [thing("Unit", f"望岭县{n}局") for n in "甲乙丙"]
    helmets, trucks = thing("Campaign", "一盔一带"), thing("Campaign", "货车整治")
    facts = []
    for circle, campaign, name in ((left, helmets, "左"), (right, trucks, "右")):
        for number in range(3):
            task = thing("Task", f"{name}{number}")
            facts += [fact("LEADS", unit, task, doc=PLAN, joint=True) for unit in circle]
            facts.append(fact("CARRIES_OUT", task, campaign, doc=PLAN))
    bridge = thing("Task", "桥")
    facts += [fact("LEADS", left[0], bridge, doc=PLAN), fact("COOPERATES", right[0], bridge, doc=PLAN)]
    found = communities.compute(projection(facts))
    assert [row["size"] for row in found.rows] == [3, 3]
    seen = {row["campaigns"][0]["name"]: {unit["name"] for unit in row["units"]} for row in found.rows}
    assert seen == {"一盔一带": {u.name for u in left}, "货车整治": {u.name for u in right}}
    assert [(row["tasks"], row["inside"]) for row in found.rows] == [(3, 0.9), (3, 0.9)]
    assert found.figures["modularity"] > 0.3


def test_more_pairs_than_allowed_are_refused() -> None:
    """One task of many bodies: the number of pairs is seen before they are made."""
    task = thing("Task", "联席会议")
    graph = projection([fact("LEADS", thing("Unit", f"单位{n}"), task, doc=PLAN) for n in range(10)], limit=4)
    with pytest.raises(LimitExceeded, match="45 is over the limit of 40"):
        brokers.compute(graph)
