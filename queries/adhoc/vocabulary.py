"""Names the language knows: functions, operators, and what of the ontology may be asked for.

What is not here is refused. A function is here when it only reads, gives the same on both stores at usual values and
cannot give more than it was given. At edges the stores differ (``round(-2.5)``, ``toString(1e20)``, ``left('ab', -1)``,
``substring('abc', -1)``, ``sum([1])``, whether ``sqrt(-1)`` and ``0.0 / 0.0`` are null): tests/store/test_adhoc.py has
what either gives, docs/adhoc.md says it. Left out on purpose, each with its reason: ``REFUSED``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

from graph.errors import Sentence
from graph.ontology import COMMON_PROPERTIES, EVIDENCE_PROPERTIES, ontology

ENTITY = "Entity"
"""The label of every node of the ontology and of no operational one."""

Gives = Literal["small", "first", "element", "sum", "list", "split", "replaced", "nodes", "collected"]
"""How large a result can be: a number or short text, its first argument, one element of it, all arguments together…"""


@dataclass(frozen=True, slots=True)
class Function:
    name: str
    least: int
    most: int
    gives: Gives
    aggregates: bool = False

    @property
    def takes_graph(self) -> bool:
        """May an argument be a node, relation or path, or a list of them? All others would make text of it."""
        return self.name in _OF_GRAPH


_FUNCTIONS = (
    *(Function(name, 1, 1, "small") for name in ("size", "length", "type", "labels", "toInteger", "toFloat")),
    *(Function(name, 1, 1, "small") for name in ("toBoolean", "abs", "ceil", "floor", "sign", "sqrt", "round")),
    *(Function(name, 1, 1, "first") for name in ("toString", "toLower", "toUpper", "trim", "lTrim", "rTrim")),
    *(Function(name, 1, 1, "first") for name in ("reverse", "tail", "startNode", "endNode")),
    *(Function(name, 2, 2, "first") for name in ("left", "right")),
    Function("substring", 2, 3, "first"),
    Function("isEmpty", 1, 1, "small"),
    Function("head", 1, 1, "element"),
    Function("last", 1, 1, "element"),
    Function("coalesce", 1, 10, "sum"),
    Function("split", 2, 2, "split"),
    Function("replace", 3, 3, "replaced"),
    Function("nodes", 1, 1, "nodes"),
    Function("relationships", 1, 1, "nodes"),
    Function("range", 2, 3, "list"),
    *(Function(name, 1, 1, "small", aggregates=True) for name in ("count", "sum", "avg")),
    *(Function(name, 1, 1, "first", aggregates=True) for name in ("min", "max")),
    Function("collect", 1, 1, "collected", aggregates=True),
)
_OF_GRAPH = frozenset(
    {"labels", "type", "length", "nodes", "relationships", "startNode", "endNode", "count", "collect", "coalesce"}
    | {"size", "isEmpty", "head", "last", "tail", "reverse"}
)
FUNCTIONS = {function.name.lower(): function for function in _FUNCTIONS}

QUANTIFIERS = ("all", "any", "none", "single")

OPERATORS = frozenset(
    {"OR", "AND", "=", "<>", "<", "<=", ">", ">=", "+", "-", "*", "/", "%", "^"}
    | {"IN", "STARTS WITH", "ENDS WITH", "CONTAINS"}
)


def _reason(zh: str, en: str) -> Sentence:
    return {"zh": zh, "en": en}


_WRITES = _reason("会写入，只允许读取", "writes; only reading is allowed")
_OUTSIDE = _reason("会读取图以外的内容", "reads what is outside the graph")
_SERVER = _reason("涉及服务器本身，而不是图", "is about the server, not the graph")
_UNBOUNDED = _reason("耗时或内存无法预先限定", "may take time or memory without bound")
_DIFFERS = _reason("在两种存储上结果不同", "differs between the stores")

REFUSED: dict[str, Sentence] = {
    **dict.fromkeys(("create", "merge", "delete", "detach", "set", "remove", "foreach", "insert", "finish"), _WRITES),
    **dict.fromkeys(("drop", "alter", "grant", "deny", "revoke", "rename", "dryrun", "enable", "stop"), _SERVER),
    **dict.fromkeys(("use", "show", "terminate", "start", "begin", "commit", "rollback", "using"), _SERVER),
    **dict.fromkeys(("explain", "profile", "cypher", "apoc", "gds", "dbms", "db", "tx", "genai"), _SERVER),
    **dict.fromkeys(("load", "csv", "file", "linenumber", "url"), _OUTSIDE),
    **dict.fromkeys(("xor",), _UNBOUNDED),
    **dict.fromkeys(("rand", "randomuuid", "timestamp", "datetime", "date", "time", "localtime"), _DIFFERS),
    **dict.fromkeys(("localdatetime", "duration", "point", "id", "elementid", "percentilecont"), _DIFFERS),
    **dict.fromkeys(("percentiledisc", "stdev", "stdevp", "exists", "text_score", "properties", "keys"), _DIFFERS),
}
"""Words someone may try, with the reason why not. Everything else unknown is refused as unknown."""


@cache
def labels() -> frozenset[str]:
    """Node labels that may be asked for."""
    return frozenset({ENTITY, *ontology().nodes})


@cache
def types() -> tuple[str, ...]:
    """Relation types, in the order of the ontology."""
    return ontology().types()


@cache
def properties() -> frozenset[str]:
    """Property names that may be read."""
    known = ontology()
    found = {*COMMON_PROPERTIES, *EVIDENCE_PROPERTIES, *known.relation_properties}
    for node in known.nodes.values():
        found.update(node.properties)
    return frozenset(found - hidden())


@cache
def hidden() -> frozenset[str]:
    """Names that are never read, whatever they hang on: bookkeeping, and what the two stores see differently."""
    operational = ontology().operational
    return frozenset({*operational.node_properties, *operational.relation_properties, "title", "type"})


@cache
def searchable() -> dict[str, str]:
    """Full-text index → label."""
    return {f"search_{label.lower()}": label for label in ontology().labels(search=True)}
