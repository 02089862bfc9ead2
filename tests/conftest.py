"""What every test may ask for.

Stores are real: ``store`` runs a test on the embedded engine and on Neo4j 5.26, each empty with its schema ready. One
Neo4j serves the whole session and is emptied between tests; an embedded store is a fresh folder. A test that only
needs one engine asks for ``embedded_store`` or ``neo4j_store``. ``corpus_store`` is loaded once a session and only
read; on Neo4j it has a server of its own, which no test empties. Nothing is skipped: what is missing fails with the
command that mends it.

A test marked ``unmeasured`` runs without the tracer, its fixtures and the programs it starts too: tracing makes the
reading of texts two and a half times slower, and what such tests run is counted where it is tested line by line.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from graph.connect import open_store
from graph.settings import StoreSettings
from graph.store import Store
from ingest.load import ingest
from tests.neo4j_server import HASTE, NoServer, Server, running
from tests.wipe import wipe

ROOT = Path(__file__).resolve().parent.parent

MEASURES_PROGRAMS = "COVERAGE_PROCESS_CONFIG"
"""Where coverage.py leaves its settings for the programs that a test starts."""

# The processes that share the tests are told a width of their own: output is tested as a program gets it.
os.environ.pop("COLUMNS", None)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Measure nothing while a test marked ``unmeasured`` runs, is set up and taken down."""
    coverage = item.config.pluginmanager.getplugin("_cov")
    controller = coverage and coverage.cov_controller
    if not controller or not item.get_closest_marker("unmeasured"):
        return (yield)
    with pytest.MonkeyPatch.context() as environment:
        environment.delenv(MEASURES_PROGRAMS, raising=False)
        controller.pause()
        try:
            return (yield)
        finally:
            controller.resume()


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of reference texts and gold annotations beside the checkout."""
    folder = ROOT.parent / "shared"
    if not (folder / "seeds").is_dir():
        pytest.fail(f"The reference texts are missing: put the shared folder (seeds, corpus, gold) at {folder}.")
    return folder


@pytest.fixture(scope="session")
def neo4j_server() -> Iterator[Server]:
    """The session's Neo4j; its account is in the environment, where ``open_store`` looks for it."""
    try:
        with running(java_options=HASTE) as server, pytest.MonkeyPatch.context() as environment:
            environment.setenv("ZHIZE_NEO4J_USER", server.user)
            environment.setenv("ZHIZE_NEO4J_PASSWORD", server.password)
            yield server
    except NoServer as error:
        pytest.fail(str(error))


@pytest.fixture(scope="session")
def neo4j_url(neo4j_server: Server) -> str:
    return neo4j_server.uri


@pytest.fixture
def embedded_url(tmp_path: Path) -> str:
    return f"embedded:{tmp_path / 'store'}"


@pytest.fixture
async def embedded_store(embedded_url: str) -> AsyncIterator[Store]:
    """An empty embedded store."""
    store = await open_store(embedded_url)
    yield store
    await store.close()


@pytest.fixture
async def neo4j_store(neo4j_url: str) -> AsyncIterator[Store]:
    """The Neo4j store, emptied first."""
    await wipe(neo4j_url)
    store = await open_store(neo4j_url)
    yield store
    await store.close()


@pytest.fixture(params=["embedded", "neo4j"])
def engine(request: pytest.FixtureRequest) -> str:
    """Which engine this run of the test uses."""
    return str(request.param)


@pytest.fixture
async def store_url(engine: str, request: pytest.FixtureRequest) -> str:
    """URL of an empty store of either engine, not yet opened."""
    if engine == "embedded":
        return str(request.getfixturevalue("embedded_url"))
    url = str(request.getfixturevalue("neo4j_url"))
    await wipe(url)
    return url


@pytest.fixture
async def store(store_url: str) -> AsyncIterator[Store]:
    """An empty store of either engine, schema ready. The test runs once on each."""
    opened = await open_store(store_url)
    yield opened
    await opened.close()


@pytest.fixture(scope="session")
async def corpora(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[dict[str, Store]]:
    """Both engines with the examples and the reference texts, loaded once; only to be read."""
    # Answers are compared here, not speed: a server started a moment ago takes long over its first plans.
    limits = {"query_timeout": 120}
    with running("ZHIZE_TEST_NEO4J_CORPUS_URI", java_options=HASTE) as server:
        account = StoreSettings(neo4j_user=server.user, neo4j_password=SecretStr(server.password), **limits)
        url = f"embedded:{tmp_path_factory.mktemp('corpus') / 'store'}"
        stores = {
            "embedded": await open_store(url, StoreSettings(**limits)),
            "neo4j": await open_store(server.uri, account),
        }
        for store in stores.values():
            report = await ingest(store, [ROOT / "examples", shared / "seeds"])
            assert not [file.source for file in report.files if file.status == "failed"]
        yield stores
        for store in stores.values():
            await store.close()


@pytest.fixture
def corpus_store(engine: str, corpora: dict[str, Store]) -> Store:
    """The loaded texts on one engine; the test runs once on each."""
    return corpora[engine]
