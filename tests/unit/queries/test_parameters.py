"""Raw parameters become typed values, or one sentence says what would be right."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import InvalidParameter
from queries.catalog import parse
from queries.parameters import search_query, search_terms, statement_parameters, validate
from queries.runner import DEFAULT_LIMIT, page_size, read_cursor, write_cursor

DEFINITION = parse(
    """\
// name: all
// class: global
// title: {zh: 全, en: all}
// summary: {zh: 全, en: all}
// params:
//   - {name: task, type: search, required: true, example: 一盔一带, title: {zh: 任务, en: task}, labels: [Task]}
//   - {name: text, type: string, title: {zh: 文, en: text}}
//   - {name: year, type: integer, example: 2024, title: {zh: 年, en: year}}
//   - {name: all, type: boolean, default: true, title: {zh: 全, en: all}}
//   - {name: since, type: date, title: {zh: 自, en: since}}
//   - {name: until, type: date, not_before: since, title: {zh: 至, en: until}}
//   - {name: unit, type: id, labels: [Unit], title: {zh: 单位, en: unit}}
//   - {name: any, type: id, labels: [Entity], title: {zh: 节点, en: node}}
//   - {name: role, type: enum, values: [LEADS, COOPERATES], title: {zh: 角色, en: role}}
// columns: [{name: id, zh: 编号, en: id}]
MATCH (t:Task)
WHERE t.id = $task OR t.name IN [$text, $since, $until, $unit, $any, $role] OR $all OR t.order = $year
RETURN t.id AS id
ORDER BY id
SKIP $skip LIMIT $limit
""",
    "all.cypher",
)
UNIT = "unit:0123456789abcdef0123"


def _read(name: str, value: object) -> Any:
    return validate(DEFINITION, {"task": "一盔一带", name: value})[name]


def test_a_span_that_ends_before_it_begins_is_refused() -> None:
    """The end is named, with both; one day, and a span open at either side, is a span."""
    for since, until in (("2024-02-01", "2024-02-01"), ("2024-02-01", ""), ("", "2024-02-01")):
        validate(DEFINITION, {"task": "一盔一带", "since": since, "until": until})
    with pytest.raises(InvalidParameter, match="until: 2024-01-31 is before since 2024-02-01") as refused:
        validate(DEFINITION, {"task": "一盔一带", "since": "2024-02-01", "until": "2024-01-31"})
    assert "早于" in refused.value.message("zh")


def test_absent_parameters_take_their_default() -> None:
    """None without a default; blank text counts as absent."""
    assert validate(DEFINITION, {"task": " 一盔一带 ", "text": "  "}) == {
        "task": "一盔一带",
        "text": None,
        "year": None,
        "all": True,
        "since": None,
        "until": None,
        "unit": None,
        "any": None,
        "role": None,
    }


@pytest.mark.parametrize(
    ("name", "raw", "value"),
    [
        ("text", "头盔", "头盔"),
        ("text", 7, "7"),
        ("year", "2024", 2024),
        ("year", "２０２４", 2024),
        ("year", 2024, 2024),
        ("all", "false", False),
        ("all", "否", False),
        ("all", True, True),
        ("all", "YES", True),
        ("since", "2024-02-29", "2024-02-29"),
        ("unit", UNIT, UNIT),
        ("any", UNIT, UNIT),
        ("role", "LEADS", "LEADS"),
    ],
)
def test_strings_become_values(name: str, raw: object, value: object) -> None:
    """What HTTP and the command line give is text; values of the right type pass too."""
    assert _read(name, raw) == value


@pytest.mark.parametrize(
    ("name", "raw", "reason"),
    [
        ("task", "", "example 一盔一带"),
        ("task", None, "required"),
        ("task", "盔", "two characters"),
        ("task", "？！", "two characters"),
        ("text", ["a"], "must be text"),
        ("text", True, "must be text"),
        ("text", "长" * 501, "longer than 500"),
        ("text", "\ud800", "no text"),
        ("year", "twenty", "whole number, for example 2024"),
        ("year", 2.5, "whole number"),
        ("year", True, "whole number"),
        ("year", 2**60, "whole number"),
        ("all", "maybe", "true or false"),
        ("since", "2024-02-30", "a date"),
        ("since", "yesterday", "a date"),
        ("unit", "task:0123456789abcdef0123", "unit:20 hex"),
        ("unit", "unit:xyz", "node id"),
        ("any", "nonsense", "label:20 hex"),
        ("role", "OWNS", "LEADS, COOPERATES"),
        ("colour", "red", "no such parameter"),
    ],
)
def test_a_wrong_value_is_refused_with_what_is_right(name: str, raw: object, reason: str) -> None:
    """Allowed values, form or example, in both languages."""
    with pytest.raises(InvalidParameter) as caught:
        validate(DEFINITION, {"task": "一盔一带", name: raw})
    assert reason in caught.value.message("en")
    assert name in caught.value.message("zh")


def test_a_search_parameter_supplies_terms_and_query() -> None:
    """Bigrams stand between blanks, a lone Han character may stand anywhere; the full-text query is never empty."""
    given_ = statement_parameters(DEFINITION, validate(DEFINITION, {"task": "2024年头盔"}))
    assert given_["task_terms"] == [" 2024 ", " 年头 ", " 头盔 "]
    assert given_["task_query"] == "2024 AND 年头 AND 头盔"
    assert search_terms("2024年") == [" 2024 ", "年"]
    assert search_query("2024年") == "2024"
    assert search_query("年") == "\u0001"


@given(st.text(max_size=60))
def test_any_text_is_a_value_or_a_refusal(text: str) -> None:
    """No input makes the validator fail otherwise, and no full-text syntax gets through."""
    for param in DEFINITION.params:
        try:
            values = validate(DEFINITION, {"task": "一盔一带", param.name: text})
        except InvalidParameter:
            continue
        query = statement_parameters(DEFINITION, values)["task_query"]
        assert query
        assert not set(query) & set('+-!(){}[]^"~*?:\\/|<>=')


def test_pages_have_one_to_a_thousand_rows() -> None:
    """The default is a hundred."""
    assert (page_size(None), page_size(1), page_size(1000)) == (DEFAULT_LIMIT, 1, 1000)
    for limit in (0, -1, 1001):
        with pytest.raises(InvalidParameter, match="limit"):
            page_size(limit)


def test_a_cursor_is_only_good_for_its_own_answer() -> None:
    """Opaque, and refused when changed."""
    cursor = write_cursor(100, "mark")
    assert read_cursor(cursor, "mark") == 100
    assert read_cursor(None, "mark") == 0
    for wrong in (
        cursor[:-2],
        "x",
        "é",
        write_cursor(100, "other"),
        write_cursor(-5, "mark"),
        write_cursor(10**9, "mark"),
    ):
        with pytest.raises(InvalidParameter, match="cursor"):
            read_cursor(wrong, "mark")
