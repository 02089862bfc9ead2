"""zh_tasks: which headings are tasks, their level and extent; rows of tables."""

from __future__ import annotations

import pytest

from tests.unit.ingest.pipeline.reading import PLAN, duties, item, read, titles


@pytest.mark.parametrize(
    "title",
    ["压实责任", "强化保障", "明确目标", "加强组织领导", "落实企业主体责任", "持续净化交通秩序", "发展社会化服务组织"],
)
def test_a_heading_that_acts_is_a_task(title: str) -> None:
    """Short or long, an action at the front makes a task."""
    assert titles(f"{PLAN}一、{title}\n全力推进各项工作。\n") == [title]


@pytest.mark.parametrize(
    "title",
    [
        "主要工作情况",
        "总体要求",
        "指导思想",
        "组织领导",
        "保障措施",
        "工作步骤",
        "存在的问题",
        "为什么要开展行动？",
        "公安部门",
    ],
)
def test_a_heading_that_names_a_matter_is_no_task(title: str) -> None:
    """Matters, questions and bodies are sections only."""
    assert titles(f"{PLAN}一、{title}\n情况说明在此处列出。\n", "item") == []


def test_problems_are_nobodys_task() -> None:
    """Items beneath 存在的问题 are no tasks."""
    assert titles(f"{PLAN}一、存在的问题\n一是站点运行不规范；二是管理仍有盲区。\n") == []


def test_a_heading_with_items_is_a_section_and_its_text_ends_before_them() -> None:
    """Level section with numbered children; each has its own text."""
    text = f"{PLAN}一、抓好预防\n强化统筹。\n（一）严管车辆。加强检查。\n（二）严查违法。\n"
    tasks = {m.text: m.attributes for m in read(text).mentions if m.type == "Task"}
    assert tasks["抓好预防"]["level"] == "section"
    assert tasks["严管车辆"]["level"] == "item"
    body = tasks["抓好预防"]
    assert text[body["body_start"] : body["body_end"]] == "抓好预防\n强化统筹。"
    body = tasks["严管车辆"]
    assert text[body["body_start"] : body["body_end"]] == "严管车辆。加强检查。"


def test_deadline_and_recurrence_belong_to_the_task() -> None:
    """年底前 and 每周 in an item's text are its own."""
    task = next(
        m
        for m in read(item("每周开展夜查，年底前完成整治。")).mentions
        if m.type == "Task" and m.attributes["level"] == "item"
    )
    assert task.attributes["deadline"] == "2024-12-31"
    assert task.attributes["recurrence"] == "每周"


def test_phases_are_named() -> None:
    """Items beneath 工作步骤 carry their phase."""
    text = f"{PLAN}一、工作步骤\n（一）动员部署（3月1日至3月10日）。召开会议。\n（二）集中整治（3月11日至9月10日）。\n"
    assert [m.attributes.get("phase") for m in read(text).mentions if m.type == "Task"] == ["动员部署", "集中整治"]


@pytest.mark.parametrize(
    "title",
    [
        "重点区域：城区、乡镇、景区",
        "重点时段：早高峰、晚高峰",
        "事故起数同比下降一成",
        "查处数量环比上升",
        "本方案所称校车是指接送学生的车辆",
        "校车，是指接送学生的车辆",
    ],
)
def test_listed_matters_results_and_definitions_are_no_tasks(title: str) -> None:
    """They ask nothing of anybody."""
    assert titles(f"{PLAN}一、{title}\n全力推进各项工作。\n") == []


def test_a_task_begins_behind_its_subject() -> None:
    """县教育局负责做好… is named 做好…; 负责 alone is left out, 负责人 and a rest too short are not."""
    lines = ["县教育局负责做好校车安全", "各乡镇要落实属地责任", "负责国道巡逻管控", "主要负责夜查", "负责人到场检查"]
    text = f"{PLAN}一、抓好预防\n" + "".join(f"{n}.{line}。\n" for n, line in enumerate(lines, 1))
    found = [m.name for m in read(text).mentions if m.type == "Task" and m.attributes["level"] == "item"]
    assert found == ["做好校车安全", "落实属地责任", "国道巡逻管控", "主要负责夜查", "负责人到场检查"]
    assert titles(text, "item") == lines


def test_who_is_told_makes_a_matter_a_task() -> None:
    """县教育局负责校车管理工作安排: the matter alone would be none."""
    assert titles(f"{PLAN}一、校车管理工作安排\n情况如下。\n") == []
    assert titles(f"{PLAN}一、县教育局负责校车管理工作安排\n情况如下。\n") == ["县教育局负责校车管理工作安排"]


def test_a_phase_with_a_name_is_work_to_be_done() -> None:
    """动员部署阶段 says what is done in it, 准备阶段 does not."""
    assert titles(f"{PLAN}一、动员部署阶段\n召开会议。\n二、准备阶段\n召开会议。\n") == ["动员部署阶段"]


