"""Which city a place outside the table lies in: by who directs the issuer; else told by the place beneath."""

from __future__ import annotations

import pytest

from graph.ids import document_id
from ingest.nodes import entity_id
from ingest.pipeline.unit_names import Unit, own_path, shareable
from tests.unit.ingest.pipeline.reading import named, read

SUMMARY = "禾丰县公安局交警大队2023年工作总结\n一、主要工作\n{}。对照支队要求还有差距。\n"


def unit(text: str, written: str) -> Unit:
    """The body that ``written``, its first mention, means in ``text``."""
    return Unit.of(next(m for m in read(text).mentions if m.type == "Unit" and m.text == written).identity)


def node(text: str, written: str, source: str) -> str:
    found = next(m for m in read(text).mentions if m.type == "Unit" and m.text == written)
    return entity_id(found, document_id(source))


@pytest.mark.parametrize(
    "said",
    [
        "在县局和澜川市公安局交警支队的指导下，严查违法",
        "认真贯彻澜川市公安局部署，严查违法",
        "在县局党委领导和澜川支队的有力指导下，严查违法",
        "为落实《2023年澜川市公安交管工作要点》，严查违法",
    ],
)
def test_who_directs_the_issuer_says_which_city_it_is_in(said: str) -> None:
    """支队 is then that city's."""
    assert unit(SUMMARY.format(said), "支队").name == "澜川市公安局交警支队"


@pytest.mark.parametrize(
    "said",
    [
        "赴澜川市公安局交警支队学习",
        "按照澜川市公安局部署，落实朔原市公安局要求",
        "严查违法",
    ],
)
def test_who_is_only_spoken_of_says_nothing(said: str) -> None:
    """A visit is no direction, and of two that direct neither is believed."""
    found = unit(SUMMARY.format(said), "支队")
    assert (found.name, found.path, found.beneath) == ("禾丰县上级市公安局交警支队", (), "禾丰县")


def test_the_body_of_an_unnamed_city_is_one_in_all_papers_of_a_county() -> None:
    """Told by the county: two documents agree, and another county's is another."""
    plan = "禾丰县公安局2024年工作要点\n一、夜查\n1、按照市支队部署开展夜查。\n"
    other = SUMMARY.replace("禾丰", "望岭").format("严查违法")
    one = node(SUMMARY.format("严查违法"), "支队", "a.txt")
    assert one == node(plan, "市支队", "b.txt")
    assert one != node(other, "支队", "c.txt")


def test_a_county_is_one_whether_or_not_its_city_is_named() -> None:
    """禾丰县 goes by its own name in a paper of the city and in its own."""
    city = (
        "澜川市公安局交警支队2024年工作总结\n一、工作\n禾丰县公安局交警大队上门查验，砚溪大队宣传到户，砚溪市设岗。\n"
    )
    county = SUMMARY.format("大队严查违法")
    assert node(city, "禾丰县公安局交警大队", "a.txt") == node(county, "大队", "b.txt")
    assert unit(city, "砚溪大队").name == "砚溪市公安局交警大队"


def test_a_district_needs_its_city() -> None:
    """东屿区 of 衡泽市 is no other 东屿区; where nobody names the city it stays in its document."""
    district = "衡泽市公安局东屿分局2024年工作要点\n一、净化全区秩序\n1、会同区城管局设岗，东屿区城市管理局配合。\n"
    assert unit(district, "区城管局") == unit(district, "东屿区城市管理局")
    assert unit(district, "区城管局").path == ("衡泽市", "东屿区")
    alone = "东屿区教育局2024年工作要点\n一、校车\n1、检查校车。\n"
    assert node(alone, "东屿区教育局", "a.txt") != node(alone, "东屿区教育局", "b.txt")


def test_places_of_the_table_keep_its_path() -> None:
    """A name that several districts have means none of them by itself."""
    assert own_path(("汨罗市",)) == ("湖南省", "岳阳市", "汨罗市")
    assert own_path(("澜川市", "禾丰县", "石桥镇")) == ("禾丰县", "石桥镇")
    assert not shareable(("鼓楼区",))
    assert not shareable(("石桥镇",))
    assert shareable(("江苏省", "南京市", "鼓楼区"))
    assert shareable(())


def test_a_city_within_a_city_has_a_bureau_of_its_own() -> None:
    """市局 and 市公安局 are its own; 支队 and 市交警支队 are those of the city above."""
    text = "砚溪市公安局交警大队2024年工作要点\n一、夜查\n1、按照市局、市公安局、市交警支队和支队部署开展夜查。\n"
    found = named(text)
    assert found["市局"] == found["市公安局"] == "砚溪市公安局"
    assert found["市交警支队"] == found["支队"] == "砚溪市上级市公安局交警支队"


def test_masked_names_are_one_body_in_their_document() -> None:
    """X县公安局 and 县局, X县公安局交通警察大队 and 大队."""
    text = "X县公安局交通警察大队2024年总结\n一、工作\n大队在X县公安局党委领导下工作，县局督导，X县交警大队落实。\n"
    found = [m for m in read(text).mentions if m.type == "Unit"]
    bureau = {entity_id(m, document_id("a.txt")) for m in found if m.text in ("县局", "X县公安局党委")}
    brigade = {m.identity for m in found if m.text in ("大队", "X县公安局交通警察大队", "X县交警大队")}
    assert (len(bureau), len(brigade)) == (1, 1)


@pytest.mark.parametrize(
    ("issuer", "written", "meant"),
    [
        ("岳阳市公安局交警支队", "汨罗大队", "汨罗市公安局交警大队"),
        ("湖南省公安厅交警总队", "长沙支队", "长沙市公安局交警支队"),
        ("岳阳市公安局交警支队", "高速支队", "高速交警支队"),
        ("岳阳市公安局交警支队", "机动大队", "机动交警大队"),
        ("上海市公安局交警总队", "市局", "上海市公安局"),
    ],
)
def test_a_team_by_the_bare_name_of_a_place_is_that_places(issuer: str, written: str, meant: str) -> None:
    """Of a place beneath the document's; a team told by what it does is one of its own, never the issuer."""
    assert unit(f"{issuer}2024年工作要点\n一、夜查\n1、由{written}开展夜查。\n", written).name == meant


def test_members_of_a_committee_are_one_class() -> None:
    """成员单位 after the committee is named, with 各 or without, and by its own short name."""
    text = "聊城市公安局交警支队2024年分工\n一、会商\n1、市交安委每月会商，各成员单位参加，交安委成员单位落实。\n"
    found = named(text)
    assert found["各成员单位"] == found["交安委成员单位"] == "聊城市道路交通安全委员会成员单位"
