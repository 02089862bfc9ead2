"""The made-up library of ``tests.store.graphs`` on both engines, loaded once for the tests that only read it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from graph.connect import open_store
from graph.models import Batch
from graph.settings import StoreSettings
from graph.store import Store
from queries.catalog import Catalog, load_catalog
from tests.store.graphs import library
from tests.wipe import wipe


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    return load_catalog()


@asynccontextmanager
async def loaded_both(neo4j_url: str, folder: Path, *batches: Batch) -> AsyncIterator[dict[str, Store]]:
    """Both engines with these batches, for tests that only read. Neo4j is emptied first."""
    await wipe(neo4j_url)
    urls = {"embedded": f"embedded:{folder / 'store'}", "neo4j": neo4j_url}
    # These tests compare answers, not speed: a busy machine may take long over Neo4j's first plans.
    settings = StoreSettings(query_timeout=60)
    stores = {engine: await open_store(url, settings) for engine, url in urls.items()}
    for store in stores.values():
        for batch in batches:
            await store.write(batch)
    yield stores
    for store in stores.values():
        await store.close()


@pytest.fixture(scope="module")
async def libraries(neo4j_url: str, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[dict[str, Store]]:
    """The library on both engines. A module that uses it must not ask for an empty ``store``: Neo4j is one."""
    async with loaded_both(neo4j_url, tmp_path_factory.mktemp("library"), library()) as stores:
        yield stores


@pytest.fixture
def library_store(libraries: dict[str, Store], engine: str) -> Store:
    """The library on one engine; the test runs once on each."""
    return libraries[engine]
