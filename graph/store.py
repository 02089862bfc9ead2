"""The seam between zhize and a graph engine: one small async protocol, and how a URL becomes a store.

Adapters: ``graph.stores.neo4j`` (defines what is correct), ``graph.stores.embedded`` (in process) and
``graph.stores.loopback`` (a server of ours on this machine holds the embedded store; we go through it).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from graph.models import Batch, Row, WriteReport


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

    async def run(self, cypher: str, params: Mapping[str, Any] | None = None) -> list[Row]: ...


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
        """Rows of a read-only statement (a write is refused), at most ``limit``; QueryTimeout after ``timeout`` s."""
        ...

    async def write(self, batch: Batch) -> WriteReport:
        """Apply a batch in one transaction, evidence checked first. Idempotent; visible to the next read and search."""
        ...

    async def schema(self) -> int:
        """Bring constraints, indexes and full text up to date (numbered, idempotent migrations); the version."""
        ...

    async def health(self) -> Health:
        """Never raises: a store that is down is ``ok=False`` with the reason."""
        ...

    async def close(self) -> None:
        """Flush and release; idempotent."""
        ...


def rows(values: Sequence[Mapping[str, Any]]) -> list[Row]:
    """Plain dictionaries of plain values."""
    return [dict(value) for value in values]
