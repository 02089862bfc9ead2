"""Making decisions about the made-up library in tests."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from graph.connect import open_store
from graph.review.decide import Decision
from graph.store import Store
from tests.store import graphs as g

REASON = "与原文核对"


def asked(action: str, target: str, **more: Any) -> Decision:
    """A decision signed and reasoned like all others here, unless ``more`` says otherwise."""
    return Decision(**{"action": action, "target": target, "reason": REASON, "by": "张三", **more})


@asynccontextmanager
async def opened_pair(folder: Path) -> AsyncIterator[tuple[Store, Store]]:
    """Two empty embedded stores, for a graph without what is rejected and for one with it, rejected."""
    plain, decided = [await open_store(f"embedded:{folder / name}") for name in ("plain", "decided")]
    yield plain, decided
    for store in (plain, decided):
        await store.close()


async def loaded(store: Store) -> None:
    """The library in ``store``."""
    await store.write(g.library())


async def key_of(store: Store, type_: str, head: str = "", tail: str = "") -> str:
    """Key of the first relation of that type from the node ``head`` to one named ``tail``."""
    rows = await store.read(
        f"MATCH (a)-[r:{type_}]->(b) WHERE ($head = '' OR a.id = $head) AND ($tail = '' OR b.name = $tail) "
        "RETURN r.key AS key ORDER BY key LIMIT 1",
        {"head": head, "tail": tail},
    )
    return str(rows[0]["key"])


async def said(store: Store, type_: str) -> int:
    """How many relations of that type there are."""
    return int((await store.read(f"MATCH ()-[r:{type_}]->() RETURN count(r) AS n"))[0]["n"])


async def tampered(store: Store, statement: str) -> None:
    """Change the store behind zhize's back."""
    await store.transact(lambda tx: tx.run(statement))  # type: ignore[attr-defined]
