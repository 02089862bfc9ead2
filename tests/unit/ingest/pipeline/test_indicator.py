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


def values(body: str) -> list[tuple[str, float | None, str]]:
    """(first metric, value, unit) of every indicator of a report that says ``body``."""
    return [((f.get("metrics") or [""])[0], f.get("value"), f.get("unit", "")) for f in indicators(REPORT.format(body))]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            "禾丰县公安局交警大队共查处酒驾12起、醉驾5起。",
            [("查处酒驾", 12.0, "起"), ("醉驾", 5.0, "起")],
        ),
        ("全国共发生事故310起。", [("发生事故", 310.0, "起")]),
        ("我县交巡警累计出动警力80人次。", [("出动警力", 80.0, "人次")]),
        ("营运客车共肇事4起。", [("营运客车肇事", 4.0, "起")]),
        ("查处违停行为410起。", [("查处违停行为", 410.0, "起")]),
        (
            "造成9人死亡、14人受伤,直接损失30余万元。",
            [("死亡", 9.0, "人"), ("受伤", 14.0, "人"), ("直接损失", 300_000.0, "元")],
        ),
        ("出动警车1.2万辆次。", [("出动警车", 12_000.0, "辆次")]),
        ("组成8个护学小分队。", [("护学小分队", 8.0, "个")]),
        ("东门、西门、南门3个主要路段已整改。", [("主要路段", 3.0, "个")]),
        ("2、查处超员 26 起。", [("查处超员", 26.0, "起")]),
        ("排查出年均发生2次以上塌方的路段14处。", [("排查出年均发生2次以上塌方的路段", 14.0, "处")]),
        ("每日驾驶超过9小时的比例达21%。", [("每日驾驶超过9小时的比例", 21.0, "%")]),
    ],
)
def test_results_without_the_body_that_had_them(body: str, expected: list[tuple[str, float, str]]) -> None:
    """The metric begins at the verb or noun: no acting body, no word of totalling, nothing cut inside a word."""
    assert values(body) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("事故起数和死亡人数分别占总数的14%、9.5%。", [("事故起数占总数", 14.0, "%"), ("死亡人数占总数", 9.5, "%")]),
        ("闯灯、逆行占比分别达17%和8%。", [("闯灯占比", 17.0, "%"), ("逆行占比", 8.0, "%")]),
        ("由超车引发的事故30起(占62.5%)。", [("由超车引发的事故", 30.0, "起"), ("由超车引发的事故占比", 62.5, "%")]),
        ("有16%的事故涉及快递骑手。", [("事故涉及快递骑手", 16.0, "%")]),
        ("雨天事故比例较高,达40%。", [("雨天事故比例", 40.0, "%")]),
        ("违停占总数的一成以上。", [("违停占总数", 10.0, "%")]),
        ("整改率达到百分之九十五。", [("整改率", 95.0, "%")]),
        ("投诉量减少约三分之二。", [("投诉量", 66.67, "%")]),
    ],
)
def test_shares_are_named_by_part_and_whole(body: str, expected: list[tuple[str, float, str]]) -> None:
    """占比 and rates without a name of their own take it from the list, the clause before or the noun after."""
    assert values(body) == expected


@pytest.mark.parametrize(
    ("body", "metrics", "value", "change", "change_abs"),
    [
        ("起数、亡人数同比下降7.5%、4.2%。", ["起数"], 7.5, -7.5, None),
        ("佩戴率同比提高了6.25%。", ["佩戴率"], 6.25, 6.25, None),
        ("拥堵次数降幅均在20%左右。", ["拥堵次数"], 20.0, -20.0, None),
        ("受伤人数减少40人(降幅为8%)。", ["受伤人数"], 40.0, -8.0, -40.0),
        ("上牌率比上一年增长0.5个百分点。", ["上牌率"], 0.5, None, 0.5),
        ("死亡人数较前三年平均数下降5%。", ["死亡人数"], 5.0, -5.0, None),
        ("撞击风险降低30%至40%。", ["撞击风险"], 30.0, -30.0, None),
        ("排队时间平均缩短25%。", ["排队时间"], 25.0, -25.0, None),
        ("夜间事故持续走低,同比下降18%。", ["夜间事故"], 18.0, -18.0, None),
    ],
)
def test_changes(body: str, metrics: list[str], value: float, change: float | None, change_abs: float | None) -> None:
    """Every word of rise and fall, with the comparison before it, as a rate, a count or points."""
    found = indicators(REPORT.format(body))[0]
    assert (found["metrics"], found["value"], found.get("change"), found.get("change_abs")) == (
        metrics,
        value,
        change,
        change_abs,
    )


