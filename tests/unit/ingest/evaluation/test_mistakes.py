"""Mistakes and where they are (``ingest.evaluation.mistakes``)."""

from __future__ import annotations

from ingest.evaluation.mistakes import AROUND, relation_mistakes, span_mistakes
from ingest.evaluation.relations import score_relations
from ingest.evaluation.spans import score_spans
from tests.unit.ingest.evaluation.marks import OTHER, OWNER, SUPPORT, TASK, TEXT, at, case, gold, leads, span

NOTHING = case(gold(), gold())


def test_a_miss_shows_its_surroundings() -> None:
    """Twenty characters either side, fewer at the edges of the text; the offsets are those of the text."""
    (miss,) = span_mistakes(NOTHING, score_spans([OTHER], []))
    assert (miss.kind, miss.type, miss.document, miss.text) == ("missed", "Unit", "要点", "镇政府")
    assert miss.before + miss.text + miss.after == TEXT[OTHER.start - AROUND :]
    (first,) = span_mistakes(NOTHING, score_spans([OWNER], []))
    assert first.before == ""


def test_a_false_hit_names_its_rule() -> None:
    (false,) = span_mistakes(NOTHING, score_spans([], [at("县公安局", rule="unit.police")]))
    assert (false.kind, false.rule) == ("false", "unit.police")


def test_other_edges_show_what_was_read_instead() -> None:
    """At the annotated place; an optional annotation has no edges to keep."""
    shorter = span(OWNER.start + 1, OWNER.end, rule="unit.short")
    (edges,) = span_mistakes(NOTHING, score_spans([OWNER], [shorter]))
    assert (edges.kind, edges.text, edges.found, edges.rule) == ("edges", OWNER.text, shorter.text, "unit.short")
    optional = span(OWNER.start, OWNER.end, optional=True)
    assert list(span_mistakes(NOTHING, score_spans([optional], [shorter]))) == []


def test_other_values_and_names_show_both() -> None:
    """What was expected and what was found."""
    gold_rate, read_rate = (at("检验率达到95%以上", "Indicator", value=v) for v in (95, 59))
    (value,) = span_mistakes(NOTHING, score_spans([gold_rate], [read_rate]))
    assert (value.kind, value.expected, value.found) == ("value", "95", "59")
    gold_unit, read_unit = (at("县公安局", canonical=n) for n in (["甲", "乙"], "丙"))
    (name,) = span_mistakes(NOTHING, score_spans([gold_unit], [read_unit]))
    assert (name.kind, set(name.expected.split("、")), name.found) == ("name", {"甲", "乙"}, "丙")


def test_a_relation_is_shown_at_its_tail_with_its_head() -> None:
    missed, false = relation_mistakes(NOTHING, score_relations(gold(leads()), [leads(SUPPORT)]))
    assert (missed.kind, missed.type, missed.head, missed.text) == ("missed", "LEADS", OWNER.text, TASK.text)
    assert (false.kind, false.head) == ("false", SUPPORT.text)
