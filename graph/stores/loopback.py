"""The embedded store while a zhize server holds it: every other command goes through that server.

The server writes its address and a one-time token to ``server.json`` in the store's folder, readable by its owner
only (``announce``), and removes it when it stops (``withdraw``). A file left behind by a killed server answers nothing
and is ignored.
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph.adhoc import AdhocAnswer, AdhocLimits
from graph.adhoc.process import READY_SECONDS
from graph.bookmarks import Bookmark
from graph.errors import StoreUnavailable, ZhizeError
from graph.jobs.changes import Change, change_to_json
from graph.jobs.record import Job, job_of
from graph.models import Batch, Row, WriteReport
from graph.settings import StoreSettings
from graph.store import Health, Page, one_page
from graph.stores.wire import batch_to_json, result

if TYPE_CHECKING:
    import httpx

FILE = "server.json"
PATH = "/internal/store"
"""Where the server mounts ``graph.stores.wire.handle``."""
HEADER = "X-Zhize-Token"
MARGIN = 10.0
"""Seconds past a read's own limit after which we stop waiting for the server."""
LONGEST = 3600.0
"""Seconds the server may take over a write or a migration."""


def announce(folder: Path, address: str) -> str:
    """Tell other commands that the store in ``folder`` is served at ``address`` (http://127.0.0.1:port).

    Returns the token they will send in ``HEADER``; the server compares it in constant time.
    """
    token = secrets.token_urlsafe(32)
    fresh = folder / f"{FILE}.{os.getpid()}"
    # Born private: a file made readable first and closed later could be read in between.
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump({"address": address, "token": token}, file)
    fresh.replace(folder / FILE)
    return token


def withdraw(folder: Path) -> None:
    """The server stops answering for the store in ``folder``; idempotent."""
    (folder / FILE).unlink(missing_ok=True)


async def find(url: str, folder: Path, settings: StoreSettings) -> LoopbackStore | None:
    """The store through the server that holds it, None when no server answers."""
    try:
        value = json.loads((folder / FILE).read_text(encoding="utf-8"))
        store = LoopbackStore(url, value["address"], value["token"], settings)
    except (OSError, ValueError, KeyError, TypeError):
        return None
    if (await store.health()).ok:
        return store
    await store.close()
    return None


class LoopbackStore:
    """A Store whose work is done by the server at ``address``."""

    def __init__(self, url: str, address: str, token: str, settings: StoreSettings) -> None:
        import httpx

        self.url = url
        self.address = address
        self._settings = settings
        # No proxy: the address is this machine's.
        self._client: httpx.AsyncClient = httpx.AsyncClient(
            base_url=address + PATH, headers={HEADER: token}, trust_env=False
        )

    async def read(
        self,
        cypher: str,
        params: Mapping[str, Any] | None = None,
        *,
        timeout: float | None = None,
        limit: int | None = None,
    ) -> list[Row]:
        seconds = timeout or self._settings.query_timeout
        payload = {"cypher": cypher, "params": dict(params or {}), "timeout": seconds, "limit": limit}
        rows: list[Row] = (await self._post("read", payload, seconds + MARGIN))["rows"]
        return rows

    async def page(
        self, cypher: str, params: Mapping[str, Any], *, skip: int, limit: int, timeout: float | None = None
    ) -> Page:
        return await one_page(self, cypher, params, skip=skip, limit=limit, timeout=timeout)

    def state(self) -> object | None:
        return None  # the server and other commands write too

    async def adhoc(self, cypher: str, params: Mapping[str, Any], limits: AdhocLimits) -> AdhocAnswer:
        payload = {"cypher": cypher, "params": dict(params), "limits": asdict(limits)}
        answer = (await self._post("adhoc", payload, limits.seconds + READY_SECONDS + MARGIN))["answer"]
        return AdhocAnswer(**{**answer, "columns": tuple(answer["columns"])})

    async def write(self, batch: Batch) -> WriteReport:
        return WriteReport(**(await self._post("write", {"batch": batch_to_json(batch)}, LONGEST))["report"])

    async def job(self, change: Change) -> Job | None:
        found = (await self._post("job", change_to_json(change), LONGEST))["job"]
        return job_of(found) if found else None

    async def schema(self) -> int:
        return int((await self._post("schema", {}, LONGEST))["version"])

    async def health(self) -> Health:
        try:
            return Health(**(await self._post("health", {}, self._settings.connect_timeout))["health"])
        except ZhizeError as error:
            return Health(False, "loopback", "", None, 0, str(error))

    async def bookmark(self) -> Bookmark:
        return ()  # one process has the store, and its next read sees every commit

    async def close(self) -> None:
        await self._client.aclose()

    async def _post(self, op: str, payload: Mapping[str, Any], seconds: float) -> Mapping[str, Any]:
        import httpx

        try:
            response = await self._client.post(f"/{op}", json=payload, timeout=seconds)
            response.raise_for_status()
            answer = response.json()
        except (httpx.HTTPError, ValueError, RuntimeError) as error:
            reason = f"the zhize server at {self.address}: {type(error).__name__}"
            raise StoreUnavailable(store=self.url, reason=reason) from error
        return result(answer)
