"""``zhize`` itself: the list of commands, each loaded from its module only when it is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import click

from service.cli.help import Group
from service.cli.options import lang_option, store_option
from service.cli.speech import Say

COMMANDS = (
    "ingest",
    "ask",
    "query",
    "catalog",
    "documents",
    "jobs",
    "analytics",
    "export",
    "extract",
    "lexicon",
    "evaluate",
    "remove",
    "review",
    "rebuild",
    "copy",
    "serve",
    "worker",
    "doctor",
    "migrate",
)
"""In the order a newcomer meets them. Each is ``service.cli.NAME.command(say)``."""


class Lazy(Group):
    """The commands of ``COMMANDS``."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"service.cli.{cmd_name}")
        command: click.Command = module.command(self.say)
        return command


def root(say: Say) -> click.Group:
    """The whole command tree in one language."""
    text = say(
        """zhize 职责：谁必须做什么、针对谁、何时完成、达到多少，每个答案都附原文。

        例：
          zhize ingest 文件夹
          zhize ask "一盔一带由哪些单位负责？"
          zhize serve
        """,
        """zhize: who must do what, about whom, by when, to what number, with the sentence that proves it.

        Examples:
          zhize ingest FOLDER
          zhize ask "一盔一带由哪些单位负责？"
          zhize serve
        """,
    )
    return Lazy(
        "zhize",
        say=say,
        help=text,
        subcommand_metavar=say("命令 …", "COMMAND …"),
        params=[store_option(say), lang_option(say), _version_option(say)],
    )


def _version_option(say: Say) -> click.Option:
    return click.Option(
        ["--version"],
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=_print_version,
        help=say("显示版本。", "Show the version."),
    )


def _print_version(ctx: click.Context, param: click.Parameter, value: Any) -> None:
    if value:
        from service.version import VERSION

        click.echo(f"zhize {VERSION}")
        ctx.exit()
