"""Analyses of a real store: the same on both engines and however it was loaded; what is in force counts."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph import paging
from graph.analytics import run
from graph.analytics.description import described
from graph.analytics.run import FUNCTIONS, analyse
from graph.connect import open_store
from graph.errors import LimitExceeded, NotFound, WriteConflict
from graph.models import Batch
from graph.store import Store
from queries.catalog import Catalog
from queries.runner import run as run_query
from tests.graphs import batch
from tests.store import graphs as g


@pytest.mark.parametrize("name", FUNCTIONS)
async def test_both_engines_give_the_same_rows(libraries: dict[str, Store], name: str) -> None:
    """All rows, figures and keys agree; the rows and figures are those described."""
    embedded, neo4j = [await analyse(store, name) for store in libraries.values()]
    assert (embedded.rows, embedded.figures) == (neo4j.rows, neo4j.figures)
    for row in embedded.rows:
        assert list(row) == [column.name for column in embedded.columns]
    assert list(embedded.figures) == list(described(name).figures)


async def test_load_agrees_with_the_catalog(library_store: Store, catalog: Catalog) -> None:
    """Own and inherited tasks of a unit are the rows of tasks-of-unit; what is only proposed is nobody's."""
    found = await analyse(library_store, "unit-load")
    loads = {row["unit"]["id"]: row for row in found.rows}
    assert g.OFFICE.id not in loads
    for unit, load in loads.items():
        rows = (await run_query(library_store, catalog.get("tasks-of-unit"), {"unit": unit})).rows
        stated = {row["task"]["id"] for row in rows if not row["implicit"]}
        assert load["own"] == len(stated)
        assert load["inherited"] == len({row["task"]["id"] for row in rows} - stated)
    assert found.rows[-1]["unit"]["name"] == g.VILLAGES.name


async def test_brokers_agree_with_the_pairs_of_the_catalog(library_store: Store, catalog: Catalog) -> None:
    """A pair of cooperation-network whose duties are stated is an edge of the network."""
    pairs = (await run_query(library_store, catalog.get("cooperation-network"), {})).rows
    stated = [
        row for row in pairs if row["tasks"] and g.VILLAGES.name not in (row["unit"]["name"], row["partner"]["name"])
    ]
    found = await analyse(library_store, "cooperation-brokers")
    assert found.figures["pairs"] == len(stated) > 0
    assert {row["unit"]["id"] for row in found.rows} == {
        row[end]["id"] for row in stated for end in ("unit", "partner")
    }


async def test_what_nobody_is_against_is_found(library_store: Store) -> None:
    """Trucks are targeted by a task without a campaign; e-bikes by the helmet campaign."""
    found = await analyse(library_store, "uncovered-targets")
    names = [row["target"]["name"] for row in found.rows]
    assert g.EBIKE.name not in names
    assert {g.TRUCK.name, g.HEAVY.name, g.SLOGAN.name} <= set(names)


async def test_a_year_is_its_documents(library_store: Store) -> None:
    """2023 has one report whose owner is inherited."""
    found = await analyse(library_store, "unit-load", year=2023)
    assert [(r["unit"]["name"], r["own"], r["inherited"]) for r in found.rows] == [(g.DETACHMENT.name, 0, 1)]
    assert found.params == {"year": 2023}
    assert (await analyse(library_store, "unit-load", year=1999)).rows == []


async def test_pages_do_not_show(library_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = [await analyse(library_store, name) for name in FUNCTIONS]
    monkeypatch.setattr(paging, "PAGE", 3)
    assert [await analyse(library_store, name) for name in FUNCTIONS] == whole


async def test_a_graph_above_the_cap_is_refused_before_it_is_read(library_store: Store) -> None:
    """Figures of a part of the graph would be wrong; the sentence names the setting."""
    for limit in (1, 9):
        with pytest.raises(LimitExceeded, match="ZHIZE_ANALYTICS_NODES"):
            await analyse(library_store, "unit-load" if limit == 1 else "uncovered-targets", limit=limit)
    with pytest.raises(NotFound):
        await analyse(library_store, "nothing")


async def test_progress_ends_when_all_is_read(library_store: Store) -> None:
    seen: list[tuple[int, int]] = []
    await analyse(library_store, "unit-load", on_progress=lambda done, total: seen.append((done, total)))
    assert seen[0][0] == 0
    assert seen[-1][0] == seen[-1][1] > 0


WRITINGS = [w.graph() for w in (g.plan(), g.summary(), g.aside())]


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations([*WRITINGS, g.world()]), grouped=st.booleans())
def test_the_order_of_loading_does_not_show(
    tmp_path_factory: pytest.TempPathFactory, order: list, grouped: bool
) -> None:
    """Every analysis gives the same rows however the documents came, one by one or together."""

    async def results(name: str, batches: list[Batch]) -> list:
        store = await open_store(f"embedded:{tmp_path_factory.mktemp(name)}")
        for one in batches:
            await store.write(one)
        found = [replace(await analyse(store, analysis), revision=0) for analysis in FUNCTIONS]
        await store.close()
        return found

    wanted = asyncio.run(results("sorted", [batch(*WRITINGS, g.world())]))
    batches = [batch(*order[:2]), batch(*order[2:])] if grouped else [batch(graph) for graph in order]
    assert asyncio.run(results("shuffled", batches)) == wanted


async def test_a_graph_that_changes_is_read_again(embedded_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """A write between two pages does not give half of each; a writer who never rests is said."""
    await embedded_store.write(batch(WRITINGS[0]))
    real, writes = run.project, [batch(WRITINGS[1]), *[Batch(knowledge=str(n)) for n in range(run.ATTEMPTS)]]

    async def disturbed(*args, **more):  # type: ignore[no-untyped-def]
        graph = await real(*args, **more)
        if writes:
            await embedded_store.write(writes.pop(0))
        return graph

    monkeypatch.setattr(run, "project", disturbed)
    with pytest.raises(WriteConflict):
        await analyse(embedded_store, "unit-load")
    found = await analyse(embedded_store, "unit-load")
    assert g.DETACHMENT.name in {row["unit"]["name"] for row in found.rows}
