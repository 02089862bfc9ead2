"""A copy of an embedded graph for statements from outside: one file a version of the graph, without what is ours.

The copy holds the ontology's nodes alone: original documents, decisions and bookkeeping are not in the process that
runs the statement. It lies in a folder of the store that only its owner may enter, and goes when the graph has
changed, when the store is closed, or, after a crash, when it is opened again.
"""

from __future__ import annotations

import asyncio
import shutil
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path

import kglite

from graph.adhoc import process
from graph.errors import Sentence, StoreUnavailable
from graph.ontology import ontology

FOLDER = "adhoc"
_SLOW: Sentence = {
    "zh": "临时查询所用的图副本未能及时做好，请稍后再试",
    "en": "the copy of the graph for ad hoc queries was not ready in time, try again in a moment",
}


class Snapshots:
    """The copies of one store in ``folder``; ``session`` gives the store's session."""

    def __init__(self, folder: Path, session: Callable[[], kglite.Session]) -> None:
        self._folder = folder / FOLDER
        self._session = session
        self._making = asyncio.Lock()
        self._attempts = count()
        self._current: Path | None = None
        self._users: Counter[Path] = Counter()

    @asynccontextmanager
    async def current(self) -> AsyncIterator[Path]:
        """The copy of the graph as it is now; it stays while it is in use. StoreUnavailable when it cannot be had
        within ``process.READY_SECONDS``, those included in which another statement has it made."""
        try:
            async with asyncio.timeout(process.READY_SECONDS), self._making:
                file = await self._made(self._session().version())
        except TimeoutError as error:
            raise StoreUnavailable(store=process.EMBEDDED, reason=_SLOW) from error
        self._users[file] += 1
        try:
            yield file
        finally:
            self._users[file] -= 1
            if file != self._current and not self._users[file]:
                file.unlink(missing_ok=True)

    async def _made(self, version: int) -> Path:
        file = self._folder / f"{version}.kgl"
        if file == self._current:
            return file
        self._folder.mkdir(mode=0o700, exist_ok=True)
        # Given up on, a backup still goes on in its thread: each has a file of its own, gone when it has ended.
        whole = self._folder / f"{version}.{next(self._attempts)}.whole"
        copying = asyncio.ensure_future(asyncio.to_thread(self._session().backup, str(whole)))
        try:
            await asyncio.shield(copying)
            await process.prepare(whole, file)
        finally:
            copying.add_done_callback(lambda _: whole.unlink(missing_ok=True))
        before, self._current = self._current, file
        if before is not None and not self._users[before]:
            before.unlink(missing_ok=True)
        return file

    def clear(self) -> None:
        """Nothing is left behind."""
        self._current = None
        shutil.rmtree(self._folder, ignore_errors=True)


def strip(file: str, stripped: str) -> None:
    """Write the copy ``file`` again as ``stripped``, without operational nodes. Runs in a process of its own."""
    session = kglite.load(file).session()
    for label in ontology().operational.labels:
        session.execute(f"MATCH (n:{label}) DETACH DELETE n")
    session.backup(stripped)
