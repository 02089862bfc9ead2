"""A set of stretches."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ingest.intervals import Intervals

SPAN = st.tuples(st.integers(0, 60), st.integers(1, 12)).map(lambda s: (s[0], s[0] + s[1]))


@given(st.lists(SPAN, max_size=12), st.lists(SPAN, max_size=12), SPAN)
def test_overlap_is_what_a_walk_finds(
    first: list[tuple[int, int]], later: list[tuple[int, int]], asked: tuple[int, int]
) -> None:
    """Given at the start or added later, in any order, overlapping or touching."""
    intervals = Intervals(first)
    for stretch in later:
        intervals.add(*stretch)
    assert intervals.overlaps(*asked) == any(a < asked[1] and asked[0] < b for a, b in [*first, *later])
