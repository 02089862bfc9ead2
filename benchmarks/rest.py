"""How much the service adds to the store, and how long answers take: the catalog, nodes and search over REST.

    python -m benchmarks.rest [--engine embedded|neo4j] [--size 1000|100000] [--rounds 15] [--keep FOLDER] [--json FILE]

For each engine and size, in one run, turn by turn: the statement alone (Neo4j: bare driver), an empty route of an empty
FastAPI application, and the same query over REST, all by one client with one connection to real uvicorn processes.
``…_cpu`` is the time a server process was on a processor for one answer: on a machine that is busy with other work it
says more than the clock. Graphs are those of benchmarks/papers.py; ``--keep`` keeps them for the next run. Each query
has a usual anchor (one document, one unit, one thing that 450 documents speak of) and some a heavy one (a unit that
leads a tenth of all nodes, a campaign of every document), shown apart. The embedded server keeps answers while the
graph stays as it is: what a case costs when it is asked first is ``first_…``, and two cases ask for another thing each
time. With Neo4j, the plans of all queries are examined with the statistics of that graph.

Bars: neo4j, median over REST ≤ 1.25 × (statement + empty route); embedded, requests a second of facts-of-section and
nodes/{id} ≥ 0.5 × the empty route; embedded at 100,000 nodes, p95: anchored ≤ 50 ms, search ≤ 60 ms; global ≤ 2 s the
first time.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
from neo4j import READ_ACCESS, AsyncDriver, AsyncGraphDatabase

from benchmarks.cases import Anchors, Case, anchors, queries, searches
from benchmarks.stores import PATIENT, make, mirror
from graph.connect import open_store
from queries.catalog import load_catalog
from queries.parameters import statement_parameters, validate
from queries.runner import DEFAULT_LIMIT
from tests.neo4j_server import free_port, running
from tests.store.plans import faults
from tests.wipe import wipe

SIZES = (1_000, 100_000)
SECONDS = 15.0
"""Most time for the rounds of one case."""
SLOWEST = 120
"""Seconds after which a query has failed."""
_EMPTY = "benchmarks.empty_app:app"
Timed = Callable[[], Awaitable[object]]


@contextlib.contextmanager
def serving(*command: str, **environment: str) -> Iterator[tuple[str, int]]:
    """The address and the id of a server process, which is stopped afterwards."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", *command, "--port", str(port)], env={**os.environ, **environment}, stdout=subprocess.PIPE
    )
    try:
        address, deadline = f"http://127.0.0.1:{port}", time.monotonic() + 120
        while time.monotonic() < deadline and process.poll() is None:
            with contextlib.suppress(httpx.TransportError):
                httpx.get(f"{address}/healthz")
                break
            time.sleep(0.2)
        yield address, process.pid
    finally:
        process.terminate()
        process.wait(timeout=60)


async def timed(rounds: int, **calls: Timed) -> dict[str, list[float]]:
    """Milliseconds of each call, turn by turn, the first turn (plans, caches) under its own name."""
    found: dict[str, list[float]] = {name: [] for name in calls}
    found |= {f"first_{name}": [] for name in calls}
    deadline = time.monotonic() + SECONDS
    for turn in range(rounds + 1):
        for name, call in calls.items():
            started = time.perf_counter()
            await call()
            found[name if turn else f"first_{name}"].append((time.perf_counter() - started) * 1000)
        if turn and time.monotonic() > deadline:
            break
    return found


def processor(pid: int) -> float:
    """Milliseconds that all threads of a process have been on a processor: what a busy machine does not lengthen."""
    spent = 0
    for thread in Path(f"/proc/{pid}/task").iterdir():
        with contextlib.suppress(OSError):  # a thread may end while we look
            spent += int((thread / "schedstat").read_text(encoding="ascii").split()[0])
    return spent / 1e6


def quantile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


