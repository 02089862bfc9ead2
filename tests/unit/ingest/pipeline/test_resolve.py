"""One body, one name: anaphora, short names and places seen from the issuer."""

from __future__ import annotations

import pytest

from ingest.extraction import Mention
from ingest.pipeline.setting import Setting
from ingest.pipeline.unit_names import Unit, region_level
from ingest.pipeline.unit_resolve import resolve_unit
from tests.unit.ingest.pipeline.reading import item, named, read


def by_text(text: str, type_: str, written: str) -> Mention:
    return next(m for m in read(text).mentions if m.type == type_ and m.text == written)


BRIGADE = "汨罗市公安局交警大队2024年工作要点\n一、强化路面管控\n1、严查违法。{}\n"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("大队", "汨罗市公安局交警大队"),
        ("支队", "岳阳市公安局交警支队"),
        ("省厅", "湖南省公安厅"),
        ("部局", "公安部交通管理局"),
        ("市局", "汨罗市公安局"),
        ("我队", "汨罗市公安局交警大队"),
        ("市道安委", "汨罗市道路交通安全委员会"),
        ("道安办", "汨罗市道路交通安全委员会办公室"),
        ("市住建局", "汨罗市住房和城乡建设局"),
        ("财政局", "汨罗市财政局"),
        ("秩序股", "汨罗市公安局交警大队秩序股"),
        ("市安委办", "汨罗市安全生产委员会办公室"),
        ("省公安厅交警总队", "湖南省公安厅交警总队"),
        ("市政府办", "汨罗市人民政府办公室"),
        ("市管委会", "汨罗市管理委员会"),
    ],
)
def test_a_brigade_speaks_of_those_above_it(written: str, meant: str) -> None:
    """Every short name leads to the full one, filled from the issuer's place and the table of places."""
    assert named(BRIGADE.format(f"按照{written}部署开展夜查。")).get(written) == meant


def test_the_names_of_one_force_are_one_body() -> None:
    """交巡警支队, 交通警察支队 and 交警支队 of one city are the same."""
    found = named(
        "聊城市公安局交巡警支队2024年工作要点\n一、夜查\n1、聊城市交通警察支队牵头,聊城市公安局交警支队配合。\n"
    )
    assert set(found.values()) == {"聊城市公安局交警支队"}


@pytest.mark.parametrize("name", ["贵阳市公安交通管理局", "贵阳市公安局交通管理局", "澜川市公安局公安交通管理局"])
def test_a_traffic_bureau_of_the_police_is_not_the_transport_bureau(name: str) -> None:
    """公安交通管理局 keeps its name and its domain: 交通 is no short form of 交通运输 there."""
    mention = by_text(f"{name}\n2024年1月8日\n", "Unit", name)
    assert (mention.name, Unit.of(mention.identity).domain) == (name, "公安交管")


def test_a_unit_is_what_its_identity_says() -> None:
    """All properties of the node are in the identity, and come back from it."""
    mention = by_text(BRIGADE.format("市教育局配合。"), "Unit", "市教育局")
    unit = Unit.of(mention.identity)
    assert unit.identity == mention.identity
    assert (unit.name, unit.path[-1], unit.level, unit.domain) == ("汨罗市教育局", "汨罗市", "县", "教育")


def test_redacted_units_stay_in_their_document() -> None:
    """X交警大队 of two documents never merge; what is seen from it stays with it."""
    text = (
        "X县交警大队2023年工作总结\n一、工作情况\n（一）加强管控。大队按照支队部署,会同县教育局开展夜查,交安办督办。\n"
    )
    units = [m for m in read(text).mentions if m.type == "Unit"]
    assert {m.text for m in units} >= {"X县交警大队", "大队", "支队", "县教育局"}
    assert all(m.attributes.get("scope") == "document" for m in units)
    assert named(text)["大队"] == "X县交警大队"
    assert named(text)["支队"] == "市公安局交警支队"


def test_teams_below_the_issuer_are_a_class() -> None:
    """For a detachment, 大队 are its brigades."""
    mention = by_text("聊城市公安局交警支队2024年工作要点\n一、夜查\n1、大队每周开展夜查。\n", "Unit", "大队")
    assert mention.attributes["generic"] is True


def test_places_outside_the_table_hang_on_the_document() -> None:
    """A fictitious county is a county by its name; its bodies carry it."""
    found = named(item("县农业农村局会同县局指挥中心、城北镇人民政府检查。"))
    assert found["县农业农村局"] == "云岭县农业农村局"
    assert found["城北镇人民政府"] == "城北镇人民政府"


