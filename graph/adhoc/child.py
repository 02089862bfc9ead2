"""The process that runs one statement: reads one JSON request, answers in JSON lines, ends.

    request   {engine, store, cypher, params, seconds, rows, bytes, memory, …what the engine needs}
    answer    "ready", then {"columns": […]}, then a list for each row, then {"stopped": null | "rows" | "bytes"};
              or {"error": {"class", "data"}} instead of what is missing

Run as ``python -m graph.adhoc.child``. It imports little: each statement pays for it.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from math import isfinite
from typing import Any, BinaryIO

from graph.adhoc.confine import confine
from graph.errors import AdhocMemory, AdhocTimeout, QueryTimeout, ZhizeError
from graph.stores.values import plain

Request = dict[str, Any]
Rows = tuple[Sequence[str], Iterable[Sequence[Any]]]
Engine = Callable[[Request], AbstractContextManager[Callable[[], Rows]]]
"""Gets ready for a request; what it gives runs the statement."""


def main() -> None:
    """Answer the request on standard input."""
    request: Request = json.loads(sys.stdin.readline())
    if request["engine"] == "snapshot":
        from graph.adhoc.snapshot import strip

        strip(request["file"], request["stripped"])
        return
    out = sys.stdout.buffer
    try:
        with engine(request["engine"])(request) as run:
            write("ready", out)
            confine(request["seconds"], request["memory"])
            answer(request, run, out)
    except ZhizeError as error:
        report(request, error, out)
    except MemoryError:
        report(request, AdhocMemory(limit=f"{request['memory']} MiB"), out)


def engine(name: str) -> Engine:
    """The module that runs statements on an engine; the other one is not imported."""
    if name == "neo4j":
        from graph.adhoc.on_neo4j import prepared as on_neo4j

        return on_neo4j
    from graph.adhoc.on_snapshot import prepared as on_snapshot

    return on_snapshot


def answer(request: Request, run: Callable[[], Rows], out: BinaryIO) -> None:
    """Run the statement and write its rows until one of the limits."""
    columns, records = run()
    write({"columns": list(columns)}, out)
    size, stopped = 0, None
    for rows, record in enumerate(records):
        if rows == request["rows"]:
            stopped = "rows"
            break
        line = to_line([finite(plain(request["store"], value)) for value in record])
        size += len(line)
        if size > request["bytes"]:
            stopped = "bytes"
            break
        out.write(line)
    write({"stopped": stopped}, out)


def report(request: Request, error: ZhizeError, out: BinaryIO) -> None:
    """Write an error instead of an answer."""
    if isinstance(error, QueryTimeout):
        error = AdhocTimeout(seconds=request["seconds"])
    write({"error": {"class": type(error).__name__, "data": error.data}}, out)


def finite(value: Any) -> Any:
    """``value`` with null for every number that JSON has no form for: infinite, or none at all."""
    if isinstance(value, float):
        return value if isfinite(value) else None
    if isinstance(value, list):
        return [finite(item) for item in value]
    if isinstance(value, dict):
        return {key: finite(item) for key, item in value.items()}
    return value


def to_line(value: object) -> bytes:
    """JSON on a line of its own. A text may hold half of a surrogate pair, which is passed on as it is."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False).encode("utf-8", "surrogatepass") + b"\n"


def write(value: object, out: BinaryIO) -> None:
    """Write a line now."""
    out.write(to_line(value))
    out.flush()


if __name__ == "__main__":
    main()
