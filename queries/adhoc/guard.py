"""From a caller's statement to one that may run, and to its answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graph.adhoc import AdhocAnswer, AdhocLimits
from graph.store import Store
from queries.adhoc.clauses import parse
from queries.adhoc.engine import EngineStatement, engine_statement
from queries.adhoc.scopes import check
from queries.adhoc.values import checked


def guarded(cypher: str, params: Mapping[str, Any]) -> EngineStatement:
    """The statement for an engine. Raises CypherRefused, InvalidParameter or LimitExceeded; asks no engine."""
    given = checked(params)
    query = parse(cypher, given)
    check(cypher, given, query)
    return engine_statement(query, given)


async def run_adhoc(store: Store, cypher: str, params: Mapping[str, Any], limits: AdhocLimits) -> AdhocAnswer:
    """The answer to a statement that passes the guard, within ``limits``."""
    statement = guarded(cypher, params)
    answer = await store.adhoc(statement.cypher, statement.params, limits)
    return AdhocAnswer(tuple(statement.columns.values()), [statement.named(row) for row in answer.rows], answer.stopped)
