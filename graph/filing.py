"""The operational side of a batch: what it expects, the claims, the sources and the texts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from graph.claims import Claims
from graph.documents import content_row, holders_of
from graph.errors import WriteConflict
from graph.models import Batch, Row
from graph.prepared import PreparedGraph
from graph.store import Transaction


async def check_expectations(tx: Transaction, batch: Batch) -> dict[str, str]:
    """Sources the batch names, as stored now. Raises WriteConflict when they are not what it was planned on."""
    named = sorted({*batch.sources, *batch.expect_sources})
    statement = "MATCH (s:Source) WHERE s.id IN $ids RETURN s.id AS id, s.sha256 AS sha256"
    rows = await tx.run(statement, {"ids": named}) if named else []
    stored: dict[str, str] = {row["id"]: row["sha256"] for row in rows}
    for source, expected in batch.expect_sources.items():
        if stored.get(source) != expected:
            raise WriteConflict(store=tx.store, what=source)
    if batch.expect_holders:
        wanted = sorted(batch.expect_holders)
        rows = await tx.run(
            "MATCH (s:Source) WHERE s.sha256 IN $wanted RETURN s.id AS id, s.sha256 AS sha256", {"wanted": wanted}
        )
        for sha, held in holders_of(wanted, rows).items():
            if held != tuple(batch.expect_holders[sha]):
                raise WriteConflict(store=tx.store, what=f"the sources of {sha[:12]}")
    return stored


async def stored_claims(tx: Transaction, documents: Sequence[str]) -> dict[str, tuple[str, Claims]]:
    """Fingerprint and claims of those ``documents`` that are in the store."""
    if not documents:
        return {}
    rows = await tx.run(
        "MATCH (c:Claim) WHERE c.id IN $ids RETURN c.id AS id, c.fingerprint AS fingerprint, c.claims AS claims",
        {"ids": list(documents)},
    )
    return {row["id"]: (row["fingerprint"], Claims.from_json(row["claims"])) for row in rows}


async def file_claims(tx: Transaction, kept: Iterable[PreparedGraph], gone: Sequence[str]) -> None:
    """Store what these documents hold on to, and forget the documents that are gone."""
    rows = [_claim_row(graph) for graph in kept]
    if rows:
        await tx.run("UNWIND $rows AS row MERGE (c:Claim {id: row.id}) SET c += row.props", {"rows": rows})
    if gone:
        await tx.run("MATCH (c:Claim) WHERE c.id IN $ids DELETE c", {"ids": list(gone)})


def _claim_row(graph: PreparedGraph) -> Row:
    review = graph.reviewed
    props = {
        "fingerprint": graph.fingerprint,
        "claims": graph.claims.to_json(),
        "extracted": review.extracted if review else None,
        "reviewed": review.entries if review else None,
        "hidden": review.hidden if review else None,
    }
    return {"id": graph.graph.document, "props": props}


async def file_sources(
    tx: Transaction, wanted: Mapping[str, str | None], stored: Mapping[str, str]
) -> tuple[bool, set[str]]:
    """Make the sources as wanted; has anything changed, and which texts lost a source?"""
    changed = {source: sha for source, sha in wanted.items() if stored.get(source) != sha}
    kept = [{"id": source, "sha256": sha} for source, sha in sorted(changed.items()) if sha is not None]
    gone = sorted(source for source, sha in changed.items() if sha is None)
    if kept:
        await tx.run("UNWIND $rows AS row MERGE (s:Source {id: row.id}) SET s.sha256 = row.sha256", {"rows": kept})
    if gone:
        await tx.run("MATCH (s:Source) WHERE s.id IN $ids DELETE s", {"ids": gone})
    return bool(changed), {stored[source] for source in changed if source in stored}


async def file_contents(tx: Transaction, batch: Batch, abandoned: set[str]) -> bool:
    """Store new texts and drop those no source has any more; has anything changed?"""
    given = {content.sha256: content for content in batch.contents}
    named = sorted({*given, *abandoned})
    if not named:
        return False
    rows = await tx.run("MATCH (s:Source) WHERE s.sha256 IN $ids RETURN DISTINCT s.sha256 AS id", {"ids": named})
    held = {row["id"] for row in rows}
    rows = await tx.run("MATCH (c:Content) WHERE c.id IN $ids RETURN c.id AS id, c.name AS name", {"ids": named})
    names = {row["id"]: row["name"] for row in rows}
    fresh = [content_row(c) for sha, c in sorted(given.items()) if sha in held and names.get(sha) != c.name]
    for row in fresh:
        # One at a time: a statement with a hundred originals of 50 MB would not fit the server.
        await tx.run("MERGE (c:Content {id: $id}) SET c += $props", row)
    dropped = [sha for sha in names if sha not in held]
    if dropped:
        await tx.run("MATCH (c:Content) WHERE c.id IN $ids DELETE c", {"ids": dropped})
    return bool(fresh or dropped)
