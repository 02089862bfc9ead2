"""What a Neo4j server refuses or fails at, as an error of ours."""

from __future__ import annotations

from neo4j.exceptions import ClientError, Neo4jError

from graph.errors import ANY_QUERY, InvalidQuery, QueryTimeout, StoreAuthError, StoreError, StoreUnavailable


def server_error(store: str, user: str, database: str, error: Neo4jError, seconds: float) -> StoreError:
    """The error for what the server at ``store`` answered; ``seconds`` is the time limit that was set."""
    code = error.code or ""
    if "TransactionTimedOut" in code or "TransactionTerminated" in code or "LockClientStopped" in code:
        return QueryTimeout(query=ANY_QUERY, seconds=seconds)
    if "AuthenticationRateLimit" in code or ".Security." in code:
        return StoreAuthError(store=store, user=user)
    if "DatabaseNotFound" in code:
        zh, en = (
            f"其中没有数据库 {database}，请更正 ZHIZE_NEO4J_DATABASE",
            f"no database {database}, see ZHIZE_NEO4J_DATABASE",
        )
        return StoreUnavailable(store=store, reason={"zh": zh, "en": en})
    if ".Database." in code or ".Cluster." in code:
        return StoreUnavailable(store=store, reason=first_line(error))
    if isinstance(error, ClientError) and ".Schema." not in code:
        return InvalidQuery(store=store, reason=first_line(error))
    return StoreError(store=store, reason=first_line(error))


def first_line(error: Exception) -> str:
    """What an error says, without its stack or the text it points into."""
    text = getattr(error, "message", None) or str(error) or type(error).__name__
    return str(text).splitlines()[0]
