"""``zhize query``: one question of the catalog by name, with its parameters typed out."""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

import click

from service.cli.help import Command, Group
from service.cli.options import format_option, limit_option, shared_options, store_url, user_queries
from service.cli.speech import Say

if TYPE_CHECKING:
    from queries.catalog import Catalog
    from queries.header import Param, QueryDefinition

TYPES = {
    "search": ("文字", "TEXT"),
    "string": ("文字", "TEXT"),
    "integer": ("整数", "NUMBER"),
    "boolean": ("true|false", "true|false"),
    "date": ("年-月-日", "YYYY-MM-DD"),
    "id": ("编号", "ID"),
}
"""How a parameter's value is shown in help; an enum shows its values."""
_SHELL = re.compile(r"""[\s'"$&|;<>()`*?!#~\\\[\]{}]""")


class Queries(Group):
    """A command for each query file; the catalog is read when a query is first asked for."""

    @cached_property
    def catalog(self) -> Catalog:
        from queries.catalog import load_catalog

        return load_catalog(user_queries())

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [definition.name for definition in self.catalog]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        return query_command(self.catalog.get(cmd_name), self.say)


def command(say: Say) -> click.Command:
    """``zhize query NAME key=value…`` and ``zhize query --list``."""
    return Queries(
        "query",
        say=say,
        callback=lambda listing: list_queries(say) if listing else None,
        invoke_without_command=True,
        no_args_is_help=True,
        subcommand_metavar=say("名称 [键=值]…", "NAME [KEY=VALUE]…"),
        params=[
            click.Option(
                ["--list", "listing"],
                is_flag=True,
                help=say("列出全部查询及其参数。", "List all queries and their parameters."),
            ),
            *shared_options(say),
        ],
        short_help=say("运行目录里的一个查询。", "Run one query of the catalog."),
        help=say(
            """运行目录里的一个查询。每个查询的参数与例子：zhize query 名称 --help

            例：
              zhize query units-owning-task task=一盔一带
              zhize query units-owning-task task=一盔一带 --format csv > 责任单位.csv
              zhize query --list
            """,
            """Run one query of the catalog. Parameters and examples of each: zhize query NAME --help

            Examples:
              zhize query units-owning-task task=一盔一带
              zhize query units-owning-task task=一盔一带 --format csv > owners.csv
              zhize query --list
            """,
        ),
    )


def query_command(definition: QueryDefinition, say: Say) -> click.Command:
    """The command of one query; its help is the file's header."""
    return Command(
        definition.name,
        say=say,
        callback=lambda pairs, shape, limit, cursor: run_query(say, definition, pairs, shape, limit, cursor),
        params=[
            click.Argument(["pairs"], nargs=-1, metavar=say("键=值…", "KEY=VALUE…")),
            format_option(say),
            limit_option(say),
            click.Option(["--cursor"], help=say("从上一页给出的位置继续。", "Go on from where the page before ended.")),
            *shared_options(say),
        ],
        short_help=definition.title.get(say.lang),
        help=_help(definition, say),
    )


def _help(definition: QueryDefinition, say: Say) -> str:
    lines = [definition.title.get(say.lang), "", definition.summary.get(say.lang), ""]
    if definition.params:
        lines += [say("参数：", "Parameters:"), *(f"  {_param_line(param, say)}" for param in definition.params), ""]
    shown = "、".join(column.zh for column in definition.columns)
    if say.lang == "en":
        shown = ", ".join(column.en for column in definition.columns)
    lines += [say(f"给出：{shown}", f"Gives: {shown}"), "", say("例：", "Example:"), f"  {example(definition)}"]
    return "\n".join(lines)


def _param_line(param: Param, say: Say) -> str:
    must = say("必填", "required") if param.required else say("可选", "optional")
    default = "" if param.default is None else say(f"，默认 {param.default}", f", default {param.default}")
    kind = " | ".join(param.values) or say(*TYPES[param.type])
    return f"{param.name}={kind}  {param.title.get(say.lang)}{say('（', ' (')}{must}{default}{say('）', ')')}"


def example(definition: QueryDefinition) -> str:
    """A call of the query that can be pasted into a shell."""
    given = [f"{name}={value}" for name, value in definition.examples.items()]
    return " ".join(["zhize query", definition.name, *map(_quoted, given)])


def _quoted(word: str) -> str:
    """A shell word; Han characters need no quotes, though ``shlex`` thinks so."""
    return shlex.quote(word) if _SHELL.search(word) else word


def list_queries(say: Say) -> int:
    """All queries, each with its title and parameters."""
    from queries.catalog import load_catalog

    for definition in load_catalog(user_queries()):
        click.echo(f"{definition.name}  {definition.title.get(say.lang)}")
        if definition.params:
            click.echo("    " + " ".join(f"{p.name}=" if p.required else f"[{p.name}=]" for p in definition.params))
    return 0


def run_query(
    say: Say, definition: QueryDefinition, pairs: Sequence[str], shape: str, limit: int | None, cursor: str | None
) -> int:
    """Run and print one query; wrong parameters are refused in one sentence."""
    from queries.runner import run
    from service.cli.output import print_csv, print_json, print_rows
    from service.cli.session import with_store

    raw = dict(pair(text, definition, say) for text in pairs)
    result = with_store(
        store_url(click.get_current_context()), lambda store: run(store, definition, raw, limit=limit, cursor=cursor)
    )
    if shape == "json":
        print_json(result)
    elif shape == "csv":
        print_csv(definition.columns, result.rows)
    else:
        print_rows(result.columns, result.rows, say)
        click.echo(_count(result, say), err=True)
    return 0


def _count(result: Any, say: Say) -> str:
    shown = len(result.rows)
    if result.next:
        return say(
            f"{shown} 行，后面还有：--cursor {result.next}", f"{shown} rows, more follow: --cursor {result.next}"
        )
    return say(f"{shown} 行", f"{shown} rows")


def pair(text: str, definition: QueryDefinition, say: Say) -> tuple[str, str]:
    name, mark, value = text.partition("=")
    if not mark:
        raise click.UsageError(
            say(
                f"参数要写成 键=值，例如 {example(definition)}。",
                f"Write parameters as KEY=VALUE, as in {example(definition)}.",
            ),
            click.get_current_context(),
        )
    return name, value
