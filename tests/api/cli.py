"""Runs the ``zhize`` command as a person would: an empty folder, a plain environment, its own process or this one.

A process of its own (``zhize``) takes seconds to start; what commands do and say is tested within this one
(``in_process``), except where a newcomer's way, signals, pipes or a lock between processes are the matter.
"""

from __future__ import annotations

import contextlib
import io
import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from service.cli.entry import run
from service.cli.speech import Say, chosen

ROOT = Path(__file__).resolve().parents[2]
PASSED_ON = ("PATH", "HOME", "SYSTEMROOT", "COVERAGE_PROCESS_START", "COVERAGE_PROCESS_CONFIG", "COVERAGE_FILE")


@dataclass(frozen=True)
class Done:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def sentence(self) -> str:
        """stderr, which must be exactly one line without a traceback."""
        assert "Traceback" not in self.err, self.err
        assert self.err.count("\n") == 1, self.err
        return self.err.strip()


def environment(**more: str) -> dict[str, str]:
    """A shell of a newcomer in a Chinese locale, with the checkout importable."""
    kept = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    return {**kept, "PYTHONPATH": str(ROOT), "LANG": "zh_CN.UTF-8", "PYTHONUTF8": "1", **more}


def zhize(*args: str, cwd: Path, stdin: str | None = None, timeout: float = 120, **more: str) -> Done:
    """Run ``zhize ARGS`` in ``cwd`` to its end; ``more`` are environment variables."""
    done = subprocess.run(
        [sys.executable, "-m", "service.cli", *args],
        cwd=cwd,
        env=environment(**more),
        input=stdin,
        capture_output=True,
        timeout=timeout,
        encoding="utf-8",
        check=False,
    )
    return Done(done.returncode, done.stdout, done.stderr)


def in_process(*args: str, cwd: Path, **more: str) -> Done:
    """As ``zhize``, within this process. Nothing is carried from one command to the next but what is in ``cwd``."""
    out, err = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as here, contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        here.chdir(cwd)
        for name in os.environ.keys() - environment().keys():
            here.delenv(name)
        for name, value in environment(**more).items():
            here.setenv(name, value)
        code = run(args, Say(chosen(args, os.environ)))
    return Done(code, out.getvalue(), err.getvalue())


class Served:
    """``zhize serve`` in a process of its own, for the length of a ``with``."""

    def __init__(self, *args: str, cwd: Path, **more: str) -> None:
        command = [sys.executable, "-m", "service.cli", "serve", "--port", "0", *args]
        self.process = subprocess.Popen(
            command, cwd=cwd, env=environment(**more), stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
        )
        self.err = ""

    def __enter__(self) -> Served:
        assert self.process.stdout is not None
        self.line = self.process.stdout.readline()
        if "http://" not in self.line:
            _, err = self.process.communicate(timeout=30)
            raise AssertionError(f"zhize serve did not start: {self.line}{err}")
        self.url = next(word for word in self.line.replace("：", " ").split() if word.startswith("http://"))
        return self

    def stop(self, how: signal.Signals = signal.SIGINT) -> int:
        """End it as Ctrl-C or a supervisor would; its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(how)
        try:
            _, self.err = self.process.communicate(timeout=30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.communicate()
            raise
        return self.process.returncode

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.stop()
