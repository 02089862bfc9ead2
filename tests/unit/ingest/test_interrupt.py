"""Ctrl-C asks a run to stop."""

from __future__ import annotations

import asyncio
import os
import signal

from ingest.interrupt import stop_on_interrupt


async def test_the_first_interrupt_is_a_wish_and_the_second_an_interrupt() -> None:
    """After the run, Ctrl-C means what it meant before."""
    before = signal.getsignal(signal.SIGINT)
    with stop_on_interrupt() as stop:
        os.kill(os.getpid(), signal.SIGINT)
        await asyncio.wait_for(stop.wait(), 5)
        assert signal.getsignal(signal.SIGINT) is before
    assert signal.getsignal(signal.SIGINT) is before


async def test_a_caller_with_its_own_event_keeps_its_signals() -> None:
    """So does a program that handles them itself, and any other thread."""
    own, before = asyncio.Event(), signal.getsignal(signal.SIGINT)
    with stop_on_interrupt(own) as stop:
        assert stop is own
        assert signal.getsignal(signal.SIGINT) is before

    def enter() -> object:
        with stop_on_interrupt():
            return signal.getsignal(signal.SIGINT)

    assert await asyncio.to_thread(enter) is before
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with stop_on_interrupt():
            assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, before)
