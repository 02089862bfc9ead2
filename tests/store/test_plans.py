"""No query of the catalog makes Neo4j look through everything, and the examination would notice one that did."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from neo4j import AsyncDriver, AsyncGraphDatabase

from graph.store import Store
from queries.catalog import Catalog, load_catalog, parse
from tests.neo4j_server import Server
from tests.store.plans import faults
from tests.unit.queries.test_catalog import BODY, HEADER


@pytest.fixture(scope="module")
async def driver(libraries: dict[str, Store], neo4j_server: Server) -> AsyncIterator[AsyncDriver]:
    """A bare driver to the Neo4j that holds the library."""
    account = (neo4j_server.user, neo4j_server.password)
    async with AsyncGraphDatabase.driver(neo4j_server.uri, auth=account, notifications_min_severity="OFF") as opened:
        yield opened


@pytest.mark.parametrize("name", [definition.name for definition in load_catalog()])
async def test_a_query_begins_somewhere_and_multiplies_nothing(
    driver: AsyncDriver, catalog: Catalog, name: str
) -> None:
    """No scan without a label, no product of several rows, no write; an anchored one scans no large label either."""
    definition = catalog.get(name)
    assert await faults(driver, definition, definition.examples) == []


WRONG = [
    ("MATCH (node)<-[r:STATES]-(s:Section|Document)", "MATCH (node) MATCH (s:Section)", "AllNodesScan"),
    ("MATCH (node)<-[r:STATES]-(s:Section|Document)", "MATCH (s:Section) WHERE s.order = 1", "LabelScan"),
    ("MATCH (node)<-[r:STATES]-(s:Section|Document)", "MATCH (node:Campaign) MATCH (s:Road)", "CartesianProduct"),
]


@pytest.mark.parametrize(("old", "new", "operator"), WRONG)
async def test_a_query_of_a_user_is_examined_alike(driver: AsyncDriver, old: str, new: str, operator: str) -> None:
    """What the examination is there for, it finds."""
    body = BODY if operator == "LabelScan" else BODY[BODY.index("MATCH") :]
    text = HEADER + body.replace(old, new)
    definition = parse(text, "folder/sample.cypher", trusted=True)
    found = await faults(driver, definition, definition.examples)
    assert any(operator in fault for fault in found), found
    right = parse(HEADER + BODY, "folder/sample.cypher")
    assert await faults(driver, right, right.examples) == []
