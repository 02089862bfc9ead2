"""What the function of an analysis gives, and the cells rows are made of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeAlias

from graph.analytics.projection import Fact, Thing
from graph.models import Row

EVIDENCE = 20
"""Keys of facts a row shows at most; its figures count all."""
LISTED = 50
"""Nodes a cell lists at most."""
FACTS = "facts"
"""The column of what proves a row: keys of relations."""

Figures: TypeAlias = dict[str, int | float | bool]


@dataclass(frozen=True, slots=True)
class Findings:
    """All rows in order, and figures about the whole."""

    rows: list[Row]
    figures: Figures = field(default_factory=dict)


def ref(thing: Thing) -> Row:
    """A node as rows show it."""
    return {"id": thing.id, "name": thing.name}


def refs(things: Iterable[Thing]) -> list[Row]:
    """Nodes by name, at most ``LISTED``."""
    return [ref(thing) for thing in sorted(things, key=lambda t: (t.name, t.id))[:LISTED]]


def rounded(value: float) -> float:
    """A share as rows show it, the same on every machine; 0.0 and -0.0 are one number."""
    return round(value, 4) + 0.0


def keys(facts: Iterable[Fact]) -> list[str]:
    """Keys of facts, at most ``EVIDENCE``; stated ones before inherited ones."""
    implicit = {fact.key: fact.implicit for fact in facts}
    return sorted(implicit, key=lambda key: (implicit[key], key))[:EVIDENCE]
