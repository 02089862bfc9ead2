"""The sentence says who, in which role, on what ground, and how sure."""

from __future__ import annotations

from typing import Any

from queries.answers import sentence
from queries.catalog import load_catalog, parse
from queries.runner import QueryResult
from tests.unit.queries.test_catalog import BODY, HEADER

CATALOG = load_catalog()


def _row(unit: str, role: str, role_zh: str | None, implicit: bool, document: str = "document:1") -> dict[str, Any]:
    return {
        "unit": {"id": unit, "name": unit},
        "role": role,
        "role_zh": role_zh,
        "implicit": implicit,
        "task": {"id": f"task of {document}", "name": "任务"},
        "document": {"id": document, "name": document},
    }


def _answer(name: str, rows: list[dict[str, Any]], lang: Any, truncated: bool = False, total: int | None = None) -> str:
    definition = CATALOG.get(name)
    result = QueryResult(name, {}, definition.columns, rows, total or len(rows), truncated, None)
    return sentence(definition, result, {definition.params[0].name: "一盔一带"} if definition.params else {}, lang)


ROWS = [
    _row("甲局", "LEADS", "牵头", False),
    _row("乙局", "LEADS", "牵头", False),
    _row("丙局", "COOPERATES", None, False),
    _row("丁大队", "LEADS", "负责", True, "document:2"),
]


def test_owners_are_named_by_role_and_inheritance() -> None:
    """Stated first, by role; inherited ones are said to be; documents and tasks counted."""
    assert _answer("units-owning-task", ROWS, "zh") == (
        "“一盔一带”：甲局、乙局牵头；丙局配合。另有文中没有写明主体、由发文单位继承的：丁大队负责。"
        "依据 2 个文件中的 2 项任务。"
    )
    assert _answer("units-owning-task", ROWS, "en") == (
        '"一盔一带": 甲局, 乙局 (leads); 丙局 (cooperates). Inherited from the issuer, no subject being written: '
        "丁大队 (leads). Based on 2 tasks in 2 documents."
    )


def test_only_inherited_owners_are_not_called_stated() -> None:
    """Nothing is made surer than it is; a part of the answer says it is one."""
    assert _answer("units-owning-task", ROWS[3:], "zh", truncated=True) == (
        "“一盔一带”：文中没有写明主体、由发文单位继承的：丁大队负责。依据 1 个文件中的 1 项任务（前 1 条）。"
    )
    assert _answer("units-owning-task", ROWS[3:], "en", truncated=True) == (
        '"一盔一带": Inherited from the issuer, no subject being written: 丁大队 (leads). '
        "Based on 1 task in 1 document (first 1 rows)."
    )
    assert _answer("units-owning-task", ROWS[:1], "en") == '"一盔一带": 甲局 (leads). Based on 1 task in 1 document.'


def test_a_role_that_is_no_verb_becomes_one() -> None:
    """责任单位 is said as 负责, together with those who 负责."""
    rows = [_row("甲局", "LEADS", "责任", False), _row("乙局", "LEADS", "负责", False)]
    assert _answer("units-owning-task", rows, "zh").startswith("“一盔一带”：甲局、乙局负责。")


def test_no_owner_is_said_plainly() -> None:
    """In both languages."""
    assert _answer("units-owning-task", [], "zh") == "没有查到负责“一盔一带”的单位。"
    assert _answer("units-owning-task", [], "en") == 'No unit responsible for "一盔一带" was found.'


def test_templates_name_count_and_cut_long_lists() -> None:
    """Names of the first column without repeats, eight at most."""
    rows = [{"document": {"id": f"document:{n}", "name": f"文{n}"}} for n in range(10)]
    assert "文0、文1、文2、文3、文4、文5、文6、文7等 10 个" in _answer("policies-of-campaign", rows, "zh")
    assert "文7 and 2 more" in _answer("policies-of-campaign", rows, "en")
    assert _answer("policies-of-campaign", [], "zh") == "没有查到部署“一盔一带”的文件。"


