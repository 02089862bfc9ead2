"""Bodies named together: neighbours, shared fields and heads, classes, the force itself. Own examples."""

from __future__ import annotations

import pytest

from ingest.pipeline.unit_find import find_units
from tests.unit.ingest.pipeline.reading import names, rules


@pytest.mark.parametrize(
    ("text", "neighbours"),
    [
        ("区财政局、社会事业局、云坪集团负责", ["社会事业局", "云坪集团"]),
        ("招商服务局、区财政局配合", ["招商服务局"]),
        ("区财政局、公路养护总站及云坪医院参加", ["公路养护总站"]),
        ("县教育局、云坪公交公司、石桥银行按职责负责", ["云坪公交公司", "石桥银行"]),
    ],
)
def test_a_name_beside_a_known_body_is_one(text: str, neighbours: list[str]) -> None:
    """In a list, ending as bodies do; each stands for the next."""
    assert [name for name, rule in rules(text).items() if rule == "unit.neighbour"] == neighbours


@pytest.mark.parametrize(
    "text",
    [
        "社会事业局负责",
        "县教育局和云坪集团",
        "县教育局、推进服务局",
        "县教育局、局",
        "县教育局、相关大队",
        "县教育局。招商服务局负责",
    ],
)
def test_a_name_alone_is_none(text: str) -> None:
    """Beside a verb, an adjective or nothing, a word that ends like a body proves nothing."""
    assert "unit.neighbour" not in rules(text).values()


def test_an_unknown_field_before_a_shared_head_is_a_part() -> None:
    """A、交通与建设、B等部门: between known fields, with 部门 as its head."""
    found = {s.text: s for s in find_units("县公安、交通与建设、市场监管等部门负责")}
    assert found["交通与建设"].rule == "unit.shared-field"
    assert found["交通与建设"].canonical == "交通与建设部门"
    assert list(found) == ["县公安", "交通与建设", "市场监管"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("协调县公安局、社会事业、市场监管等部门", ["县公安局", "社会事业", "市场监管"]),
        ("公安、教育三部门", ["公安", "教育"]),
        ("公安和教育部门", ["公安", "教育部门"]),
        ("推动公安部门联动", ["公安部门"]),
        ("招商引资等部门", []),
        ("推动部门联动", []),
        ("县委和市场监管等部门", ["县委", "市场监管"]),
        ("城区、市场监管等部门", ["市场监管"]),
    ],
)
def test_a_shared_head_belongs_to_fields_of_departments(text: str, expected: list[str]) -> None:
    """Whole bodies before it stand as they are; places, and fields without a known neighbour, take no 部门."""
    assert names(text) == expected


@pytest.mark.parametrize(
    "text", ["各单位", "国务院有关部门", "省直有关单位", "相关责任单位", "县直各部门", "中央有关单位", "各有关部门"]
)
def test_a_vague_class_is_a_body(text: str) -> None:
    """It acts, as a class, wherever it stands in running text."""
    (span,) = find_units(f"{text}要落实责任")
    assert (span.text, span.rule, span.generic) == (text, "unit.class", True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("县教育局等有关部门负责", ["县教育局"]),
        ("县教育局及其有关部门", ["县教育局"]),
        ("有关部门人员参加", []),
        ("相关单位负责人参加", []),
        ("各部门领导到场", []),
    ],
)
def test_a_class_that_only_closes_a_list_or_names_people_is_none(text: str, expected: list[str]) -> None:
    """等有关部门 adds nobody; 有关部门负责人 are persons."""
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("整合公安交警、派出所力量", "unit.force"),
        ("派出所和公安交警要联动", "unit.force"),
        ("公安交警职责如下", "unit.force"),
        ("汨罗公安工作总结", "unit.force-title"),
        ("东屿区公安交管工作要点\n东屿区", "unit.force-title"),
    ],
)
def test_the_force_is_a_body_where_it_acts(text: str, rule: str) -> None:
    """In a list of bodies, over its duties, or with its place before a title word."""
    assert rule in rules(text).values()


@pytest.mark.parametrize("text", ["公安工作要点", "公安要加强管理", "县公安局要落实"])
def test_the_force_elsewhere_is_none(text: str) -> None:
    assert not [r for r in rules(text).values() if r.startswith("unit.force")]


def test_an_owner_list_takes_unknown_items_whole() -> None:
    """Names, not verbs, times, ordinals or sentences; short enough to be one."""
    text = "县教育局、某处室、推进落实组、第三方、长期、某" + "处" * 20 + "，A公司"
    assert {n for n, r in rules(text, listed=True).items() if r == "unit.listed"} == {"某处室", "A公司"}
    assert rules("各乡镇、县直属各单位", listed=True)["各乡镇"] == "unit.collective"
