"""Decisions about derived links between documents.

Such a link is in no document's own graph: it is made from two records (``graph.across``). So what was decided about it
goes with the records: each document says which of its nodes the ends of the decision are now, and the two together say
which link is meant. An end that is not found leaves the decision waiting, like any other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from graph.across.links import joined
from graph.across.record import DocumentRecord, Judgement
from graph.ids import label_of
from graph.readback import Read
from graph.review.entries import Entry, Named, Subject
from graph.review.matching import Finder
from graph.review.state import State

STATUS: Mapping[str, str] = {"accept": "confirmed", "reject": "rejected"}
"""What a decision makes of a link."""


def judgements(entries: Iterable[Named], finder: Finder, state: State) -> Iterator[Judgement]:
    """What ``entries`` say of links of the document that ``finder`` looks in: those with an end found here."""
    for id_, entry in entries:
        if entry.link and entry.action in STATUS:
            head, tail = (_end(subject, finder, state) for subject in (entry.link.head, entry.link.tail))
            if head or (tail and entry.link.tail.place):
                yield Judgement(id_, entry.seq, entry.link.type, STATUS[entry.action], head, tail)


def _end(subject: Subject, finder: Finder, state: State) -> str:
    """The node that is ``subject`` now: of this document or, when documents share it, after all merges; else ""."""
    if subject.place is None:
        return state.resolve(subject.id)
    found = finder.node(subject)
    return found.id if found is not None else ""


def moved(before: State, after: State) -> Iterator[Entry]:
    """Decisions about links whose shared end is another node than it was."""
    for _, entry in after.active:
        tail = entry.link.tail if entry.link else None
        if tail and not tail.place and before.resolve(tail.id) != after.resolve(tail.id):
            yield entry


async def holding(read: Read, documents: Iterable[str]) -> set[str]:
    """The decisions whose link is there; ``documents`` are those in which ends of links were found."""
    rows = await read("MATCH (r:Record) WHERE r.id IN $ids RETURN r.body AS body", {"ids": sorted(documents)})
    known = joined(judgement for row in rows for judgement in DocumentRecord.from_json(row["body"]).judged)
    return {judgement.entry for judgement in known if await _there(read, judgement)}


async def _there(read: Read, judgement: Judgement) -> bool:
    head, tail = label_of(judgement.head), label_of(judgement.tail)
    rows = await read(
        f"MATCH (:{head} {{id: $head}})-[r:{judgement.type}]->(:{tail} {{id: $tail}}) "
        "WHERE r.origin = 'derived' RETURN r.key AS key LIMIT 1",
        {"head": judgement.head, "tail": judgement.tail},
    )
    return bool(rows)
