"""How many questions of a file are understood: the right query, with the right parameters, and no answer made up.

``python -m tests.eval.questions [FILE…] [--store URL] [--quiet]``. A file is a list of ``{q, query, params, also}``:
``query`` null for what cannot be answered, a search value the name of the thing meant, ``also`` other queries that
would do. Each file is scored apart; ``--quiet`` prints figures only, so that a sealed file stays unread. Without
``--store`` the examples are loaded into a store of their own.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from graph.connect import open_store
from graph.ontology import ontology
from graph.store import Store
from ingest.load import ingest
from queries.ask import Answer, ask
from queries.catalog import Catalog, load_catalog
from queries.header import Param
from queries.parameters import ID
from queries.questions.understand import PLACE
from queries.search import search
from tests.conftest import ROOT

OWN = ROOT / "tests/data/questions"


@dataclass(frozen=True, slots=True)
class Expected:
    """One question and what it asks for; ``query`` None: it cannot be answered."""

    q: str
    query: str | None
    params: dict[str, Any]
    also: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a question; ``seconds`` until its answer."""

    expected: Expected
    query: str | None
    params: dict[str, Any]
    right_query: bool
    right_params: bool
    seconds: float


def read_questions(path: Path) -> list[Expected]:
    """The questions of a file."""
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    return [Expected(str(e["q"]), e["query"], e.get("params") or {}, tuple(e.get("also") or ())) for e in data]


async def outcome(store: Store, catalog: Catalog, expected: Expected) -> Outcome:
    """Ask, and compare."""
    start = time.perf_counter()
    answer = await ask(store, catalog, expected.q)
    seconds = time.perf_counter() - start
    right_query = answer.query == expected.query or answer.query in expected.also
    right_params = right_query and (answer.query != expected.query or await _same(store, catalog, answer, expected))
    return Outcome(expected, answer.query, answer.params, right_query, right_params, seconds)


async def _same(store: Store, catalog: Catalog, answer: Answer, expected: Expected) -> bool:
    if answer.query is None:
        return True
    for param in catalog.get(answer.query).params:
        got, wanted = answer.params.get(param.name), expected.params.get(param.name, param.default)
        if param.type in ("search", "id") and got and wanted:
            found, meant = await _nodes(store, param, str(got)), await _nodes(store, param, str(wanted))
            if not found or not found <= meant:
                return False
        elif got != wanted and not (param.name == PLACE and _same_place(got, wanted)):
            return False
    return True


def _same_place(one: Any, other: Any) -> bool:
    """澜川 is 澜川市."""
    return bool(one) and bool(other) and (one.startswith(other) or other.startswith(one))


async def _nodes(store: Store, param: Param, value: str) -> frozenset[str]:
    """The nodes a value stands for: the id itself, all of that name, else the closest one."""
    if ID.match(value):
        return frozenset({value})
    known = ontology().labels(search=True)
    labels = [label for label in param.labels if label in known]
    hits = (await search(store, value, labels=labels, limit=20)).hits
    same = [hit for hit in hits if hit.matched == hits[0].matched and hit.matched in ("name", "alias")]
    return frozenset(hit.id for hit in same or hits[:1])


def scores(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """Shares of the answerable, and how many of the others were answered all the same."""
    answerable = [o for o in outcomes if o.expected.query]
    others = [o for o in outcomes if not o.expected.query]
    times = sorted(o.seconds for o in outcomes)
    return {
        "questions": len(outcomes),
        "right query": _share(o.right_query for o in answerable),
        "right query and parameters": _share(o.right_params for o in answerable),
        "answered wrongly": sum(not o.right_params and o.query is not None for o in answerable),
        "unanswerable": len(others),
        "unanswerable but answered": sum(o.query is not None for o in others),
        "p50 ms": round(1000 * times[len(times) // 2]),
        "p95 ms": round(1000 * times[int(len(times) * 0.95)]),
    }


def _share(right: Iterable[bool]) -> float:
    found = list(right)
    return round(sum(found) / len(found), 4) if found else 1.0


async def evaluate(store: Store, files: Sequence[Path], quiet: bool) -> None:
    """Print the scores of each file, and what went wrong."""
    catalog = load_catalog()
    for path in files:
        outcomes = [await outcome(store, catalog, expected) for expected in read_questions(path)]
        sys.stdout.write(f"{path.name}\n")
        for name, value in scores(outcomes).items():
            sys.stdout.write(f"  {name}: {value}\n")
        for o in [] if quiet else outcomes:
            if not o.right_params:
                sys.stdout.write(f"  ✗ {o.expected.q}\n      got  {o.query} {o.params}\n")
                sys.stdout.write(f"      want {o.expected.query} {o.expected.params}\n")


async def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.eval.questions", description=__doc__)
    parser.add_argument("files", nargs="*", type=Path, default=sorted(OWN.glob("*.yaml")))
    parser.add_argument("--store", help="URL of a store that holds the examples")
    parser.add_argument("--quiet", action="store_true", help="figures only")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        store = await open_store(given.store or f"embedded:{folder}")
        try:
            if not given.store:
                await ingest(store, [ROOT / "examples"], jobs=1)
            await evaluate(store, given.files, given.quiet)
        finally:
            await store.close()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1:]))
