"""Duties: every form in which a document says who does what. One sentence a form, places fictitious."""

from __future__ import annotations

import pytest

from tests.unit.ingest.pipeline.reading import PLAN, duties, item, read

ITEM = "强化路面管控"


def plan(*items: str) -> str:
    return PLAN + "一、抓好事故预防\n" + "".join(f"{n}.{text}\n" for n, text in enumerate(items, 1))


@pytest.mark.parametrize(
    ("bracket", "expected"),
    [
        ("（县财政局、县教育局负责）", {("LEADS", "县财政局"), ("LEADS", "县教育局")}),
        ("(县财政局负责)", {("LEADS", "县财政局")}),
        ("（县财政局、县教育局按职责分工负责）", {("LEADS", "县财政局"), ("LEADS", "县教育局")}),
        (
            "（县财政局牵头，县教育局、县商务局配合，6月底前）",
            {("LEADS", "县财政局"), ("COOPERATES", "县教育局"), ("COOPERATES", "县商务局")},
        ),
        ("（县财政局会同县教育局负责）", {("LEADS", "县财政局"), ("COOPERATES", "县教育局")}),
        ("（县财政局牵头，县教育局按职责分工负责）", {("LEADS", "县财政局"), ("COOPERATES", "县教育局")}),
        ("（牵头单位：县财政局；配合单位：县教育局）", {("LEADS", "县财政局"), ("COOPERATES", "县教育局")}),
        ("（责任单位：县财政局、县教育局）", {("LEADS", "县财政局"), ("LEADS", "县教育局")}),
        ("（县财政局、县教育局等有关部门负责）", {("LEADS", "县财政局"), ("LEADS", "县教育局")}),
        ("（县财政局、县教育局）", {("LEADS", "县财政局"), ("LEADS", "县教育局")}),
        ("（县财政局、县教育局负责。列第一位者为牵头单位）", {("LEADS", "县财政局"), ("COOPERATES", "县教育局")}),
        ("（县财政局督办）", {("SUPERVISES", "县财政局")}),
    ],
)
def test_a_closing_bracket_names_the_owners(bracket: str, expected: set[tuple[str, str]]) -> None:
    """All its forms, full and half width; nobody inherits what a bracket gives away."""
    text = item(f"严查重点违法。{bracket}")
    assert {(rel, unit) for rel, unit, task in duties(text) if task == ITEM} == expected
    inherited = duties(text, implicit=True)
    assert bool(inherited) == (expected == {("SUPERVISES", "县财政局")})


def test_the_order_is_the_role_only_when_the_document_says_so() -> None:
    """Without a declaration owners named together are joint."""
    links = [k for k in read(item("（县财政局、县教育局负责）")).links if k.rel == "LEADS"]
    assert [k.joint for k in links] == [True, True]


def test_a_declaration_holds_for_all_that_follows() -> None:
    """下同 in the first bracket: first leads, the rest cooperate, everywhere after; the declaration is the basis."""
    text = plan(
        "治理路口。（责任单位：县交安办、县财政局，列第一位的为牵头单位，下同）",
        "清理车辆。（责任单位：县教育局、县商务局）",
    )
    assert duties(text) == {
        ("LEADS", "县交安办", "治理路口"),
        ("COOPERATES", "县财政局", "治理路口"),
        ("LEADS", "县教育局", "清理车辆"),
        ("COOPERATES", "县商务局", "清理车辆"),
    }
    link = next(k for k in read(text).links if k.head.text == "县商务局")
    assert link.basis is not None
    assert text[link.basis[0] : link.basis[1]] == "列第一位的为牵头单位"


def test_label_lines_beneath_an_item_are_one_duty() -> None:
    """牵头单位, 配合单位 on their own lines, either colon; 以下简称 in a value names no further owner."""
    text = plan(
        "新增泊位。\n牵头单位：县住房城乡建设局（以下简称县住建局）\n配合单位:县财政局，各乡镇人民政府\n完成时限：2024年9月底"
    )
    assert duties(text) == {
        ("LEADS", "县住房城乡建设局", "新增泊位"),
        ("COOPERATES", "县财政局", "新增泊位"),
        ("COOPERATES", "各乡镇人民政府", "新增泊位"),
    }


