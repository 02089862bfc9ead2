"""Review within the write path: new lines into the log, and every graph to be written as decided."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterable
from dataclasses import asdict, replace
from hashlib import sha256

from graph.claims import Claims, claims_of
from graph.errors import WriteConflict
from graph.models import Batch
from graph.prepared import PreparedGraph, Reviewed, prepared_graph
from graph.readback import Read
from graph.review.apply import apply
from graph.review.log import LOG, appended, log_of
from graph.review.state import State, fold
from graph.review.stored import Extracted, extracted_graph, packed
from graph.review.touched import touched
from graph.store import Transaction


async def with_decisions(
    tx: Transaction, batch: Batch, graphs: Iterable[PreparedGraph], head: str
) -> tuple[list[PreparedGraph], str]:
    """``graphs`` as decided, with those that new decisions touch, and the head of the log with the batch's lines.

    ``head`` is that of the log as stored. Raises WriteConflict when the new lines do not follow it.
    """
    if not head and not batch.decisions:
        return list(graphs), head
    read: Read = tx.run
    log = log_of(await tx.run(LOG), head)
    before = fold(log.entries)
    new = appended(log, batch.decisions)
    if batch.decisions:
        if batch.decisions_after != head:
            raise WriteConflict(store=tx.store, what="the log of decisions")
        rows = [asdict(line) for line in batch.decisions]
        await tx.run(
            "UNWIND $rows AS row CREATE (e:Decision {id: row.id}) "
            "SET e.seq = row.seq, e.before = row.before, e.body = row.body, e.hash = row.hash",
            {"rows": rows},
        )
    after = fold(new.entries)
    loaded = [Extracted(g.graph, g.fingerprint) for g in graphs]
    there = {extracted.graph.document for extracted in loaded} | set(batch.remove)
    documents = await touched(read, before, after) if batch.decisions else ()
    known = [await extracted_graph(read, document) for document in documents if document not in there]

    def decide() -> list[PreparedGraph]:
        rewritten = [replace(_decided(after, one), before=_decided(before, one)) for one in known]
        return [*(_decided(after, one) for one in loaded), *rewritten]

    return await asyncio.to_thread(decide), new.head


def _decided(state: State, extracted: Extracted) -> PreparedGraph:
    decided = apply(state, extracted.graph)
    if decided.graph is extracted.graph:
        return PreparedGraph(extracted.graph, extracted.fingerprint, claims_of(extracted.graph))
    graph = prepared_graph(decided.graph)
    entries = json.dumps(decided.entries)
    marks = f"{graph.fingerprint} {extracted.fingerprint} {entries}"
    reviewed = Reviewed(packed(extracted), entries, _hidden(claims_of(extracted.graph), graph.claims))
    return replace(graph, fingerprint=sha256(marks.encode()).hexdigest(), reviewed=reviewed, judged=decided.judged)


def _hidden(extracted: Claims, decided: Claims) -> str:
    gone = (extracted.nodes.keys() - decided.nodes.keys()) | (extracted.relations.keys() - decided.relations.keys())
    return json.dumps(sorted(gone))
