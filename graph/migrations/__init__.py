"""Numbered changes to stores already in use, oldest first; each idempotent, each in one transaction.

What the ontology file determines (constraints, indexes, full text) is not a migration: ``graph.schema`` makes it anew
whenever the file changes. A migration rewrites data. To add one: a module here with ``run``, and a line below.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from graph.migrations import m001_start
from graph.store import Transaction


@dataclass(frozen=True, slots=True)
class Migration:
    """``number`` is the schema version the store has after ``run``."""

    number: int
    run: Callable[[Transaction], Awaitable[object]]


MIGRATIONS = (Migration(1, m001_start.run),)
