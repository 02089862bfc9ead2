"""What no campaign covers, and which campaigns overlap."""

from __future__ import annotations

import pytest

from graph.analytics import coverage, overlaps
from graph.analytics.overlaps import period
from graph.errors import LimitExceeded
from tests.unit.graph.analytics.projections import document, fact, projection, thing

PLAN = document("要点.txt", year=2024)
TRUCK, HEAVY, LIGHT, BUS = (thing("VehicleClass", name) for name in ("货车", "重型货车", "轻型货车", "客车"))
SLOGAN, FATIGUE, DRINK = (thing("Violation", name) for name in ("三超一疲劳", "疲劳驾驶", "酒驾"))
NIGHT, HELMETS, SUMMER = (thing("Campaign", name) for name in ("夜查行动", "一盔一带", "夏季行动"))
CHECK, RIDE = thing("Task", "检查"), thing("Task", "骑行")


def uncovered(facts: list) -> dict[str, dict]:
    return {row["target"]["name"]: row for row in coverage.compute(projection(facts)).rows}


def test_a_campaign_covers_the_kinds_and_the_parts_of_its_targets() -> None:
    """Against trucks: against heavy ones too; against a slogan: against what it comprises. Not the other way round."""
    found = uncovered(
        [
            fact("TARGETS", NIGHT, TRUCK, doc=PLAN),
            fact("TARGETS", NIGHT, SLOGAN, doc=PLAN),
            fact("KIND_OF", HEAVY, TRUCK),
            fact("COMPRISES", SLOGAN, FATIGUE),
            fact("TARGETS", CHECK, DRINK, doc=PLAN),
            fact("MENTIONS", CHECK, BUS, doc=PLAN),
            fact("KIND_OF", thing("VehicleClass", "校车"), BUS),
            fact("TARGETS", NIGHT, thing("VehicleClass", "校车"), doc=PLAN),
        ]
    )
    assert list(found) == ["酒驾", "客车"]
    assert (found["酒驾"]["tasks"], found["酒驾"]["documents"]) == (1, 1)
    assert (found["客车"]["tasks"], found["客车"]["kinds"], found["客车"]["kinds_covered"]) == (0, 1, 1)


def test_what_a_document_explains_covers_in_that_document() -> None:
    """百吨王 of one document comprises nothing in another."""
    other = document("另一文.txt", year=2024)
    listed = [fact("COMPRISES", SLOGAN, FATIGUE, scope=PLAN.id)]
    assert "疲劳驾驶" in uncovered([*listed, fact("TARGETS", NIGHT, SLOGAN, doc=other)])
    assert "疲劳驾驶" not in uncovered([*listed, fact("TARGETS", NIGHT, SLOGAN, doc=PLAN)])


def test_a_variant_carried_out_is_against_what_its_campaign_comprises() -> None:
    facts = [fact("CARRIES_OUT", CHECK, NIGHT, doc=PLAN), fact("COMPRISES", HELMETS, DRINK)]
    assert "酒驾" in uncovered(facts)
    assert "酒驾" not in uncovered([*facts, fact("VARIANT_OF", NIGHT, HELMETS)])


def test_of_several_campaigns_of_a_task_the_sentence_decides() -> None:
    """As in the catalog: a target is of the campaign in whose sentence it stands, or of the only one."""
    both = [
        fact("CARRIES_OUT", CHECK, NIGHT, doc=PLAN, span=(0, 9)),
        fact("CARRIES_OUT", CHECK, SUMMER, doc=PLAN, span=(10, 19)),
        fact("TARGETS", SUMMER, BUS, doc=PLAN),
        fact("TARGETS", RIDE, BUS, doc=PLAN),
        fact("CARRIES_OUT", RIDE, NIGHT, doc=PLAN, span=(30, 39)),
    ]
    rows = overlaps.compute(projection(both, PLAN)).rows
    assert [[t["name"] for t in row["targets"]] for row in rows] == [["客车"]]
    beside = fact("TARGETS", CHECK, DRINK, doc=PLAN, span=(20, 25))
    assert "酒驾" in uncovered([*both, beside])
    assert "酒驾" not in uncovered([*both, fact("TARGETS", CHECK, DRINK, doc=PLAN, span=(0, 9))])


def overlapping(facts: list, *documents: object) -> list[dict]:
    return overlaps.compute(projection(facts, *documents)).rows  # type: ignore[arg-type]