def test_several_brackets_in_an_item_divide_it() -> None:
    """Each governs what stands since the one before; its first sentence is the measure."""
    text = item("推进制度改革，营造良好环境。（县商务局负责）加强教育服务。设立窗口。（县教育局负责）")
    assert duties(text) == {("LEADS", "县商务局", "推进制度改革，营造良"), ("LEADS", "县教育局", "加强教育服务")}
    assert {
        k.tail.text for k in read(text).links if k.rel == "PART_OF" and k.head.attributes["level"] == "measure"
    } == {ITEM}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("县教育局要组织培训。", {("LEADS", "县教育局", ITEM)}),
        ("县教育局负责组织培训。", {("LEADS", "县教育局", ITEM)}),
        ("县教育局每季度组织培训。", {("LEADS", "县教育局", ITEM)}),
        ("大队立足城区和农村，加强检查。", {("LEADS", "大队", ITEM)}),
        ("县教育局与县商务局共同负责培训。", {("LEADS", "县教育局", ITEM), ("LEADS", "县商务局", ITEM)}),
        ("县教育局牵头、县商务局配合，开展培训。", {("LEADS", "县教育局", ITEM), ("COOPERATES", "县商务局", ITEM)}),
        (
            "县商务局参与培训，由县教育局汇总情况。",
            {("COOPERATES", "县商务局", ITEM), ("LEADS", "县教育局", "汇总情况")},
        ),
        ("培训工作由县教育局负责。", {("LEADS", "县教育局", ITEM)}),
        ("会同县教育局开展安全培训。", {("COOPERATES", "县教育局", "开展安全培训")}),
        ("县商务局联合县教育局开展安全培训。", {("LEADS", "县商务局", ITEM), ("COOPERATES", "县教育局", ITEM)}),
        ("配合教育、商务等部门开展安全培训。", {("LEADS", "教育", "开展安全培训"), ("LEADS", "商务", "开展安全培训")}),
        ("推动各乡镇人民政府落实劝导值守，加强检查。", {("EXECUTES", "各乡镇人民政府", "落实劝导值守")}),
        ("由各乡镇人民政府签字认领隐患台账。", {("EXECUTES", "各乡镇人民政府", ITEM)}),
        ("按照支队部署，开展夜查行动。", {("ASSIGNS", "支队", ITEM)}),
        ("坚决落实省厅关于夜查工作的要求。", {("ASSIGNS", "省厅", ITEM)}),
        ("将隐患纳入县安全生产委员会办公室督导内容。", {("SUPERVISES", "县安全生产委员会办公室", ITEM)}),
        ("依托县交安委平台，健全机制。", {("COOPERATES", "县交安委", ITEM)}),
        ("充分发挥派出所、县交安委等力量作用。", {("COOPERATES", "派出所", ITEM), ("COOPERATES", "县交安委", ITEM)}),
        ("组织成员单位集中办公。", {("COOPERATES", "成员单位", ITEM)}),
    ],
)
def test_running_text_says_who(sentence: str, expected: set[tuple[str, str, str]]) -> None:
    """One sentence of each form of the language."""
    assert duties(item(sentence)) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "资金由县财政局列支。",
        "在县公安局领导下推进工作。",
        "县教育局的职责得到明确。",
        "落实县教育局责任。",
        "完善由县教育局牵头的工作机制。",
        "夜查行动被县公安局评为先进。",
    ],
)
def test_a_body_that_is_only_named_owns_nothing(sentence: str) -> None:
    """A fund, a superior, an attribute: the issuer keeps the task."""
    assert duties(item(sentence)) == set()
    assert {rel for rel, _, _ in duties(item(sentence), implicit=True)} >= {"LEADS"}


def test_what_nobody_is_named_for_is_inherited_from_the_issuer() -> None:
    """Implicit, less sure, the title as evidence, and the place where the issuer is named as basis."""
    text = item("严查重点违法，净化道路秩序。")
    (link,) = [k for k in read(text).links if k.implicit]
    assert (link.rel, link.head.text, link.tail.text, link.rule) == (
        "LEADS",
        "云岭县公安局交警大队",
        ITEM,
        "owner.issuer",
    )
    assert (link.start, link.end) == (link.tail.start, link.tail.end)
    assert link.confidence < 0.8
    assert link.basis is not None
    assert text[link.basis[0] : link.basis[1]] == "云岭县公安局交警大队"


def test_the_issuer_cooperates_where_another_leads() -> None:
    """配合X: the issuer is the inherited partner of that measure and still owns the item."""
    found = duties(item("配合教育部门开展安全培训。"), implicit=True)
    assert found == {
        ("COOPERATES", "云岭县公安局交警大队", "开展安全培训"),
        ("LEADS", "云岭县公安局交警大队", ITEM),
    }


def test_each_clause_with_its_own_body_is_a_measure() -> None:
    """A；B；C in one sentence: one measure each, and the issuer does not own the item."""
    text = item("交警大队每周开展夜查；各派出所负责乡村道路巡查；治安大队负责活动周边秩序。")
    assert {unit for rel, unit, _ in duties(text, implicit=None)} == {"交警大队", "各派出所", "治安大队"}
    levels = {k.tail.attributes["level"] for k in read(text).links if k.rel == "LEADS"}
    assert levels == {"measure"}


