"""The guard: what must not pass does not, what may pass is written anew, and nothing else ever happens."""

from __future__ import annotations

from contextlib import suppress
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import CypherRefused, InvalidParameter, LimitExceeded, ZhizeError
from graph.ontology import ontology
from queries.adhoc.clauses import parse
from queries.adhoc.guard import guarded
from queries.adhoc.printing import Printer
from queries.adhoc.tokens import MAX_CHARS
from tests.unit.queries.adhoc.statements import attacks, listed, shown
from tests.unit.queries.adhoc.trees import PARAMS, Trees


@pytest.mark.parametrize(("cypher", "params"), attacks(), ids=shown)
def test_an_attack_is_refused_before_any_engine_sees_it(cypher: str, params: dict[str, Any]) -> None:
    """With its place and a reason in both languages, or the parameter that is wrong."""
    with pytest.raises((CypherRefused, InvalidParameter)) as caught:
        guarded(cypher, params)
    assert caught.value.message("zh") != caught.value.message("en")
    if isinstance(caught.value, CypherRefused):
        line, column = int(str(caught.value.data["line"])), int(str(caught.value.data["column"]))
        assert 1 <= line <= cypher.count("\n") + 1
        assert 1 <= column <= len(cypher.split("\n")[line - 1]) + 1


def test_there_are_attacks_enough() -> None:
    """A file that is not read would let every other test here pass."""
    assert len(attacks()) >= 150
    assert len(listed("legitimate")) >= 60
    assert len(listed("heavy")) >= 6


@pytest.mark.parametrize(("cypher", "params"), [*listed("legitimate"), *listed("heavy")], ids=shown)
def test_a_legitimate_statement_passes_and_is_stable(cypher: str, params: dict[str, Any]) -> None:
    """Printed, read and printed again it is the same; no text of the caller's strings is in what an engine gets."""
    tree = parse(cypher, params)
    text = Printer().query(tree)
    assert parse(text, params) == tree
    statement = guarded(cypher, params)
    assert tuple(statement.columns.values()) == tree.columns
    assert "'" not in statement.cypher.replace("'search_", "").replace("', $", "").replace("' '", "")


@pytest.mark.parametrize("seed", range(10))
def test_any_statement_survives_printing(seed: int) -> None:
    """Print → parse → print is stable, and the tree is the same, whatever the statement says."""
    trees = Trees(Random(seed))
    read = 0
    for _ in range(60):
        tree = trees.query()
        text = Printer().query(tree)
        if len(text) <= MAX_CHARS:
            try:
                again = parse(text, PARAMS)
            except LimitExceeded:  # too many words or brackets
                continue
            assert Printer().query(again) == text
            assert again == tree
            read += 1
    assert read > 30


WORDS = [
    "MATCH",
    "(",
    ")",
    "(n:Unit)",
    "-[r]->",
    "RETURN",
    "n",
    ".",
    "name",
    "AS",
    "x",
    "[",
    "]",
    "{",
    "}",
    "|",
    ",",
    "1",
    "..",
    "'a'",
    "+",
    "-",
    "WITH",
    "WHERE",
    "CALL",
    "UNION",
    "IN",
    "CASE",
    "END",
    "reduce",
    "any",
    "$p",
    "*",
    "NOT",
    "=",
    "=~",
    ":",
    "`",
    "//",
    "/*",
    "ORDER",
    "BY",
    "LIMIT",
    "true",
    "count(",
    "ON",
]


@settings(max_examples=200, deadline=None)
@given(
    st.text(st.characters(codec="utf-8"), max_size=60)
    | st.lists(
        st.sampled_from(WORDS),
        max_size=25,
    ).map(" ".join)
)
def test_any_text_is_refused_or_let_through_and_never_a_crash(cypher: str) -> None:
    """Only errors of ours come out."""
    with suppress(ZhizeError):
        guarded(cypher, {"p": 1})


