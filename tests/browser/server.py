"""A real server for the browser: ``zhize ingest`` and ``zhize serve`` as their own processes, as a user starts them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ZHIZE = (sys.executable, "-m", "service.cli")
_ADDRESS = re.compile(r"http://(\S+):(\d+)")
PATIENCE = 60


def ingest(store: str, paths: Sequence[Path]) -> None:
    """Load ``paths`` into ``store``; every file must load."""
    command = [*ZHIZE, "ingest", *map(str, paths), "--store", store, "--jobs", "2"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"


@contextmanager
def serving(store: str, *options: str, environment: Mapping[str, str] | None = None) -> Iterator[str]:
    """The address of a server on ``store``, which is stopped afterwards."""
    process = subprocess.Popen(
        [*ZHIZE, "serve", "--store", store, "--port", "0", *options],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1", **(environment or {})},
    )
    try:
        yield _address(process)
    finally:
        process.terminate()
        process.wait(30)


def _address(process: subprocess.Popen[str]) -> str:
    """Reads the server's first line, then goes on emptying its pipe so that it never waits for a reader."""
    assert process.stdout is not None
    watchdog = threading.Timer(PATIENCE, process.kill)
    watchdog.start()
    said = ""
    for line in process.stdout:
        said += line
        if found := _ADDRESS.search(line):
            watchdog.cancel()
            threading.Thread(target=process.stdout.read, daemon=True).start()
            return f"http://127.0.0.1:{found.group(2)}"
    watchdog.cancel()
    raise AssertionError(f"The server did not start:\n{said}")
