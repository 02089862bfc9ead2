"""The log as people read it: every decision with what has become of it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Literal

from graph.readback import reader
from graph.review.entries import Entry
from graph.review.links import holding
from graph.review.log import Damage, Log, read_log
from graph.review.state import not_undone
from graph.store import Store

Standing = Literal["in-force", "waiting", "undone"]
"""``waiting``: what it is about is in no loaded document now; it counts again as soon as it is."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A decision. ``undone_by`` is the number of the one that undoes it; ``undoes`` that of the one it undoes."""

    id: str
    entry: Entry
    standing: Standing
    undoes: int | None
    undone_by: int | None

    @property
    def mentions(self) -> frozenset[str]:
        """Keys and ids it is about."""
        entry = self.entry
        nodes = [subject.id for subject in (entry.node, entry.other, entry.into) if subject]
        keys = [fact.key for fact in entry.facts] + ([entry.link.key] if entry.link else [])
        return frozenset([*nodes, *keys])


@dataclass(frozen=True, slots=True)
class Listing:
    """All sound decisions, newest first, and the damage of the log."""

    decisions: tuple[Listed, ...]
    damaged: tuple[Damage, ...]

    @property
    def waiting(self) -> tuple[Listed, ...]:
        return tuple(listed for listed in self.decisions if listed.standing == "waiting")


async def listing(store: Store) -> Listing:
    """The decisions in ``store``."""
    log, read = await read_log(store), reader(store)
    links = {id_ for id_, entry in log.entries if entry.link}
    applied: set[str] = set()
    linked: set[str] = set()
    rows = await read("MATCH (c:Claim) WHERE c.reviewed IS NOT NULL RETURN c.id AS id, c.reviewed AS reviewed", {})
    for row in rows:
        found = set(json.loads(row["reviewed"]))
        applied |= found - links
        linked |= {row["id"]} if found & links else set()
    if linked:
        applied |= await holding(read, linked)
    return Listing(tuple(reversed(_listed(log, applied))), log.damaged)


def _listed(log: Log, applied: set[str]) -> list[Listed]:
    standing = not_undone(log.entries)
    numbers = {id_: entry.seq for id_, entry in log.entries}
    undone_by = {e.undoes: e.seq for id_, e in log.entries if e.action == "undo" and id_ in standing}
    found = []
    for id_, entry in log.entries:
        now: Standing = "in-force"
        if id_ not in standing:
            now = "undone"
        elif entry.action not in ("undo", "different") and id_ not in applied:
            now = "waiting"
        undoer = undone_by.get(id_) if now == "undone" else None
        found.append(Listed(id_, entry, now, numbers.get(entry.undoes), undoer))
    return found
