"""The shapes of review, asked and answered (see ``service.models``)."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from service.models import Bilingual, DocumentRef, Shape


class ReviewIn(Shape):
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
    changes: dict[str, str | bool | int | float | list[str]] = Field({})


class ReviewedNode(Shape):
    id: str
    label: str
    name: str


class ReviewedFact(Shape):
    key: str
    type: str
    head: ReviewedNode
    tail: ReviewedNode
    document: str | None
    quote: str | None
    start: int | None
    end: int | None
    rule: str


class ReviewOut(Shape):
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


class DamageOut(Shape):
    seq: int
    line: str
    message: Bilingual


class ReviewsOut(Shape):
    decisions: list[ReviewOut]
    damaged: list[DamageOut]
    total: int
    next: str | None


class QueueItemOut(Shape):
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


class ReviewQueueOut(Shape):
    items: list[QueueItemOut]
    next: str | None
