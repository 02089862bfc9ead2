"""Running the application under uvicorn on a socket that is already ours."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import socket
import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import uvicorn

from graph.connect import EMBEDDED, open_store
from graph.errors import InvalidSetting, ZhizeError
from service.app import create_app
from service.settings import Settings

SHUTDOWN_GRACE = 10
"""Seconds running requests get to finish when the server is stopped."""

OPTIONS: dict[str, Any] = {
    "access_log": False,  # questions can hold names: what is asked is not written down
    "log_level": "error",
    "proxy_headers": False,  # the peer's address decides who needs no key; a header must not change it
    "server_header": False,
    "timeout_graceful_shutdown": SHUTDOWN_GRACE,
    "lifespan": "on",
}


def run(settings: Settings, listener: socket.socket, ready: Callable[[], None]) -> None:
    """Serve from this process until SIGINT or SIGTERM. Raises the error that kept the store from opening."""
    app = create_app(settings)
    config = uvicorn.Config(app, **OPTIONS)
    # A failed start is raised below as one sentence; uvicorn would print its traceback first.
    logging.getLogger("uvicorn.error").addFilter(lambda record: app.state.failure is None)
    server = _Server(config, ready, app.state.jobs.close)
    # uvicorn raises the signal again when it has shut down; by then that must end the process in order, not kill it.
    signal.signal(signal.SIGTERM, _leave)
    try:
        with asyncio.Runner(loop_factory=config.get_loop_factory()) as runner:
            runner.run(server.serve(sockets=[listener]))
    except KeyboardInterrupt:
        return
    except SystemExit:
        if isinstance(app.state.failure, ZhizeError):
            raise app.state.failure from None
        raise


def run_workers(settings: Settings, workers: int, ready: Callable[[], None]) -> None:
    """Serve from ``workers`` processes, each with its own connection to the store, restarted when one dies."""
    asyncio.run(_probe(settings))
    create_app(settings)
    # The workers build their own application from the environment.
    os.environ.update(ZHIZE_STORE=settings.store, ZHIZE_HOST=settings.host, ZHIZE_PORT=str(settings.port))
    ready()
    host = settings.host.strip("[]")
    uvicorn.run("service.app:create_app", factory=True, host=host, port=settings.port, workers=workers, **OPTIONS)


def refuse_workers(settings: Settings, workers: int) -> None:
    """One process holds an embedded store: InvalidSetting for more."""
    if settings.store.startswith(EMBEDDED):
        raise InvalidSetting(
            setting=f"--workers {workers}",
            reason={
                "zh": "嵌入式存储只能由一个进程使用；请用 --workers 1，或把 --store 指向 Neo4j",
                "en": "an embedded store is served by one process; use --workers 1, or a --store on Neo4j",
            },
        )


class _Server(uvicorn.Server):
    """uvicorn's server, which says when it is ready, and when it stops: streams of events would go on for ever."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None], leaving: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready
        self._leaving = leaving

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._leaving()
        await super().shutdown(sockets)


async def _probe(settings: Settings) -> None:
    store = await open_store(settings.store, settings)
    await store.close()


def _leave(signum: int, frame: FrameType | None) -> None:
    sys.exit(0)
