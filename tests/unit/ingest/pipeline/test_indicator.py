"""Numbers with their metric, operator and kind. Sentences are our own."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.ingest.pipeline.reading import item, read

REPORT = "云岭县公安局交警大队2023年工作总结\n一、工作情况\n（一）强化管控。{}\n"


def indicators(text: str) -> list[dict[str, Any]]:
    return [{"text": m.text, **m.attributes} for m in read(text).mentions if m.type == "Indicator"]


def one(text: str) -> dict[str, Any]:
    found = indicators(text)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("body", "metrics", "op", "value", "unit"),
    [
        ("检验率、报废率均不低于99%。", ["检验率", "报废率"], ">=", 99.0, "%"),
        ("重型货车检验率达到９５％。", ["检验率"], ">=", 95.0, "%"),
        ("劝导员培训不少于2次。", ["劝导员培训"], ">=", 2.0, "次"),
        ("平均用时控制在15分钟以内。", ["平均用时"], "<=", 15.0, "分钟"),
        ("新增减速带118道。", ["新增减速带"], "=", 118.0, "道"),
        ("抽检头盔不少于200批次。", ["抽检头盔"], ">=", 200.0, "批次"),
        ("建成6个文明示范村。", ["文明示范村"], "=", 6.0, "个"),
        ("投入资金近1.2亿元。", ["投入资金"], "~", 120_000_000.0, "元"),
        ("发放头盔超5.2万顶。", ["发放头盔"], ">", 52_000.0, "顶"),
        ("张贴提示1,200余份。", ["张贴提示"], ">=", 1_200.0, "份"),
    ],
)
def test_values(body: str, metrics: list[str], op: str, value: float, unit: str) -> None:
    """Metrics, operator, absolute value and unit, whatever the width of the digits."""
    found = one(item(body))
    assert (found["metrics"], found["op"], found["value"], found["unit"]) == (metrics, op, value, unit)


@pytest.mark.parametrize(
    ("body", "op", "value", "unit"),
    [
        ("每周至少开展2次夜查。", ">=", 2.0, "次/周"),
        ("每季度召开1次例会。", "=", 1.0, "次/季度"),
        ("每半年组织一次演练。", "=", 1.0, "次/半年"),
        ("全体会议每月不超过3次。", "<=", 3.0, "次/月"),
    ],
)
def test_frequencies(body: str, op: str, value: float, unit: str) -> None:
    """每 with a count is a frequency; Chinese numerals count there."""
    found = one(item(body))
    assert (found["kind"], found["op"], found["value"], found["unit"]) == ("frequency", op, value, unit)


def test_a_year_with_a_count_is_a_frequency() -> None:
    found = indicators(item("每季度召开1次大会(1年4次)。"))
    assert [f["unit"] for f in found] == ["次/季度", "次/年"]


@pytest.mark.parametrize(
    "body",
    [
        "淘汰57座以上大客车。",
        "防范一次死亡3人以上事故。",
        "2024年6月5日前上报。",
        "对12至16周岁学生宣传。",
        "第3次会议召开。",
        "推行“一二三”工作法(1个中心、2项制度)。",
        "完善“1+6+N”架构。",
        "巡查107国道K3+200处。",
        "从5个方面发力。",
        "拨打122。",
    ],
)
def test_thresholds_dates_ordinals_and_slogans_are_no_indicators(body: str) -> None:
    assert indicators(item(body)) == []


def test_a_change_belongs_to_the_result_before_it() -> None:
    """事故20起,同比下降9%: one result with its change, signed."""
    found = one(REPORT.format("全年发生事故20起,较去年减少2起,同比下降9%。"))
    assert (found["value"], found["change"], found["change_abs"], found["kind"]) == (20.0, -9.0, -2.0, "result")


def test_a_change_alone_is_an_indicator() -> None:
    found = one(item("力争死亡人数同比下降5%以上。"))
    assert (found["op"], found["value"], found["change"], found["kind"]) == ("decrease", 5.0, -5.0, "target")


def test_respectively_pairs_in_order() -> None:
    """分别 gives each metric its value; changes go to the results before them, hidden figures included."""
    changes = indicators(REPORT.format("事故起数和死亡人数分别下降8.2%和21.4%。"))
    assert [(f["metrics"], f["change"]) for f in changes] == [(["事故起数"], -8.2), (["死亡人数"], -21.4)]
    values = indicators(REPORT.format("佩戴率、上牌率分别达到85%和90%。"))
    assert [(f["metrics"], f["value"]) for f in values] == [(["佩戴率"], 85.0), (["上牌率"], 90.0)]
    results = indicators(REPORT.format("接报事故**起,死亡11人,与去年同期相比分别下降8.2%和21.4%。"))
    assert [(f.get("value"), f["change"]) for f in results] == [(None, -8.2), (11.0, -21.4)]


def test_hidden_figures_are_unknown_not_zero() -> None:
    found = one(REPORT.format("查处酒驾XXX起。"))
    assert "value" not in found
    assert (found["raw"], found["unit"]) == ("XXX", "起")


def test_from_x_to_y_is_y() -> None:
    found = one(REPORT.format("佩戴率由60%提升至85%。"))
    assert (found["metrics"], found["value"], found["change_abs"]) == (["佩戴率"], 85.0, 25.0)


def test_ranges_keep_both_ends() -> None:
    found = one(item("设置劝导岗15至20个。"))
    assert (found["value"], found["value_max"]) == (15.0, 20.0)


def test_nothing_happened_is_zero() -> None:
    """未发生 is a result of zero, 不发生 a target of zero."""
    assert [(f["value"], f["kind"]) for f in indicators(REPORT.format("未发生较大交通事故。"))] == [(0.0, "result")]
    assert [(f["value"], f["kind"]) for f in indicators(item("不发生涉校车事故。"))] == [(0.0, "target")]


def test_headings_tell_plan_from_report() -> None:
    """The same words are a result under 工作情况 and a target under 工作打算."""
    text = "云岭县公安局交警大队2023年工作总结\n一、工作情况\n排查点段64处。\n二、下一步工作打算\n新增视频120路。\n"
    assert [(f["value"], f["kind"]) for f in indicators(text)] == [(64.0, "result"), (120.0, "target")]


def test_a_report_with_plans_in_its_title_reports_until_it_plans() -> None:
    text = "云岭县公安局交警大队2023年工作总结及2024年工作打算\n2023年，全县发生事故，死亡11人。\n"
    assert [f["kind"] for f in indicators(text)] == ["result"]


def test_public_things_are_not_sums() -> None:
    """公共 is no 共: what is to be built stays a target."""
    assert one(item("新增公共停车泊位3000个。"))["kind"] == "target"


def test_lists_of_results_are_read_one_by_one() -> None:
    found = indicators(REPORT.format("查处醉驾47起、超员102起、超载613起。"))
    assert [f["value"] for f in found] == [47.0, 102.0, 613.0]
