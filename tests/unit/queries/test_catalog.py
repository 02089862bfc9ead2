"""A query file that loads is one that runs alike on every store; one that does not names its line."""

from __future__ import annotations

from pathlib import Path

import jsonschema
import pytest

from graph.errors import CatalogError, NotFound
from graph.ontology import ontology
from queries.catalog import load_catalog, packaged, parse
from queries.cypher_text import counting, returned
from queries.header import header_schema

HEADER = """\
// name: sample
// class: anchored
// title: {zh: 样例, en: sample}
// summary: {zh: 样例, en: sample}
// params:
//   - {name: task, type: search, required: true, example: 一盔一带, title: {zh: 任务, en: task}, labels: [Task]}
//   - {name: year, type: integer, title: {zh: 年, en: year}}
// columns: [{name: task, zh: 任务, en: task}, {name: year, zh: 年, en: year}]
"""
BODY = """\
CALL db.index.fulltext.queryNodes('search_task', $task_query) YIELD node
WHERE all(term IN $task_terms WHERE (' ' + node.search + ' ') CONTAINS term) AND ($year IS NULL OR $year = 1)
MATCH (node)<-[r:STATES]-(s:Section|Document)
RETURN {id: node.id, name: node.name} AS task, s.order AS year
ORDER BY node.name, node.id
SKIP $skip LIMIT $limit
"""
HEADER_LINES = HEADER.count("\n")


def test_the_sample_is_right() -> None:
    """The file the other tests break loads."""
    definition = parse(HEADER + BODY, "folder/sample.cypher")
    assert (definition.name, definition.class_, definition.examples) == ("sample", "anchored", {"task": "一盔一带"})
    assert definition.cypher.startswith("CALL db.index")


BROKEN: list[tuple[str, str, int, str]] = [
    ("RETURN {id", "SET node.name = 1\nRETURN {id", 4, "SET writes"),
    ("RETURN {id", "MERGE (x:Task {id: '1'})\nRETURN {id", 4, "MERGE writes"),
    ("RETURN {id", "LOAD CSV FROM 'file:///etc/passwd' AS line\nRETURN {id", 4, "LOAD CSV"),
    ("RETURN {id", "CALL db.labels() YIELD label\nRETURN {id", 4, "CALL only"),
    ("'search_task'", "'search_section'", 1, "no full-text index"),
    ("s.order", "s.title", 4, "property title"),
    ("s.order", "node.end", 4, "property end"),
    ("s.order", "keys(s)", 4, "function keys"),
    ("s.order", "apoc.text.join([], '')", 4, "function apoc"),
    ("s.order", "rand()", 4, "function rand"),
    ("s.order", "s", 4, "whole node"),
    ("s.order", "collect(s)", 4, "aggregates"),
    ("RETURN {id", "RETURN DISTINCT {id", 4, "DISTINCT"),
    ("(s:Section|Document)", "(s:Section|Paper)", 3, "label Paper"),
    ("r:STATES", "r:LIKES", 3, "type LIKES"),
    ("r:STATES", "r:STATES*", 3, "upper bound"),
    ("r:STATES", "r:STATES*1..", 3, "upper bound"),
    ("(s:Section|Document)", "(s:Section {name: r.doc})", 3, "relationship r"),
    ("MATCH (node)", "MATCH (:$($year))--(node)", 3, "dynamic"),
    ("AS task,", "AS other,", 4, "not the declared"),
    ("ORDER BY node.name, node.id\n", "", 4, "ORDER BY"),
    ("ORDER BY node.name, node.id", "ORDER BY node.name", 4, "end with an id"),
    ("SKIP $skip LIMIT $limit", "LIMIT $limit", 4, "SKIP $skip"),
    ("$year = 1", "$month = 1", 2, "$month is not declared"),
    ("($year IS NULL OR $year = 1)", "true", 1, "year is declared but not used"),
    ("node.name, node.id", "node.name, node.id;", 5, "semicolon"),
    ("CONTAINS term)", "CONTAINS term) AND node.name =~ $year", 2, "regular expression"),
    ("WHERE all(", "WHERE node:Nothing AND all(", 2, "label Nothing"),
    ("RETURN {id", "RETURN 1 AS x UNION MATCH (node:Task) MATCH (node)--(s) RETURN {id", 4, "UNION only"),
]


@pytest.mark.parametrize(("old", "new", "line", "reason"), BROKEN, ids=[reason for *_, reason in BROKEN])
def test_a_statement_that_breaks_a_rule_is_refused(old: str, new: str, line: int, reason: str) -> None:
    """Each dialect rule names file, line and reason."""
    assert old in BODY
    with pytest.raises(CatalogError) as caught:
        parse(HEADER + BODY.replace(old, new), "folder/sample.cypher")
    assert reason in str(caught.value)
    assert caught.value.data["line"] == HEADER_LINES + line
    assert caught.value.data["path"] == "folder/sample.cypher"


def test_a_statement_without_return_or_body_is_refused() -> None:
    """Nothing to run, or nothing to answer."""
    for body in ("", "MATCH (n:Task) WHERE n.id = $task AND $year = 1\n"):
        with pytest.raises(CatalogError):
            parse(HEADER + body, "sample.cypher")


def test_words_in_strings_and_comments_are_not_clauses() -> None:
    """A comment that says SET and a string that says DELETE are text."""
    body = BODY.replace("RETURN {id", "// SET it; CREATE (x)\nWITH node, s, 'DELETE; x' AS word\nRETURN {id")
    assert parse(HEADER + body, "sample.cypher").name == "sample"


