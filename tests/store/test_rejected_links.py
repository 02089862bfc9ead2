"""What is rejected leaves the answers across documents too, and the analyses: as if it had never been said or linked.

As in ``test_rejected``: in one store some facts, nodes and links are rejected, the other never had them.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from graph.analytics.run import FUNCTIONS, analyse
from graph.models import DocumentGraph
from graph.review.decide import decide
from graph.store import Store
from queries.catalog import Catalog
from queries.runner import run
from tests.store.across import CHOSEN, DERIVED, graphs, loading
from tests.store.deciding import asked, opened_pair, tampered
from tests.store.test_across_queries import MORE

HIDDEN_BY_A_SHORTCUT = {"shortest-path"}
"""As in ``test_rejected``."""
FACTS = ("ISSUED_BY", "IMPLEMENTS", "SUPERSEDES", "LEADS", "AIMS_AT", "CARRIES_OUT", "TARGETS", "VARIANT_OF")
"""Of each the first relation in each of two documents is rejected."""
NODES = ("Campaign", "VehicleClass", "Task", "Indicator", "Regulation")
"""Of each label one node is rejected, of ``OUT_OF`` for those that are a document's own."""
OUT_OF = "hefeng-2023-plan"


def refused() -> tuple[set[str], set[str]]:
    """Keys of relations and ids of nodes that are rejected."""
    keys: set[str] = set()
    for name in ("hefeng-2024-scheme", "lanchuan-2023-plan"):
        graph = graphs()[name]
        for type_ in FACTS:
            keys |= set(sorted(r.key for r in graph.relations if r.type == type_)[:1])
    nodes = set()
    for label in NODES:
        plan = graphs()[OUT_OF]
        tails = sorted(r.tail for r in plan.relations if r.tail_label == label and r.properties.get("doc"))
        nodes.add(tails[len(tails) // 2])
    return keys, nodes


def without(graph: DocumentGraph) -> DocumentGraph:
    """The graph as if it had never said what is rejected."""
    keys, gone = refused()
    relations = tuple(r for r in graph.relations if r.key not in keys and r.head not in gone and r.tail not in gone)
    return replace(graph, nodes=tuple(n for n in graph.nodes if n.id not in gone), relations=relations)


@pytest.fixture(scope="module")
async def stores(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[tuple[Store, Store]]:
    """The documents without what is rejected, and with it, rejected; then of each kind of link one."""
    async with opened_pair(tmp_path_factory.mktemp("rejected")) as (plain, decided):
        batch = loading(*CHOSEN)
        await plain.write(replace(batch, replace=tuple(map(without, batch.replace))))
        await decided.write(batch)
        for target in sorted(set().union(*refused())):
            await decide(decided, asked("reject", target))
        for type_ in DERIVED:
            rows = await plain.read(
                f"MATCH ()-[r:{type_}]->() WHERE r.origin = 'derived' RETURN r.key AS key ORDER BY key"
            )
            key = rows[len(rows) // 2]["key"]
            await tampered(plain, f"MATCH ()-[r:{type_}]->() WHERE r.key = '{key}' DELETE r")
            await decide(decided, asked("reject", key))
        yield plain, decided


async def test_no_query_shows_what_was_rejected(stores: tuple[Store, Store], catalog: Catalog) -> None:
    """Every example of the catalog, and every document, campaign, task and unit by id in the queries across."""
    asked_for = [(d.name, dict(d.examples)) for d in catalog] + [(n, dict(p)) for n, many in MORE.items() for p in many]
    for graph in graphs().values():
        asked_for += [(n, {"document": graph.document}) for n in ("compare-documents", "plan-versus-outcome")]
        asked_for += [("targets-not-reported", {"document": graph.document})]
        asked_for += [("citation-ladder", {"policy": graph.document})]
        asked_for += [("similar-tasks", {"task": n.id}) for n in graph.nodes if n.label == "Task"]
    for row in await stores[0].read("MATCH (n:Campaign) RETURN n.id AS id ORDER BY id"):
        asked_for += [("campaign-timeline", {"campaign": row["id"]})]
    compared = 0
    for name, params in asked_for:
        if name in HIDDEN_BY_A_SHORTCUT:
            continue
        first, second = [(await run(store, catalog.get(name), params)).rows for store in stores]
        assert second == first, (name, params)
        compared += bool(first)
    assert compared >= 50


@pytest.mark.parametrize("name", FUNCTIONS)
async def test_no_analysis_counts_what_was_rejected(stores: tuple[Store, Store], name: str) -> None:
    first, second = [await analyse(store, name) for store in stores]
    assert (second.rows, second.figures) == (first.rows, first.figures)