def test_campaigns_overlap_in_target_and_time() -> None:
    """The days in common, and the narrower of two targets of which one is a kind of the other."""
    spring = document("春.txt", period_start="2024-01-01", period_end="2024-06-30")
    early = document("夏.txt", period_start="2024-05-01", period_end="2024-09-30")
    late = document("冬.txt", period_start="2024-11-01")
    facts = [
        fact("TARGETS", NIGHT, TRUCK, doc=spring),
        fact("TARGETS", SUMMER, HEAVY, doc=early),
        fact("TARGETS", SUMMER, LIGHT, doc=late),
        fact("TARGETS", HELMETS, LIGHT, doc=spring),
        fact("KIND_OF", HEAVY, TRUCK),
        fact("KIND_OF", LIGHT, TRUCK),
    ]
    rows = overlapping(facts, spring, early, late)
    seen = {frozenset((row["campaign"]["name"], row["other"]["name"])): row for row in rows}
    assert set(seen) == {frozenset(("夜查行动", "夏季行动")), frozenset(("夜查行动", "一盔一带"))}
    both = seen[frozenset(("夜查行动", "夏季行动"))]
    assert ([t["name"] for t in both["targets"]], both["first_day"], both["last_day"]) == (
        ["重型货车"],
        "2024-05-01",
        "2024-06-30",
    )
    assert both["same_place"] is None
    assert seen[frozenset(("夜查行动", "一盔一带"))]["same_place"] is True
    assert [row["same_place"] for row in rows] == [True, None]


def test_variants_and_parts_of_one_campaign_do_not_compete() -> None:
    facts = [fact("TARGETS", campaign, BUS, doc=PLAN) for campaign in (NIGHT, SUMMER)]
    assert len(overlapping(facts, PLAN)) == 1
    assert overlapping([*facts, fact("VARIANT_OF", NIGHT, HELMETS), fact("COMPRISES", HELMETS, SUMMER)], PLAN) == []


def test_places_are_the_same_when_one_lies_within_the_other() -> None:
    """A county's plan and its city's meet; two counties' do not; those that meet come first."""
    city, county, other = (thing("Region", name) for name in ("澜川市", "禾丰县", "望岭县"))
    above, here, there = (document(f"{n}.txt", year=2024) for n in ("市", "县", "邻县"))
    facts = [
        fact("WITHIN", county, city),
        fact("WITHIN", other, city),
        fact("LOCATED_IN", above, city, doc=above),
        fact("LOCATED_IN", here, county, doc=here),
        fact("LOCATED_IN", there, other, doc=there),
        fact("TARGETS", NIGHT, BUS, doc=above),
        fact("TARGETS", SUMMER, BUS, doc=here),
        fact("TARGETS", HELMETS, BUS, doc=there),
    ]
    rows = overlapping(facts)
    assert [row["same_place"] for row in rows] == [True, True, False]
    assert {rows[2]["campaign"]["name"], rows[2]["other"]["name"]} == {"夏季行动", "一盔一带"}


@pytest.mark.parametrize(
    ("properties", "expected"),
    [
        ({"period_start": "2024-03-01", "period_end": "2024-05-31"}, ("2024-03-01", "2024-05-31")),
        ({"period_end": "2024-05-31"}, ("2024-01-01", "2024-05-31")),
        ({"year": 2023, "issued_on": "2022-12-30"}, ("2023-01-01", "2023-12-31")),
        ({"issued_on": "2022-12-30"}, ("2022-01-01", "2022-12-31")),
        ({}, None),
    ],
)
def test_a_document_is_about_its_period_its_year_or_when_it_was_issued(properties: dict, expected: object) -> None:
    assert period(document("x.txt", **properties)) == expected


def test_documents_without_time_are_counted_and_left_out() -> None:
    undated = document("无.txt")
    facts = [fact("TARGETS", campaign, BUS, doc=undated) for campaign in (NIGHT, SUMMER)]
    found = overlaps.compute(projection(facts, undated))
    assert (found.rows, found.figures["undated"]) == ([], 1)


def test_more_pairs_than_allowed_are_refused() -> None:
    facts = [fact("TARGETS", thing("Campaign", f"行动{n}"), BUS, doc=PLAN) for n in range(9)]
    with pytest.raises(LimitExceeded, match="81 is over the limit of 40"):
        overlaps.compute(projection(facts, PLAN, limit=4))


def test_circles_of_kinds_end() -> None:
    """Knowledge that says A is a kind of B and B of A does not hang the analysis."""
    facts = [fact("KIND_OF", TRUCK, HEAVY), fact("KIND_OF", HEAVY, TRUCK), fact("TARGETS", NIGHT, TRUCK, doc=PLAN)]
    assert uncovered(facts) == {}
    assert overlapping(facts, PLAN) == []
