"""Folding: half-width for rules, offsets untouched."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ingest.fold import fold


def test_full_width_becomes_half_width() -> None:
    assert fold("（１０７国道），Ａ：〈法〉") == "(107国道),A:<法>"


@given(st.text(max_size=80))
def test_folding_keeps_every_offset(text: str) -> None:
    """One character for one, and folding twice changes nothing more."""
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)
