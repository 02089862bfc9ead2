"""The seam between zhize and a graph engine: one small async protocol, and what both adapters share.

Adapters: ``graph.stores.neo4j`` (defines what is correct), ``graph.stores.embedded`` (in process) and
``graph.stores.loopback`` (a server of ours on this machine holds the embedded store; we go through it).
``graph.connect.open_store`` makes a store of a URL.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias, TypeVar

from graph.adhoc import AdhocAnswer, AdhocLimits
from graph.bookmarks import Bookmark
from graph.jobs.changes import Change
from graph.jobs.record import Job
from graph.models import Batch, Row, WriteReport

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Health:
    """``ok`` and, when not, why. ``schema_version`` is None before the first migration."""

    ok: bool
    engine: str
    version: str
    schema_version: int | None
    revision: int
    detail: str = ""


class Transaction(Protocol):
    """An open write transaction. Only the writer and migrations see one."""

    store: str
    """URL of its store, for messages."""
    dialect: str
    """Of its engine."""

    async def run(self, cypher: str, params: Mapping[str, Any] | None = None) -> list[Row]:
        """Rows of one statement; the transaction's own changes are seen by its later statements."""
        ...


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows of an answer; ``total``: how many it has in all, None where counting them takes a read of its own."""

    rows: list[Row]
    total: int | None = None


Work: TypeAlias = Callable[[Transaction], Awaitable[T]]
"""What happens in one transaction. It may run again from the start after a lost connection: no effects outside."""


class Store(Protocol):
    """A graph store. Safe for concurrent use from one event loop; raises only errors of ``graph.errors``."""

    url: str
    """Where it is, without user or password: safe to show."""

    async def read(
        self,
        cypher: str,
        params: Mapping[str, Any] | None = None,
        *,
        timeout: float | None = None,
        limit: int | None = None,
    ) -> list[Row]:
        """Rows of a read-only statement, at most ``limit``. A write is refused (InvalidQuery); QueryTimeout after
        ``timeout`` seconds (None: the setting); InvalidParameter for a bookmark that is not this store's. Values are
        str, int, float, bool, None, lists and maps; times are ISO-8601 strings."""
        ...

    async def page(
        self,
        cypher: str,
        params: Mapping[str, Any],
        *,
        skip: int,
        limit: int,
        timeout: float | None = None,
    ) -> Page:
        """``limit`` rows after the first ``skip`` of a read-only statement that ends with its ORDER BY; else as
        ``read``."""
        ...

    def state(self) -> object | None:
        """A token that is exchanged for another one with every change, so that what was computed under it may be
        kept while it is the same; None where others change the graph without our knowing."""
        ...

    async def adhoc(self, cypher: str, params: Mapping[str, Any], limits: AdhocLimits) -> AdhocAnswer:
        """The answer to a statement from outside that ``queries.adhoc`` let through, worked out in a process of its
        own that has ``limits`` and is ended at its time. Raises AdhocTimeout, AdhocMemory, InvalidQuery, and
        AdhocDisabled where the system has no such limits."""
        ...

    async def write(self, batch: Batch) -> WriteReport:
        """Apply a batch in one transaction, evidence checked first. Idempotent; visible to the next read and search."""
        ...

    async def job(self, change: Change) -> Job | None:
        """What ``change`` says happens to a job, in one transaction that has the job's lock; the job afterwards."""
        ...

    async def schema(self) -> int:
        """Bring constraints, indexes and full text up to date (numbered, idempotent migrations); the version."""
        ...

    async def health(self) -> Health:
        """Never raises: a store that is down is ``ok=False`` with the reason."""
        ...

    async def bookmark(self) -> Bookmark:
        """The newest state this store has written or read; another store's reads ``at_least`` it see it too
        (``graph.bookmarks``). Empty where every reader sees every commit."""
        ...

    async def close(self) -> None:
        """Flush and release; idempotent."""
        ...


class Engine(Store, Protocol):
    """A store that runs the statements itself: what the schema and the writer work on."""

    dialect: str
    """``neo4j`` or ``embedded``: the two differ only in the DDL of full text."""

    async def transact(self, work: Work[T]) -> T:
        """The result of ``work`` in one write transaction, committed when it returns, undone when it raises."""
        ...

    async def define(self, statements: tuple[str, ...]) -> None:
        """Run schema statements, each on its own, and wait until what they made is usable."""
        ...


async def one_page(
    store: Store, cypher: str, params: Mapping[str, Any], *, skip: int, limit: int, timeout: float | None
) -> Page:
    """``Store.page`` by a read that stops where the page ends."""
    window = {**params, "skip": skip, "limit": limit}
    return Page(await store.read(f"{cypher}\nSKIP $skip LIMIT $limit", window, timeout=timeout, limit=limit))
