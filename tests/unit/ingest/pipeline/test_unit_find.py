"""Bodies of fields that no list knows, teams and stations with names, offices over their duties. Own examples."""

from __future__ import annotations

import pytest

from ingest.pipeline.unit_find import find_units, heading_unit
from tests.unit.ingest.pipeline.reading import names, rules


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("由区社会事业局负责", "区社会事业局"),
        ("县渣土办要每月检查", "县渣土办"),
        ("东屿区招商服务局配合", "东屿区招商服务局"),
        ("督促市渣土中心整改", "市渣土中心"),
        ("（县低空处）", "县低空处"),
        ("区营商促进局须落实", "区营商促进局"),
    ],
)
def test_a_level_makes_a_body_of_an_unknown_field(text: str, unit: str) -> None:
    """区|社会事业|局: free on its left, or told to act; less sure than a known name."""
    assert rules(text) == {unit: "unit.charged"}
    assert find_units(text)[0].confidence < 0.95


@pytest.mark.parametrize(
    "text",
    [
        "着眼全县大局",
        "市委督办",
        "县里加强查处",
        "县内各处",
        "市级好处",
        "区的难处",
        "县里逐案查办",
        "全市格局",
        "县与乡局",
        "县12局",
        "县财政局社会局面",
        "渣土办负责",
        "里区渣土办",
    ],
)
def test_words_that_end_like_a_body_are_none(text: str) -> None:
    """大局, 督办, 好处 are words of their own; a field needs a level, free on its left, and no verb or particle."""
    assert not [rule for rule in rules(text).values() if rule == "unit.charged"]


def test_a_body_of_the_whole_country_is_one() -> None:
    """国家 and 中国 before a field stand for a level, whatever the field begins with."""
    assert rules("国家外汇局、中国气象局参加") == {"国家外汇局": "unit.charged", "中国气象局": "unit.bureau"}


def test_two_fields_of_one_body_are_one_name() -> None:
    """区交通与建设局: the level stands before both; without one 与 parts two names."""
    assert names("区交通与建设局、县教育和体育局负责") == ["区交通与建设局", "县教育和体育局"]
    assert names("协调教育与财政局办理") == ["财政局"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("云坪派出所、石桥派出所负责", ["云坪派出所", "石桥派出所"]),
        ("相关派出所配合", ["派出所"]),
        ("加强派出所建设", ["派出所"]),
        ("云坪大队到岗", ["云坪大队"]),
        ("相关大队、辖区中队到岗", ["大队", "辖区中队"]),
        ("督促云坪大队整改", ["云坪大队"]),
        ("云坪交警中队到岗", ["云坪交警中队"]),
        ("第三大队、直属二大队到岗", ["第三大队", "直属二大队"]),
    ],
)
def test_stations_and_teams_have_proper_names(text: str, expected: list[str]) -> None:
    """Two or three characters that stand free; 相关 and 辖区 are no names."""
    assert names(text) == expected


def test_groups_and_task_forces_stand_alone_where_they_stand_free() -> None:
    """领导小组 and 专班 without a name are bodies, less sure; inside another word they are none."""
    assert rules("领导小组要定期研究，工作专班每月通报") == {"领导小组": "unit.bare", "工作专班": "unit.bare"}
    assert names("成立夜查行动领导小组") == ["夜查行动领导小组"]


@pytest.mark.parametrize(
    ("line", "unit"),
    [
        ("宣传办主要任务", "宣传办"),
        ("法制股职责分工", "法制股"),
        ("勤务处：负责调度", "勤务处"),
        ("车驾管站的工作职责", "车驾管站"),
        ("考试股\n负责考试", "考试股"),
    ],
)
def test_a_heading_may_be_an_office(line: str, unit: str) -> None:
    """Nothing but the office, or the office with its duties."""
    found = heading_unit(line, 0, len(line)) or find_units(line)[0]
    assert (found.text, line[found.start : found.end]) == (unit, unit)


@pytest.mark.parametrize(
    "line",
    ["整治领导小组", "经营场所", "值班宿舍", "强化查处", "开展排查站", "各处", "宣传股长", "财政局办", "县教育局"],
)
def test_a_heading_may_look_like_an_office(line: str) -> None:
    """Groups, places, verbs and bodies that the grammar knows are no offices."""
    assert heading_unit(line, 0, len(line)) is None


def test_a_body_resident_in_another_is_one() -> None:
    """The inspectors of one body within another have the whole name."""
    assert names("县纪委监委驻县公安局纪检监察组参加") == ["县纪委监委驻县公安局纪检监察组"]
