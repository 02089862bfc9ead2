"""The way in and out of every command: language, streams, and what an error looks like to the person at the keyboard."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Sequence
from typing import TextIO

import click

from graph.errors import ZhizeError
from service.cli.help import usage_sentence
from service.cli.root import root
from service.cli.speech import Say, chosen

FAILED, MISUSED, INTERRUPTED = 1, 2, 130


def main(argv: Sequence[str] | None = None) -> None:
    """Run one command and leave with its exit code."""
    args = list(sys.argv[1:] if argv is None else argv)
    say = Say(chosen(args, os.environ))
    for stream in (sys.stdout, sys.stderr):
        _make_writable(stream)
    code = run(args, say)
    try:
        sys.stdout.flush()
    except OSError:
        _close_broken_pipe()
    sys.exit(code)


def run(args: Sequence[str], say: Say) -> int:
    """The exit code of one command; whatever went wrong has been said on stderr."""
    try:
        result = root(say).main(args=list(args), prog_name="zhize", standalone_mode=False)
    except click.UsageError as error:
        return _report(usage_sentence(error, say), MISUSED)
    except click.ClickException as error:
        return _report(error.format_message(), FAILED)
    except ZhizeError as error:
        return _report(error.message(say.lang), FAILED)
    except (click.Abort, KeyboardInterrupt):
        return _report(say("已中止。", "Stopped."), INTERRUPTED)
    except BrokenPipeError:
        _close_broken_pipe()
        return FAILED
    except OSError as error:
        # A full disk, a missing right: the system's own words name the file and the reason.
        return _report(say("系统拒绝了操作：", "The system refused: ") + str(error), FAILED)
    return result if isinstance(result, int) else 0


def _report(sentence: str, code: int) -> int:
    with contextlib.suppress(OSError):
        click.echo(sentence, err=True)
    return code


def _make_writable(stream: TextIO) -> None:
    """No character may stop a command: UTF-8 when piped, and what a terminal cannot show becomes ``?``."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is None:
        return
    encoding = (stream.encoding or "").lower().replace("-", "")
    reconfigure(encoding=None if encoding == "utf8" or stream.isatty() else "utf-8", errors="replace")


def _close_broken_pipe() -> None:
    """The reader is gone (``| head``): say nothing, also not when Python flushes at its end."""
    devnull = os.open(os.devnull, os.O_WRONLY)
    os.dup2(devnull, sys.stdout.fileno())
