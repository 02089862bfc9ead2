"""Neo4j 5.26 LTS and newer, Community included: official async driver, managed transactions, routing, bookmarks.

One driver for the life of the store. Reads go through ``execute_read`` and writes through ``execute_write``, so that
a cluster may send them to different members; the bookmark manager makes every request of this store see its earlier
writes. Lost connections and transient errors are retried by the driver for ``retry_timeout`` seconds.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any, TypeVar
from urllib.parse import urlsplit

from neo4j import (
    READ_ACCESS,
    WRITE_ACCESS,
    AsyncDriver,
    AsyncGraphDatabase,
    AsyncManagedTransaction,
    AsyncSession,
    Bookmarks,
    NotificationMinimumSeverity,
    unit_of_work,
)
from neo4j.exceptions import AuthError, DriverError, Neo4jError, ServiceUnavailable

from graph.adhoc import AdhocAnswer, AdhocLimits
from graph.adhoc.process import run_child
from graph.bookmarks import Bookmark, unusable, wanted
from graph.documents import meta
from graph.errors import ANY_QUERY, InvalidQuery, QueryTimeout, StoreAuthError, StoreUnavailable, ZhizeError
from graph.jobs.changes import Change
from graph.jobs.record import Job
from graph.jobs.transact import change_job
from graph.models import Batch, Row, WriteReport
from graph.schema import migrate
from graph.settings import StoreSettings
from graph.store import Health, Page, Work, one_page
from graph.stores.neo4j_errors import first_line, server_error
from graph.stores.values import plain_rows
from graph.writer import write

T = TypeVar("T")

DIALECT = "neo4j"
PORT = 7687
GRACE = 5.0
"""Seconds past the server's own time limit after which we stop waiting for its answer."""
KNOCK = 1.0
"""Seconds in which a server that is there takes a connection."""

_NO_CONNECTION = {"zh": "连接不上", "en": "no connection"}

# Without a handler the driver's warnings reach the user's terminal beside our own sentence about the same failure.
logging.getLogger("neo4j").addHandler(logging.NullHandler())


class _Transaction:
    dialect = DIALECT

    def __init__(self, store: str, inner: AsyncManagedTransaction) -> None:
        self.store = store
        self._inner = inner

    async def run(self, cypher: str, params: Mapping[str, Any] | None = None) -> list[Row]:
        return await _rows(self.store, self._inner, cypher, params, None)


async def _rows(
    store: str, tx: AsyncManagedTransaction, cypher: str, params: Mapping[str, Any] | None, limit: int | None
) -> list[Row]:
    try:
        result = await tx.run(cypher, dict(params or {}))
    except (ValueError, TypeError, OverflowError) as error:  # a parameter that Bolt cannot carry
        raise InvalidQuery(store=store, reason=first_line(error)) from error
    if limit is None:
        return plain_rows(store, result.keys(), await result.values())
    return plain_rows(store, result.keys(), [record.values() for record in await result.fetch(limit)])


