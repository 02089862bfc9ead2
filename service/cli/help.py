"""Help pages and usage errors in the spoken language, wrapped by what a character really takes on screen."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import click

from service.cli.speech import Say
from service.cli.width import cells, wrap


class Formatter(click.HelpFormatter):
    """click's formatter, but two columns for a Han character, and ``write_text`` keeps lines as written."""

    def write_text(self, text: str) -> None:
        for line in text.splitlines():
            self._write_wrapped(line, self.current_indent + len(line) - len(line.lstrip()))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        rows = list(rows)
        first = min(max((cells(term) for term, _ in rows), default=0), col_max) + col_spacing
        for term, described in rows:
            start = " " * self.current_indent + term
            lines = wrap(described, max(self.width - self.current_indent - first, 20))
            if cells(term) > first - col_spacing:
                self.write(start + "\n")
                start = ""
            for line in lines:
                fill = " " * (
                    self.current_indent + first - cells(start.strip()) - (self.current_indent if start else 0)
                )
                self.write(f"{start}{fill}{line}".rstrip() + "\n")
                start = ""

    def _write_wrapped(self, line: str, indent: int) -> None:
        for part in wrap(line.strip(), max(self.width - indent, 20)):
            self.write(f"{' ' * indent if part else ''}{part}\n")


class Context(click.Context):
    formatter_class = Formatter


class Spoken:
    """Mixed into commands: headings in the spoken language. ``say`` is given to the constructor."""

    context_class: type[click.Context] = Context

    def __init__(self, *args: Any, say: Say, **kwargs: Any) -> None:
        self.say = say
        kwargs.setdefault("options_metavar", say("[选项]…", "[OPTIONS]"))
        super().__init__(*args, **kwargs)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        pieces = self.collect_usage_pieces(ctx)  # type: ignore[attr-defined]
        formatter.write_usage(ctx.command_path, " ".join(pieces), prefix=self.say("用法：", "Usage: "))

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option: click.Option | None = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = self.say("显示这份说明。", "Show this help.")
        return option

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        records = [param.get_help_record(ctx) for param in self.get_params(ctx)]  # type: ignore[attr-defined]
        if rows := [record for record in records if record and record[1]]:
            with formatter.section(self.say("选项", "Options")):
                formatter.write_dl(rows)
        if isinstance(self, click.Group):
            self.format_commands(ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        rows = list(self._command_rows(ctx))
        if rows:
            with formatter.section(self.say("命令", "Commands")):
                formatter.write_dl(rows)

    def _command_rows(self, ctx: click.Context) -> Iterator[tuple[str, str]]:
        assert isinstance(self, click.Group)
        for name in self.list_commands(ctx):
            command = self.get_command(ctx, name)
            if command is not None:
                yield name, command.short_help or (command.help or "").strip().partition("\n")[0]


class Command(Spoken, click.Command):
    """A command that speaks."""


class Group(Spoken, click.Group):
    """A group of commands that speaks."""


def usage_sentence(error: click.UsageError, say: Say) -> str:
    """What was wrong with the command line, and where to read how it is right."""
    path = error.ctx.command_path if error.ctx else "zhize"
    said = error.format_message() if say.lang == "en" else _in_chinese(error)
    if said[-1] not in ".?。？":
        said += say("。", ".")
    return f"{said}{say('', ' ')}{say(f'用法见 {path} --help。', f'See {path} --help.')}"


def _in_chinese(error: click.UsageError) -> str:
    # click speaks English only; these are the mistakes people make. Others keep its words.
    if isinstance(error, click.NoSuchOption):
        return f"没有选项 {error.option_name}"
    if isinstance(error, click.exceptions.NoSuchCommand):
        return f"没有命令 {error.command_name}"
    if isinstance(error, click.MissingParameter):
        return f"缺少{_hint(error)}"
    if isinstance(error, click.BadParameter):
        return f"{_hint(error)} 的值不对：{error.message.rstrip('.')}"
    message = error.format_message()
    if extra := re.search(r"unexpected extra arguments? \((.*)\)", message):
        return f"多余的参数 {extra[1]}（含空格的文字要加引号）"
    return message


def _hint(error: click.BadParameter) -> str:
    return error.param.get_error_hint(error.ctx).replace("'", "") if error.param else ""
