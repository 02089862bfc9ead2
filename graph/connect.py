"""From a store URL to a Store that is open and up to date."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from graph.errors import InvalidStoreUrl, StoreBusy
from graph.settings import StoreSettings
from graph.store import Store

EMBEDDED = "embedded:"
NEO4J_SCHEMES = frozenset({"neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc"})


async def open_store(url: str | None = None, settings: StoreSettings | None = None) -> Store:
    """The store at ``url`` (None: the setting), open, with its schema up to date. Close it when done.

    ``embedded:PATH`` opens the folder, or goes through the zhize server that holds it. Raises InvalidStoreUrl,
    StoreUnavailable, StoreAuthError, StoreBusy or SchemaTooNew.
    """
    settings = settings or StoreSettings()
    url = settings.store if url is None else url
    if url.startswith(EMBEDDED) and len(url) > len(EMBEDDED):
        return await _open_embedded(url, Path(url.removeprefix(EMBEDDED)), settings)
    try:
        parts = urlsplit(url)
        account = parts.username or parts.password
        valid = parts.scheme in NEO4J_SCHEMES and bool(parts.hostname) and not account and parts.port != 0
    except ValueError:
        valid = False
    if not valid:
        raise InvalidStoreUrl(store=_without_password(url))
    return await _open_neo4j(url, settings)


async def _open_neo4j(url: str, settings: StoreSettings) -> Store:
    # The driver takes 0.2 s to import: an embedded store does not pay for it.
    from graph.stores.neo4j import Neo4jStore

    store = Neo4jStore(url, settings)
    try:
        await store.connect()
        await store.schema()
    except BaseException:
        await store.close()
        raise
    return store


async def _open_embedded(url: str, folder: Path, settings: StoreSettings) -> Store:
    from graph.stores.embedded import EmbeddedStore
    from graph.stores.loopback import find

    if served := await find(url, folder, settings):
        return served
    store = EmbeddedStore(url, folder, settings)
    try:
        await store.connect()
        await store.schema()
    except StoreBusy:
        await store.close()
        # The holder may be a server that was only starting a moment ago.
        if served := await find(url, folder, settings):
            return served
        raise
    except BaseException:
        await store.close()
        raise
    return store


def _without_password(url: str) -> str:
    scheme, separator, rest = url.partition("://")
    account, at, host = rest.rpartition("@")
    return f"{scheme}{separator}{'…' if account else ''}{at}{host}"
