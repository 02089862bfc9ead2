"""While we hold an embedded store, other ``zhize`` commands on this machine go through us: where they find us."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from graph.connect import EMBEDDED
from graph.errors import StoreBusy
from graph.store import Store
from service.settings import Settings

EVERYWHERE = {"": "127.0.0.1", "0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 (names of binds, no bind)


def own_address(settings: Settings) -> str:
    """The URL this server answers on, as a program on this machine reaches it."""
    host = settings.host.strip("[]")
    host = EVERYWHERE.get(host, host)
    return f"http://[{host}]:{settings.port}" if ":" in host else f"http://{host}:{settings.port}"


@asynccontextmanager
async def announced(app: FastAPI, store: Store, settings: Settings) -> AsyncIterator[None]:
    """For the length of the block, commands find us beside an embedded store; ``app.state.token`` is what they send.

    Raises StoreBusy when ``store`` is itself another server's: two servers would answer for one folder.
    """
    if not store.url.startswith(EMBEDDED):
        yield
        return
    from graph.stores.embedded import EmbeddedStore
    from graph.stores.loopback import LoopbackStore, announce, withdraw

    if isinstance(store, LoopbackStore):
        raise StoreBusy(store=store.url, holder=f"zhize serve, {store.address}")
    assert isinstance(store, EmbeddedStore)
    app.state.token = announce(store.folder, own_address(settings))
    try:
        yield
    finally:
        app.state.token = None
        withdraw(store.folder)