WRONG_HEADERS: list[tuple[str, str, int, str]] = [
    ("// class: anchored", "// class: fast", 2, "class"),
    ("// class: anchored\n", "", 1, "class"),
    ("title: {zh: 样例, en: sample}", "title: {zh: 样例}", 3, "title.en"),
    ("// summary", "//  summary", 4, "not YAML"),
    ("name: sample", "name: other", 1, "not the file name"),
    ("type: search", "type: text", 5, "params"),
    ("type: integer", "type: enum", 5, "lists its values"),
    ("type: integer", "type: integer, labels: [Task]", 5, "labels"),
    ("type: integer", "type: string, not_before: task", 5, "may not be before"),
    ("type: integer", "type: integer, not_before: task", 1, "same type"),
    ("labels: [Task]", "labels: [Paper]", 5, "Paper"),
    ("required: true, example: 一盔一带", "required: true", 5, "example"),
    ("name: year, type", "name: task, type", 1, "twice"),
    ("name: year, type", "name: limit, type", 1, "supplies"),
    ("// params", "// questions: ['{nothing}由谁负责']\n// params", 1, "no parameters"),
    ("// params", "// colour: red\n// params", 5, "colour"),
]


@pytest.mark.parametrize(("old", "new", "line", "reason"), WRONG_HEADERS, ids=[w[3] for w in WRONG_HEADERS])
def test_a_wrong_header_is_refused(old: str, new: str, line: int, reason: str) -> None:
    """The header schema names the key and its line."""
    assert old in HEADER
    with pytest.raises(CatalogError) as caught:
        parse(HEADER.replace(old, new) + BODY, "sample.cypher")
    assert reason in str(caught.value)
    assert caught.value.data["line"] == line


def test_a_file_without_header_is_refused() -> None:
    """A bare statement has no contract."""
    with pytest.raises(CatalogError, match="YAML header"):
        parse(BODY, "sample.cypher")


def test_the_packaged_catalog_loads() -> None:
    """Every packaged query passes the lint; search parameters name their labels; patterns are in both languages."""
    for path, text in packaged():
        parse(text, path)
    catalog = load_catalog()
    assert len(catalog) >= 20
    assert "units-owning-task" in catalog
    for definition in catalog:
        assert all(p.labels for p in definition.params if p.type in ("search", "id")), definition.name
        if definition.questions:
            assert any(q.isascii() for q in definition.questions), definition.name
            assert not all(q.isascii() for q in definition.questions), definition.name


def test_every_searchable_label_can_be_asked_for() -> None:
    """Neighbourhood takes whatever search can find."""
    param = load_catalog().get("neighbourhood").param("node")
    assert param is not None
    assert set(param.labels) == set(ontology().labels(search=True))


def test_the_neighbourhood_filter_lists_every_relation() -> None:
    """Its enum is the ontology's list of relations."""
    param = load_catalog().get("neighbourhood").param("relation")
    assert param is not None
    assert set(param.values) == set(ontology().relations)


def test_an_unknown_query_names_the_nearest() -> None:
    """A typing mistake is answered with what was probably meant."""
    with pytest.raises(NotFound) as caught:
        load_catalog().get("units-owning-tasks")
    assert caught.value.data["near"][0] == "units-owning-task"


def test_user_folders_add_and_replace_queries(tmp_path: Path) -> None:
    """A file of a user's folder joins the catalog; one of the same name takes the place of the packaged query."""
    (tmp_path / "sample.cypher").write_text(HEADER + BODY, encoding="utf-8")
    own = (HEADER + BODY).replace("name: sample", "name: statistics")
    (tmp_path / "statistics.cypher").write_text(own, encoding="utf-8")
    catalog = load_catalog([tmp_path])
    assert catalog.get("sample").path == str(tmp_path / "sample.cypher")
    assert catalog.get("statistics").title.zh == "样例"
    assert len(catalog) == len(load_catalog()) + 1


def test_a_missing_folder_or_unreadable_file_is_an_error(tmp_path: Path) -> None:
    """Not silently an empty catalog."""
    with pytest.raises(CatalogError, match="no such folder"):
        load_catalog([tmp_path / "absent"])
    (tmp_path / "bad.cypher").write_bytes(b"\xff\xfe\xff")
    with pytest.raises(CatalogError, match="bad"):
        load_catalog([tmp_path])


def test_the_header_schema_describes_the_packaged_headers() -> None:
    """The exported JSON Schema accepts what the loader accepts."""
    schema = header_schema()
    for definition in load_catalog():
        header = definition.model_dump(by_alias=True, mode="json", exclude={"cypher", "path"}, exclude_none=True)
        jsonschema.validate(header, schema)


def test_rows_are_counted_without_returning_them() -> None:
    """Everything but the final RETURN runs; a subquery keeps its own."""
    cypher = "CALL () { MATCH (n:Task) RETURN n }\nRETURN n.id AS id\nORDER BY id\nSKIP $skip LIMIT $limit"
    assert counting(cypher) == "CALL () { MATCH (n:Task) RETURN n }\nRETURN count(*) AS total"


def test_the_last_return_is_taken_apart() -> None:
    """Items with and without alias, order and tail; brackets do not split items."""
    assert returned("MATCH (n) RETURN DISTINCT n.id, {a: 1, b: 2} AS m, x ORDER BY m, n.id LIMIT 5") == (
        [("n.id", "n.id"), ("{a: 1, b: 2}", "m"), ("x", "x")],
        ["m", "n.id"],
        "LIMIT 5",
    )
    assert returned("RETURN 1 AS x") == ([("1", "x")], [], "")
