"""A statement on a copy of an embedded graph."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import kglite

from graph.errors import ANY_QUERY, InvalidQuery, QueryTimeout, StoreError

Rows = tuple[Sequence[str], Iterator[Sequence[Any]]]


@contextmanager
def prepared(request: dict[str, Any]) -> Iterator[Callable[[], Rows]]:
    """Loads ``request["file"]`` whole into memory: nothing is read from it later."""
    kglite.set_query_warning_policy("silent")
    memory: dict[str, Any] = dict.fromkeys(("columns", "topology", "embeddings"), "memory")
    session = kglite.open_session(request["file"], **memory)
    session.cypher("RETURN 1 AS one")
    yield lambda: _run(session, request)


def _run(session: kglite.Session, request: dict[str, Any]) -> Rows:
    limits: dict[str, Any] = {"timeout_ms": int(request["seconds"] * 1000), "row_limit": request["rows"] + 1}
    try:
        view = session.cypher(request["cypher"], params=request["params"], **limits)
    except kglite.CypherTimeoutError as error:
        raise QueryTimeout(query=ANY_QUERY, seconds=request["seconds"]) from error
    except (kglite.CypherError, kglite.ArgumentError, kglite.SchemaError, TypeError, OverflowError) as error:
        raise InvalidQuery(store=request["store"], reason=str(error).splitlines()[0]) from error
    except kglite.KgError as error:
        raise StoreError(store=request["store"], reason=str(error).splitlines()[0]) from error
    columns: list[str] = view.columns
    return columns, ([row[name] for name in columns] for row in view)
