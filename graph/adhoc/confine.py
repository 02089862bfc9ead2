"""What a process gives up before it runs a statement from outside. Linux only (``graph.adhoc.process``)."""

from __future__ import annotations

import os
import resource
import signal
from math import ceil
from pathlib import Path


def confine(seconds: float, memory: int) -> None:
    """From here on: no file, socket or pipe is opened, nothing is written to a file, ``memory`` MiB more at most,
    and the system ends the process when it has run for much longer than ``seconds``."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    used = ceil(sum(os.times()[:2]))
    # Threads of the engine count together; the alarm is by the clock.
    processor = used + ceil(seconds + 1) * (os.cpu_count() or 1)
    _limit(resource.RLIMIT_AS, pages * resource.getpagesize() + memory * 2**20)
    _limit(resource.RLIMIT_CPU, processor)
    _limit(resource.RLIMIT_FSIZE, 0)
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_NOFILE, _all_taken())
    signal.alarm(ceil(seconds) + 2)


def _all_taken() -> int:
    """How many file descriptors there are when no number below is free any more."""
    highest = max(int(name) for name in os.listdir("/proc/self/fd"))  # noqa: PTH208
    while os.open(os.devnull, os.O_RDONLY) < highest:
        pass
    return highest


def _limit(what: int, value: int) -> None:
    _, hard = resource.getrlimit(what)
    kept = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(what, (kept, kept))
