"""A statement on Neo4j: one explicit read transaction, planned first, never committed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from neo4j import READ_ACCESS, GraphDatabase, NotificationMinimumSeverity, Transaction
from neo4j.exceptions import AuthError, DriverError, Neo4jError

from graph.errors import AdhocMemory, AdhocTimeout, InvalidQuery, StoreAuthError, StoreUnavailable
from graph.stores.neo4j_errors import first_line, server_error

FETCH = 200
"""Rows the server sends at a time: what is beyond the limit is hardly begun."""
FORBIDDEN = (
    *("Create", "Merge", "Delete", "Set", "Remove", "Foreach", "LoadCSV", "Terminate", "Show", "Drop", "Alter"),
    *("Grant", "Deny", "Revoke", "TransactionApply", "TransactionForeach", "Command", "LockingMerge", "DoNothing"),
)
"""How operators begin that no statement of ours can have."""
PROCEDURE = "db.index.fulltext.queryNodes"
_SERVER_LIMIT = {"zh": "Neo4j 服务器的设置", "en": "a setting of the Neo4j server"}

Rows = tuple[Sequence[str], Iterator[Sequence[Any]]]


@contextmanager
def prepared(request: dict[str, Any]) -> Iterator[Callable[[], Rows]]:
    """Connects, opens the transaction and has the statement planned; what it gives runs it."""
    store = request["store"]
    try:
        with (
            GraphDatabase.driver(
                store,
                auth=(request["user"], request["password"]),
                connection_timeout=request["connect"],
                notifications_min_severity=NotificationMinimumSeverity.OFF,
            ) as driver,
            driver.session(database=request["database"], default_access_mode=READ_ACCESS, fetch_size=FETCH) as session,
        ):
            transaction = session.begin_transaction(timeout=request["seconds"])
            try:
                _planned(transaction, request)
                yield lambda: _run(transaction, request)
            finally:
                transaction.close()
    except AuthError as error:
        raise StoreAuthError(store=store, user=request["user"]) from error
    except Neo4jError as error:
        raise _translated(request, error) from error
    except (DriverError, OSError) as error:
        raise StoreUnavailable(store=store, reason=first_line(error)) from error


def _planned(transaction: Transaction, request: dict[str, Any]) -> None:
    """Refuse what the server itself would not call a read, or would do with an operator that reads elsewhere."""
    summary = transaction.run("EXPLAIN " + request["cypher"], request["params"]).consume()
    operators = list(_operators(summary.plan or {}))
    wrong = next((name for name, details in operators if _forbidden(name, details)), None)
    if summary.query_type != "r" or wrong is not None:
        reason = f"it is planned as {wrong or summary.query_type}, which is not reading the graph"
        raise InvalidQuery(store=request["store"], reason=reason)


def _operators(plan: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    yield str(plan.get("operatorType", "")), str(plan.get("args", {}).get("Details", ""))
    for child in plan.get("children", ()):
        yield from _operators(child)


def _forbidden(operator: str, details: str) -> bool:
    if operator.startswith("ProcedureCall"):
        return PROCEDURE not in details
    return operator.startswith(FORBIDDEN)


def _run(transaction: Transaction, request: dict[str, Any]) -> Rows:
    result = transaction.run(request["cypher"], request["params"])
    return result.keys(), (record.values() for record in result)


def _translated(request: dict[str, Any], error: Neo4jError) -> Exception:
    code = error.code or ""
    if "OutOfMemory" in code or "MemoryPool" in code:
        return AdhocMemory(limit=_SERVER_LIMIT)
    if "Terminated" in code or "TimedOut" in code:
        return AdhocTimeout(seconds=request["seconds"])
    return server_error(request["store"], request["user"], request["database"], error, request["seconds"])
