"""Places in names of bodies: areas, short county names, counties whose name is a verb. Own examples."""

from __future__ import annotations

import pytest

from ingest.pipeline.unit_find import find_units
from ingest.pipeline.unit_grammar import read_left
from ingest.pipeline.unit_places import source
from tests.unit.ingest.pipeline.reading import names


@pytest.mark.parametrize(
    "name",
    [
        "云坪高新区管委会",
        "云坪经开区管委会",
        "云坪经济技术开发区管理委员会",
        "云坪高新技术产业开发区管委会",
        "澜川综合保税区管委会",
        "云坪旅游度假区管委会",
        "云坪经济开发区公安分局",
        "澜川市云坪开发区管委会",
    ],
)
def test_an_area_has_a_name_before_its_kind(name: str) -> None:
    """Two to four characters before 高新区, 经济技术开发区: a place like others, after its city."""
    (span,) = find_units(f"由{name}负责")
    assert span.text == name
    assert span.regions[-1].endswith("区")


@pytest.mark.parametrize("before", ["各", "两个", "国家级", "有关", "推进", "全市"])
def test_an_area_without_a_name_is_a_kind(before: str) -> None:
    """各开发区, 国家级开发区: the words before are no name of it."""
    assert names(f"{before}开发区管委会") in (["开发区管委会"], ["全市开发区管委会"], ["各开发区管委会"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("加强源头管理县交通运输局要检查", ["县交通运输局"]),
        ("完善治理县教育局要检查", ["县教育局"]),
        ("督促沛县公安局落实", ["沛县公安局"]),
        ("徐州市沛县公安局落实", ["徐州市沛县公安局"]),
        ("支队和县教育局检查", ["支队", "县教育局"]),
        ("和县公安局印发", ["和县公安局"]),
        ("与沛县公安局会商", ["沛县公安局"]),
    ],
)
def test_a_county_of_two_characters_stands_free(text: str, expected: list[str]) -> None:
    """At a start, after a verb, a particle or its city; within other words it is no county."""
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("会同县教育局开展检查。", "县教育局"),
        ("一、会同县教育局开展检查。", "县教育局"),
        ("怀化市会同县教育局印发", "怀化市会同县教育局"),
        ("会同县教育局2024年工作要点\n一、抓好学习。", "会同县教育局"),
        ("总结\n会同县教育局\n2024年", "会同县教育局"),
    ],
)
def test_a_county_whose_name_is_a_verb_counts_in_titles(text: str, expected: str) -> None:
    """会同县 after its city, or where a line without a comma or full stop begins with it."""
    assert find_units(text)[0].text == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("XX市X县公安局报告", "XX市X县公安局"),
        ("某县公安局报告", "某县公安局"),
        ("X县各乡镇人民政府报告", "X县各乡镇人民政府"),
    ],
)
def test_hidden_places_belong_to_the_name(text: str, expected: str) -> None:
    """Redacted places, one over another, or before a level."""
    (span,) = [s for s in find_units(text) if s.text.endswith(("局", "政府"))]
    assert (span.text, span.redacted) == (expected, True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("由石桥街道综治中心负责", "石桥街道综治中心"),
        ("由石桥镇政府负责", "石桥镇政府"),
        ("全东屿区公安分局\n东屿区工作", "全东屿区公安分局"),
    ],
)
def test_unknown_places_stand_where_a_noun_must(text: str, expected: str) -> None:
    """After 由 or 、; a place the text names elsewhere is one anywhere."""
    assert expected in names(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("汨罗市云坪镇人民政府负责", "汨罗市云坪镇人民政府"),
        ("由岳阳市汨罗市白石坡镇人民政府负责", "岳阳市汨罗市白石坡镇人民政府"),
        ("东屿区云坪街道办事处负责\n东屿区", "东屿区云坪街道办事处"),
        ("由云坪街道办负责", "云坪街道办"),
        ("汨罗市各镇人民政府负责", "汨罗市各镇人民政府"),
        ("汨罗市街道办事处负责", "汨罗市街道办事处"),
        ("各街道办事处负责", "各街道办事处"),
    ],
)
def test_a_town_or_street_stands_after_its_county(text: str, expected: str) -> None:
    """Unknown to every table, named by its place in the chain; 各镇 and 街道 alone have no name."""
    assert names(text) == [expected]


def test_what_looks_like_a_place_is_none() -> None:
    """县委区, 城区, 社区: parts of other words are not attested as places."""
    text = "县委区\n城区\n会议地区\n市局乡\n东屿区\n督促检查区\n"
    assert source(text).places == {"东屿区"}


def test_a_single_inner_suffix_needs_support() -> None:
    """局 inside a name counts after a stem or a level, at the start of the stretch never."""
    assert names("县局办公室通知") == ["县局办公室"]
    assert read_left(source("局办公室"), 1, 0, "办公室").start == 1
    assert read_left(source("甲局办公室"), 2, 0, "办公室").start == 2
