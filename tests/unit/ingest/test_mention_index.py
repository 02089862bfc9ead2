"""Mentions by place: the index gives what a walk over all mentions would."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.extraction import Mention
from ingest.mention_index import CELL, MentionIndex, order

SPAN = st.tuples(st.integers(0, 4 * CELL), st.integers(1, 2 * CELL)).map(lambda s: (s[0], s[0] + s[1]))
TYPE = st.sampled_from(["Unit", "Road"])


def _mention(type_: str, span: tuple[int, int], rule: str = "") -> Mention:
    return Mention(type_, *span, "字" * (span[1] - span[0]), rule=rule)


@given(st.lists(st.tuples(TYPE, SPAN, st.booleans()), max_size=40), st.sampled_from(["Unit", "Road", None]), SPAN)
def test_the_index_finds_what_a_walk_finds(
    steps: list[tuple[str, tuple[int, int], bool]], view: str | None, asked: tuple[int, int]
) -> None:
    """Whatever was added and removed: inside, around and across a stretch, in order, of one type or all."""
    index, kept = MentionIndex(), dict[tuple[str, tuple[int, int]], Mention]()
    for type_, span, stays in steps:
        mention = kept.setdefault((type_, span), _mention(type_, span))
        if index.at(type_, *span) is None:
            index.add(mention)
        if not stays:
            index.remove(kept.pop((type_, span)))
    start, end = asked
    walked = sorted((m for m in kept.values() if view in (None, m.type)), key=order)
    assert index.all(view) == walked
    assert index.within(view, start, end) == [m for m in walked if start <= m.start and m.end <= end]
    assert index.covering(view, start, end) == [m for m in walked if m.start <= start and end <= m.end]
    assert index.types() == sorted({type_ for type_, _, _ in steps})


def test_a_mention_gives_way_to_one_of_the_same_span() -> None:
    """By add and by replace; with another span it moves."""
    index = MentionIndex()
    index.add(_mention("Unit", (3, 9)))
    index.add(_mention("Unit", (3, 9), "second"))
    index.replace(_mention("Unit", (3, 9)), _mention("Unit", (3, 9), "third"))
    assert [m.rule for m in index.all("Unit")] == ["third"]
    index.replace(_mention("Unit", (3, 9)), _mention("Unit", (3, 8), "fourth"))
    assert [(m.end, m.rule) for m in index.all(None)] == [(8, "fourth")]


def test_what_is_not_there_cannot_be_replaced_or_removed() -> None:
    """A rule that loses track of its mentions is a defect, and noticed."""
    index = MentionIndex()
    index.add(_mention("Unit", (0, 2)))
    with pytest.raises(KeyError):
        index.replace(_mention("Unit", (0, 3)), _mention("Unit", (0, 3)))
    with pytest.raises(KeyError):
        index.remove(_mention("Unit", (0, 3)))


def test_a_list_stays_as_it_was_given() -> None:
    """Who walks it may add and remove mentions meanwhile."""
    index = MentionIndex()
    index.add(_mention("Unit", (0, 2)))
    given_ = index.all("Unit")
    index.add(_mention("Unit", (5, 7)))
    assert len(given_) == 1
    assert len(index.all("Unit")) == 2
