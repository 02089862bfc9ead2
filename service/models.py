"""The shapes the API answers in, for its description (OpenAPI) and its tests.

Answers are built as plain dictionaries and sent as they are; ``tests/api`` holds every one of them against these.
Offsets (``start``, ``end``) are code points into the document's text.
"""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

Row = dict[str, Any]


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Problem(BaseModel):
    """RFC 9457. ``code`` is stable; further members belong to the code."""

    model_config = ConfigDict(extra="allow")

    type: str
    title: str
    status: int
    detail: str
    code: str
    instance: str
    request_id: str


class Bilingual(_Shape):
    zh: str
    en: str


class ColumnOut(_Shape):
    name: str
    zh: str
    en: str
    evidence: bool


class ParamOut(_Shape):
    name: str
    type: str
    title: Bilingual
    required: bool
    default: Any
    example: Any
    values: list[str]
    labels: list[str]


class QueryOut(_Shape):
    name: str
    title: Bilingual
    summary: Bilingual
    params: list[ParamOut]
    columns: list[ColumnOut]
    class_: str = Field(alias="class")


class QueriesOut(_Shape):
    queries: list[QueryOut]


class QueryResultOut(_Shape):
    query: str
    params: dict[str, Any]
    columns: list[ColumnOut]
    rows: list[Row]
    total: int | None
    truncated: bool
    next: str | None


class AnalyticOut(_Shape):
    name: str
    title: Bilingual
    summary: Bilingual
    method: Bilingual
    columns: list[ColumnOut]
    figures: dict[str, Bilingual]


class AnalyticsOut(_Shape):
    analytics: list[AnalyticOut]


class AnalysisOut(_Shape):
    analysis: str
    params: dict[str, Any]
    figures: dict[str, int | float | bool]
    columns: list[ColumnOut]
    rows: list[Row]
    total: int
    truncated: bool
    next: str | None


class AlternativeOut(_Shape):
    query: str
    params: dict[str, Any]
    title: str
    question: str


class AnswerOut(_Shape):
    question: str
    query: str | None
    params: dict[str, Any]
    answer: str
    columns: list[ColumnOut]
    rows: list[Row]
    alternatives: list[AlternativeOut]
    total: int | None
    truncated: bool


class HitOut(_Shape):
    id: str
    label: str
    name: str
    kind: str
    aliases: list[str]
    matched: str


class FacetValue(_Shape):
    value: str
    count: int


class SearchOut(_Shape):
    query: str
    hits: list[HitOut]
    facets: dict[str, list[FacetValue]]
    total: int


class Degree(_Shape):
    out: int = 0
    in_: int = Field(0, alias="in")


class NodeRef(_Shape):
    id: str
    label: str
    name: str
    kind: str | None


class NodeOut(NodeRef):
    aliases: list[str]
    properties: dict[str, Any]
    degree: dict[str, Degree]


class GroupOut(_Shape):
    type: str
    direction: str
    label: str
    count: int


class DocumentRef(_Shape):
    id: str
    name: str


class EdgeOut(_Shape):
    key: str
    type: str
    head: str
    tail: str
    role_zh: str | None
    implicit: bool
    joint: bool | None
    status: str
    origin: str | None
    rule: str | None
    confidence: float | None
    score: float | None
    source: str | None
    corrected_from: list[str] | None
    document: DocumentRef | None
    quote: str | None
    start: int | None
    end: int | None


class NeighboursOut(_Shape):
    node: NodeRef
    groups: list[GroupOut]
    nodes: list[NodeRef]
    edges: list[EdgeOut]
    total: int
    truncated: bool


class PathOut(_Shape):
    length: int
    nodes: list[NodeRef]
    edges: list[EdgeOut]


class PathsOut(_Shape):
    from_: NodeRef = Field(alias="from")
    to: NodeRef
    paths: list[PathOut]
    truncated: bool


class ListedDocument(_Shape):
    id: str
    name: str
    kind: str | None
    number: str | None
    issued_on: str | None
    year: int | None
    source: str
    also: list[str]
    valid: str | None
    damage: list[str]
    counts: dict[str, int]


class IssuerOut(_Shape):
    id: str
    name: str
    quote: str
    start: int
    end: int


class DocumentOut(ListedDocument):
    issuer: IssuerOut | None


class DocumentsOut(_Shape):
    documents: list[ListedDocument]
    total: int
    next: str | None


class SpanOut(_Shape):
    type: str
    start: int
    end: int
    id: str
    name: str
    kind: str


class SectionOut(_Shape):
    id: str
    name: str
    number: str | None
    level: int | None
    start: int
    end: int


class TextOut(_Shape):
    id: str
    name: str
    text: str
    spans: list[SpanOut]
    sections: list[SectionOut]


class RemovedOut(_Shape):
    removed: str
    name: str
    sources: list[str]


class ReviewIn(_Shape):
    """A decision to make. ``target``: key of a relation or id of a node; undo: id or number of a decision."""

    action: str
    target: str = Field(max_length=200)
    reason: str = Field(max_length=2000)
    by: str = Field("", max_length=100)
    into: str = Field("", max_length=200)
    name: str = Field("", max_length=500)
    other: str = Field("", max_length=200)
    documents: list[str] = Field([], max_length=1000)
    facts: list[str] = Field([], max_length=1000)
    changes: dict[str, str | bool | int | float | list[str]] = {}


class ReviewedNode(_Shape):
    id: str
    label: str
    name: str


class ReviewedFact(_Shape):
    key: str
    type: str
    head: ReviewedNode
    tail: ReviewedNode
    document: str | None
    quote: str | None
    start: int | None
    end: int | None
    rule: str


class ReviewOut(_Shape):
    id: str
    seq: int
    at: str
    by: str
    reason: str
    action: str
    standing: str
    undoes: int | None
    undone_by: int | None
    facts: list[ReviewedFact]
    node: ReviewedNode | None
    other: ReviewedNode | None
    into: ReviewedNode | None
    documents: list[str]
    changes: dict[str, Any]


class DamageOut(_Shape):
    seq: int
    line: str
    message: Bilingual


class ReviewsOut(_Shape):
    decisions: list[ReviewOut]
    damaged: list[DamageOut]
    total: int
    next: str | None


class QueueItemOut(_Shape):
    kind: str
    score: float
    doubt: float
    dependants: int
    target: str
    what: str
    name: str
    other: str
    document: DocumentRef | None
    quote: str | None
    start: int | None
    end: int | None
    details: dict[str, Any]


class ReviewQueueOut(_Shape):
    items: list[QueueItemOut]
    next: str | None


class HealthOut(_Shape):
    status: str
    version: str


class ReadyOut(_Shape):
    status: str
    engine: str
    schema_version: int | None
    revision: int