class Neo4jStore:
    """A Neo4j database as a Store. Made by ``graph.connect.open_store``."""

    dialect = DIALECT

    def __init__(self, url: str, settings: StoreSettings) -> None:
        self.url = url
        self._settings = settings
        self._bookmarks = AsyncGraphDatabase.bookmark_manager()
        self._driver: AsyncDriver = AsyncGraphDatabase.driver(
            url,
            auth=(settings.neo4j_user, settings.neo4j_password.get_secret_value()),
            connection_timeout=settings.connect_timeout,
            connection_acquisition_timeout=settings.connect_timeout + settings.retry_timeout,
            max_connection_pool_size=settings.neo4j_connections,
            max_transaction_retry_time=settings.retry_timeout,
            notifications_min_severity=NotificationMinimumSeverity.OFF,
        )

    async def connect(self) -> None:
        """Fail now, in one sentence, when the server is down or refuses the account."""
        async with self._translated(self._settings.connect_timeout):
            try:
                async with self._session(READ_ACCESS) as session:
                    await (await session.run("RETURN 1 AS one")).consume()
            except ValueError as error:  # the driver's way to say that the host has no address
                raise StoreUnavailable(store=self.url, reason=first_line(error)) from error

    async def read(
        self,
        cypher: str,
        params: Mapping[str, Any] | None = None,
        *,
        timeout: float | None = None,
        limit: int | None = None,
    ) -> list[Row]:
        seconds = timeout or self._settings.query_timeout

        @unit_of_work(timeout=seconds)
        async def work(tx: AsyncManagedTransaction) -> list[Row]:
            return await _rows(self.url, tx, cypher, params, limit)

        async with self._translated(seconds), self._session(READ_ACCESS) as session:
            return await session.execute_read(work)

    async def page(
        self, cypher: str, params: Mapping[str, Any], *, skip: int, limit: int, timeout: float | None = None
    ) -> Page:
        return await one_page(self, cypher, params, skip=skip, limit=limit, timeout=timeout)

    def state(self) -> object | None:
        return None  # other processes write too

    async def bookmark(self) -> Bookmark:
        return tuple(sorted(await self._bookmarks.get_bookmarks()))

    async def adhoc(self, cypher: str, params: Mapping[str, Any], limits: AdhocLimits) -> AdhocAnswer:
        account = {
            "user": self._settings.neo4j_user,
            "password": self._settings.neo4j_password.get_secret_value(),
            "database": self._settings.neo4j_database,
            "connect": self._settings.connect_timeout,
        }
        return await run_child(self.url, {"engine": DIALECT, **account}, cypher, params, limits)

    async def transact(self, work: Work[T]) -> T:
        @unit_of_work(timeout=self._settings.write_timeout)
        async def inner(tx: AsyncManagedTransaction) -> T:
            return await work(_Transaction(self.url, tx))

        async with self._translated(self._settings.write_timeout), self._session(WRITE_ACCESS) as session:
            return await session.execute_write(inner)

    async def define(self, statements: tuple[str, ...]) -> None:
        for statement in statements:
            await self.transact(lambda tx, text=statement: tx.run(text))  # type: ignore[misc]
        await self.transact(lambda tx: tx.run("CALL db.awaitIndexes(300)"))

    async def write(self, batch: Batch) -> WriteReport:
        return await write(self, batch)

    async def job(self, change: Change) -> Job | None:
        return await change_job(self, change)

    async def schema(self) -> int:
        return await migrate(self)

    async def health(self) -> Health:
        try:
            found = await self.read(
                "CALL dbms.components() YIELD name, versions, edition RETURN versions[0] AS version, edition",
                timeout=self._settings.connect_timeout,
            )
            state = await meta(self)
        except ZhizeError as error:
            return Health(False, "neo4j", "", None, 0, str(error))
        version = f"{found[0]['version']} {found[0]['edition']}"
        return Health(True, "neo4j", version, state.schema_version, state.revision)

    async def close(self) -> None:
        await self._driver.close()

    def _session(self, mode: str) -> AsyncSession:
        return self._driver.session(
            database=self._settings.neo4j_database,
            default_access_mode=mode,
            bookmark_manager=self._bookmarks,
            bookmarks=Bookmarks.from_raw_values(wanted()),
        )

    @asynccontextmanager
    async def _translated(self, seconds: float) -> AsyncIterator[None]:
        """Every failure of the driver as an error of ours; never waits much longer than ``seconds``."""
        try:
            async with asyncio.timeout(seconds + GRACE):
                yield
        except TimeoutError as error:
            # The driver may have tried again and again to reach a server that is gone: no fault of the question.
            if not await self._listens():
                raise StoreUnavailable(store=self.url, reason=_NO_CONNECTION) from error
            raise QueryTimeout(query=ANY_QUERY, seconds=seconds) from error
        except AuthError as error:
            raise StoreAuthError(store=self.url, user=self._settings.neo4j_user) from error
        except Neo4jError as error:
            if "Bookmark" in (error.code or "") and wanted():
                raise unusable() from error
            raise server_error(
                self.url, self._settings.neo4j_user, self._settings.neo4j_database, error, seconds
            ) from error
        except ServiceUnavailable as error:
            raise StoreUnavailable(store=self.url, reason=_NO_CONNECTION) from error
        except (DriverError, OSError) as error:
            raise StoreUnavailable(store=self.url, reason=first_line(error)) from error

    async def _listens(self) -> bool:
        """Does anything take connections at the address of this store?"""
        address = urlsplit(self.url)
        try:
            async with asyncio.timeout(KNOCK):
                _, writer = await asyncio.open_connection(address.hostname, address.port or PORT)
        except OSError:  # TimeoutError is one
            return False
        writer.close()
        return True