def test_items_of_a_lone_article_are_no_tasks() -> None:
    """Two articles are no statute; what they list are rules all the same."""
    assert (
        titles("云岭市校车规定\n第一条 校车应当：\n（一）登记造册；\n（二）定期检查。\n第二条 自公布之日起施行。\n")
        == []
    )


def test_a_time_label_without_a_time_gives_none() -> None:
    """What is written behind it is when: a day, else how often; nothing written, nothing said."""
    text = (
        f"{PLAN}一、抓好预防\n1.治理路口。\n完成时限：\n2.清理车辆。\n完成时限：立行立改\n"
        "3.排查隐患。\n完成时限：2024年6月底\n"
    )
    found = [m.attributes for m in read(text).mentions if m.type == "Task" and m.attributes["level"] == "item"]
    assert [(a.get("recurrence"), a.get("deadline")) for a in found] == [
        (None, None),
        ("立行立改", None),
        (None, "2024-06-30"),
    ]


FLAT = (
    "云岭区道路隐患整治责任分工表\n序号\n整治内容\n责任单位\n责任人\n完成时限\n备注\n1\n海河路口\n标线磨损\n区交通运输局\n张××\n5月20日\n"
    "— 1 —\n序号\n整治内容\n责任单位\n责任人\n完成时限\n备注\n2\n"
    "小学门前拥堵\n区教育局、云岭交警大队\n李××\n长期\n注：第一个为牵头单位。\n"
)


def test_a_flattened_table_gives_a_task_a_row() -> None:
    """Cells broken over lines are one title; header rows, page numbers and missing cells do no harm."""
    assert titles(FLAT) == ["海河路口\n标线磨损", "小学门前拥堵"]
    tasks = [m.attributes for m in read(FLAT).mentions if m.type == "Task"]
    assert tasks[0]["deadline_text"] == "5月20日"
    assert tasks[1]["recurrence"] == "长期"


def test_owners_of_a_row_follow_the_note_under_the_table() -> None:
    """第一个为牵头单位 below the table holds for all its rows; a lone owner leads."""
    assert duties(FLAT) == {
        ("LEADS", "区交通运输局", "海河路口\n标线磨损"),
        ("LEADS", "区教育局", "小学门前拥堵"),
        ("COOPERATES", "云岭交警大队", "小学门前拥堵"),
    }
    basis = next(link.basis for link in read(FLAT).links if link.rel == "COOPERATES")
    assert basis is not None
    assert FLAT[basis[0] : basis[1]] == "第一个为牵头单位"


@pytest.mark.parametrize("separator", ["\t", " | "])
def test_rows_with_separators_are_read_by_column(separator: str) -> None:
    """Columns give role and time, whatever parts the cells."""
    rows = [
        ("序号", "重点任务", "牵头单位", "配合单位", "完成时限"),
        ("1", "增设警示灯", "县交通运输局", "县财政局", "2024年9月30日"),
        ("2", "注销拖拉机", "县农业农村局", "县公安局交警大队", "2024年11月底"),
    ]
    text = f"云岭县任务分解表\n二、任务分解\n{chr(10).join(separator.join(row) for row in rows)}\n"
    assert duties(text) == {
        ("LEADS", "县交通运输局", "增设警示灯"),
        ("COOPERATES", "县财政局", "增设警示灯"),
        ("LEADS", "县农业农村局", "注销拖拉机"),
        ("COOPERATES", "县公安局交警大队", "注销拖拉机"),
    }
    assert [m.attributes["deadline"] for m in read(text).mentions if m.type == "Task"] == ["2024-09-30", "2024-11-30"]


def test_a_row_between_bars_has_its_columns() -> None:
    """Bars around a row, empty cells, columns that are nobody's role, rows without a matter."""
    text = (
        "云岭县任务分解表\n二、任务分解\n"
        "| 序号 | 重点任务 | 责任单位 | 备注 |\n"
        "| 1 | 增设警示灯 | 县交通运输局 | 抓紧 |\n"
        "| 2 | 注销拖拉机 |  |  |\n"
        "| 3 |  | 县教育局 |  |\n"
    )
    assert titles(text) == ["增设警示灯", "注销拖拉机"]
    assert duties(text) == {("LEADS", "县交通运输局", "增设警示灯")}


@pytest.mark.parametrize(
    "title",
    ["全力守住底线，确保伤亡事故起数同比下降7%以上", "交通违法投诉量同比下降5%"],
)
def test_a_fall_that_is_asked_for_is_a_task(title: str) -> None:
    """同比 in a target says how much is asked."""
    assert titles(f"{PLAN}一、抓好预防\n（一）{title}。\n", "item") == [title]


@pytest.mark.parametrize("title", ["今年以来伤人事故起数同比下降5%", "伤人事故起数已同比下降5%"])
def test_a_fall_that_is_told_is_no_task(title: str) -> None:
    """In a plan too: what has happened asks nothing of anybody."""
    assert titles(f"{PLAN}一、基本情况\n（一）{title}。\n", "item") == []
