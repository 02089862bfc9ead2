"""The layer that components share."""

from __future__ import annotations

from dataclasses import replace as changed

import pytest
import spacy
from spacy.tokens import Doc

from ingest import annotations as layer
from ingest.annotations import Zone

NLP = spacy.blank("zh")


@pytest.fixture
def doc() -> Doc:
    return layer.document(NLP.vocab, "云岭县公安局交警大队开展夜查。")


def test_every_character_is_a_token(doc: Doc) -> None:
    """Token index is code-point offset; nothing of the text is lost."""
    assert [t.idx for t in doc] == list(range(len(doc)))
    assert doc.text == layer.text_of(doc)


def test_a_lone_surrogate_is_kept_in_the_text() -> None:
    """spaCy cannot hold one: the Doc shows U+FFFD, the text is as loaded."""
    doc = layer.document(NLP.vocab, "夜\ud800查")
    assert doc.text == "夜\ufffd查"
    assert layer.text_of(doc) == "夜\ud800查"


def test_the_first_rule_keeps_a_span(doc: Doc) -> None:
    """The same span added again is the mention that is there."""
    first = layer.add(doc, "Unit", 0, 10, rule="a", canonical="甲", kind="police")
    assert layer.add(doc, "Unit", 0, 10, rule="b") is first
    assert (first.text, first.name, first.attributes) == ("云岭县公安局交警大队", "甲", {"kind": "police"})


def test_mentions_come_in_order(doc: Doc) -> None:
    """By start, longer first, then type; of one type or all; those within a stretch."""
    for type_, start, end in (("Unit", 6, 10), ("Unit", 0, 10), ("Region", 0, 3), ("Campaign", 12, 14)):
        layer.add(doc, type_, start, end, rule="t")
    assert [(m.type, m.start, m.end) for m in layer.mentions(doc)] == [
        ("Unit", 0, 10),
        ("Region", 0, 3),
        ("Unit", 6, 10),
        ("Campaign", 12, 14),
    ]
    assert [m.start for m in layer.within(doc, "Unit", 3, 12)] == [6]
    assert [m.type for m in layer.within(doc, None, 0, 5)] == ["Region"]


def test_a_mention_can_be_replaced_and_removed(doc: Doc) -> None:
    """The views follow; what is not there cannot be removed."""
    old = layer.add(doc, "Unit", 0, 10, rule="a")
    new = layer.replace(doc, old, changed(old, canonical="云岭县公安局交警大队"))
    assert layer.mentions(doc, "Unit") == [new]
    layer.remove(doc, new)
    assert layer.mentions(doc) == []
    with pytest.raises(KeyError):
        layer.remove(doc, new)


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (3, 3), (0, 99)])
def test_a_span_outside_the_text_is_refused(doc: Doc, start: int, end: int) -> None:
    """Empty and overlong spans are defects of a rule and named as such."""
    with pytest.raises(ValueError, match="rule r"):
        layer.add(doc, "Unit", start, end, rule="r")


def test_zones_and_sentences_are_found_by_offset(doc: Doc) -> None:
    """Nothing before the components have run, nothing beyond the text."""
    assert layer.zone_at(doc, 0) is None
    assert layer.sentence_at(doc, 0) is None
    doc._.zones = [Zone("title", 0, 5), Zone("body", 5, 10), Zone("tail", 10, 15)]
    doc._.sentences = [(0, 5), (7, 10)]
    zone = layer.zone_at(doc, 6)
    assert zone is not None
    assert zone.kind == "body"
    assert layer.zone_at(doc, 15) is None
    assert layer.sentence_at(doc, 8) == (7, 10)
    assert layer.sentence_at(doc, 6) is None
    assert list(layer.readable(doc)) == [(0, 10)]


def test_a_profile_is_there_after_zh_profile_only(doc: Doc) -> None:
    """Asking too early is a defect of the order, and said so."""
    with pytest.raises(LookupError, match="zh_profile"):
        layer.profile(doc)


def test_published_spans_carry_type_and_canonical_name(doc: Doc) -> None:
    """Overlaps allowed, in order."""
    layer.add(doc, "Unit", 6, 10, rule="a")
    layer.add(doc, "Unit", 0, 10, rule="a", canonical="甲")
    layer.publish(doc)
    assert [(s.text, s.label_, s.kb_id_) for s in doc.spans["Unit"]] == [
        ("云岭县公安局交警大队", "Unit", "甲"),
        ("交警大队", "Unit", ""),
    ]
