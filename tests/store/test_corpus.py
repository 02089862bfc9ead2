"""The reference texts in both stores: proved to the last fact, and the same graph."""

from __future__ import annotations

from graph.doctor import examine
from graph.store import Store

_HASHES: dict[str, str] = {}


async def test_every_fact_is_proved(corpus_store: Store) -> None:
    """No quote differs from its text, no count is off; both engines hold the same graph."""
    examined = await examine(corpus_store)
    assert examined.problems == ()
    assert examined.relations["LEADS"] > 0
    _HASHES[examined.health.engine] = examined.graph_hash
    assert len(set(_HASHES.values())) == 1
