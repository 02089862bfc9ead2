"""The shapes the API answers in, for its description (OpenAPI) and its tests.

Answers are built as plain dictionaries and sent as they are; ``tests/api`` holds every one of them against these.
Offsets (``start``, ``end``) are code points into the document's text.
"""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

Row = dict[str, Any]


class Shape(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Problem(BaseModel):
    """RFC 9457. ``code`` is stable; further members belong to the code."""

    model_config = ConfigDict(extra="allow")

    type: str
    title: str
    status: int
    detail: str
    code: str
    hint: str
    instance: str
    request_id: str


class Bilingual(Shape):
    zh: str
    en: str


class ErrorCodeOut(Shape):
    code: str
    status: int
    meaning: Bilingual
    hint: Bilingual


class ErrorsOut(Shape):
    errors: list[ErrorCodeOut]
    total: int
    next: str | None


class ColumnOut(Shape):
    name: str
    zh: str
    en: str
    evidence: bool


class ParamOut(Shape):
    name: str
    type: str
    title: Bilingual
    required: bool
    default: Any
    example: Any
    values: list[str]
    labels: list[str]
    words: dict[str, list[str]]
    not_before: str | None


class QueryOut(Shape):
    name: str
    title: Bilingual
    summary: Bilingual
    params: list[ParamOut]
    columns: list[ColumnOut]
    class_: str = Field(alias="class")


class QueriesOut(Shape):
    queries: list[QueryOut]
    total: int
    next: str | None


class QueryResultOut(Shape):
    query: str
    params: dict[str, Any]
    columns: list[ColumnOut]
    rows: list[Row]
    total: int | None
    truncated: bool
    next: str | None


class AdhocIn(Shape):
    """A read-only statement of the subset in docs/adhoc.md, and its parameters."""

    cypher: str = Field(
        min_length=1, max_length=10_000, examples=["MATCH (u:Unit)-[r:LEADS]->(t:Task) RETURN u.name, count(*) AS n"]
    )
    params: dict[str, Any] = Field({}, examples=[{"name": "一盔一带"}])


class AdhocOut(Shape):
    """``total``: rows of the whole answer, null when it was cut off; ``stopped``: the limit that did it."""

    columns: list[ColumnOut]
    rows: list[Row]
    total: int | None
    truncated: bool
    stopped: str | None


class AnalyticOut(Shape):
    name: str
    title: Bilingual
    summary: Bilingual
    method: Bilingual
    columns: list[ColumnOut]
    figures: dict[str, Bilingual]


class AnalyticsOut(Shape):
    analytics: list[AnalyticOut]
    total: int
    next: str | None


class AnalysisOut(Shape):
    analysis: str
    params: dict[str, Any]
    figures: dict[str, int | float | bool]
    columns: list[ColumnOut]
    rows: list[Row]
    total: int
    truncated: bool
    next: str | None


class AlternativeOut(Shape):
    query: str
    params: dict[str, Any]
    title: str
    question: str


class AnswerOut(Shape):
    question: str
    query: str | None
    params: dict[str, Any]
    answer: str
    columns: list[ColumnOut]
    rows: list[Row]
    alternatives: list[AlternativeOut]
    total: int | None
    truncated: bool


class StretchOut(Shape):
    start: int
    end: int


class HitOut(Shape):
    id: str
    label: str
    name: str
    kind: str
    aliases: list[str]
    matched: str
    alias: str | None
    highlights: list[StretchOut]


class FacetValue(Shape):
    value: str
    count: int


class SearchOut(Shape):
    query: str
    hits: list[HitOut]
    facets: dict[str, list[FacetValue]]
    total: int
    next: str | None


class Degree(Shape):
    out: int = 0
    in_: int = Field(0, alias="in")


class NodeRef(Shape):
    id: str
    label: str
    name: str
    kind: str | None


class NodeOut(NodeRef):
    aliases: list[str]
    properties: dict[str, Any]
    degree: dict[str, Degree]


class GroupOut(Shape):
    type: str
    direction: str
    label: str
    count: int


class DocumentRef(Shape):
    id: str
    name: str


class EdgeOut(Shape):
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


class NeighboursOut(Shape):
    node: NodeRef
    groups: list[GroupOut]
    nodes: list[NodeRef]
    edges: list[EdgeOut]
    total: int
    truncated: bool
    next: str | None


class PathOut(Shape):
    length: int
    nodes: list[NodeRef]
    edges: list[EdgeOut]


class PathsOut(Shape):
    from_: NodeRef = Field(alias="from")
    to: NodeRef
    paths: list[PathOut]
    truncated: bool


class ListedDocument(Shape):
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


class IssuerOut(Shape):
    id: str
    name: str
    quote: str
    start: int
    end: int


class DocumentOut(ListedDocument):
    issuer: IssuerOut | None


class DocumentsOut(Shape):
    documents: list[ListedDocument]
    total: int
    next: str | None


class SpanOut(Shape):
    type: str
    start: int
    end: int
    id: str
    name: str
    kind: str


class SectionOut(Shape):
    id: str
    name: str
    number: str | None
    level: int | None
    start: int
    end: int


class TextOut(Shape):
    id: str
    name: str
    text: str
    spans: list[SpanOut]
    sections: list[SectionOut]


class RemovedOut(Shape):
    removed: str
    name: str
    sources: list[str]


class HealthOut(Shape):
    status: str
    version: str


class ReadyOut(Shape):
    status: str
    engine: str
    schema_version: int | None
    revision: int
