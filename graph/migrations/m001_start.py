"""Version 1: the node that carries the store's state."""

from __future__ import annotations

from graph.store import Transaction


async def run(tx: Transaction) -> None:
    """Make ``(:Meta {id: 'graph'})`` with revision 0, unless it is there."""
    await tx.run("MERGE (m:Meta {id: 'graph'}) SET m.revision = coalesce(m.revision, 0)")
