"""Full-text calls become scans of the label without changing what a statement says."""

from __future__ import annotations

import pytest

from graph.stores.scanning import scanned

CALL = "CALL db.index.fulltext.queryNodes('search_task', $task_query) YIELD node"


def test_each_term_is_compared_and_a_latin_one_between_blanks() -> None:
    """A Han term is a whole term wherever it stands; 107 also stands inside 1107."""
    text, params = scanned(f"{CALL} RETURN node.id AS id", {"task_query": "国道 AND 107"})
    assert text == (
        "MATCH (node:Task) WHERE node.search CONTAINS $task_query__0 AND node.search CONTAINS $task_query__1 "
        "AND (' ' + node.search + ' ') CONTAINS $task_query__1w RETURN node.id AS id"
    )
    assert params == {
        "task_query": "国道 AND 107",
        "task_query__0": "国道",
        "task_query__1": "107",
        "task_query__1w": " 107 ",
    }


@pytest.mark.parametrize(
    ("condition", "rest"),
    [
        ("node.kind = 'item' OR node.level = 'item'", "RETURN node.id AS id"),
        ("node.name STARTS WITH 'a' OR node.name ENDS WITH 'b'", "WITH node RETURN node.id AS id"),
        ("node.name = ') RETURN (' OR any(x IN [1] WHERE x > 0)", "ORDER BY node.id"),
        ("EXISTS { MATCH (node)-[:PART_OF]->(t:Task) RETURN t }", "UNION ALL"),
    ],
)
def test_a_condition_stays_one_condition(condition: str, rest: str) -> None:
    """An OR in it does not swallow the comparison of terms."""
    text, _ = scanned(f"{CALL} WHERE {condition} {rest}", {"task_query": "国道"})
    assert text.endswith(f"$task_query__0 AND ( {condition} ) {rest}")


def test_a_condition_ends_with_the_bracket_around_it() -> None:
    """Inside CALL () { } and at the end of the text."""
    text, _ = scanned(f"CALL () {{ {CALL} WHERE node.kind = 'x' }} RETURN 1 AS one", {"task_query": "国道"})
    assert text.endswith("AND ( node.kind = 'x' ) } RETURN 1 AS one")
    text, _ = scanned(f"{CALL} WHERE node.kind = 'x'", {"task_query": "国道"})
    assert text.endswith("AND ( node.kind = 'x') ")


@pytest.mark.parametrize(
    "cypher",
    [
        "MATCH (n:Task) RETURN n.id AS id",
        CALL.replace("YIELD node", "YIELD node, score RETURN score"),
        CALL.replace("YIELD node", "YIELD node AS t RETURN t.id AS id"),
        CALL.replace("search_task", "search_nothing"),
        CALL.replace("$task_query", "$words"),
    ],
)
def test_any_other_call_is_left_to_the_index(cypher: str) -> None:
    """Only the form the catalog uses is known to mean the same."""
    assert scanned(cypher, {"task_query": "国道", "words": "国道"})[0] == cypher
