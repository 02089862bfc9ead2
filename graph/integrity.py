"""Is what is stored consistent? Each check yields what is wrong, an example at a time, from streamed pages."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Sequence

from graph import paging
from graph.claims import Claims
from graph.documents import TIMEOUT
from graph.models import KNOWLEDGE, Row
from graph.ontology import ontology
from graph.review.log import read_log
from graph.statements import STEP, steps
from graph.store import Store

HIERARCHIES = ("SUBORDINATE_TO", "MEMBER_OF", "WITHIN", "KIND_OF", "VARIANT_OF", "PART_OF")
"""Relations from what is lower, smaller or a part to what is above it: nothing is above itself."""
DOCUMENTS = 50
"""Documents whose texts are held in memory at once."""


async def unproved(store: Store) -> AsyncIterator[str]:
    """Extracted facts and evidence-bearing nodes whose quote is not what their document says there."""
    known = ontology()
    owners = await store.read("MATCH (d:Document) RETURN d.id AS id, d.sha256 AS sha256 ORDER BY d.id", timeout=TIMEOUT)
    for portion in steps(owners, DOCUMENTS):
        texts = await _texts(store, portion)
        ids = {"documents": [row["id"] for row in portion]}
        for label in known.labels(evidence=True):
            pattern = f"MATCH (x:{label}) WHERE x.doc IN $documents RETURN x.id AS id, "
            async for id_ in _misquoted(store, pattern, ids, texts):
                yield id_
        for type_ in known.relations:
            pattern = (
                f"MATCH ()-[x:{type_}]->() WHERE x.doc IN $documents AND x.origin = 'extracted' RETURN x.key AS id, "
            )
            async for id_ in _misquoted(store, pattern, ids, texts):
                yield id_


async def _texts(store: Store, documents: Sequence[Row]) -> dict[str, str]:
    statement = "MATCH (c:Content) WHERE c.id IN $ids RETURN c.id AS id, c.text AS text"
    rows = await store.read(statement, {"ids": [row["sha256"] for row in documents]}, timeout=TIMEOUT)
    by_sha = {row["id"]: row["text"] for row in rows}
    return {row["id"]: by_sha.get(row["sha256"], "") for row in documents}


async def _misquoted(store: Store, pattern: str, documents: Row, texts: dict[str, str]) -> AsyncIterator[str]:
    columns = "x.doc AS doc, x.start_char AS first, x.end_char AS last, x.quote AS quote"
    for row in await store.read(pattern + columns, documents, timeout=TIMEOUT):
        first, last, quote = row["first"], row["last"], row["quote"]
        if first is None or last is None or not quote or texts[row["doc"]][first:last] != quote:
            yield row["id"]


async def homeless(store: Store) -> AsyncIterator[str]:
    """Facts of documents that are not in the store."""
    documents = {row["id"] for row in await store.read("MATCH (d:Document) RETURN d.id AS id", timeout=TIMEOUT)}
    documents |= {"", KNOWLEDGE}
    known = ontology()
    patterns = [f"MATCH (x:{label})" for label in known.labels(evidence=True)]
    patterns += [f"MATCH ()-[x:{type_}]->()" for type_ in known.relations]
    for pattern in patterns:
        for row in await store.read(f"{pattern} RETURN DISTINCT x.doc AS doc", timeout=TIMEOUT):
            if row["doc"] not in documents:
                yield f"{pattern}: {row['doc']}"


async def miscounted(store: Store) -> AsyncIterator[str]:
    """Shared nodes and relations whose support is not the number of documents that claim them."""
    nodes, aliases, relations = await _claimed(store)
    for label in ontology().labels(scope="shared"):
        async for row in paging.nodes(store, label, ("support",), size=STEP):
            support = json.loads(row["support"] or "{}")
            expected = {"refs": nodes.pop(row["id"], 0), "aliases": dict(aliases[row["id"]])}
            if support.pop("digest", "") == "" or support != expected or not expected["refs"]:
                yield row["id"]
    for type_ in ontology().relations:
        statement = f"MATCH ()-[x:{type_}]->() WHERE x.doc = '' RETURN x.key AS id, x.support AS support"
        for row in await store.read(statement, timeout=TIMEOUT):
            if relations.pop(row["id"], 0) != row["support"]:
                yield row["id"]
    for missing in (*nodes, *relations):
        yield missing


async def _claimed(store: Store) -> tuple[Counter[str], defaultdict[str, Counter[str]], Counter[str]]:
    nodes, relations = Counter[str](), Counter[str]()
    aliases: defaultdict[str, Counter[str]] = defaultdict(Counter)
    async for row in paging.nodes(store, "Claim", ("claims",), size=STEP):
        claims = Claims.from_json(row["claims"])
        nodes.update(claims.nodes.keys())
        relations.update(claims.relations.keys())
        for id_, claim in claims.nodes.items():
            aliases[id_].update(claim.aliases)
    return nodes, aliases, relations


async def misfiled(store: Store) -> AsyncIterator[str]:
    """Texts without a source, sources without a text, documents without either a source or a claim."""
    held = await _column(store, "MATCH (s:Source) RETURN s.sha256 AS x")
    texts = await _column(store, "MATCH (c:Content) RETURN c.id AS x")
    documents = await _column(store, "MATCH (d:Document) RETURN d.id AS x")
    claims = await _column(store, "MATCH (c:Claim) RETURN c.id AS x") - {KNOWLEDGE}
    used = await _column(store, "MATCH (d:Document) RETURN d.sha256 AS x")
    for id_ in sorted((held ^ texts) | (documents ^ claims) | (used - held)):
        yield id_


async def circular(store: Store) -> AsyncIterator[str]:
    """What lies beneath itself, by names: documents that contradict each other, or merges, can bring it about."""
    import networkx as nx

    for type_ in HIERARCHIES:
        statement = (
            f"MATCH (a)-[x:{type_}]->(b) WHERE NOT coalesce(x.status, 'extracted') IN ['proposed', 'rejected'] "
            "RETURN a.id AS head, a.name AS lower, b.id AS tail, b.name AS upper"
        )
        graph: nx.DiGraph[str] = nx.DiGraph()
        names: dict[str, str] = {}
        for row in await store.read(statement, timeout=TIMEOUT):
            graph.add_edge(row["head"], row["tail"])
            names |= {row["head"]: row["lower"], row["tail"]: row["upper"]}
        rings = [sorted(ring) for ring in nx.strongly_connected_components(graph) if len(ring) > 1]
        for ring in sorted(rings):
            yield f"{type_}: " + ", ".join(f"{names[id_]} ({id_})" for id_ in ring)


async def damaged(store: Store) -> AsyncIterator[str]:
    """Number and id of the damaged lines of the log of review decisions; of missing lines the number that follows."""
    for damage in (await read_log(store)).damaged:
        yield f"{damage.seq} {damage.line}".rstrip()


async def _column(store: Store, statement: str) -> set[str]:
    return {row["x"] for row in await store.read(statement, timeout=TIMEOUT)}