class Client:
    """One connection to our server and one to the empty application."""

    def __init__(self, ours: tuple[str, int], empty: tuple[str, int]) -> None:
        self._ours, self._empty = httpx.AsyncClient(base_url=ours[0]), httpx.AsyncClient(base_url=empty[0])
        self.processes = {"rest": ours[1], "empty": empty[1]}
        self.spent: dict[str, list[float]] = {"rest": [], "empty": []}

    async def get(self, case: Case) -> None:
        path, params = case.asked(len(self.spent["rest"]))
        before = processor(self.processes["rest"])
        response = await self._ours.get(f"/api/v1/{path}", params=params, timeout=SLOWEST)
        self.spent["rest"].append(processor(self.processes["rest"]) - before)
        response.raise_for_status()

    async def nothing(self) -> None:
        before = processor(self.processes["empty"])
        response = await self._empty.get("/empty")
        self.spent["empty"].append(processor(self.processes["empty"]) - before)
        response.raise_for_status()

    async def close(self) -> None:
        await self._ours.aclose()
        await self._empty.aclose()


@contextlib.asynccontextmanager
async def driver_of(url: str) -> AsyncIterator[AsyncDriver]:
    account = (os.environ["ZHIZE_NEO4J_USER"], os.environ["ZHIZE_NEO4J_PASSWORD"])
    async with AsyncGraphDatabase.driver(url, auth=account, notifications_min_severity="OFF") as driver:
        yield driver


def statement(name: str, raw: dict[str, str]) -> tuple[str, dict[str, Any]]:
    """What the runner asks the store for the first page."""
    definition = load_catalog().get(name)
    values = statement_parameters(definition, validate(definition, raw))
    return definition.cypher, {**values, "skip": 0, "limit": DEFAULT_LIMIT + 1}


async def bare(driver: AsyncDriver, cypher: str, params: dict[str, Any]) -> list[Any]:
    """The rows of one statement by the driver alone, as a managed read transaction."""

    async def work(tx: Any) -> list[Any]:
        return list(await (await tx.run(cypher, params)).values())

    async with driver.session(default_access_mode=READ_ACCESS) as session:
        return await session.execute_read(work)


async def measure(client: Client, known: Anchors, rounds: int, driver: AsyncDriver | None) -> list[dict[str, Any]]:
    """A row for each case: milliseconds of the statement (Neo4j), the empty route and REST, and their ratio."""
    rows = []
    for case in [*queries(known), *searches(known)]:
        calls: dict[str, Timed] = {
            "empty": client.nothing,
            "rest": lambda case=case: client.get(case),  # type: ignore[misc]
        }
        if driver and case.query:
            cypher, params = statement(case.query, case.params)
            calls["driver"] = lambda cypher=cypher, params=params: bare(driver, cypher, params)  # type: ignore[misc]
        client.spent = {"rest": [], "empty": []}
        try:
            found = await timed(rounds if case.kind != "global" else 3, **calls)
        except httpx.HTTPError as error:  # too slow is a finding too; the others are still wanted
            print(f"  {case.name}: {error!r}", flush=True)
            continue
        row = {"case": case.name, "kind": case.kind, "heavy": case.heavy, "rounds": len(found["rest"])}
        row |= {name: round(statistics.median(values), 2) for name, values in found.items()}
        row["p95"] = round(quantile(found["rest"], 0.95), 2)
        row["ratio"] = round(row["rest"] / (row.get("driver", 0.0) + row["empty"]), 2)
        row |= {f"{name}_cpu": round(statistics.median(spent[1:]), 2) for name, spent in client.spent.items()}
        row["first_cpu"] = round(client.spent["rest"][0], 1)
        row["all"] = [round(value, 2) for value in found["rest"]]
        row["all_cpu"] = [round(value, 2) for value in client.spent["rest"][1:]]
        rows.append(row)
        shown = {
            name: row.get(name) for name in ("empty", "driver", "rest", "ratio", "rest_cpu", "empty_cpu", "first_cpu")
        }
        print(f"  {case.name:46} {'heavy ' if case.heavy else ''}{case.kind:9} {shown}", flush=True)
    return rows


