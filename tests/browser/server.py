"""A real server for the browser: ``zhize ingest`` and ``zhize serve`` as their own processes, as a user starts them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parents[2]
ZHIZE = (sys.executable, "-m", "service.cli")
_PORT = re.compile(r"https?://\S+?:(\d+)")
PATIENCE = 60


def ingest(store: str, paths: Sequence[Path]) -> None:
    """Load ``paths`` into ``store``; every file must load."""
    command = [*ZHIZE, "ingest", *map(str, paths), "--store", store, "--jobs", "2"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"


@contextmanager
def serving(store: str, *options: str, environment: Mapping[str, str] | None = None) -> Iterator[str]:
    """The address of a server on ``store``, which is stopped afterwards."""
    command = [*ZHIZE, "serve", "--store", store, "--port", "0", *options]
    with tempfile.TemporaryFile("w+", encoding="utf-8") as said:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            stdout=said,
            stderr=said,
            env={**os.environ, "PYTHONUNBUFFERED": "1", **(environment or {})},
        )
        try:
            yield _address(process, said)
        finally:
            process.terminate()
            process.wait(30)


def _address(process: subprocess.Popen[bytes], said: IO[str]) -> str:
    """The address the server names once it serves."""
    end = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < end:
        said.seek(0)
        if found := _PORT.search(said.read()):
            return f"http://127.0.0.1:{found.group(1)}"
        time.sleep(0.05)
    said.seek(0)
    raise AssertionError(f"The server did not start:\n{said.read()}")
