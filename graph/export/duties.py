"""The duty list (责任清单) as read from the store: one entry a task, with who must do it and the facts that say so.

A task is listed when it has a duty, a deadline, a recurrence or a target (an indicator that is no result). Documents
newest first, tasks in the order of the text. Read some documents at a time: memory does not grow with the graph.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field

from graph.documents import TIMEOUT
from graph.models import Row
from graph.ontology import ontology
from graph.progress import Progress
from graph.statements import grouped, is_found, steps
from graph.store import Store

PORTION = 50
"""Documents read at a time."""
_DOCUMENTS = """
MATCH (d:Document)
WHERE ($document IS NULL OR d.id = $document OR d.name CONTAINS $document) AND ($year IS NULL OR d.year = $year)
RETURN d.id AS id, d.name AS name, d.valid AS valid
ORDER BY coalesce(d.issued_on, toString(d.year), '') DESC, d.name, d.id
"""
_TASKS = """
UNWIND $documents AS document
MATCH (t:Task {doc: document})
RETURN t.doc AS doc, t.id AS id, t.name AS name, t.number AS number, t.level AS level, t.deadline AS deadline,
  t.deadline_text AS deadline_text, t.recurrence AS recurrence, t.status AS status, t.quote AS quote,
  t.start_char AS start, t.end_char AS last
ORDER BY t.start_char, t.id
"""
_FACT = """r.key AS key, r.doc AS doc, r.start_char AS start, r.end_char AS last, r.quote AS quote, r.rule AS rule,
  r.confidence AS confidence, coalesce(r.implicit, false) AS implicit, coalesce(r.status, 'extracted') AS status,
  coalesce(r.valid, 'current') AS valid"""
_DUTIES = f"""
UNWIND $documents AS document
MATCH (t:Task {{doc: document}})<-[r:{"|".join(ontology().types("duty"))}]-(o:Unit)
RETURN t.id AS task, type(r) AS role, r.role_zh AS role_zh, o.id AS other, o.name AS name, o.status AS other_status,
  {_FACT}
ORDER BY coalesce(r.head_start, -1), o.name, r.key
"""
_TARGETS = f"""
UNWIND $documents AS document
MATCH (t:Task {{doc: document}})-[r:AIMS_AT]->(o:Indicator)
WHERE o.kind <> 'result'
RETURN t.id AS task, type(r) AS role, null AS role_zh, o.id AS other, o.name AS name, o.status AS other_status,
  {_FACT}
ORDER BY o.start_char, o.id, r.key
"""
_CAMPAIGNS = """
UNWIND $documents AS document
MATCH (t:Task {doc: document})-[r:CARRIES_OUT]->(c:Campaign)
WHERE (c.id = $campaign OR c.name CONTAINS $campaign OR any(alias IN c.aliases WHERE alias CONTAINS $campaign))
  AND NOT coalesce(r.status, 'extracted') IN ['proposed', 'rejected']
RETURN DISTINCT t.id AS task
"""


@dataclass(frozen=True, slots=True)
class Filters:
    """Which entries: documents, units and campaigns by id or part of the name, documents by year. None: all."""

    document: str | None = None
    unit: str | None = None
    campaign: str | None = None
    year: int | None = None

    @property
    def given(self) -> dict[str, str | int]:
        """Those that are not None."""
        named = (("document", self.document), ("unit", self.unit), ("campaign", self.campaign), ("year", self.year))
        return {name: value for name, value in named if value is not None}


@dataclass(frozen=True, slots=True)
class Fact:
    """One duty or target of a task with its evidence. ``role`` is the relation's type, ``name`` the unit's or
    indicator's; offsets are code points of the document's text, None where knowledge states it and no document."""

    role: str
    role_zh: str
    id: str
    name: str
    key: str
    start: int | None
    end: int | None
    quote: str
    rule: str
    confidence: float | None
    implicit: bool
    status: str
    valid: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One task of the list. ``valid``: is its document in force (current | superseded | withdrawn)?"""

    document: str
    document_name: str
    valid: str
    task: str
    name: str
    number: str
    level: str
    deadline: str
    deadline_text: str
    recurrence: str
    status: str
    quote: str
    start: int
    end: int
    duties: Sequence[Fact] = field(default_factory=tuple)
    targets: Sequence[Fact] = field(default_factory=tuple)


async def entries(
    store: Store, filters: Filters, *, everything: bool, on_progress: Progress
) -> AsyncIterator[list[Entry]]:
    """The list, document portion by portion. Proposed and rejected facts and tasks only with ``everything``.

    ``on_progress``: (documents read, all).
    """
    named = {"document": filters.document, "year": filters.year}
    documents = await store.read(_DOCUMENTS, named, timeout=TIMEOUT)
    for done, portion in enumerate(steps(documents, PORTION)):
        on_progress(done * PORTION, len(documents))
        yield await _portion(store, portion, filters, everything)
    on_progress(len(documents), len(documents))


async def _portion(store: Store, documents: Sequence[Row], filters: Filters, everything: bool) -> list[Entry]:
    given = {"documents": [row["id"] for row in documents]}
    tasks = grouped(await store.read(_TASKS, given, timeout=TIMEOUT), lambda row: str(row["doc"]))
    duties = await _facts(store, _DUTIES, given, everything)
    targets = await _facts(store, _TARGETS, given, everything)
    listed = [
        _entry(document, task, duties.get(task["id"], []), targets.get(task["id"], []))
        for document in documents
        for task in tasks.get(document["id"], [])
        if everything or is_found(task["status"])
    ]
    if filters.unit is not None:
        wanted = filters.unit
        listed = [e for e in listed if any(wanted == fact.id or wanted in fact.name for fact in e.duties)]
    if filters.campaign is not None:
        rows = await store.read(_CAMPAIGNS, {**given, "campaign": filters.campaign}, timeout=TIMEOUT)
        carrying = {row["task"] for row in rows}
        listed = [entry for entry in listed if entry.task in carrying]
    return [e for e in listed if e.duties or e.targets or e.deadline or e.deadline_text or e.recurrence]


async def _facts(store: Store, statement: str, given: Mapping[str, object], everything: bool) -> dict[str, list[Fact]]:
    """The facts of each task."""
    found: dict[str, list[Fact]] = {}
    for row in await store.read(statement, given, timeout=TIMEOUT):
        if everything or (is_found(row["status"]) and is_found(row["other_status"])):
            found.setdefault(row["task"], []).append(_fact(row))
    return found


def _fact(row: Row) -> Fact:
    return Fact(
        role=row["role"],
        role_zh=row["role_zh"] or "",
        id=row["other"],
        name=row["name"],
        key=row["key"],
        start=row["start"],
        end=row["last"],
        quote=row["quote"] or "",
        rule=row["rule"] or "",
        confidence=row["confidence"],
        implicit=row["implicit"],
        status=row["status"],
        valid=row["valid"],
    )


def _entry(document: Row, task: Row, duties: Sequence[Fact], targets: Sequence[Fact]) -> Entry:
    return Entry(
        document=document["id"],
        document_name=document["name"],
        valid=document["valid"] or "current",
        task=task["id"],
        name=task["name"],
        number=task["number"] or "",
        level=task["level"] or "",
        deadline=task["deadline"] or "",
        deadline_text=task["deadline_text"] or "",
        recurrence=task["recurrence"] or "",
        status=task["status"] or "extracted",
        quote=task["quote"],
        start=task["start"],
        end=task["last"],
        duties=duties,
        targets=targets,
    )