def summary(engine: str, size: int, rows: list[dict[str, Any]]) -> dict[str, Any]:
    """The figures that have bars."""
    usual = [row for row in rows if not row["heavy"]]
    found: dict[str, Any] = {"engine": engine, "size": size}
    for kind in ("anchored", "search"):
        for name, values in (("p95", "all"), ("p95_cpu", "all_cpu")):
            every = [value for row in usual if row["kind"] == kind for value in row[values]]
            found[f"{kind}_{name}"] = round(quantile(every, 0.95), 1)
        firsts = [(row["first_rest"], row["first_cpu"]) for row in usual if row["kind"] == kind]
        worst = [max(values) for values in zip(*firsts, strict=True)]
        found[f"{kind}_first_worst"], found[f"{kind}_first_worst_cpu"] = worst
    heavy = [row for row in rows if row["heavy"]]
    found["heavy_worst"] = max(max(row["all"]) for row in heavy)
    found["heavy_first_worst"] = max(row["first_rest"] for row in heavy)
    found["global_first"] = max(row["first_rest"] for row in rows if row["kind"] == "global")
    found["global_first_cpu"] = max(row["first_cpu"] for row in rows if row["kind"] == "global")
    found["global_again"] = max(row["rest"] for row in rows if row["kind"] == "global")
    if engine == "neo4j":
        ratios = [row["ratio"] for row in rows if "driver" in row and row["kind"] == "anchored"]
        found["ratio_median"], found["ratio_worst"] = statistics.median(ratios), max(ratios)
    else:
        for row in rows:
            if row["case"].partition(",")[0] in ("facts", "node"):
                found[f"{row['case']}, of empty"] = round(row["empty"] / row["rest"], 2)
                found[f"{row['case']}, of empty, cpu"] = round(row["empty_cpu"] / row["rest_cpu"], 2)
    return found


async def one(engine: str, size: int, folder: Path, rounds: int, neo4j: str) -> dict[str, Any]:
    """All figures of one engine at one size."""
    kept = folder / f"{size}"
    if not (kept / "graph.kgl").exists():
        await make(f"embedded:{kept}", size)
    source = await open_store(f"embedded:{kept}", PATIENT)
    known = await anchors(source)
    url, wrong = f"embedded:{kept}", list[str]()
    async with contextlib.AsyncExitStack() as stack:
        driver = None
        if engine == "neo4j":
            url = neo4j
            await _mirrored(source, url)
            driver = await stack.enter_async_context(driver_of(url))
            wrong = [f"{d.name}: {x}" for d in load_catalog() for x in await faults(driver, d, d.examples)]
        await source.close()
        empty = stack.enter_context(serving("uvicorn", _EMPTY, "--log-level", "error"))
        ours = stack.enter_context(serving("service.cli", "serve", "--store", url, ZHIZE_QUERY_TIMEOUT=str(SLOWEST)))
        client = Client(ours, empty)
        rows = await measure(client, known, rounds, driver)
        await client.close()
    result = {"summary": summary(engine, size, rows), "plans": wrong, "cases": rows}
    print(json.dumps({**result["summary"], "plans": wrong}, ensure_ascii=False), flush=True)
    return result


async def _mirrored(source: Any, url: str) -> None:
    target = await open_store(url, PATIENT)
    wanted = await source.read("MATCH (n:Document) RETURN count(n) AS n")
    if await target.read("MATCH (n:Document) RETURN count(n) AS n") != wanted:
        await wipe(url)
        await mirror(source, target)
    await target.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--engine", choices=("embedded", "neo4j"), help="both when absent")
    parser.add_argument("--size", type=int, choices=SIZES, help="both when absent")
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--keep", type=Path, help="folder that keeps the graphs")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    folder = options.keep or Path(tempfile.mkdtemp(prefix="zhize-rest-"))
    engines = (options.engine,) if options.engine else ("embedded", "neo4j")
    found = []
    with contextlib.ExitStack() as stack:
        address = ""
        if "neo4j" in engines:
            server = stack.enter_context(running())
            os.environ.update(ZHIZE_NEO4J_USER=server.user, ZHIZE_NEO4J_PASSWORD=server.password)
            address = server.uri
        for size in (options.size,) if options.size else SIZES:
            for engine in engines:
                found.append(asyncio.run(one(engine, size, folder, options.rounds, address)))
    if options.json:
        options.json.write_text(json.dumps(found, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    if not options.keep:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
