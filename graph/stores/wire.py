"""A Store over HTTP between zhize processes of one machine: what goes over the wire, for both ends.

The server mounts ``POST /internal/store/{op}`` and answers ``await handle(store, op, payload)``; the client is
``graph.stores.loopback``. Payloads and answers are plain JSON; bytes travel as Base64; an error is
``{"error": {"class": name, "data": …}}`` and is raised at the other end as what it was.
"""

from __future__ import annotations

import base64
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import asdict
from typing import Any, TypeAlias

from graph.adhoc import AdhocLimits
from graph.errors import InputError, StoreError, ZhizeError
from graph.jobs.changes import change_from_json
from graph.models import Batch, Content, DocumentGraph, Lease, LogLine, Node, Relation
from graph.store import Store

Payload: TypeAlias = dict[str, Any]

_WHAT = {"zh": "内部请求", "en": "Internal request"}


async def handle(store: Store, op: str, payload: Mapping[str, Any]) -> Payload:
    """Carry out ``op``, one of ``_OPERATIONS``, on ``store``; errors of ours are part of the answer."""
    try:
        operation = _OPERATIONS.get(op)
        if operation is None:
            raise InputError(what=_WHAT, reason=f"no operation {op}")
        return await operation(store, payload)
    except ZhizeError as error:
        return {"error": {"class": type(error).__name__, "data": error.data}}


async def _read(store: Store, payload: Mapping[str, Any]) -> Payload:
    found = await store.read(
        payload["cypher"], payload["params"], timeout=payload.get("timeout"), limit=payload.get("limit")
    )
    return {"rows": found}


async def _adhoc(store: Store, payload: Mapping[str, Any]) -> Payload:
    answer = await store.adhoc(payload["cypher"], payload["params"], AdhocLimits(**payload["limits"]))
    return {"answer": asdict(answer)}


async def _write(store: Store, payload: Mapping[str, Any]) -> Payload:
    return {"report": asdict(await store.write(batch_from_json(payload["batch"])))}


async def _job(store: Store, payload: Mapping[str, Any]) -> Payload:
    job = await store.job(change_from_json(payload))
    return {"job": asdict(job) if job else None}


async def _schema(store: Store, payload: Mapping[str, Any]) -> Payload:
    return {"version": await store.schema()}


async def _health(store: Store, payload: Mapping[str, Any]) -> Payload:
    return {"health": asdict(await store.health())}


_OPERATIONS: dict[str, Callable[[Store, Mapping[str, Any]], Awaitable[Payload]]] = {
    "read": _read,
    "adhoc": _adhoc,
    "write": _write,
    "job": _job,
    "schema": _schema,
    "health": _health,
}


def result(answer: Mapping[str, Any]) -> Mapping[str, Any]:
    """The answer of ``handle``, its error raised."""
    error = answer.get("error")
    if error is not None:
        raise error_from_json(error)
    return answer


def error_from_json(value: Mapping[str, Any]) -> ZhizeError:
    """The error a server reported; a class this version does not have is a plain StoreError."""
    kinds = {kind.__name__: kind for kind in _subclasses(ZhizeError)}
    kind = kinds.get(value["class"])
    return kind(**value["data"]) if kind else StoreError(store="", reason=str(value["class"]))


def _subclasses(kind: type[ZhizeError]) -> Iterator[type[ZhizeError]]:
    yield kind
    for child in kind.__subclasses__():
        yield from _subclasses(child)


def batch_to_json(batch: Batch) -> Payload:
    """A batch as JSON values."""
    value = asdict(batch)
    for content in value["contents"]:
        content["original"] = base64.b64encode(content["original"]).decode("ascii")
    return value


def batch_from_json(value: Mapping[str, Any]) -> Batch:
    """The batch ``batch_to_json`` was given."""
    return Batch(
        replace=tuple(_graph(graph) for graph in value["replace"]),
        remove=tuple(value["remove"]),
        sources=value["sources"],
        contents=tuple(Content(**{**c, "original": base64.b64decode(c["original"])}) for c in value["contents"]),
        expect_sources=value["expect_sources"],
        expect_holders={sha: tuple(held) for sha, held in value["expect_holders"].items()},
        knowledge=value["knowledge"],
        anew=value["anew"],
        decisions=tuple(LogLine(**line) for line in value["decisions"]),
        decisions_after=value["decisions_after"],
        lease=Lease(**value["lease"]) if value["lease"] else None,
    )


def _graph(value: Mapping[str, Any]) -> DocumentGraph:
    nodes = tuple(Node(**{**node, "aliases": tuple(node["aliases"])}) for node in value["nodes"])
    return DocumentGraph(value["document"], value["text"], nodes, tuple(Relation(**r) for r in value["relations"]))
