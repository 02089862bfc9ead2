"""Holds query files to what the packaged ones are held to: header, dialect, an example that runs, the same everywhere.

What the statement does on a large graph depends on the graph: ``seconds`` of the example is what there is to see here.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from graph.errors import CatalogError, Sentence, ZhizeError
from graph.models import Row
from graph.store import Store
from queries.catalog import parse_file, query_files
from queries.header import QueryDefinition
from queries.runner import MAX_LIMIT, run

TIMEOUT = 60.0
"""Seconds an example may take here: a server that has just started takes long over its first plan."""


@dataclass(frozen=True, slots=True)
class Checked:
    """One file: its query (None when it does not load), rows of its example, or what is wrong with it."""

    path: str
    query: QueryDefinition | None
    rows: int = 0
    seconds: float = 0.0
    problem: Sentence | None = None


def read(folders: Sequence[Path]) -> Iterator[Checked]:
    """Every query file of the folders, checked without a store; raises CatalogError for a folder that is not there."""
    seen: dict[str, str] = {}
    for path in query_files(folders):
        try:
            definition = parse_file(path, seen)
        except CatalogError as error:
            yield Checked(str(path), None, problem={"zh": error.message("zh"), "en": error.message("en")})
            continue
        yield Checked(str(path), definition)


async def tried(found: Checked, store: Store, against: Store | None = None) -> Checked:
    """``found`` with its example run on ``store``; ``against`` must give the same rows in the same order."""
    if found.query is None:
        return found
    try:
        started = time.perf_counter()
        rows = await _rows(store, found.query)
        seconds = time.perf_counter() - started
        problem = None if against is None else _difference(rows, await _rows(against, found.query), store, against)
    except ZhizeError as error:
        return Checked(found.path, found.query, problem={"zh": error.message("zh"), "en": error.message("en")})
    return Checked(found.path, found.query, len(rows), seconds, problem)


async def _rows(store: Store, query: QueryDefinition) -> list[Row]:
    return (await run(store, query, dict(query.examples), limit=MAX_LIMIT, timeout=TIMEOUT)).rows


def _difference(rows: list[Row], others: list[Row], store: Store, against: Store) -> Sentence | None:
    if rows == others:
        return None
    here = next(
        (i for i, (one, other) in enumerate(zip(rows, others, strict=False)) if one != other),
        min(len(rows), len(others)),
    )
    return {
        "zh": f"{store.url}（{len(rows)} 行）与 {against.url}（{len(others)} 行）从第 {here + 1} 行起不同",
        "en": f"{store.url} ({len(rows)} rows) and {against.url} ({len(others)} rows) differ from row {here + 1} on",
    }