def test_several_levels_at_once_are_a_class_of_the_place() -> None:
    found = by_text(BRIGADE.format("市、县两级道安委每月会商。"), "Unit", "市、县两级道安委")
    assert found.attributes["generic"] is True
    assert found.name == "汨罗市市、县道路交通安全委员会"


def test_national_documents_name_national_bodies() -> None:
    """文物局 in a State Council bracket is the national one; in a county paper the county's."""
    assert named("国务院关于加强管理的意见\n一、总体要求\n1、完善制度。（文物局负责）\n")["文物局"] == "国家文物局"
    assert named(BRIGADE.format("文物局配合。"))["文物局"] == "汨罗市文物局"


def test_working_groups_and_listed_names_are_local() -> None:
    found = by_text(BRIGADE.format("成立隐患治理工作专班。"), "Unit", "隐患治理工作专班")
    assert found.attributes["scope"] == "document"


def test_a_mention_without_grammar_stays_local() -> None:
    """Whatever another component marks as a Unit resolves to itself, in its document."""
    unit = resolve_unit(Mention("Unit", 0, 2, "甲方"), Setting("甲方", ()))
    assert (unit.name, unit.scope) == ("甲方", "document")


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("汨罗市", "县"),
        ("岳阳市", "市"),
        ("云岭县", "县"),
        ("澜川市", "市"),
        ("石桥镇", "乡"),
        ("北湾村", "村"),
        ("某处", ""),
        ("广西壮族自治区", "省"),
    ],
)
def test_levels_of_places(name: str, level: str) -> None:
    assert region_level(name) == level


def test_our_city_is_the_issuers() -> None:
    """我市, 全市 and the bare name are the place of the document; other places by full name."""
    text = BRIGADE.format("我市与汨罗各镇、长沙市、全省一道开展宣传。")
    assert named(text, "Region") == {"我市": "汨罗市", "汨罗": "汨罗市", "长沙市": "长沙市", "全省": "湖南省"}
    assert by_text(text, "Region", "我市").identity == ("430681",)


def test_places_inside_names_of_bodies_are_no_mentions() -> None:
    assert "汨罗市" not in [m.text for m in read(BRIGADE.format("汨罗市公安局督导。")).mentions if m.type == "Region"]


def test_a_campaign_by_its_defined_short_name() -> None:
    """以下简称“会战” leads back to the campaign."""
    title = "云岭县公安局关于开展夏季交通“百日会战”的通知\n"
    text = title + "决定开展夏季交通“百日会战”（以下简称“会战”）。\n一、要求\n1、抓好“会战”宣传。\n"
    names = {m.name for m in read(text).mentions if m.type == "Campaign"}
    assert "夏季交通百日会战" in names


def test_a_state_road_is_one_everywhere_and_a_provincial_one_in_its_province() -> None:
    """G107 has no place in its identity; S308 has its province."""
    text = BRIGADE.format("巡逻107国道和308省道。")
    assert by_text(text, "Road", "107国道").identity == ("107国道", "G107", "named", "")
    assert by_text(text, "Road", "308省道").identity == ("308省道", "S308", "named", "湖南省")


def test_a_quoted_rule_belongs_to_the_body_before_it() -> None:
    text = BRIGADE.format("执行市局“八条铁规”和“五个严禁”。")
    assert by_text(text, "Regulation", "八条铁规").name == "汨罗市公安局八条铁规"
    assert by_text(text, "Regulation", "五个严禁").attributes["scope"] == "document"


def test_a_bare_word_for_a_rule_is_local() -> None:
    """《条例》 without more is known to its document only."""
    assert by_text(BRIGADE.format("宣传《条例》。"), "Regulation", "条例").attributes["scope"] == "document"


def test_violations_carry_their_code() -> None:
    assert by_text(BRIGADE.format("严查闯红灯。"), "Violation", "闯红灯").attributes["code"] == "1625"


def test_a_street_office_is_one_by_either_name() -> None:
    """云坪街道办 and 云坪街道办事处 lie in the document's district."""
    text = "东屿区公安局交警大队2024年工作要点\n一、强化路面管控\n1、严查违法。由云坪街道办、云坪街道办事处负责。\n"
    found = {m.text: m for m in read(text).mentions if m.type == "Unit"}
    assert found["云坪街道办"].name == found["云坪街道办事处"].name == "云坪街道办事处"
    assert found["云坪街道办"].attributes["jurisdiction"] == "东屿区/云坪街道"
