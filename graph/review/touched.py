"""Which documents a change of the log concerns: those to write anew, and no others.

A decision that stops counting concerns the documents it was applied in (their Claim lists it). One that begins to
count concerns the documents it names, or those that hold its node or shared relation: in their claims, or ``hidden``
(as extracted, but now another).
"""

from __future__ import annotations

from graph.canonical import description
from graph.readback import Read
from graph.review.entries import Description, Entry
from graph.review.links import moved
from graph.review.state import State, places_of


async def touched(read: Read, before: State, after: State) -> list[str]:
    """Ids of the loaded documents whose graph may differ between the two states, sorted."""
    ended = sorted(before.ids - after.ids)
    begun = [entry for id_, entry in after.active if id_ not in before.ids]
    tokens = {token for entry in begun for token in _tokens(entry)} | _moved_keys(before, after)
    found = await _claimants(read, [*ended, *sorted(tokens)]) | await _at(read, [*begun, *moved(before, after)])
    for entry in begun:
        if entry.action == "reject" and entry.node and not entry.node.place:
            found |= await _proposed(read, entry.node.label, entry.node.name)
    for id_, (_, wanted) in after.described.items():
        if id_ not in before.described or before.described[id_][1] != wanted:
            found |= await _described_otherwise(read, wanted)
    return sorted(found)


def _tokens(entry: Entry) -> set[str]:
    """Ids and keys by which a Claim shows that the entry concerns it."""
    tokens: set[str] = set()
    if entry.node and not entry.node.place and entry.action in ("accept", "reject", "edit", "merge"):
        tokens.add(entry.node.id)
    return tokens


def _moved_keys(before: State, after: State) -> set[str]:
    """Keys of decided relations of no document whose decision is new or whose ends are merged otherwise now."""
    keys: set[str] = set()
    for (id_, _), fact in after.facts:
        if fact.place is None:
            parts = (fact.type, fact.head.id, fact.tail.id, fact.rule)
            old, new = before.shared_key(*parts), after.shared_key(*parts)
            keys |= {old, new} if old != new or id_ not in before.ids else set()
    return keys


async def _claimants(read: Read, tokens: list[str]) -> set[str]:
    if not tokens:
        return set()
    rows = await read(
        "MATCH (c:Claim) WHERE any(t IN $tokens WHERE c.claims CONTAINS t "
        "OR coalesce(c.hidden, '') CONTAINS t OR coalesce(c.reviewed, '') CONTAINS t) RETURN c.id AS id",
        {"tokens": tokens},
    )
    return {row["id"] for row in rows}


async def _at(read: Read, entries: list[Entry]) -> set[str]:
    places = [place for entry in entries for place in places_of(entry)]
    if not places:
        return set()
    rows = await read(
        "MATCH (d:Document) WHERE d.sha256 IN $texts OR d.source IN $sources "
        "OR any(s IN coalesce(d.also, []) WHERE s IN $sources) RETURN d.id AS id",
        {
            "texts": sorted({place.sha256 for place in places}),
            "sources": sorted({place.source for place in places}),
        },
    )
    return {row["id"] for row in rows}


async def _proposed(read: Read, label: str, name: str) -> set[str]:
    """Documents in which a node of that name is only proposed."""
    rows = await read(
        f"MATCH (n:{label}) WHERE n.name = $name AND n.status IN ['proposed', 'rejected'] RETURN n.id AS id",
        {"name": name},
    )
    return await _claimants(read, [row["id"] for row in rows])


async def _described_otherwise(read: Read, wanted: Description) -> set[str]:
    """Documents that hold the node under another description than the one it is to have everywhere."""
    start = f'"{wanted.id}":["{wanted.label}","'
    rows = await read(
        "MATCH (c:Claim) WHERE c.claims CONTAINS $start AND NOT c.claims CONTAINS $wanted RETURN c.id AS id",
        {"start": start, "wanted": start + description(wanted.node())},
    )
    return {row["id"] for row in rows}
