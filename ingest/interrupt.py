"""Ctrl-C as a wish to stop, not as an exception in the middle of a write."""

from __future__ import annotations

import asyncio
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def stop_on_interrupt(stop: asyncio.Event | None = None) -> Iterator[asyncio.Event]:
    """An event that the first Ctrl-C sets; the second one interrupts as usual.

    ``stop`` given: the caller decides, signals are left alone. So they are off the main thread, and where another
    program (a server) handles them.
    """
    event = stop or asyncio.Event()
    if stop is not None or threading.current_thread() is not threading.main_thread() or _taken():
        yield event
        return
    before = signal.getsignal(signal.SIGINT)
    loop = asyncio.get_running_loop()

    def interrupted(_number: int, _frame: object) -> None:
        signal.signal(signal.SIGINT, before)
        loop.call_soon_threadsafe(event.set)

    signal.signal(signal.SIGINT, interrupted)
    try:
        yield event
    finally:
        signal.signal(signal.SIGINT, before)


def _taken() -> bool:
    handler = signal.getsignal(signal.SIGINT)
    ours = handler is signal.default_int_handler or getattr(handler, "func", None) is not None
    # asyncio.run puts a partial of its own method there; anything else is somebody's handler.
    return not ours
