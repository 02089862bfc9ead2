"""Review decisions as the API and the command line show them."""

from __future__ import annotations

from typing import Any

from graph.errors import DECISION, NotFound
from graph.review.entries import Description, End, Fact, Link, Place, Subject
from graph.review.listing import Listed, listing
from graph.review.log import Damage, read_log
from graph.review.lookup import Lookup
from graph.review.state import fold
from graph.store import Store


def shown(listed: Listed) -> dict[str, Any]:
    """One decision: who, when, why, what about, and what has become of it."""
    entry = listed.entry
    return {
        "id": listed.id,
        "seq": entry.seq,
        "at": entry.at,
        "by": entry.by,
        "reason": entry.reason,
        "action": entry.action,
        "standing": listed.standing,
        "undoes": listed.undoes,
        "undone_by": listed.undone_by,
        "facts": [*map(_fact, entry.facts), *([_relation(entry.link, entry.link.head.place)] if entry.link else [])],
        "node": _node(entry.node),
        "other": _node(entry.other),
        "into": _node(entry.into),
        "documents": [place.source for place in entry.places],
        "changes": entry.changes,
    }


def _fact(fact: Fact) -> dict[str, Any]:
    start, end = (fact.start, fact.end) if fact.place else (None, None)
    return _relation(fact, fact.place, quote=fact.quote or None, start=start, end=end)


def _relation(
    said: Fact | Link,
    place: Place | None,
    quote: str | None = None,
    start: int | None = None,
    end: int | None = None,
) -> dict[str, Any]:
    """A fact, or a link between documents, whose quotes are those of its ends."""
    return {
        "key": said.key,
        "type": said.type,
        "head": _node(said.head),
        "tail": _node(said.tail),
        "document": place.source if place else None,
        "quote": quote,
        "start": start,
        "end": end,
        "rule": said.rule,
    }


def _node(said: Subject | End | Description | None) -> dict[str, Any] | None:
    return {"id": said.id, "label": said.label, "name": said.name} if said else None


def _damage(found: Damage) -> dict[str, Any]:
    return {"seq": found.seq, "line": found.line, "message": found.message}


async def decision(store: Store, id_: str) -> dict[str, Any]:
    """The decision with that id or number. Raises NotFound."""
    for listed in (await listing(store)).decisions:
        if id_ in (listed.id, str(listed.entry.seq)):
            return shown(listed)
    raise NotFound(what=DECISION, name=id_)


async def decisions(store: Store, *, target: str = "", standing: str = "") -> tuple[list[dict[str, Any]], list[Any]]:
    """Decisions newest first, of one fact or node when ``target`` is given, and the damage of the log."""
    found = await listing(store)
    targets = {target, *await _extracted_keys(store, target)} if target else set()
    wanted = [
        shown(listed)
        for listed in found.decisions
        if (not target or targets & listed.mentions) and (not standing or listed.standing == standing)
    ]
    return wanted, [_damage(one) for one in found.damaged]


async def _extracted_keys(store: Store, key: str) -> list[str]:
    """The keys that the relation ``key`` has as extracted: decisions are kept under these."""
    if ":" in key:
        return []
    lookup = Lookup(store, fold((await read_log(store)).entries))
    try:
        found = await lookup.about(key)
    except NotFound:
        return []
    return [found.key] if isinstance(found, Link) else [fact.key for fact in found.facts]
