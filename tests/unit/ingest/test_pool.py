"""Worker processes: a call's result, its exception, or the news that it ended its process."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import sys
import time
from pathlib import Path

import pytest

from ingest.loaders import unreadable
from ingest.pool import WorkerCrashed, Workers, WorkerTimedOut


def square(number: int) -> int:
    return number * number


def die(number: int) -> int:
    """End this process as a crash in a C library does, for one number only."""
    if number == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    time.sleep(0.05)
    return number


def fail(name: str) -> None:
    raise unreadable(name, "empty")


async def test_results_and_exceptions_come_back() -> None:
    """From processes, and from a thread when there is one job."""
    for jobs in (1, 2):
        async with Workers(jobs) as workers:
            assert await asyncio.gather(*(workers.run(square, n) for n in range(5))) == [0, 1, 4, 9, 16]
            with pytest.raises(Exception, match=r"空\.txt: the file is empty"):
                await workers.run(fail, "空.txt")


async def test_a_call_that_ends_its_process_is_the_only_one_that_fails() -> None:
    """The others under way are done again."""
    async with Workers(2) as workers:
        results = await asyncio.gather(*(workers.run(die, n) for n in range(6)), return_exceptions=True)
        assert [r for r in results if isinstance(r, int)] == [0, 1, 2, 4, 5]
        assert isinstance(results[3], WorkerCrashed)
        assert await workers.run(square, 7) == 49


async def test_a_call_that_takes_too_long_is_ended() -> None:
    """Its process is killed even when it is stuck where it cannot be asked; the next call has a process again."""
    async with Workers(1, isolated=True, seconds=6) as workers:
        assert await workers.run(square, 3) == 9
        with pytest.raises(WorkerTimedOut) as found:
            await workers.run(stuck)
        assert found.value.seconds == 6
        assert await workers.run(square, 4) == 16


async def test_a_process_that_ends_between_calls_costs_nothing() -> None:
    """The system may end a process that does nothing: the next call has another."""
    async with Workers(1, isolated=True) as workers:
        os.kill(await workers.run(os.getpid), signal.SIGKILL)
        await asyncio.sleep(0.5)
        assert await workers.run(square, 4) == 16


def stuck() -> None:
    """In native code that lets no other thread of the process run."""
    re.match(r"(a+)+$", "a" * 60 + "b")


ROOT = Path(__file__).resolve().parents[3]
CHILD = """
import asyncio, os, sys, time
from pathlib import Path
from ingest.pool import Workers
from tests.unit.ingest.test_pool import announce

async def main():
    async with Workers(2) as workers:
        await workers.run(announce, sys.argv[1])

if __name__ == "__main__":
    asyncio.run(main())
"""


def announce(path: str) -> None:
    """Say which process this is, then work for a long time."""
    Path(path).write_text(str(os.getpid()))
    time.sleep(60)


async def test_workers_do_not_outlive_a_killed_parent(tmp_path: Path) -> None:
    """kill -9 of the parent leaves no process behind."""
    script, said = tmp_path / "parent.py", tmp_path / "pid"
    script.write_text(CHILD)
    parent = await asyncio.create_subprocess_exec(
        sys.executable, str(script), str(said), cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
    worker = int(await until(lambda: said.exists() and said.read_text()))
    parent.kill()
    await parent.wait()
    await until(lambda: not Path(f"/proc/{worker}").exists() or "Z" in Path(f"/proc/{worker}/stat").read_text())


async def until(found: object, seconds: float = 20) -> object:
    """Ask again until the answer is true."""
    for _ in range(int(seconds / 0.05)):
        if answer := found():  # type: ignore[operator]
            return answer
        await asyncio.sleep(0.05)
    raise AssertionError("waited in vain")


async def test_workers_can_be_left_in_the_middle_of_a_call() -> None:
    """One job too, when it is isolated: nobody waits for what is under way, nor tries it again."""
    for jobs in (1, 2):
        async with Workers(jobs, isolated=True) as workers:
            assert await workers.run(square, 3) == 9
            started = time.perf_counter()
            waiting = asyncio.create_task(workers.run(time.sleep, 60))
            await asyncio.sleep(0.2)
            workers.abandon()
            with pytest.raises(WorkerCrashed):
                await waiting
        assert time.perf_counter() - started < 30


async def test_an_error_leaves_the_workers_in_the_middle_of_a_call() -> None:
    """The error comes through at once, not after the calls under way."""
    started = time.perf_counter()
    waiting: list[asyncio.Task[None]] = []

    async def fails() -> None:
        async with Workers(1, isolated=True) as workers:
            waiting.append(asyncio.create_task(workers.run(time.sleep, 60)))
            await asyncio.sleep(0.2)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fails()
    with pytest.raises(WorkerCrashed):
        await waiting[0]
    assert time.perf_counter() - started < 30
