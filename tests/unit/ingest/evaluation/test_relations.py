"""Relations (``ingest.evaluation.relations``)."""

from __future__ import annotations

from ingest.evaluation.counts import Counts
from ingest.evaluation.gold import Relation
from ingest.evaluation.relations import DUTIES, score_duties, score_relations
from tests.unit.ingest.evaluation.marks import OTHER, OWNER, ROUND, SUPPORT, TASK, at, gold, leads, span


def test_both_ends_must_touch() -> None:
    """The same relation at another task, or by another unit, is a false hit and a miss."""
    assert score_relations(gold(leads()), [leads(span(0, 2), span(TASK.start, TASK.end - 2))]).counts == {
        "LEADS": Counts(1, 0, 0)
    }
    for wrong in (leads(OTHER), leads(OWNER, ROUND)):
        score = score_relations(gold(leads()), [wrong])
        assert score.counts == {"LEADS": Counts(0, 1, 1)}
        assert (score.missed, score.false) == ((leads(),), (wrong,))


def test_another_relation_between_the_same_is_wrong() -> None:
    found = Relation("EXECUTES", OWNER, TASK)
    assert score_relations(gold(leads()), [found]).counts == {"EXECUTES": Counts(fp=1), "LEADS": Counts(fn=1)}


def test_an_optional_relation_counts_nowhere() -> None:
    """A required one at the same place is answered first."""
    optional = leads(optional=True)
    assert score_relations(gold(optional), []).counts == {}
    assert score_relations(gold(optional), [leads()]).counts == {"LEADS": Counts()}
    assert score_relations(gold(optional, leads()), [leads()]).counts == {"LEADS": Counts(1, 0, 0)}


def test_coref_accepts_another_mention_of_the_same_body() -> None:
    """By canonical name; only for units, and only for annotated mentions."""
    full = at("县交通运输局", canonical="禾丰县交通运输局")
    short = at("镇政府", canonical="禾丰县交通运输局")
    annotated = gold(leads(full), spans=(full, short, SUPPORT))
    assert score_relations(annotated, [leads(short)]).counts == {"LEADS": Counts(0, 1, 1)}
    assert score_relations(annotated, [leads(short)], coref=True).counts == {"LEADS": Counts(1, 0, 0)}
    assert score_relations(annotated, [leads(SUPPORT)], coref=True).counts == {"LEADS": Counts(0, 1, 1)}
    unlisted = gold(leads(), spans=(short,))
    assert score_relations(unlisted, [leads(short)], coref=True).counts == {"LEADS": Counts(0, 1, 1)}


def test_stated_and_inherited_duties_are_apart() -> None:
    """A stated owner that is read as inherited is missed in one and wrong in the other."""
    annotated, found = gold(leads()), [leads(implicit=True)]
    assert score_duties(annotated, found, implicit=False) == Counts(0, 0, 1)
    assert score_duties(annotated, found, implicit=True) == Counts(0, 1, 0)


def test_duties_are_those_of_the_ontology() -> None:
    """Other relations are no duties."""
    assert {"LEADS", "COOPERATES", "EXECUTES", "ASSIGNS", "SUPERVISES"} == DUTIES
    part = Relation("PART_OF", TASK, ROUND)
    assert score_duties(gold(part), [part], implicit=False) == Counts()


def test_partial_annotation_judges_only_its_own_tasks() -> None:
    """Duties by their task, other relations by their head and type."""
    target = Relation("AIMS_AT", TASK, at("检验率达到95%以上", "Indicator"))
    elsewhere = Relation("AIMS_AT", ROUND, target.tail)
    annotated = gold(leads(), target)
    found = [leads(SUPPORT), leads(OTHER, ROUND), elsewhere, Relation("CITES", TASK, OTHER)]
    assert score_relations(annotated, found, partial=True).counts == {
        "LEADS": Counts(0, 1, 1), "AIMS_AT": Counts(fn=1)
    }  # fmt: skip
