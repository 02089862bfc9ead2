"""Which predicted span answers which annotated one: one to one, the best overlap first."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.evaluation.gold import Span


def overlap(one: Span, other: Span) -> bool:
    """Do they share a character?"""
    return min(one.end, other.end) > max(one.start, other.start)


def likeness(one: Span, other: Span) -> float:
    """Shared characters over the stretch both cover together: 1 for equal offsets, 0 when they are apart."""
    shared = min(one.end, other.end) - max(one.start, other.start)
    return shared / (max(one.end, other.end) - min(one.start, other.start)) if shared > 0 else 0.0


def one_to_one(gold: Sequence[Span], predicted: Sequence[Span], *, exact: bool = False) -> dict[int, int]:
    """Index in ``gold`` → index in ``predicted``. Types are the caller's matter.

    Pairs are taken by falling likeness, required annotations before optional ones, later before earlier: the order
    of the reference scorer. ``exact`` takes only equal offsets.
    """
    pairs = [
        (likeness(g, p), not g.optional, i, j)
        for i, g in enumerate(gold)
        for j, p in enumerate(predicted)
        if overlap(g, p)
    ]
    matched: dict[int, int] = {}
    used: set[int] = set()
    for similar, _, i, j in sorted(pairs, reverse=True):
        if (exact and similar < 1) or i in matched or j in used:
            continue
        matched[i] = j
        used.add(j)
    return matched