BOMBS = {
    "brackets": "RETURN " + "(" * 500 + "1" + ")" * 500 + " AS x",
    "lists": "RETURN " + "[" * 500 + "]" * 500 + " AS x",
    "maps": "RETURN " + "{a: " * 500 + "1" + "}" * 500 + " AS x",
    "not": "RETURN " + "NOT " * 1500 + "true AS x",
    "minus": "RETURN " + "- " * 1500 + "1 AS x",
    "sum": "RETURN " + " + ".join(["1"] * 900) + " AS x",
    "sum of sums": "RETURN " + "(" * 20 + "1" + (" + 1" * 40 + ")") * 20 + " AS x",
    "or": "MATCH (n:Unit) WHERE " + " OR ".join(["n.id = 'x'"] * 200) + " RETURN n.id",
    "dots": "MATCH (n:Unit) RETURN n" + ".name" * 900 + " AS x",
    "indexes": "RETURN [1]" + "[0]" * 600 + " AS x",
    "case": "RETURN " + "CASE WHEN true THEN " * 300 + "1" + " END" * 300 + " AS x",
    "calls": "CALL () { " * 23 + "RETURN 1 AS x" + " } RETURN x" * 23,
    "unions": " UNION ".join(["RETURN 1 AS x"] * 200),
    "clauses": "MATCH (n:Unit) " * 200 + "RETURN 1 AS x",
    "columns": "RETURN " + ", ".join(f"{i} AS x{i}" for i in range(300)),
    "doubling": "WITH 'a' AS s " + "WITH s + s AS s " * 30 + "RETURN size(s) AS n",
    "doubling by an empty text": "WITH 'a' AS s " + "WITH replace(s, '', 'z') AS s " * 22 + "RETURN size(s) AS n",
    "doubling behind a node": "OPTIONAL MATCH (n:Unit {id: 'none'}) WITH n, 'a' AS s "
    + "WITH n, coalesce(n, {id: s + s}).id AS s " * 22
    + "RETURN size(s) AS n",
    "doubling a list": "WITH [1] AS l " + "WITH l + l AS l " * 30 + "RETURN size(l) AS n",
    "tripling in a map": "WITH {a: 'x'} AS m " + "WITH {a: m.a + m.a + m.a} AS m " * 30 + "RETURN m.a AS n",
    "lists of lists": "WITH [1] AS l " + "WITH [l, l, l] AS l " * 30 + "RETURN l",
    "loops": "WITH range(1, 100) AS l " + "WITH [x IN l | l] AS l " * 9 + "RETURN l",
    "long": "RETURN '" + "a" * MAX_CHARS + "' AS x",
    "words": "RETURN [" + "1," * 1200 + "1] AS x",
    "name": "RETURN 1 AS " + "x" * 100,
    "digits": "RETURN " + "9" * 5000 + " AS x",
    "hops": "MATCH (a)-[*1.." + "9" * 400 + "]-(b) RETURN a.id",
}


@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS.keys())
def test_a_bomb_is_refused_at_once(bomb: str) -> None:
    """Size, depth, doubling: each by a limit of the language, none by running out of stack."""
    with pytest.raises((CypherRefused, LimitExceeded)):
        guarded(bomb, {})


@pytest.mark.parametrize(
    ("params", "name"),
    [
        ({"p": float("nan")}, "p"),
        ({"p": float("inf")}, "p"),
        ({"p": 2**63}, "p"),
        ({"p": "a" * 10_001}, "p"),
        ({"p": ["a" * 6_000, "b" * 6_000]}, "p"),
        ({"p": "\ud800"}, "p"),
        ({"p": [[[[[1]]]]]}, "p"),
        ({"p": list(range(1_001))}, "p"),
        ({"p": {"a b": 1}}, "p"),
        ({"p": {"`}) DELETE": 1}}, "p"),
        ({"p": b"bytes"}, "p"),
        ({"a b": 1}, "a b"),
        ({"": 1}, ""),
        ({f"p{i}": i for i in range(51)}, "params"),
    ],
)
def test_a_parameter_beyond_the_limits_is_named(params: dict[str, Any], name: str) -> None:
    """Only plain values within size and depth go on to an engine."""
    with pytest.raises(InvalidParameter) as caught:
        guarded("RETURN 1 AS one", params)
    assert caught.value.data["name"] == name


def test_only_parameters_that_are_used_are_sent() -> None:
    """What the statement does not name does not reach the engine; what it names and was not given is refused."""
    params: dict[str, Any] = {"a": "x", "b": [1, None, True, 1.5, {"k": "v"}]}
    assert guarded("RETURN $b AS b, $b AS again", params).params == {"p0": params["b"]}
    with pytest.raises(CypherRefused, match="params has no parameter c"):
        guarded("RETURN $c AS c", params)


def test_a_statement_for_an_engine_reaches_nodes_of_the_ontology_alone() -> None:
    """Nodes without a label get Entity, variable lengths without a type get all types, strings become parameters."""
    found = guarded("MATCH (a)-[*1..2]-(b:Unit)--() WHERE a.name = 'x\\'y' AND a:Unit|Task RETURN b.name AS n", {})
    types = "|".join(f"`{type_}`" for type_ in ontology().relations)
    assert found.cypher == (
        f"MATCH (`v0`:`Entity`)-[:{types}*1..2]-(`v1`:`Unit`)-[]-(:`Entity`) "
        "WHERE ((`v0`.`name` = $p0) AND (`v0`:`Unit` OR `v0`:`Task`)) RETURN `v1`.`name` AS `v2`"
    )
    assert found.params == {"p0": "x'y"}