def test_a_part_of_an_answer_says_what_it_does_not_know() -> None:
    """Names and documents are only known of the rows there are; the number of rows is of the whole answer."""
    rows = [{"task": {"id": f"t{n}", "name": f"任务{n}"}, "document": {"id": f"d{n}"}} for n in range(2)]
    assert _answer("tasks-without-lead", rows, "zh", truncated=True, total=7) == (
        "有 7 项任务没有写明责任单位（2 个文件）：任务0、任务1。以上名称和文件数只据前 2 条。"
    )
    assert _answer("tasks-without-lead", rows, "en", truncated=True, total=7) == (
        "7 tasks in 2 documents name no owner: 任务0, 任务1. Names and documents are those of the first 2 rows only."
    )
    for lang, said in (("zh", "以上名称和文件数只据前 1 条。"), ("en", "are those of the first row only.")):
        assert _answer("tasks-without-lead", rows[:1], lang, truncated=True, total=7).endswith(said)
        assert said not in _answer("tasks-without-lead", rows[:1], lang)


def test_an_answer_that_counts_nothing_of_its_rows_needs_no_reserve() -> None:
    """The number of rows is that of the whole."""
    template = HEADER.replace("// columns", '// answer: {zh: "共 {total} 条。", en: "{total} rows."}\n// columns', 1)
    definition = parse(template + BODY, "sample.cypher")
    result = QueryResult("sample", {}, definition.columns, [{"task": "x", "year": 1}], 7, True, None)
    assert sentence(definition, result, {}, "zh") == "共 7 条。"


def test_statistics_are_told_in_words() -> None:
    """Types by their name in the language; an unknown one as it is."""
    rows = [{"group": "node", "name": name, "count": 3} for name in ("Task", "LEADS", "Other")]
    assert _answer("statistics", rows, "zh") == "图谱各类数量：任务 3、牵头负责 3、Other 3。"
    assert _answer("statistics", rows, "en") == "Numbers in the graph: Task 3, leads 3, Other 3."


def test_a_query_without_template_still_answers() -> None:
    """A user's own query gets its title and the number of rows; a plain first column is listed as it is."""
    definition = parse(HEADER + BODY, "sample.cypher")
    result = QueryResult("sample", {}, definition.columns, [{"task": "x", "year": 1}], None, True, None)
    assert sentence(definition, result, {"task": "《头盔》"}, "zh") == "样例：查到 1 条。"
    assert sentence(definition, result, {"task": "x"}, "en") == "sample: 1 rows."


def test_an_answer_says_where_documents_contradict_each_other() -> None:
    """How many things they differ on, not how many rows; nothing is said where they agree."""
    target = {"id": "indicator:1", "name": "治理9处"}
    rows = [{"target": target, "differing": True, "document": {"id": "document:1"}}] * 2
    assert "其中 1 个各文件说法不一致" in _answer("plan-versus-outcome", rows, "zh")
    assert "Of 1 the documents differ" in _answer("plan-versus-outcome", rows, "en")
    agreed = [{**row, "differing": False} for row in rows]
    assert "不一致" not in _answer("plan-versus-outcome", agreed, "zh")


def test_a_comparison_says_how_many_of_each() -> None:
    """Verdicts, and changes of which a row may have several, in words and in one order."""
    target = {"id": "indicator:1", "name": "治理9处"}
    rows = [{"target": target, "verdict": verdict} for verdict in ("missed", "met", "met", "not_reported")]
    assert "共 4 条：完成 2、未完成 1、未报告 1。" in _answer("plan-versus-outcome", rows, "zh")
    assert "met 2, missed 1, not reported 1." in _answer("plan-versus-outcome", rows, "en")
    changed = [{"changes": ["raised", "reworded"]}, {"changes": ["dropped"]}]
    assert "共 2 条：取消 1、要求提高 1、改说法 1。" in _answer("compare-documents", changed, "zh")
