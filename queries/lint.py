"""The dialect rules of the catalog: what runs alike on every store, cannot write and always ends.

Reasons are in docs/queries.md; each rule is one small function over the statement with strings and comments blanked.
A rule yields ``(offset, reason)``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from graph.ontology import ontology
from queries.cypher_text import blank, line_of, outer, returned
from queries.header import SUPPLIED, Header

Finding = tuple[int, str]

_WRITES = r"CREATE|MERGE|DELETE|DETACH|SET|REMOVE|DROP|FOREACH|ALTER|GRANT|DENY|REVOKE|INSERT|FINISH"
_NO_CLAUSE = r"LOAD\s+CSV|IN\s+TRANSACTIONS|USE|USING\s+PERIODIC|SHOW|TERMINATE|START|EXPLAIN|PROFILE|CYPHER"
_NO_FUNCTION = (
    r"properties|keys|percentileCont|percentileDisc|timestamp|rand|randomUUID|datetime|localdatetime|date|time|"
    r"localtime|elementId|id|graph|apoc|gds"
)
_FULLTEXT = re.compile(r"CALL\s+db\.index\.fulltext\.queryNodes\(\s*'search_(\w+)'\s*,\s*\$(\w+)_query\s*\)")
_LABEL_EXPRESSION = r":\s*`?\w+`?(?:\s*[|&]\s*:?\s*`?\w+`?)*"
_NODE = re.compile(rf"\(\s*\w*\s*({_LABEL_EXPRESSION})")
_RELATION = re.compile(rf"\[\s*\w*\s*({_LABEL_EXPRESSION})")
_LABEL_TEST = re.compile(rf"(?:\bWHERE|\bAND|\bOR|\bNOT|\bWHEN|\()\s+\w+({_LABEL_EXPRESSION})")
_DYNAMIC = re.compile(r":\s*\$\(|\$\s*\(")
_VARIABLE_LENGTH = re.compile(r"\[[^\[\]{}]*?\*\s*([^\]{]*)")
_AGGREGATE = re.compile(r"\b(?:count|sum|avg|min|max|collect|stdevp?)\s*\(", re.IGNORECASE)
_BOUND = re.compile(r"^(?:\d+|\d*\s*\.\.\s*\d+)\s*$")


def lint(header: Header, cypher: str) -> tuple[int, str] | None:
    """The first broken rule as (line within the statement from 0, reason), or None."""
    blanked = blank(cypher)
    for rule in _RULES:
        for offset, reason in rule(header, cypher, blanked):
            return line_of(cypher, offset), reason
    return None


def _find(pattern: str, blanked: str, reason: str) -> Iterator[Finding]:
    for match in re.finditer(pattern, blanked, re.IGNORECASE):
        yield match.start(), reason.format(" ".join(match.group().split()).strip(" (."))


def _one_statement(_: Header, cypher: str, blanked: str) -> Iterator[Finding]:
    if not blanked.strip():
        yield 0, "no statement after the header"
    yield from _find(r";(?=\s*\S)", blanked, "one statement only, without semicolon")
    yield from _find(r";", blanked, "no semicolon at the end")


def _read_only(_: Header, cypher: str, blanked: str) -> Iterator[Finding]:
    yield from _find(rf"(?<![.\w$:`])(?:{_WRITES})\b(?!\s*[:.,)])", blanked, "{} writes: the catalog only reads")
    yield from _find(rf"(?<![.\w$:`])(?:{_NO_CLAUSE})\b(?!\s*[:.,)=])", blanked, "{} is not allowed in the catalog")
    yield from _find(rf"(?<![\w.$])(?:{_NO_FUNCTION})\s*[(.]\s*(?!\.)", blanked, "function {} differs between stores")
    yield from _find(r"=~\s*\$", blanked, "a regular expression from a parameter can run for ever")


def _calls(_: Header, cypher: str, blanked: str) -> Iterator[Finding]:
    indexes = {label.lower() for label in ontology().labels(search=True)}
    allowed = {m.start(): m for m in _FULLTEXT.finditer(cypher)}
    for match in re.finditer(r"\bCALL\s+(?![({])", blanked, re.IGNORECASE):
        call = allowed.get(match.start())
        if call is None:
            yield match.start(), "CALL only db.index.fulltext.queryNodes('search_LABEL', $x_query)"
        elif call.group(1) not in indexes:
            yield match.start(), f"no full-text index search_{call.group(1)}"


def _properties(_: Header, cypher: str, blanked: str) -> Iterator[Finding]:
    graphs = _graph_variables(blanked)
    for match in re.finditer(r"\b(\w+)\s*\.\s*(title|type|start|end)\b(?!\s*\()", blanked):
        # A map may have a key named start; a node or relation may not.
        if match.group(1) in graphs or match.group(2) in ("title", "type"):
            reason = "is not usable on every store (use name, kind, start_char, end_char)"
            yield match.start(), f"property {match.group(2)} {reason}"


def _labels(_: Header, cypher: str, blanked: str) -> Iterator[Finding]:
    labels, types = {"Entity", *ontology().nodes}, set(ontology().relations)
    checks = ((_NODE, labels, "label"), (_LABEL_TEST, labels, "label"), (_RELATION, types, "type"))
    for pattern, known, what in checks:
        for match in pattern.finditer(blanked):
            for word in re.findall(r"\w+", match.group(1)):
                if word not in known:
                    yield match.start(1), f"{what} {word} is not in the ontology"
    for match in _DYNAMIC.finditer(blanked):
        yield match.start(), "dynamic labels are not allowed"


def _bounded(_: Header, cypher: str, blanked: str) -> Iterator[Finding]:
    for match in _VARIABLE_LENGTH.finditer(blanked):
        if not _BOUND.match(match.group(1)):
            yield match.start(), "variable length needs an upper bound (*1..5)"
    yield from _find(r"\)\s*(?:\+|\{\s*\d*\s*,)", blanked, "quantified path patterns are not allowed")


def _inline_maps(_: Header, cypher: str, blanked: str) -> Iterator[Finding]:
    relations = set(re.findall(r"\[\s*(\w+)\s*[:\]*]", blanked))
    for match in re.finditer(r"\(\s*\w*\s*:[^(){}]*\{([^{}]*)\}", blanked):
        for used in re.findall(r":\s*(\w+)\s*\.", match.group(1)):
            if used in relations:
                # Measured: the embedded engine then matches nothing, without a word.
                yield match.start(), f"a pattern cannot use a property of relationship {used}: first WITH {used}.x AS x"


def _result(header: Header, cypher: str, blanked: str) -> Iterator[Finding]:
    final = returned(blanked)
    where = max((m.start() for m in outer(blanked, re.compile(r"\bRETURN\b", re.IGNORECASE))), default=0)
    if final is None:
        yield where, "no RETURN"
        return
    items, order, tail = final
    if outer(blanked, re.compile(r"\bUNION\b", re.IGNORECASE)):
        yield where, "UNION only inside CALL () { }, so that the whole answer has one order"
    if (names := [alias for _, alias in items]) != (declared := [c.name for c in header.columns]):
        yield where, f"returned columns {names} are not the declared {declared}"
    if not order or not re.search(r"(?:^|\.|_)(?:id|key)$", re.sub(r"\s+(?:ASC|DESC)$", "", order[-1])):
        yield where, "ORDER BY must end with an id or key"
    if " ".join(tail.split()) != "SKIP $skip LIMIT $limit":
        yield where, "the statement must end with SKIP $skip LIMIT $limit"
    if re.match(r"\s*RETURN\s+DISTINCT\b", blanked[where:], re.IGNORECASE):
        yield where, "DISTINCT belongs in a WITH before the final RETURN, so that rows can be counted without it"
    graphs = _graph_variables(blanked)
    for expression, alias in items:
        if _AGGREGATE.search(expression):
            yield where, f"column {alias} aggregates: do that in a WITH before, so that rows can be counted"
        if expression in graphs:
            yield where, f"column {alias} is a whole node, relationship or path: return its properties"


def _graph_variables(blanked: str) -> set[str]:
    """Variables that hold nodes, relationships or paths, followed through ``AS``."""
    found = set(re.findall(rf"[(\[]\s*(\w+)\s*(?:{_LABEL_EXPRESSION})?\s*(?:\{{[^}}]*\}})?\s*[)\]*]\s*[-<]", blanked))
    found |= set(re.findall(rf"[->]\s*[(\[]\s*(\w+)\s*(?:{_LABEL_EXPRESSION})?[^()\[\]]*[)\]]", blanked))
    found |= set(re.findall(r"\bMATCH\s*\(\s*(\w+)", blanked)) | set(
        re.findall(r"(\w+)\s*=\s*(?:\(|\w*[sS]hortest)", blanked)
    )
    if re.search(r"\bYIELD\s+node\b", blanked):
        found.add("node")
    renames = re.findall(r"\b(\w+)\s+AS\s+(\w+)", blanked)
    while more := {new for old, new in renames if old in found} - found:
        found |= more
    return found


def _parameters(header: Header, cypher: str, blanked: str) -> Iterator[Finding]:
    declared = {p.name for p in header.params}
    derived = {f"{p.name}_{part}" for p in header.params if p.type == "search" for part in ("terms", "query")}
    used: set[str] = set()
    for match in re.finditer(r"\$(\w+)", blanked):
        used.add(match.group(1))
        if match.group(1) not in declared | derived | SUPPLIED:
            yield match.start(), f"parameter ${match.group(1)} is not declared"
    for name in sorted(declared):
        if not used & {name, f"{name}_terms", f"{name}_query"}:
            yield 0, f"parameter {name} is declared but not used"


_Rule = Callable[[Header, str, str], Iterator[Finding]]
_RULES: tuple[_Rule, ...] = (
    _one_statement,
    _read_only,
    _calls,
    _properties,
    _labels,
    _bounded,
    _inline_maps,
    _result,
    _parameters,
)
