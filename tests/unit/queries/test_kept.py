"""What is kept is good for one state of the graph."""

from __future__ import annotations

from queries.kept import Kept


def test_a_value_is_good_for_its_revision_only() -> None:
    """Neither a later nor an earlier state of the graph sees it (a store may be emptied or restored)."""
    kept: Kept[str, str] = Kept(2)
    kept.put("a", 3, "three")
    assert [kept.get("a", revision) for revision in (2, 3, 4)] == [None, "three", None]
    kept.put("a", 4, "four")
    assert kept.get("a", 4) == "four"


def test_the_least_used_goes_first() -> None:
    """Memory is bounded."""
    kept: Kept[str, int] = Kept(2)
    kept.put("a", 1, 1)
    kept.put("b", 1, 2)
    assert kept.get("a", 1) == 1
    kept.put("c", 1, 3)
    assert [kept.get(key, 1) for key in "abc"] == [1, None, 3]
