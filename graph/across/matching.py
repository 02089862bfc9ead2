"""One-to-one matching within two documents: best pairs first, the same in every run."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

DECIMALS = 4
"""Scores are compared and stored to this many decimals: sums must not differ between machines."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A possible match of item ``one`` of the first list and ``other`` of the second, by position."""

    one: int
    other: int
    score: float
    reasons: tuple[str, ...] = ()


def one_to_one(pairs: Iterable[Pair], least: float) -> list[Pair]:
    """Pairs of at least ``least``, each item once: highest score first, then by position."""
    taken_one: set[int] = set()
    taken_other: set[int] = set()
    chosen: list[Pair] = []
    for pair in sorted(pairs, key=lambda p: (-p.score, abs(p.one - p.other), p.one, p.other)):
        if pair.score < least or pair.one in taken_one or pair.other in taken_other:
            continue
        taken_one.add(pair.one)
        taken_other.add(pair.other)
        chosen.append(pair)
    return sorted(chosen, key=lambda p: (p.one, p.other))
