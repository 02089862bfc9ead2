"""The embedded store: kglite in this process, one writer, many reading threads, every commit on disk.

The folder holds ``graph.kgl`` (checkpoint), its log and lock, and ``server.json`` while a server answers for it. The
engine is fast but has traps that fail without a word; each is handled here or in ``graph.schema`` and kept by a test
in tests/store/test_embedded.py:

- full text silently misses new nodes past its refresh limit → built with one above any graph, looked after on commit;
- full text is slower than looking through the nodes → reads look through them (``graph.stores.scanning``);
- doubts about an answer come as warnings beside it → an error, unless harmless (``_harmless``);
- a time limit can be overrun threefold → we stop waiting, the thread ends by itself;
- a checkpoint rewrites the whole graph → by log size, when idle and on close, never per document.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import kglite

from graph.adhoc import AdhocAnswer, AdhocLimits
from graph.adhoc.process import run_child
from graph.adhoc.snapshot import Snapshots
from graph.bookmarks import Bookmark
from graph.documents import meta
from graph.errors import ANY_QUERY, InvalidQuery, QueryTimeout, StoreBusy, StoreError, StoreUnavailable, ZhizeError
from graph.jobs.changes import Change
from graph.jobs.record import Job
from graph.jobs.transact import change_job
from graph.models import Batch, Row, WriteReport
from graph.ontology import known_names, ontology
from graph.schema import AUTO_REFRESH_LIMIT, full_text, migrate
from graph.settings import StoreSettings
from graph.store import Health, Page, Work
from graph.stores.folder import unusable
from graph.stores.scanning import scanned
from graph.stores.values import plain_row
from graph.writer import write

T = TypeVar("T")

DIALECT = "embedded"
FILE = "graph.kgl"
OVERRUN = 1.5
"""How many times its limit a read may take before we stop waiting for the engine."""

_INDEXES = (
    "CALL db.node_text_index.list() YIELD entity, type, text_column, auto_refresh_limit "
    "RETURN type AS label, auto_refresh_limit AS refresh"
)
_QUOTED = re.compile(r"'([^']*)'")


class _Transaction:
    dialect = DIALECT

    def __init__(self, owner: EmbeddedStore, inner: kglite.SessionTransaction) -> None:
        self.store = owner.url
        self._owner = owner
        self._inner = inner

    async def run(self, cypher: str, params: Mapping[str, Any] | None = None) -> list[Row]:
        return await self._owner.in_writer(lambda: self._owner.answer(self._inner.cypher, cypher, params))


class EmbeddedStore:
    """A folder on this machine as a Store. Made by ``graph.connect.open_store``."""

    dialect = DIALECT

    def __init__(self, url: str, folder: Path, settings: StoreSettings) -> None:
        self.url = url
        self.folder = folder
        self._settings = settings
        self._writing = asyncio.Lock()
        self._writer = ThreadPoolExecutor(1, "zhize-writer")
        self._readers = ThreadPoolExecutor(settings.embedded_threads, "zhize-reader")
        self._session: kglite.Session | None = None
        self._idle: asyncio.TimerHandle | None = None
        self._checkpoint: asyncio.Task[None] | None = None
        self._state: object = object()
        self._snapshots = Snapshots(folder, self._opened)

    async def connect(self) -> None:
        """Take the folder's writer lease and recover what the last process committed. Raises StoreBusy."""
        kglite.set_query_warning_policy("silent")
        self._session = await self.in_writer(self._open)
        self._snapshots.clear()

    def _open(self) -> kglite.Session:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            limit = self._settings.checkpoint_mib
            return kglite.open_session(str(self.folder / FILE), durable="full", auto_checkpoint_wal_mib=limit)
        except kglite.WriterLeaseHeldError as error:
            raise StoreBusy(store=self.url, holder=f"pid {error.holder.get('pid')}") from error
        except OSError as error:
            known = unusable(self.url, error)
            raise known or StoreUnavailable(store=self.url, reason=error.strerror or str(error)) from error

    async def read(
        self,
        cypher: str,
        params: Mapping[str, Any] | None = None,
        *,
        timeout: float | None = None,
        limit: int | None = None,
    ) -> list[Row]:
        session = self._opened()
        seconds = timeout or self._settings.query_timeout
        text, given = scanned(cypher, params or {})
        return await self._in_reader(
            lambda: self.answer(session.cypher, text, given, timeout=seconds, limit=limit), seconds
        )

    async def page(
        self, cypher: str, params: Mapping[str, Any], *, skip: int, limit: int, timeout: float | None = None
    ) -> Page:
        # The engine orders all rows in any case. Asked for no more than it is to keep, it also says how many there
        # were, and what counting them would take, as long as a page does, is saved.
        session = self._opened()
        seconds = timeout or self._settings.query_timeout
        text, given = scanned(cypher, params)

        def work() -> Page:
            view = self._view(session.cypher, text, given, seconds, skip + limit)
            known = view.diagnostics["total_rows"]
            return Page(self._rows(view, skip), len(view) if known is None else known)

        return await self._in_reader(work, seconds)

    async def _in_reader(self, work: Callable[[], T], seconds: float) -> T:
        answer = asyncio.get_running_loop().run_in_executor(self._readers, work)
        try:
            return await asyncio.wait_for(answer, seconds * OVERRUN)
        except TimeoutError as error:
            raise QueryTimeout(query=ANY_QUERY, seconds=seconds) from error

    def state(self) -> object | None:
        return self._state

    async def adhoc(self, cypher: str, params: Mapping[str, Any], limits: AdhocLimits) -> AdhocAnswer:
        async with self._snapshots.current() as file:
            return await run_child(self.url, {"engine": "snapshot-reader", "file": str(file)}, cypher, params, limits)

    async def transact(self, work: Work[T]) -> T:
        session = self._opened()
        try:
            async with asyncio.timeout(self._settings.write_timeout), self._writing:
                inner = await self.in_writer(session.begin)
                try:
                    result = await work(_Transaction(self, inner))
                    await self.in_writer(lambda: self._changing(inner.commit))
                    await self.in_writer(self._keep_full_text)
                finally:
                    await asyncio.shield(self.in_writer(lambda: inner.rollback() if inner.active else None))
        except TimeoutError as error:
            raise QueryTimeout(query=ANY_QUERY, seconds=self._settings.write_timeout) from error
        self._plan_checkpoint()
        return result

    async def define(self, statements: tuple[str, ...]) -> None:
        session = self._opened()
        async with self._writing:
            for statement in statements:
                await self.in_writer(
                    lambda text=statement: self._changing(lambda: self.answer(session.execute, text))  # type: ignore[misc]
                )

    async def write(self, batch: Batch) -> WriteReport:
        return await write(self, batch)

    async def job(self, change: Change) -> Job | None:
        return await change_job(self, change)

    async def schema(self) -> int:
        version = await migrate(self)
        # An index format the engine does not recognise is dropped on opening.
        async with self._writing:
            await self.in_writer(self._keep_full_text)
        return version

    async def health(self) -> Health:
        try:
            state = await meta(self)
        except ZhizeError as error:
            return Health(False, "kglite", kglite.__version__, None, 0, str(error))
        return Health(True, "kglite", kglite.__version__, state.schema_version, state.revision)

    async def bookmark(self) -> Bookmark:
        return ()  # one process has the store, and its next read sees every commit

    async def close(self) -> None:
        session, self._session = self._session, None
        if session is None:
            return
        if self._idle is not None:
            self._idle.cancel()
        self._snapshots.clear()
        async with self._writing:
            await self.in_writer(session.close)
        self._readers.shutdown(wait=False)
        self._writer.shutdown(wait=False)

    async def in_writer(self, call: Callable[[], T]) -> T:
        """The result of ``call`` in the one thread that writes."""
        try:
            return await asyncio.get_running_loop().run_in_executor(self._writer, call)
        except kglite.KgError as error:
            raise self._engine_error(error, self._settings.write_timeout) from error

    def _changing(self, change: Callable[[], T]) -> T:
        """The result of ``change``, in the writer's thread; after it, nothing computed before is of this state."""
        try:
            return change()
        finally:
            self._state = object()

    def answer(
        self,
        run: Callable[..., Any],
        cypher: str,
        params: Mapping[str, Any] | None = None,
        *,
        timeout: float | None = None,
        limit: int | None = None,
    ) -> list[Row]:
        """Plain rows of one statement; an engine's doubt about the answer is an error."""
        return self._rows(self._view(run, cypher, params, timeout or self._settings.write_timeout, limit))

    def _view(
        self,
        run: Callable[..., Any],
        cypher: str,
        params: Mapping[str, Any] | None,
        seconds: float,
        limit: int | None,
    ) -> Any:
        try:
            view = run(cypher, params=dict(params or {}), timeout_ms=int(seconds * 1000), row_limit=limit)
        except kglite.KgError as error:
            raise self._engine_error(error, seconds) from error
        except (TypeError, OverflowError) as error:  # a parameter that the engine has no type for
            raise InvalidQuery(store=self.url, reason=str(error)) from error
        for warning in view.warnings:
            if "is stale" in warning:
                raise StoreError(store=self.url, reason=warning)
            if not _harmless(warning):
                raise InvalidQuery(store=self.url, reason=warning)
        return view

    def _rows(self, view: Any, skip: int = 0) -> list[Row]:
        return [plain_row(self.url, row) for row in (view[skip:] if skip else view)]

    def _opened(self) -> kglite.Session:
        if self._session is None:
            raise StoreUnavailable(store=self.url, reason="it was closed")
        return self._session

    def _keep_full_text(self) -> None:
        """Build again the full-text indexes that the engine dropped, which it does when it compacts itself."""
        session = self._opened()
        kept = {row["label"] for row in self.answer(session.cypher, _INDEXES) if row["refresh"] == AUTO_REFRESH_LIMIT}
        for label in ontology().labels(search=True):
            if label not in kept:
                for statement in full_text(label, self.dialect):
                    self.answer(session.execute, statement)

    def _plan_checkpoint(self) -> None:
        if self._idle is not None:
            self._idle.cancel()
        self._idle = asyncio.get_running_loop().call_later(self._settings.checkpoint_idle, self._start_checkpoint)

    def _start_checkpoint(self) -> None:
        self._checkpoint = asyncio.create_task(self._save())

    async def _save(self) -> None:
        async with self._writing:
            if self._session is not None:
                await self.in_writer(self._session.save)

    def _engine_error(self, error: kglite.KgError, seconds: float) -> ZhizeError:
        reason = str(error).splitlines()[0]
        if isinstance(error, kglite.CypherTimeoutError):
            return QueryTimeout(query=ANY_QUERY, seconds=seconds)
        if isinstance(error, (kglite.CypherError, kglite.ArgumentError, kglite.SchemaError)):
            return InvalidQuery(store=self.url, reason=reason)
        return unusable(self.url, error) or StoreError(store=self.url, reason=reason)


def _harmless(warning: str) -> bool:
    """Is this a remark about an answer that is nevertheless right?

    Our own row limit is no mistake, nor a name of the ontology that no node carries yet, nor a pattern that matches
    nothing in its direction. A name the ontology does not know is.
    """
    if "row_limit" in warning or "Reverse the arrow" in warning:
        return True
    quoted = _QUOTED.findall(warning)
    return bool(quoted) and quoted[0] in known_names()
