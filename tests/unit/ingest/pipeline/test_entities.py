"""Lexicon names, regulations, roads and places. Sentences and places are our own."""

from __future__ import annotations

import pytest

from tests.unit.ingest.pipeline.reading import found, item, meant, named, read


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("检查“两客一危”车辆。", ["两客一危"]),
        ("检查两客一危一货一面车辆。", ["两客一危一货一面"]),
        ("淘汰57座以上大客车、卧铺客车。", ["57座以上大客车", "卧铺客车"]),
        ("检查７至９座小型客车。", ["７至９座小型客车"]),
        ("督促“营转非”大客车退出。", ["“营转非”大客车"]),
        ("管控800公里以上长途班线客车。", ["800公里以上长途班线客车"]),
        ("摩托艇项目不在此列。", []),
        ("《电动自行车管理办法》宣传。", []),
    ],
)
def test_vehicle_classes(body: str, expected: list[str]) -> None:
    """The longest class wins, modifiers that define it belong to it, and titles of rules are not searched."""
    assert found(body, "VehicleClass") == expected


def test_a_modified_class_keeps_its_own_name() -> None:
    """57座以上的大客车 and 57座以上大客车 are one class under 大型客车."""
    mention = next(m for m in read(item("淘汰57座以上的大客车。")).mentions if m.type == "VehicleClass")
    assert (mention.name, mention.attributes["base"]) == ("57座以上大客车", "大型客车")


def test_synonyms_are_one_violation() -> None:
    assert meant("严查未戴头盔、不佩戴安全头盔、酒后驾驶。", "Violation") == [
        "不戴安全头盔",
        "不戴安全头盔",
        "酒驾醉驾",
    ]


def test_slogans_of_one_document_do_not_merge() -> None:
    mention = next(m for m in read(item("管好“三车”。")).mentions if m.type == "VehicleClass")
    assert mention.attributes["scope"] == "document"


def test_quoted_working_methods_are_mechanisms() -> None:
    """A quoted name with 机制, 模式 or the like; a known slogan keeps its own span."""
    assert found("推行“路面清零”闭环管理模式,落实“三同时”制度。", "Mechanism") == ["“路面清零”闭环管理模式", "三同时"]
    mention = next(m for m in read(item("实行“1+3”运行机制。")).mentions if m.type == "Mechanism")
    assert mention.attributes["scope"] == "document"


def test_platforms_and_groups() -> None:
    body = "依托集成指挥平台向驾乘人员、村“两委”干部推送提示。"
    assert meant(body, "Platform") == ["公安交通集成指挥平台"]
    assert found(body, "PersonGroup") == ["驾乘人员", "村“两委”干部"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("宣传《云岭县停车管理办法》。", ["云岭县停车管理办法"]),
        (
            "宣传《云岭省实施<中华人民共和国道路交通安全法>办法》。",
            ["云岭省实施<中华人民共和国道路交通安全法>办法", "中华人民共和国道路交通安全法"],
        ),
        (
            "宣传《云岭省实施《中华人民共和国公路法》办法》。",
            ["云岭省实施《中华人民共和国公路法》办法", "中华人民共和国公路法"],
        ),
        ("落实《云岭县停车整治实施方案，按期完成。", ["云岭县停车整治实施方案"]),
        ("落实县政府关于加强校车安全工作的意见。", ["关于加强校车安全工作的意见"]),
        ("依照道路交通安全法处罚。", ["道路交通安全法"]),
        ("落实8号检察建议,执行“六条禁令”。", ["8号检察建议", "六条禁令"]),
        ("按照云岭县农村道路隐患治理三年行动计划推进。", ["云岭县农村道路隐患治理三年行动计划"]),
        ("编制本地区农村道路发展规划。", []),
        ("发放《道路运输通行证》。", []),
        ("违反第六项规定的除外。", []),
    ],
)
def test_regulations(body: str, expected: list[str]) -> None:
    """《》 with nesting and without its end, titles without marks where they are cited, quoted rules."""
    assert found(body, "Regulation") == expected


def test_short_titles_are_the_full_ones() -> None:
    assert meant("依照《道路交通安全法》和安全生产法。", "Regulation") == [
        "中华人民共和国道路交通安全法",
        "中华人民共和国安全生产法",
    ]


def test_a_defined_short_title_is_resolved_everywhere() -> None:
    body = "印发《云岭县隐患排查实施方案》（以下简称《实施方案》）。抓好《实施方案》落实。"
    assert set(meant(body, "Regulation")) == {"云岭县隐患排查实施方案"}


def test_a_number_beside_a_title_is_another_name_of_it() -> None:
    """文号 of the rule cited; a known number alone leads to its title; both widths of brackets."""
    body = "落实《关于加强夜查工作的通知》（云公通〔2023〕7号）和国发[2012]30号要求。"
    assert meant(body, "Regulation") == ["关于加强夜查工作的通知", "国务院关于加强道路交通安全工作的意见"]
    cited = next(m for m in read(item(body)).mentions if m.type == "Regulation")
    assert cited.attributes["aliases"] == ("云公通〔2023〕7号",)


