"""Does writing slow down as the store grows? Documents a second at 1,000 nodes and at 100,000, links included.

    python -m benchmarks.growth [--engine embedded|neo4j] [--nodes 100000] [--window 120] [--json FILE]

Places with a plan and a summary a year, of twenty tasks with targets and results, loaded one document a transaction:
every document finds the other of its year, its neighbours in time, and the plan of the city above. Neo4j is found as
in the tests (tests/neo4j_server.py) and emptied first.
Bar: at the larger size ≥ 0.9 × the documents a second at the smaller one (DESIGN: growth).
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import os
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from graph.connect import open_store
from graph.ids import document_id, node_id, relation_key, text_sha256
from graph.models import Batch, Content, DocumentGraph, Node, Relation, Value
from graph.store import Store
from tests.neo4j_server import running
from tests.wipe import wipe

SMALL = 1_000
WARM = 400
"""Documents a Neo4j server is given before anything is measured."""
_YEARS = range(2019, 2025)
_TASKS = 20
_THINGS = (
    *("头盔佩戴", "隐患点段", "护学岗", "酒驾夜查", "宣传活动", "劝导站", "信号灯", "停车泊位", "货车检验", "堵点"),
    *("电动车上牌", "送考下乡", "曝光台", "轮训", "监控点位", "护栏", "减速带", "标线", "校车检查", "拖拉机"),
)


class _Paper:
    """One document: lines of text, a task and a figure each."""

    def __init__(self, place: tuple[str, ...], year: int, kind: str) -> None:
        name = f"{place[-1]}公安局交警大队{year}年{'工作要点' if kind == 'plan' else '工作总结'}"
        self.source = f"{'/'.join(place)}/{year}-{kind}.txt"
        self.id = document_id(self.source)
        issuer = f"{place[-1]}公安局交警大队"
        own: dict[str, Value] = {"level": "县", "domain": "公安交管", "jurisdiction": "/".join(place)}
        unit = Node("Unit", node_id("Unit", *place), issuer, "police", (), own)
        self.text, self.nodes, self.relations = f"{name}\n", [unit], list[Relation]()
        spans: list[tuple[int, int, str, float]] = []
        for number, thing in enumerate(_THINGS[:_TASKS]):
            value = float((len(place[-1]) + year + number) % 40 + 10)
            line = f"{number + 1}.抓好{thing}。{'建成' if kind == 'plan' else '已建成'}{thing}{value:.0f}处。\n"
            spans.append((len(self.text), len(self.text) + len(line) - 1, thing, value))
            self.text += line
        whole: dict[str, Value] = {"source": self.source, "sha256": text_sha256(self.text), "year": year}
        whole |= {"issued_on": f"{year}-{'01' if kind == 'plan' else '12'}-20"}
        document = Node("Document", self.id, name, kind, (), whole)
        self._relate("ISSUED_BY", document, unit, 0, len(name))
        for start, end, thing, value in spans:
            self._task(document, unit, kind, thing, value, start, end)
        self.graph = DocumentGraph(self.id, self.text, (document, *self.nodes), tuple(self.relations))

    def _task(self, document: Node, unit: Node, kind: str, thing: str, value: float, start: int, end: int) -> None:
        quote = self.text[start:end]
        place: dict[str, Value] = {"doc": self.id, "start_char": start, "end_char": end, "quote": quote}
        task = Node("Task", node_id("Task", self.id, start), f"抓好{thing}", "item", (), {**place, "level": "item"})
        figure: dict[str, Value] = {**place, "metrics": [f"建成{thing}"], "op": "=", "value": value, "unit": "处"}
        sort = "target" if kind == "plan" else "result"
        indicator = Node("Indicator", node_id("Indicator", self.id, start), f"{thing}{value}", sort, (), figure)
        self.nodes += [task, indicator]
        self._relate("STATES", document, task, start, end)
        self._relate("LEADS", unit, task, start, end)
        self._relate("AIMS_AT", task, indicator, start, end)

    def _relate(self, type_: str, head: Node, tail: Node, start: int, end: int) -> None:
        key = relation_key(type_, head.id, tail.id, self.id, start, end, "test")
        own: dict[str, Value] = {"origin": "extracted", "status": "extracted", "valid": "current", "key": key}
        own |= {"doc": self.id, "start_char": start, "end_char": end, "quote": self.text[start:end], "rule": "test"}
        self.relations.append(Relation(type_, head.label, head.id, tail.label, tail.id, key, own))


def papers() -> Iterator[_Paper]:
    """Documents without end: cities of ten counties each, county by county."""
    city = 0
    while True:
        for county in range(11):
            above = ("云岭省", f"第{city}市")
            place = above if county == 0 else (*above, f"第{city}之{county}县")
            for year in _YEARS:
                yield _Paper(place, year, "plan")
                yield _Paper(place, year, "summary")
        city += 1


async def _load(store: Store, paper: _Paper) -> int:
    sha = text_sha256(paper.text)
    content = Content(sha, paper.text, paper.text.encode(), paper.source)
    report = await store.write(Batch(replace=(paper.graph,), sources={paper.source: sha}, contents=(content,)))
    return report.nodes_created


@contextlib.contextmanager
def _empty(engine: str) -> Iterator[str]:
    """The URL of an empty store of ``engine``."""
    with tempfile.TemporaryDirectory(prefix="zhize-growth-") as folder:
        if engine == "embedded":
            yield f"embedded:{Path(folder) / 'store'}"
            return
        with running() as server:
            os.environ["ZHIZE_NEO4J_USER"], os.environ["ZHIZE_NEO4J_PASSWORD"] = server.user, server.password
            asyncio.run(_warm(server.uri))
            yield server.uri


async def _warm(url: str) -> None:
    """Let a new server compile what writing runs, or the small store would be the slower one; then empty it."""
    await wipe(url)
    store = await open_store(url)
    for paper in islice(papers(), WARM):
        await _load(store, paper)
    await store.close()
    await wipe(url)


async def measure(url: str, nodes: int, window: int) -> dict[str, float]:
    """Documents a second around SMALL nodes and around ``nodes``, each over ``window`` documents; links made."""
    store = await open_store(url)
    source, held = papers(), 0
    found: dict[str, float] = {}
    try:
        for name, size in (("small", SMALL), ("large", nodes)):
            while held < size:
                held += await _load(store, next(source))
            batch = [next(source) for _ in range(window)]
            started, worked = time.perf_counter(), time.process_time()
            for paper in batch:
                held += await _load(store, paper)
            found[name] = window / (time.perf_counter() - started)
            found[f"{name}_cpu"] = window / (time.process_time() - worked)
        rows = await store.read("MATCH (:Indicator)-[r:REPORTS_ON]->(:Indicator) RETURN count(r) AS n", timeout=60)
        return {**found, "ratio": found["large"] / found["small"], "nodes": held, "reports": rows[0]["n"]}
    finally:
        await store.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--engine", choices=("embedded", "neo4j"), default="embedded")
    parser.add_argument("--nodes", type=int, default=100_000)
    parser.add_argument("--window", type=int, default=120)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    with _empty(options.engine) as url:
        found = asyncio.run(measure(url, options.nodes, options.window))
    speeds = f"{found['small']:.1f} at {SMALL} nodes, {found['large']:.1f} at {options.nodes}"
    print(f"{options.engine}, documents a second: {speeds}")
    print(f"a second of processor: {found['small_cpu']:.1f} and {found['large_cpu']:.1f}")
    print(f"ratio {found['ratio']:.2f} (bar 0.9); {found['reports']} results linked to targets")
    if options.json:
        options.json.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
