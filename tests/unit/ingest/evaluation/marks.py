"""Spans and relations by place alone, for tests of counting."""

from __future__ import annotations

from ingest.evaluation.gold import Annotation, Case, Relation, Span

TEXT = "县交通运输局牵头，县公安局配合，整治货车超载，检验率达到95%以上；另由镇政府巡查。"


def span(start: int, end: int, label: str = "Unit", **attributes: object) -> Span:
    """A span of ``TEXT``."""
    return Span(label, start, end, TEXT[start:end], attributes)


def at(text: str, label: str = "Unit", **attributes: object) -> Span:
    """The first span of ``TEXT`` that reads so."""
    start = TEXT.index(text)
    return span(start, start + len(text), label, **attributes)


OWNER, SUPPORT, OTHER = at("县交通运输局"), at("县公安局"), at("镇政府")
TASK, ROUND = at("整治货车超载", "Task"), at("巡查", "Task")


def leads(head: Span = OWNER, tail: Span = TASK, **more: bool) -> Relation:
    return Relation("LEADS", head, tail, **more)


def gold(*relations: Relation, spans: tuple[Span, ...] = ()) -> Annotation:
    return Annotation(spans, relations)


def case(annotated: Annotation, read: Annotation) -> Case:
    return Case("要点", TEXT, annotated, read)
