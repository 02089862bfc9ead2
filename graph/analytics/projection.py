"""What an analysis reads of the graph: nodes and facts in force, sorted, and not more than it may."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from graph.documents import TIMEOUT
from graph.errors import LimitExceeded, Sentence
from graph.models import KNOWLEDGE, Row
from graph.paging import nodes, relations
from graph.progress import Progress, unseen
from graph.statements import is_found
from graph.store import Store

FACTS_PER_NODE = 10
"""Relations, or pairs made of them, for each node that may be read: what lies above is no graph of policy documents."""
SETTING = "ZHIZE_ANALYTICS_NODES"
_FACT = ("key", "doc", "status", "valid", "start_char", "end_char", "implicit", "joint", "scope")
_DOCUMENT = ("name", "kind", "status", "valid", "year", "issued_on", "period_start", "period_end")
_NODE = {"Unit": ("level", "generic")}
"""Properties beside the name, by label."""


@dataclass(frozen=True, slots=True)
class Needs:
    """Labels whose nodes are read and relation types whose facts are."""

    labels: tuple[str, ...]
    types: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Thing:
    """A node."""

    id: str
    label: str
    name: str
    properties: Row = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Fact:
    """A relation. ``doc`` is "" for what is true whatever document speaks; ``scope``: of COMPRISES."""

    type: str
    head: str
    tail: str
    key: str
    doc: str = ""
    span: tuple[int, int] = (-1, -1)
    implicit: bool = False
    joint: bool = False
    scope: str = ""


@dataclass(frozen=True)
class Projection:
    """Nodes and documents by id and facts by type, each in order of id or key. ``limit``: nodes that may be read."""

    things: dict[str, Thing]
    documents: dict[str, Thing]
    facts: dict[str, tuple[Fact, ...]]
    limit: int

    def of(self, *types: str) -> Iterator[Fact]:
        """The facts of these types, type by type."""
        return (fact for type_ in types for fact in self.facts[type_])

    def labelled(self, *labels: str) -> list[Thing]:
        """The nodes of these labels, by id."""
        return [thing for thing in self.things.values() if thing.label in labels]

    def check_pairs(self, count: int) -> None:
        """Raise LimitExceeded when ``count`` pairs are more than an analysis may hold."""
        check_limit(
            {"zh": "分析要比较的对数", "en": "Pairs to compare in the analysis"}, count, self.limit * FACTS_PER_NODE
        )


def check_limit(what: Sentence, actual: int, limit: int) -> None:
    """Raise LimitExceeded when ``actual`` is over ``limit``: part of a graph would give figures that are wrong."""
    if actual > limit:
        raise LimitExceeded(what=what, actual=actual, limit=limit, setting=SETTING)


async def project(
    store: Store, needs: Needs, *, limit: int, year: int | None = None, on_progress: Progress | None = None
) -> Projection:
    """Read what ``needs`` names: facts of documents in force (of ``year``), and those of no document.

    Counts first: raises LimitExceeded before anything large is read. ``on_progress`` is called with (nodes and
    relations read, all there are).
    """
    counted = await _counts(store, ("Document", *needs.labels), "MATCH (x:{name}) RETURN count(x) AS n")
    stated = await _counts(store, needs.types, "MATCH ()-[x:{name}]->() RETURN count(x) AS n")
    check_limit({"zh": "分析要读的节点数", "en": "Nodes to read for the analysis"}, counted, limit)
    check_limit({"zh": "分析要读的关系数", "en": "Relations to read for the analysis"}, stated, limit * FACTS_PER_NODE)
    progress = _Counter(counted + stated, on_progress or unseen)
    documents = await _things(store, "Document", progress)
    if year is not None:
        documents = {id_: thing for id_, thing in documents.items() if thing.properties.get("year") == year}
    things: dict[str, Thing] = {}
    for label in needs.labels:
        things |= await _things(store, label, progress)
    speaking = {"", KNOWLEDGE, *documents}
    facts = {type_: await _facts(store, type_, speaking, progress) for type_ in needs.types}
    return Projection(things, documents, facts, limit)


class _Counter:
    def __init__(self, total: int, on_progress: Progress) -> None:
        self._done, self._total, self._on_progress = 0, total, on_progress
        on_progress(0, total)

    def one_more(self) -> None:
        self._done += 1
        if self._done % 1000 == 0 or self._done == self._total:
            self._on_progress(self._done, self._total)


async def _counts(store: Store, names: tuple[str, ...], statement: str) -> int:
    count = 0
    for name in names:
        count += (await store.read(statement.format(name=name), timeout=TIMEOUT))[0]["n"]
    return count


async def _things(store: Store, label: str, progress: _Counter) -> dict[str, Thing]:
    own = _DOCUMENT if label == "Document" else ("name", "status", *_NODE.get(label, ()))
    found = {}
    async for row in nodes(store, label, own):
        progress.one_more()
        if _in_force(row):
            properties = {
                name: value for name, value in row.items() if name not in ("id", "name") and value is not None
            }
            found[row["id"]] = Thing(row["id"], label, row["name"], properties)
    return found


async def _facts(store: Store, type_: str, speaking: set[str], progress: _Counter) -> tuple[Fact, ...]:
    found = []
    async for row in relations(store, type_, _FACT):
        progress.one_more()
        if _in_force(row) and (row["doc"] or "") in speaking:
            found.append(_fact(type_, row))
    return tuple(sorted(found, key=lambda fact: (fact.key, fact.head, fact.tail)))


def _fact(type_: str, row: dict[str, Any]) -> Fact:
    span = (row["start_char"], row["end_char"]) if row["start_char"] is not None else (-1, -1)
    scope = "" if row["scope"] in (None, "global") else row["scope"]
    return Fact(
        type_,
        row["head_id"],
        row["tail_id"],
        row["key"],
        row["doc"] or "",
        span,
        bool(row["implicit"]),
        bool(row["joint"]),
        scope,
    )


def _in_force(row: Row) -> bool:
    return is_found(row.get("status")) and (row.get("valid") or "current") == "current"
