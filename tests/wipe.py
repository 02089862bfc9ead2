"""Emptying the tests' Neo4j between tests."""

from __future__ import annotations

import os

from neo4j import AsyncGraphDatabase

_STEP = 10_000


async def wipe(url: str) -> None:
    """Delete every node of the database at ``url``; the schema stays, and the record of its version.

    In steps, because one large delete does not fit a small heap.
    """
    account = (os.environ["ZHIZE_NEO4J_USER"], os.environ["ZHIZE_NEO4J_PASSWORD"])
    async with AsyncGraphDatabase.driver(url, auth=account) as driver:
        while True:
            records, _, _ = await driver.execute_query(
                "MATCH (n) WHERE NOT n:Meta WITH n LIMIT $step DETACH DELETE n RETURN count(*) AS n", step=_STEP
            )
            if records[0]["n"] < _STEP:
                break
        await driver.execute_query("MATCH (m:Meta) SET m.revision = 0 REMOVE m.knowledge, m.decisions")
