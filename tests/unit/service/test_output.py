"""What commands print (``service.cli.output``)."""

from __future__ import annotations

import csv
import io

import pytest

from graph.columns import Column
from service.cli.output import cell, evidence, print_csv, print_rows, shown_columns
from service.cli.speech import Say

ZH, EN = Say("zh"), Say("en")

COLUMNS = [
    Column(name="unit", zh="单位", en="unit"),
    Column(name="role", zh="关系", en="relation"),
    Column(name="role_zh", zh="角色", en="role"),
    Column(name="implicit", zh="继承", en="inherited"),
    Column(name="document", zh="文件", en="document"),
    Column(name="quote", zh="原文", en="quote", evidence=True),
    Column(name="start", zh="起", en="start", evidence=True),
    Column(name="end", zh="止", en="end", evidence=True),
]
ROW = {
    "unit": {"id": "unit:1", "name": "云溪县交警大队"},
    "role": "LEADS",
    "role_zh": "牵头",
    "implicit": False,
    "document": {"id": "document:1", "name": "要点", "issued_on": None},
    "quote": "由[大队]牵头",
    "start": 3,
    "end": 9,
}


@pytest.mark.parametrize(
    ("name", "value", "zh", "en"),
    [
        ("implicit", True, "继承", "inherited"),
        ("implicit", False, "明示", "stated"),
        ("other", True, "是", "yes"),
        ("other", False, "否", "no"),
        ("joint", False, "", ""),
        ("x", None, "", ""),
        ("role", "LEADS", "牵头负责", "leads"),
        ("label", "Task", "任务", "Task"),
        ("x", 3, "3", "3"),
        ("x", {"id": "unit:1", "name": "大队"}, "大队", "大队"),
        ("x", {"id": "unit:1"}, "unit:1", "unit:1"),
        ("x", ["a", {"name": "b"}], "a、b", "a、b"),
    ],
)
def test_values_read_as_a_person_would_say_them(name: str, value: object, zh: str, en: str) -> None:
    """Nodes by name, flags as words, lists joined."""
    assert (cell(name, value, ZH), cell(name, value, EN)) == (zh, en)


def test_evidence_is_quote_document_and_place() -> None:
    """All three, or what there is of them."""
    assert evidence(ROW, ZH) == "“由[大队]牵头” 《要点》 [3–9]"
    assert evidence(ROW, EN) == "“由[大队]牵头” 要点 [3–9]"
    assert evidence({"quote": "x"}, ZH) == "“x”"
    assert evidence({"unit": 1}, ZH) == ""


def test_evidence_of_a_comparison_is_that_of_both_documents() -> None:
    """Of what has no counterpart, the side there is."""
    other = {"other_quote": "由[科]牵头", "other_start": 1, "other_end": 5, "other_document": {"name": "旧要点"}}
    assert evidence({**ROW, **other}, ZH) == "“由[大队]牵头” 《要点》 [3–9]；对照：“由[科]牵头” 《旧要点》 [1–5]"
    assert evidence({"quote": None, **other}, EN) == "“由[科]牵头” 旧要点 [1–5]"
    report = {"other_quote": "9处", "other_start": 1, "other_end": 3, "report": {"name": "总结"}}
    assert evidence({**ROW, **report}, ZH).endswith("对照：“9处” 《总结》 [1–3]")


def test_codes_of_comparisons_read_as_words() -> None:
    """Only in the columns that hold them; what is listed twice is shown once."""
    assert cell("verdict", "missed", ZH) == "未完成"
    assert cell("changes", ["raised", "moved"], ZH) == "要求提高、换责任单位"
    assert cell("changes", ["raised"], EN) == "asks more"
    assert cell("name", "missed", ZH) == "missed"
    assert cell("continues", [{"name": "要点"}, {"name": "要点"}], ZH) == "要点"
    assert (cell("differing", True, ZH), cell("differing", False, ZH)) == ("各文件不一致", "")


def test_evidence_also_shows_why_the_task_matches_where_the_quote_does_not() -> None:
    """A bracket proves the owner, not the matter: the sentence that names the matter is shown beside it."""
    match = {"id": "campaign:1", "name": "一盔一带", "quote": "深化“一盔一带”。", "start": 20, "end": 30}
    assert "提到“一盔一带”处：“深化“一盔一带”。” [20–30]" in evidence({**ROW, "match": match}, ZH)
    assert "提到" not in evidence({**ROW, "match": {**match, "start": 4, "end": 8}}, ZH)


def test_the_relation_name_is_hidden_where_its_wording_is_known() -> None:
    """牵头 says it; LEADS is for programs. Without a wording the name stays."""
    assert [c.name for c in shown_columns(COLUMNS, [ROW])] == ["unit", "role_zh", "implicit"]
    bare = {**ROW, "role_zh": None, "quote": None}
    assert [c.name for c in shown_columns(COLUMNS, [bare])] == ["unit", "role", "role_zh", "implicit", "document"]


def test_a_narrow_terminal_gets_blocks(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """One line a row and its evidence below; brackets in a quote are text, not markup."""
    monkeypatch.setenv("COLUMNS", "70")
    print_rows(COLUMNS, [ROW, {"unit": {"name": "无"}}], ZH)
    assert capsys.readouterr().out.splitlines() == [
        "1. 云溪县交警大队 · 牵头负责 · 牵头 · 明示 · 要点",
        "   “由[大队]牵头” 《要点》 [3–9]",
        "2. 无",
    ]


def test_a_wide_terminal_gets_a_table(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Headings in the spoken language, evidence as the last column."""
    monkeypatch.setenv("COLUMNS", "120")
    print_rows(COLUMNS, [ROW], ZH)
    head, _, row = capsys.readouterr().out.splitlines()
    assert [part.strip() for part in head.split("┃")] == ["单位", "角色", "继承", "依据"]
    assert [part.strip() for part in row.split("│")] == [
        "云溪县交警大队",
        "牵头",
        "明示",
        "“由[大队]牵头” 《要点》 [3–9]",
    ]
    print_rows(COLUMNS[:1], [{"unit": {"name": "大队"}}], EN)
    assert capsys.readouterr().out.split()[0] == "unit"


def test_csv_has_every_column_and_the_ids(capsys: pytest.CaptureFixture[str]) -> None:
    """Readable by any CSV reader; nodes give name and id; a list is joined; no rows still give the header."""
    print_csv(COLUMNS, [ROW, {"unit": None, "quote": ["a", "b"]}])
    first, second = csv.DictReader(io.StringIO(capsys.readouterr().out))
    assert (first["unit"], first["unit_id"], first["document_issued_on"], first["start"]) == (
        "云溪县交警大队",
        "unit:1",
        "",
        "3",
    )
    assert (second["unit"], second["quote"]) == ("", "a、b")
    print_csv(COLUMNS, [])
    assert capsys.readouterr().out == "unit,role,role_zh,implicit,document,quote,start,end\n"