def test_an_index_is_always_a_number() -> None:
    """A text between brackets would read any property, on either engine."""
    assert "[toInteger($p0)]" in guarded("MATCH (u:Unit) RETURN u.aliases[$k] AS x", {"k": "search"}).cypher
    with pytest.raises(CypherRefused, match="is a node"):
        guarded("MATCH (u:Unit) RETURN u[$k] AS x", {"k": "search"})
    assert "[$" not in guarded("RETURN [1, 2][$i] AS x, [1, 2][$i..] AS y", {"i": 1}).cypher
    with pytest.raises(CypherRefused, match=r"written n\.name"):
        guarded("MATCH (u:Unit) RETURN u['search'] AS x", {})


def test_words_to_search_are_escaped_as_the_catalog_does() -> None:
    """No query language of the full-text engine: all words must be in the name."""
    found = guarded(
        "CALL db.index.fulltext.queryNodes('search_unit', $q) YIELD node RETURN node.id", {"q": "交警* OR /x/"}
    )
    assert found.params == {"p0": "交警 AND x", "p1": [" 交警 ", " or ", " x "]}


@pytest.mark.parametrize(
    ("cypher", "line", "column", "words"),
    [
        ("MATCH (u:Unit)\nRETURN u.nam", 2, 9, "no property nam"),
        ("MATCH (u:Unti) RETURN u.id", 1, 10, "no label Unti"),
        ("MATCH (u:Unit) RETURN v.id", 1, 23, "no variable v here; there are: u"),
        ("MATCH (u:Unit) WITH u.id AS id RETURN u.name", 1, 39, "there are: id"),
        ("MATCH (u:Unit) CALL { RETURN u.id AS id } RETURN id", 1, 30, "no variable u"),
        ("MATCH (u:Unit) RETURN u.name,", 1, 30, "breaks off"),
        ("RETURN 1 AS x, 2 AS x", 1, 1, "two columns are named x"),
        ("RETURN 1 AS x UNION RETURN 2 AS y", 1, 1, "the same columns"),
        ("RETURN 1 AS x UNION RETURN 2 AS x UNION ALL RETURN 3 AS x", 1, 1, "cannot be mixed"),
        ("MATCH (a)-[r:LEADS]->(t:Task) MATCH (d:Document {id: r.doc}) RETURN d.id", 1, 55, "first WITH r.doc AS x"),
        ("WITH {名: 'x'} AS m MATCH (u:Unit {name: m.名}) RETURN u.id", 1, 42, "cannot use the key 名: first"),
        ("MATCH (a)<-[r]->(b) RETURN a.id", 1, 10, "one direction"),
        ("RETURN 1 = 1 = 1 AS x", 1, 14, "join comparisons"),
        ("RETURN {a: 1, a: 2} AS x", 1, 8, "twice"),
        ("CALL db.index.fulltext.queryNodes('search_unit', '队') YIELD node RETURN node.id", 1, 1, "two characters"),
        ("CALL db.index.fulltext.queryNodes('search_unit', 5) YIELD node RETURN node.id", 1, 1, "a text"),
        ("RETURN CASE 1 ELSE 2 END AS x", 1, 15, "CASE needs WHEN"),
        ("RETURN any(x IN [1]) AS x", 1, 20, "needs a WHERE"),
        ("MATCH (u:Unit) RETURN u.id LIMIT $p", 1, 34, "whole number"),
    ],
)
def test_a_refusal_says_where_and_what_would_be_right(cypher: str, line: int, column: int, words: str) -> None:
    """Line and column count from 1; the sentence names the way out."""
    with pytest.raises(CypherRefused, match=words) as caught:
        guarded(cypher, {"p": "x"})
    assert (caught.value.data["line"], caught.value.data["column"]) == (line, column)


def test_columns_without_a_name_get_one() -> None:
    """The property's, the function's, or their number: the same on both stores."""
    found = guarded("MATCH (u:Unit) RETURN u.name, count(*), size(u.name), u.level + 'x', $p", {"p": 1})
    assert tuple(found.columns.values()) == ("name", "count", "size", "column_4", "column_5")


def test_a_range_between_sizes_is_bounded_by_what_can_be_in_them() -> None:
    """The usual way to number a list."""
    guarded(
        "MATCH (u:Unit) WITH collect(u.id) AS l RETURN [i IN range(0, size(l) - 1, $step) | l[i]] AS x", {"step": 2}
    )
    guarded("MATCH p = (a:Unit)-[*1..3]-(b) RETURN range(0, length(p)) AS x", {})
    with pytest.raises(CypherRefused, match="10001"):
        guarded("MATCH (u:Unit) WITH collect(u.id) AS l RETURN range(0, size(l) + 1) AS x", {})
