"""The words traffic police use every day are known, each as the thing it names. Sentences are our own."""

from __future__ import annotations

import pytest

from ingest.lexicon import knowledge
from ingest.pipeline.gazetteer import lexicon_entries
from tests.unit.ingest.pipeline.reading import meant


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("排查渣土车、砂石车、水泥罐车和工程运输车。", ["工程运输车", "砂石车", "混凝土搅拌车", "工程运输车"]),
        (
            "管好农用车、变型拖拉机、三轮汽车、低速货车。",
            ["农用车", "变型拖拉机", "三轮汽车", "低速载货汽车"],
        ),
        ("检查油罐车、危化品运输车及其押运。", ["油罐车", "危险货物运输车"]),
        ("摸排接送学生车辆、校车、通勤车。", ["接送学生车辆", "校车", "通勤车"]),
        ("规范外卖车辆、快递三轮车、共享电单车停放。", ["外卖车辆", "快递三轮车", "共享电单车"]),
        ("整治超标电动自行车、老年代步车。", ["超标电动自行车", "低速电动车"]),
        ("禁止叉车、旅游观光车上道路行驶。", ["叉车", "观光车"]),
        ("检查大货车、重型货车、蓝牌货车。", ["大型货车", "重型货车", "蓝牌货车"]),
    ],
)
def test_vehicle_classes_of_everyday_work(body: str, expected: list[str]) -> None:
    assert meant(body, "VehicleClass") == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("严查超限、超载、客货混装。", ["超限", "超载", "客货混装"]),
        ("查处强行超车、不按规定让行、斑马线不礼让行人。", ["违法超车", "不按规定让行", "不礼让行人"]),
        ("查处分心驾驶、骑车看手机、接打手机。", ["分心驾驶", "骑行使用手机", "接打手持电话"]),
        ("查处醉酒后驾驶机动车、顶包、冲卡。", ["醉驾", "顶包", "冲卡"]),
        ("查处沿途滴洒、未密闭运输、超标排放。", ["抛洒滴漏", "未密闭运输", "超标排放"]),
        ("查处私自加装雨棚、脱检、逾期未报废。", ["加装遮阳篷", "逾期未检验", "逾期未报废"]),
        ("查处站外揽客、非法营运、货车载人。", ["站外上下客", "非法营运", "货车违法载人"]),
        ("不查超限检测站，不查抛洒物清理。", []),
        ("查处非机动车闯红灯。", ["闯红灯"]),
    ],
)
def test_violations_of_everyday_work(body: str, expected: list[str]) -> None:
    """Guards keep places and things apart from the act; whoever commits it is a class of its own."""
    assert meant(body, "Violation") == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("教育货车司机、客运驾驶员和押运员。", ["货运驾驶人", "客运驾驶人", "押运员"]),
        ("提醒外卖骑手、快递小哥、快递外卖从业人员。", ["外卖骑手", "快递员", "快递外卖从业人员"]),
        ("走访农村群众、务工人员和老年人。", ["村民", "务工人员", "老年人"]),
        ("检查旅游客车和幼儿园门口。", []),
        ("规范残疾人手摇轮椅车停放。", []),
    ],
)
def test_groups_of_people(body: str, expected: list[str]) -> None:
    assert meant(body, "PersonGroup") == expected


def test_what_is_unsure_or_local_is_never_expanded() -> None:
    """No entry that is unsure, or that every document defines anew, says what it comprises (KIND_OF is a fact too)."""
    for _, entry in lexicon_entries(knowledge()):
        if not entry.sure or entry.scope == "document":
            assert not entry.members, entry.id
            assert not entry.parent, entry.id


def test_readings_known_to_be_wrong_are_absent() -> None:
    """两客一危 is no school bus, 三超 is no following distance, the 面 of 两客一危一面 is open."""
    entries = {e.name: e for _, e in lexicon_entries(knowledge())}
    assert "校车" not in entries["两客一危"].members
    assert entries["三超"].members == ("超速", "超员", "超载")
    assert not entries["两客一危一面"].sure
