"""The graph hash: one number for all facts in a store, the same on every machine and on both engines.

SHA-256 over the sorted canonical JSON lines (``graph.canonical``) of all nodes and relations, floats to 4 decimals,
without ``search``, ``support`` and operational labels. Read in pages; sorted runs go to disk when they are many, so a
graph larger than memory can be hashed.
"""

from __future__ import annotations

import heapq
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack
from hashlib import sha256
from typing import IO

from graph.canonical import node_line, property_types, relation_line, typed
from graph.documents import meta
from graph.errors import WriteConflict
from graph.ontology import ontology
from graph.paging import nodes, relations
from graph.store import Store

RUN = 100_000
"""Lines sorted in memory before they go to disk."""
ATTEMPTS = 5
"""How often to start again when somebody writes meanwhile."""


async def graph_hash(store: Store) -> str:
    """Hex SHA-256 of all facts in ``store``. Raises WriteConflict when writers leave no quiet moment."""
    for _ in range(ATTEMPTS):
        before = (await meta(store)).revision
        value = await _hash(store)
        if (await meta(store)).revision == before:
            return value
    raise WriteConflict(store=store.url, what="the graph while it was hashed")


async def _hash(store: Store) -> str:
    with ExitStack() as files:
        runs: list[IO[str]] = []
        lines: list[str] = []
        async for line in graph_lines(store):
            lines.append(line)
            if len(lines) >= RUN:
                runs.append(_spill(lines, files))
                lines = []
        digest = sha256()
        for line in heapq.merge(sorted(lines), *(_lines_of(run) for run in runs)):
            digest.update(line.encode("utf-8") + b"\n")
        return digest.hexdigest()


def _spill(lines: list[str], files: ExitStack) -> IO[str]:
    file = tempfile.TemporaryFile("w+", encoding="utf-8", newline="\n")  # noqa: SIM115 (the stack closes it)
    run = files.enter_context(file)
    run.writelines(line + "\n" for line in sorted(lines))
    run.seek(0)
    return run


def _lines_of(run: IO[str]) -> Iterator[str]:
    for line in run:
        yield line[:-1]


async def graph_lines(store: Store) -> AsyncIterator[str]:
    """The canonical line of every node and relation, in no particular order."""
    for label in ontology().nodes:
        types = property_types(label)
        async for row in nodes(store, label, ("name", "kind", "aliases", *types)):
            properties = typed(types, {name: row[name] for name in types})
            yield node_line(label, row["id"], row["name"], row["kind"] or "", row["aliases"] or [], properties)
    names = ontology().relation_properties
    for type_ in ontology().relations:
        async for row in relations(store, type_, tuple(names)):
            yield relation_line(
                type_, row["head_id"], row["tail_id"], typed(names, {name: row[name] for name in names})
            )