def test_a_document_does_not_cite_itself_by_its_number() -> None:
    """What stands in the field 发文字号 is the document's own, wherever the page repeats it."""
    body = "发文字号：云公通〔2023〕7号 关于夜查的报告 云公通〔2023〕7号 来源：县局"
    assert meant(body, "Regulation") == []


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("以107、240、308国道为重点。", {"107": "107国道", "240": "240国道", "308国道": "308国道"}),
        ("巡查Ｇ１０７国道。", {"Ｇ１０７国道": "107国道"}),
        ("巡查国道107、G60沪昆高速。", {"国道107": "107国道", "G60沪昆高速": "G60高速公路"}),
        (
            "巡查海港大道与渔港路、京港澳高速公路。",
            {"海港大道": "海港大道", "渔港路": "渔港路", "京港澳高速公路": "京港澳高速公路"},
        ),
        (
            "治理环岛路K3+200至K4+100、农村道路。",
            {"环岛路": "环岛路", "环岛路K3+200至K4+100": "环岛路K3+200至K4+100", "农村道路": "农村道路"},
        ),
        ("治理思路、铁路、出路,关闭高速公路。", {"高速公路": "高速公路"}),
    ],
)
def test_roads(body: str, expected: dict[str, str]) -> None:
    """A list of numbers is as many roads; names stand free; stakes are sections; ordinary words with 路 are none."""
    assert named(item(body), "Road") == expected


def test_places_by_full_name_only() -> None:
    """A two-character county needs to stand free; a place in a longer unknown one is none."""
    assert found("赴长沙市、和县学习。", "Region") == ["长沙市", "和县"]
    assert "和县" not in found("支队和县局联合检查。", "Region")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("全县道路交通秩序好转,我省道路通行有序,各村道路硬化,本乡道路拓宽。", []),
        ("排查全国道路隐患,跨省道路客运停运,省道安办督办,县道交安委通报。", []),
        ("在国道路段和省道路口设卡,巡查县域国道、省道、县道及乡道。", ["国道", "省道", "国道", "省道", "县道", "乡道"]),
        ("巡查县道200公里。", ["县道"]),
        ("巡查省道S219线、X013县道和308线。", ["省道S219线", "X013县道", "308线"]),
        ("在G320国道1203公里处设点。", ["G320国道"]),
        ("管控沪昆、京港澳、长张高速。", ["沪昆", "京港澳", "长张高速"]),
        ("管控望禾高速、澜东高速、绕城高速。", ["望禾高速", "澜东高速", "绕城高速"]),
        ("加强高速公路巡查,全年高速平稳,模拟高速驾驶。", ["高速公路", "高速", "高速"]),
        ("整治城区人民路、建设路、向阳路。", ["人民路", "建设路", "向阳路"]),
        ("整治澜川市青云大道、云坪镇九桥路与环镇西路十字路口。", ["青云大道", "九桥路", "环镇西路"]),
        ("整治五一大道与八一路交叉口、东江大道一段。", ["五一大道", "八一路", "东江大道"]),
        ("创建3条文明示范路,整治隐患路、断头路,走出一条新路。", []),
    ],
)
def test_what_is_a_road(body: str, expected: list[str]) -> None:
    """县|道路 is no 县道; lists of expressways share their last word; a street's name is without the place."""
    assert [m.text for m in read(item(body)).mentions if m.type == "Road"] == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("遵守道路交通安全法律、法规和安全生产法制。", []),
        ("违反道路交通安全法第九十条的处罚。", ["道路交通安全法"]),
        ("签订《交通安全责任书》,下发《整改通知书》,发放《安全手册》,观看《酒驾之殇》,《澜川日报》刊发。", []),
        ("执行《机动车运行安全技术条件》和《关于护学的若干事项》。", ["机动车运行安全技术条件", "关于护学的若干事项"]),
        ("落实《关于夜查的通知》（X公通〔2023〕5号）。", ["关于夜查的通知"]),
        ("按照X公通〔2023〕5号要求。", ["X公通〔2023〕5号"]),
        ("执行“三个规定”。", ["三个规定"]),
    ],
)
def test_what_is_a_rule(body: str, expected: list[str]) -> None:
    """A law's name is not cut from 法律; forms, films and papers in 《》 are no rules; a masked 文号 keeps its mask."""
    assert [m.text for m in read(item(body)).mentions if m.type == "Regulation"] == expected


def test_a_bare_title_goes_back_to_the_one_it_ends() -> None:
    """《办法》 after one 《…管理办法(试行)》 is that; after two it is nobody's."""
    one = "出台《电动自行车管理办法（试行）》。依据《办法》查纠。"
    assert set(meant(one, "Regulation")) == {"电动自行车管理办法(试行)"}
    two = "出台《停车管理办法》《巡逻管理办法》。依据《办法》查纠。"
    assert meant(two, "Regulation")[2] == "办法"
