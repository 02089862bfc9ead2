"""How fast documents are written: our write path against a bare driver and against the embedded engine, in one run.

    python -m benchmarks.write_path [--documents 60] [--batch 10] [--json FILE]

Three loads of one set of documents, the Neo4j ones on one server with the same schema, after a warm-up of each:

- *driver*: nothing but ``UNWIND $rows … CREATE`` of exactly the rows we store, grouped as we group them, one
  transaction a batch. No checks, no reference counts, no texts.
- *neo4j*: ``Store.write`` with everything it promises: ontology and evidence checks, claims, texts, originals.
- *embedded*: the same on the embedded engine.

Rows are nodes and relations created. Each load runs several times in turn and the fastest counts: other work on the
machine only ever slows one down; all rounds are in the JSON. Neo4j is found as in the tests (tests/neo4j_server.py).
Bars: neo4j ≥ 0.8 × driver, embedded ≥ 2 × neo4j.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from graph.connect import open_store
from graph.ids import document_id, node_id, relation_key, text_sha256
from graph.models import Batch, Content, DocumentGraph, Node, Relation, Row, Value
from graph.statements import create_nodes, create_relations, grouped, node_properties, relation_properties
from graph.store import Engine
from tests.neo4j_server import running
from tests.wipe import wipe

ROUNDS = 5
_SHARED = (("Unit", 300, "police"), ("Campaign", 60, ""), ("VehicleClass", 30, ""), ("Violation", 60, ""))
_FILLER = "按照全县道路交通安全工作部署，结合辖区实际，明确措施、时限和要求，层层压实责任，"


def shared_nodes() -> dict[str, list[Node]]:
    """The entities all documents speak of."""
    return {
        label: [
            Node(label, node_id(label, f"{label}{n}"), f"白鹭县第{n}号{label}", kind, (f"{n}号{label}",))
            for n in range(count)
        ]
        for label, count, kind in _SHARED
    }


class _Builder:
    """One synthetic document: 12 sections, 60 tasks, about 450 relations, quotes of a sentence each."""

    def __init__(self, number: int, shared: dict[str, list[Node]]) -> None:
        self.random = random.Random(number)
        self.shared = shared
        self.source = f"白鹭县/{number}.txt"
        self.doc = document_id(self.source)
        self.text = ""
        self.nodes: dict[str, Node] = {}
        self.relations: dict[str, Relation] = {}

    def build(self) -> DocumentGraph:
        places = [self._line(f"第{n}项 {_FILLER}由责任单位抓好落实。") for n in range(72)]
        document = Node("Document", self.doc, self.source, "plan", (), {"source": self.source, "year": 2024})
        self.nodes[self.doc] = document
        sections = [self._own("Section", f"{n}", places[n * 6], level=1, order=n) for n in range(12)]
        tasks = [self._own("Task", f"任务{n}", places[n + 12], level="item", order=n) for n in range(60)]
        for section in sections:
            self._fact("HAS_SECTION", document, section)
        for n, task in enumerate(tasks):
            self._fact("STATES", sections[n % 12], task)
            self._fact("LEADS", self._pick("Unit"), task, role_zh="牵头")
            for _ in range(2):
                self._fact("COOPERATES", self._pick("Unit"), task, role_zh="配合")
            self._fact("TARGETS", task, self._pick("VehicleClass"))
            self._fact("MENTIONS", task, self._pick("Violation"))
            if n % 2:
                self._fact("CARRIES_OUT", task, self._pick("Campaign"))
        for _ in range(15):
            self._world("SUBORDINATE_TO", self._pick("Unit"), self.shared["Unit"][0])
        return DocumentGraph(self.doc, self.text, tuple(self.nodes.values()), tuple(self.relations.values()))

    def _line(self, sentence: str) -> dict[str, Value]:
        start = len(self.text)
        self.text += sentence + "\n"
        return {"doc": self.doc, "start_char": start, "end_char": start + len(sentence), "quote": sentence}

    def _own(self, label: str, name: str, place: dict[str, Value], **properties: Value) -> Node:
        node = Node(label, node_id(label, self.doc, name), name, "", (), {**place, **properties})
        self.nodes[node.id] = node
        return node

    def _pick(self, label: str) -> Node:
        node = self.random.choice(self.shared[label])
        self.nodes[node.id] = node
        return node

    def _fact(self, type_: str, head: Node, tail: Node, **properties: Value) -> None:
        place = next(n.properties for n in (tail, head) if "quote" in n.properties)
        evidence = {name: place[name] for name in ("doc", "start_char", "end_char", "quote")}
        given: dict[str, Value] = {
            "origin": "extracted",
            "status": "extracted",
            "valid": "current",
            "rule": "bench",
            "confidence": 0.9,
        }
        start, end = place["start_char"], place["end_char"]
        assert isinstance(start, int)
        assert isinstance(end, int)
        key = relation_key(type_, head.id, tail.id, self.doc, start, end, "bench")
        every: dict[str, Value] = {**evidence, **given, "implicit": False, **properties}
        self.relations[key] = Relation(type_, head.label, head.id, tail.label, tail.id, key, every)

    def _world(self, type_: str, head: Node, tail: Node) -> None:
        self.nodes[tail.id] = tail
        key = relation_key(type_, head.id, tail.id, "", -1, -1, "bench")
        given: dict[str, Value] = {"origin": "knowledge", "source": "bench", "doc": ""}
        self.relations[key] = Relation(type_, head.label, head.id, tail.label, tail.id, key, given)


def batches(graphs: Sequence[DocumentGraph], size: int) -> Iterator[Batch]:
    """The documents as a caller would load them, texts and originals included."""
    for start in range(0, len(graphs), size):
        part = graphs[start : start + size]
        names = {g.document: str(g.nodes[0].properties["source"]) for g in part}
        contents = tuple(Content(text_sha256(g.text), g.text, g.text.encode(), names[g.document]) for g in part)
        sources = {names[g.document]: text_sha256(g.text) for g in part}
        yield Batch(replace=tuple(part), sources=sources, contents=contents)


async def ours(engine: Engine, graphs: Sequence[DocumentGraph], size: int) -> float:
    """Rows a second of ``Store.write``."""
    rows = 0
    planned = list(batches(graphs, size))
    start = time.perf_counter()
    for batch in planned:
        report = await engine.write(batch)
        rows += report.nodes_created + report.relations_created
    return rows / (time.perf_counter() - start)


async def bare(engine: Engine, graphs: Sequence[DocumentGraph], size: int) -> float:
    """Rows a second of the same nodes and relations by ``UNWIND … CREATE`` alone."""
    seen: set[str] = set()
    planned: list[tuple[dict[str, list[Row]], list[tuple[Relation, Row]]]] = []
    for first in range(0, len(graphs), size):
        nodes: list[Node] = []
        relations: list[tuple[Relation, Row]] = []
        for graph in graphs[first : first + size]:
            nodes += [node for node in graph.nodes if node.id not in seen]
            relations += [(r, relation_properties(r)) for r in graph.relations if r.key not in seen]
            seen.update(node.id for node in graph.nodes)
            seen.update(relation.key for relation in graph.relations)
        by_label = grouped(nodes, lambda node: node.label)
        rows = {
            label: [{"id": n.id, "props": node_properties(n, n.aliases)} for n in g] for label, g in by_label.items()
        }
        planned.append((rows, relations))
    count = sum(sum(map(len, rows.values())) + len(relations) for rows, relations in planned)
    start = time.perf_counter()
    for rows, relations in planned:
        await engine.transact(lambda tx, rows=rows, relations=relations: _create(tx, rows, relations))  # type: ignore[misc]
    return count / (time.perf_counter() - start)


async def _create(tx, rows, relations) -> None:  # type: ignore[no-untyped-def]
    for label, group in rows.items():
        await create_nodes(tx, label, group)
    await create_relations(tx, relations)


async def main(documents: int, size: int) -> dict[str, object]:
    shared = shared_nodes()
    graphs = [_Builder(n, shared).build() for n in range(documents)]
    speeds: dict[str, list[float]] = {"driver": [], "neo4j": [], "embedded": []}
    with running() as server:
        os.environ.update(ZHIZE_NEO4J_USER=server.user, ZHIZE_NEO4J_PASSWORD=server.password)
        for number in range(ROUNDS + 1):
            measured = {}
            for name, load in (("driver", bare), ("neo4j", ours)):
                store = await open_store(server.uri)
                await wipe(server.uri)
                measured[name] = await load(store, graphs, size)  # type: ignore[arg-type]
                await store.close()
            folder = tempfile.mkdtemp(prefix="zhize-bench-")
            store = await open_store(f"embedded:{folder}")
            measured["embedded"] = await ours(store, graphs, size)  # type: ignore[arg-type]
            await store.close()
            shutil.rmtree(folder)
            if number:  # the first round warms the server up
                for name, speed in measured.items():
                    speeds[name].append(speed)
    best = {name: max(values) for name, values in speeds.items()}
    return {
        "documents": documents,
        "documents_a_batch": size,
        "rows": sum(len(g.nodes) + len(g.relations) for g in graphs),
        "rows_per_second": {name: round(value) for name, value in best.items()},
        "all_rounds": {name: [round(v) for v in values] for name, values in speeds.items()},
        "neo4j_to_driver": round(best["neo4j"] / best["driver"], 2),
        "embedded_to_neo4j": round(best["embedded"] / best["neo4j"], 2),
    }


def show(result: dict[str, object]) -> str:
    """The result as a table."""
    speeds = result["rows_per_second"]
    assert isinstance(speeds, dict)
    lines = [f"{name:10} {speed:>8} rows/s" for name, speed in speeds.items()]
    lines.append(f"neo4j / driver   {result['neo4j_to_driver']} (bar 0.8)")
    lines.append(f"embedded / neo4j {result['embedded_to_neo4j']} (bar 2)")
    return "\n".join(lines)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=60)
    parser.add_argument("--batch", type=int, default=10)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    outcome = asyncio.run(main(options.documents, options.batch))
    print(show(outcome))
    if options.json:
        options.json.write_text(json.dumps(outcome, indent=2) + "\n", encoding="utf-8")
