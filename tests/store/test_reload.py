"""Loading again: what has not changed stays as it is, on both stores."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.hashing import graph_hash
from graph.store import Store
from ingest.load import ingest

pytestmark = pytest.mark.unmeasured


async def test_loading_real_documents_again_changes_nothing(store: Store, shared: Path) -> None:
    """All reference texts load; a second run finds them unchanged and leaves the same graph."""
    first = await ingest(store, [shared / "seeds"], jobs=1)
    assert {file.status for file in first.files} == {"loaded"}
    assert len(first.files) == 5
    before = await graph_hash(store)
    again = await ingest(store, [shared / "seeds"], jobs=1)
    assert {file.status for file in again.files} == {"unchanged"}
    assert await graph_hash(store) == before
