"""Stores of made-up documents, at the size a benchmark asks for, on either engine.

Documents go through the product's own write path into an embedded store. Neo4j gets the rows of that store, in bulk:
the same graph without the hour its transactions would take, and what is measured afterwards is reading.
"""

from __future__ import annotations

import sys
from itertools import islice
from typing import TypeVar

from benchmarks.papers import batch, papers, world
from graph.canonical import property_types
from graph.connect import open_store
from graph.ids import label_of
from graph.models import Batch, Relation, Row
from graph.ontology import ontology
from graph.paging import nodes, relations
from graph.settings import StoreSettings
from graph.statements import create_nodes, create_relations
from graph.store import Engine, Store

T = TypeVar("T")

TOGETHER = 20
"""Documents a transaction."""
COPIED = 20_000
"""Rows a transaction of the copy."""
PATIENT = StoreSettings(query_timeout=300)
"""For making a store: nothing here is measured."""


async def make(url: str, size: int) -> None:
    """An embedded store of ``size`` nodes or a few more."""
    store = await open_store(url, PATIENT)
    held, source = 0, papers()
    await store.write(Batch(replace=(world(),)))
    while held < size:
        held += (await store.write(batch(*islice(source, TOGETHER)))).nodes_created
        say(f"{held} of {size} nodes loaded")
    await store.close()


async def mirror(source: Store, target: Engine) -> None:
    """All nodes and relations of ``source`` in ``target``, which has none, and its revision."""
    for label in ontology().nodes:
        names = ("name", "kind", "aliases", "search", *property_types(label))
        found: list[Row] = []
        async for row in nodes(source, label, names):
            found.append({"id": row["id"], "props": {name: row[name] for name in names if row[name] is not None}})
        for part in _portions(found):
            await target.transact(lambda tx, label=label, part=part: create_nodes(tx, label, part))  # type: ignore[misc]
        say(f"{len(found)} nodes {label} copied")
    names = tuple(ontology().relation_properties)
    for type_ in ontology().relations:
        pairs: list[tuple[Relation, Row]] = []
        async for row in relations(source, type_, names):
            head, tail = row["head_id"], row["tail_id"]
            props = {name: row[name] for name in names if row[name] is not None}
            pairs.append((Relation(type_, label_of(head), head, label_of(tail), tail, row["key"], {}), props))
        for part in _portions(pairs):
            await target.transact(lambda tx, part=part: create_relations(tx, part))  # type: ignore[misc]
        say(f"{len(pairs)} relations {type_} copied")
    await target.transact(lambda tx: tx.run("MATCH (m:Meta {id: 'graph'}) SET m.revision = 1"))


def _portions(rows: list[T]) -> list[list[T]]:
    return [rows[start : start + COPIED] for start in range(0, len(rows), COPIED)]


def say(text: str) -> None:
    """Progress, on the error output: results go to the other one."""
    print(f"\r{text:<60}", end="" if sys.stderr.isatty() else "\n", file=sys.stderr, flush=True)
