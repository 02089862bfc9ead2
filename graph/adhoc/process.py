"""Starting the process of ``graph.adhoc.child``, waiting for it no longer than it may take, and ending it."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import sys
import tempfile
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from graph.adhoc import AdhocAnswer, AdhocLimits
from graph.errors import AdhocDisabled, AdhocMemory, AdhocTimeout, Sentence, StoreError

SUPPORTED = sys.platform == "linux"
"""Elsewhere some of the limits of ``graph.adhoc.confine`` are missing or not kept."""
READY_SECONDS = 60.0
"""How long the process may take to load the graph or to connect."""
GRACE = 1.0
"""Seconds past the time limit after which the process is ended from outside; the engine should stop by itself."""
OVERHEAD = 100_000
"""Bytes of an answer beside its rows."""
EMBEDDED = "embedded:"
"""What errors call an embedded store: its folder is not for everyone who may ask."""
_ROOT = Path(__file__).resolve().parents[2]
_ENVIRONMENT = {"LANG": "C.UTF-8", "MALLOC_ARENA_MAX": "1", "PYTHONDONTWRITEBYTECODE": "1"}
"""All a process gets of an environment, beside its two folders: no account, no proxy."""
_NO_LIMITS: Sentence = {
    "zh": "本系统不能限制进程的内存与文件访问，只能在 Linux 上使用",
    "en": "this system cannot limit a process's memory and files; it works on Linux only",
}
_TIME_SIGNALS = frozenset({-14, -24})  # SIGALRM, SIGXCPU: the process's own limits on time


async def run_child(
    store: str, engine: Mapping[str, Any], cypher: str, params: Mapping[str, Any], limits: AdhocLimits
) -> AdhocAnswer:
    """The answer to ``cypher`` from a process of its own. ``engine``: which one, and what it needs."""
    if not SUPPORTED:
        raise AdhocDisabled(reason=_NO_LIMITS)
    if "file" in engine:
        store = EMBEDDED
    request = {"store": store, "cypher": cypher, "params": dict(params), **asdict(limits), **engine}
    async with _child(request) as process:
        assert process.stdout is not None
        try:
            async with asyncio.timeout(READY_SECONDS):
                first = await process.stdout.readline()
            async with asyncio.timeout(limits.seconds + GRACE):
                text = await _read(process.stdout, limits.bytes + OVERHEAD)
                code = await process.wait()
        except TimeoutError as error:
            raise AdhocTimeout(seconds=limits.seconds) from error
    return _answer(store, first, text, code, limits)


async def prepare(file: Path, stripped: Path) -> None:
    """Have ``graph.adhoc.snapshot.strip`` run in a process of its own; the caller limits its time."""
    async with _child({"engine": "snapshot", "file": str(file), "stripped": str(stripped)}) as process:
        code = await process.wait()
    if code:
        raise StoreError(store=EMBEDDED, reason=f"no copy of the graph could be made (exit {code})")


@asynccontextmanager
async def _child(request: Mapping[str, Any]) -> AsyncIterator[Process]:
    """The process with its request; whatever happens, it has ended afterwards."""
    # The engine puts large columns into temporary files and leaves them when it is killed: they go with their folder.
    beside = Path(request["file"]).parent if "file" in request else None
    scratch = await asyncio.to_thread(tempfile.mkdtemp, dir=beside)
    try:
        async with _started(scratch, request) as process:
            yield process
    finally:
        await asyncio.to_thread(shutil.rmtree, scratch, ignore_errors=True)


@asynccontextmanager
async def _started(scratch: str, request: Mapping[str, Any]) -> AsyncIterator[Process]:
    environment = {"PYTHONPATH": str(_ROOT), "TMPDIR": scratch, **_ENVIRONMENT}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-s", "-m", "graph.adhoc.child"),
        stdin=PIPE,
        stdout=PIPE,
        stderr=DEVNULL,
        env=environment,
        cwd=os.sep,
        start_new_session=True,
    )
    try:
        assert process.stdin is not None
        process.stdin.write(json.dumps(request).encode() + b"\n")
        process.stdin.close()
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await asyncio.shield(process.wait())


async def _read(stream: asyncio.StreamReader, most: int) -> bytes:
    """All of ``stream``, or its beginning when it is longer than ``most``."""
    parts, size = [], 0
    while size <= most and (part := await stream.read(65536)):
        parts.append(part)
        size += len(part)
    return b"".join(parts)


def _read_line(line: bytes) -> Any:
    # A text can hold half of a surrogate pair, which UTF-8 proper has no form for.
    return json.loads(line.decode("utf-8", "surrogatepass"))


def _answer(store: str, first: bytes, text: bytes, code: int, limits: AdhocLimits) -> AdhocAnswer:
    from graph.stores.wire import error_from_json

    lines = [_read_line(line) for line in (first + text).split(b"\n")[:-1]]
    if lines and isinstance(lines[-1], dict):
        last = lines[-1]
        if "error" in last:
            raise error_from_json(last["error"])
        if "stopped" in last:
            columns = tuple(lines[1]["columns"])
            rows = [dict(zip(columns, row, strict=True)) for row in lines[2:-1]]
            return AdhocAnswer(columns, rows, last["stopped"])
    if code in _TIME_SIGNALS:
        raise AdhocTimeout(seconds=limits.seconds)
    if lines:  # it was ready: what ended it is the statement
        raise AdhocMemory(limit=f"{limits.memory} MiB")
    raise StoreError(store=store, reason=f"the process for ad hoc queries did not start (exit {code})")