def test_changes_go_only_to_what_stands_right_before() -> None:
    """A sum of several results takes one change each; a clause between them ends the reach."""
    found = indicators(REPORT.format("发生事故8起,造成2人死亡、3人受伤。分别比去年同期下降20%、30%和40%。"))
    assert [f.get("change") for f in found] == [-20.0, -30.0, -40.0]
    found = indicators(REPORT.format("货车事故下降10%。客车事故明显减少,同比下降16%。"))
    assert [(f["metrics"], f["change"]) for f in found] == [(["货车事故"], -10.0), (["客车事故"], -16.0)]


@pytest.mark.parametrize(
    ("body", "op", "value", "change_abs"),
    [
        ("上牌率从2020年的不足50%提升至2023年的75%以上。", ">=", 75.0, 25.0),
        ("出警时间由40分钟缩短至15分钟。", "=", 15.0, -25.0),
        ("审批时间由原来的3天减少为2小时之内。", "<=", 2.0, None),
        ("办件量从以往每天的90件激增至现在每天260件。", "=", 260.0, 170.0),
    ],
)
def test_developments_end_where_they_end(body: str, op: str, value: float, change_abs: float | None) -> None:
    """由x至y with years and bounds in between is y; the difference only between equal counters."""
    found = one(REPORT.format(body))
    assert (found["op"], found["value"], found.get("change_abs")) == (op, value, change_abs)


def test_a_fall_is_an_upper_bound_when_aimed_at() -> None:
    assert one(item("办理时间由30分钟压缩至15分钟。"))["op"] == "<="


def test_lists_of_rates_share_their_last_words() -> None:
    """货车、客车使用率分别达到88%、66%以上: two rates, the bound of the last for both."""
    found = indicators(item("货车、客车驾驶人安全带使用率分别达到88%、66%以上。"))
    assert [(f["metrics"], f["op"], f["value"]) for f in found] == [
        (["货车安全带使用率"], ">=", 88.0),
        (["客车驾驶人安全带使用率"], ">=", 66.0),
    ]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("本月发生三起事故,致二人死亡。", [("发生", 3.0, "起"), ("死亡", 2.0, "人")]),
        ("未发生一起死亡事故。", [("死亡事故", 0.0, "起")]),
        ("三是完善制度,建强两站两员,严查两客一危。", []),
        ("召开一次动员会,大家一起行动。", []),
    ],
)
def test_numerals_in_words_count_after_what_happens(body: str, expected: list[tuple[str, float, str]]) -> None:
    """三起 after 发生 is a result; set phrases, 一次 of a meeting and 一起 together are none."""
    assert [(m, v, u) for m, v, u in values(body) if u] == [(m, v, u) for m, v, u in expected]


def test_at_least_once_is_a_count() -> None:
    found = one(item("各中队至少开展一次演练。"))
    assert (found["op"], found["value"], found["unit"], found["metrics"]) == (">=", 1.0, "次", ["演练"])


@pytest.mark.parametrize(
    "body",
    [
        "开展为期60天的集中行动。",
        "在每年4个开学日加强值守。",
        "为期4个月,分2个步骤进行。",
        "对8座以上客运车辆登记检查。",
        "在该路段10分钟内接连发生险情。",
        "整治“3街5路”。",
        "零时至2时加强巡逻,杜绝事故。",
        "推行无证无牌治理。",
        "严查累计5次以上违法记录的车辆。",
    ],
)
def test_times_places_thresholds_and_slogans_count_nothing(body: str) -> None:
    assert indicators(item(body)) == []


