"""The way in and out of every command: language, streams, and what an error looks like at the keyboard."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Sequence
from typing import TextIO

import click

from graph.errors import ZhizeError
from service.cli.codes import FAILED, INTERRUPTED, MISUSED
from service.cli.help import usage_sentence
from service.cli.root import root
from service.cli.speech import Say, chosen


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
    except BrokenPipeError:
        _close_broken_pipe()
        return FAILED
    except (Exception, KeyboardInterrupt) as error:
        if os.environ.get("ZHIZE_DEBUG"):
            raise
        sentence, code = explained(error, say)
        with contextlib.suppress(OSError):
            click.echo(sentence, err=True)
        return code
    return result if isinstance(result, int) else 0


def explained(error: BaseException, say: Say) -> tuple[str, int]:
    """The sentence and the exit code of what ended a command."""
    match error:
        case click.UsageError():
            return usage_sentence(error, say), MISUSED
        case click.ClickException():
            return error.format_message(), FAILED
        case ZhizeError():
            return error.message(say.lang) + _near(error, say), FAILED
        case OSError():
            # A full disk, a missing right: the system's own words name the file and the reason.
            return say("系统拒绝了操作：", "The system refused: ") + str(error), FAILED
        case click.Abort() | KeyboardInterrupt():
            return say("已中止。", "Stopped."), INTERRUPTED
        case _:
            kind = f"{type(error).__name__}: {error}"
            return say(
                f"程序内部出错（{kind}）。这是缺陷，请报告；设置 ZHIZE_DEBUG=1 可看到详情。",
                f"A defect in zhize ({kind}). Please report it; ZHIZE_DEBUG=1 shows the details.",
            ), FAILED


def _near(error: ZhizeError, say: Say) -> str:
    """What the user may have meant, where the error knows."""
    near = error.data.get("near")
    if not isinstance(near, list | tuple) or not near:
        return ""
    return say(f"相近的有：{'、'.join(near)}。", f" Near it: {', '.join(near)}.")


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