def test_a_department_as_heading_owns_what_is_beneath() -> None:
    """Numbered or not; 会同 and 协助 read within; the heading is the basis."""
    text = (
        "一、部门职责\n（一）公安部门\n1.负责通行秩序管理。\n"
        "2.会同交通运输部门排查隐患路段。\n（二）教育部门\n"
        "督促学校开展教育，协助公安部门做好资格审查。\n"
    )
    assert duties(text) >= {
        ("LEADS", "公安部门", "负责通行秩序管理"),
        ("LEADS", "公安部门", "会同交通运输部门排查"),
        ("COOPERATES", "交通运输部门", "会同交通运输部门排查"),
        ("LEADS", "教育部门", "督促学校开展教育，协"),
        ("LEADS", "公安部门", "做好资格审查"),
        ("COOPERATES", "教育部门", "做好资格审查"),
    }
    link = next(k for k in read(text).links if k.rule == "owner.heading")
    assert link.basis is not None
    assert text[link.basis[0] : link.basis[1]] == "公安部门"


def test_statements_under_a_question_are_measures() -> None:
    """An interpretation names bodies in its answers: each clause is a task of its own."""
    text = (
        "《云岭县骑行行动方案》政策解读\n一、哪些部门参与？\n"
        "答：县公安局交警大队负责路面查纠；县市场监管局负责生产环节检查。\n"
    )
    assert duties(text) == {
        ("LEADS", "县公安局交警大队", "负责路面查纠"),
        ("LEADS", "县市场监管局", "负责生产环节检查"),
    }


def test_each_text_of_a_collection_has_its_own_issuer() -> None:
    """Two signed plans in one file: what is inherited goes to the body that signs that text."""
    text = (
        "工作方案两篇\n一、劝导行为\n全力开展劝导行动。\n云坪镇人民政府\n2024年6月25日\n\n"
        "电动自行车管理工作方案\n一、登记车辆\n全力开展登记工作。\n石桥镇人民政府\n2023年4月10日\n"
    )
    assert duties(text, implicit=True) == {
        ("LEADS", "云坪镇人民政府", "劝导行为"),
        ("LEADS", "石桥镇人民政府", "登记车辆"),
    }


def test_a_statute_gives_duties_by_its_own_words() -> None:
    """应当 and 负责 make measures of articles; nothing is inherited."""
    text = (
        "云岭市停车条例\n第一条 为了规范停车，制定本条例。\n"
        "第二条 公安机关交通管理部门负责停车秩序管理。\n"
        "第三条 本条例自2021年1月1日起施行。\n"
    )
    assert duties(text, implicit=None) == {("LEADS", "公安机关交通管理部门", "负责停车秩序管理")}


@pytest.mark.parametrize("bracket", ["（{}）", "〔{}〕", "［{}］", "【{}】"])
def test_a_closing_bracket_of_any_form_gives_the_roles(bracket: str) -> None:
    """A牵头，B配合 in round, tortoise-shell, full-width square and lenticular brackets; the title stands without it."""
    text = item(f"对临崖路段逐处登记。{bracket.format('县交通运输局牵头，县公安局配合')}")
    assert {("LEADS", "县交通运输局"), ("COOPERATES", "县公安局")} <= {
        (rel, unit) for rel, unit, _ in duties(text, implicit=False)
    }


def test_who_is_asked_to_do_something_by_a_day_leads_it() -> None:
    """请A、B于每月25日前将…报送: the bodies asked own the item."""
    found = duties(item("请各乡镇、各成员单位于每月25日前将进展情况报送县道安办。"), implicit=False)
    assert {unit for rel, unit, _ in found if rel == "LEADS"} == {"各乡镇", "各成员单位"}


def test_who_acts_in_a_later_sentence_has_a_part_of_the_item() -> None:
    """The first subject leads the item; another body further on leads what its own sentence says."""
    text = item("县公安局要严查超员车辆。县市场监管局要彻查销售源头。")
    found = {k.head.text: k.tail.attributes["level"] for k in read(text).links if k.rel == "LEADS"}
    assert found == {"县公安局": "item", "县市场监管局": "measure"}


def test_a_bracket_after_a_body_does_not_break_its_list() -> None:
    """区办公室（政法处）、区公安局配合: both support."""
    found = duties(item("由区交通局牵头，区办公室（政法处）、区公安局等有关单位配合。"), implicit=False)
    assert {unit for rel, unit, _ in found if rel == "COOPERATES"} == {"区办公室", "区公安局"}