def test_a_rate_of_every_year_is_a_rate() -> None:
    """每年…整改率达到80% says how high, not how often."""
    found = one(item("每年摸排出的隐患整改率达到80%。"))
    assert (found["kind"], found["op"], found["value"], found["unit"]) == ("target", ">=", 80.0, "%")


@pytest.mark.parametrize(
    "body",
    [
        "未发生一次死亡3人以上的较大事故。",
        "未发生长时间、大范围交通拥堵。",
        "全年无校车伤亡事故。",
        "较大以上事故零发生。",
        "没有发生群死群伤。",
    ],
)
def test_forms_of_nothing(body: str) -> None:
    """A grade inside is part of the metric; the value is zero."""
    assert [v for _, v, _ in values(body)] == [0.0]


def test_a_report_reports_whatever_its_headings_order() -> None:
    """Only headings of what comes next turn a report to targets."""
    text = (
        "云岭县公安局交警大队2023年工作总结\n一、精心组织部署\n召开推进会4次。\n"
        "二、明确任务要求\n督导9次。\n三、下一步工作打算\n培训民警5次。\n"
    )
    assert [f["kind"] for f in indicators(text)] == ["result", "result", "target"]


def test_a_text_without_title_speaks_for_itself() -> None:
    """Words of what was done make results of all numbers of their sentence; words of an aim make targets."""
    report = "春运以来,各地共投入警力300人次、警车40辆次,检查客车90辆。\n"
    assert {f["kind"] for f in indicators(report)} == {"result"}
    aim = "力争年底前头盔佩戴率达到80%以上,整改率达到95%。\n"
    assert {f["kind"] for f in indicators(aim)} == {"target"}


def test_a_blank_inside_a_number_is_said() -> None:
    """OCR broke the figure, or two stand side by side: kept out of sums, the figure as written in ``raw``."""
    found = one(item("完成安全设施建设1 20 处。"))
    assert (found["text"], found["raw"], found["suspicious"]) == ("完成安全设施建设1 20 处", "1 20", True)


def test_united_actions_are_counted_but_three_unities_are_not() -> None:
    assert one(item("每周至少组织开展2次统一行动。"))["unit"] == "次/周"
    assert indicators(item("做到3个统一、5个坚持。")) == []


def test_what_is_counted_may_stand_in_quotes() -> None:
    assert values("集中清理“积压案”17起。") == [("积压案", 17.0, "起")]
    assert values("事故5项指数明显下降。") == []


def test_a_noun_after_a_number_ends_where_the_next_result_begins() -> None:
    assert values("其中现场查处103起、行人违法56起、查获5起酒驾、超员6起。") == [
        ("现场查处", 103.0, "起"),
        ("行人违法", 56.0, "起"),
        ("酒驾", 5.0, "起"),
        ("超员", 6.0, "起"),
    ]


@pytest.mark.parametrize(
    "body", ["伤人事故起数下降6%以上，较大事故零发生。", "上牌率较上年提高4个百分点。", "设备在线率同比提升3%。"]
)
def test_an_aim_beside_a_comparison_is_an_aim(body: str) -> None:
    """较大 compares nothing; 较上年提高 in a plan is what is asked."""
    assert {found["kind"] for found in indicators(item(body))} == {"target"}


@pytest.mark.parametrize(
    ("body", "metric", "value", "unit"),
    [
        ("完成临水临崖路段整治14公里。", "临水临崖路段整治", 14.0, "公里"),
        ("改造乡村窄路26公里。", "改造乡村窄路", 26.0, "公里"),
        ("二季度末前增设反光镜40处。", "增设反光镜", 40.0, "处"),
    ],
)
def test_works_are_measured_by_their_length(body: str, metric: str, value: float, unit: str) -> None:
    """And a time before the work is no part of what is counted."""
    found = one(item(body))
    assert metric in found["metrics"][0]
    assert not found["metrics"][0].startswith("二季度")
    assert (found["value"], found["unit"]) == (value, unit)


@pytest.mark.parametrize("body", ["在环城路整治路段3公里处设岗。", "巡逻队距集镇6公里。", "集中整治3天。"])
def test_a_distance_or_a_time_alone_counts_nothing(body: str) -> None:
    assert indicators(item(body)) == []
