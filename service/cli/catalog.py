"""``zhize catalog check``: are query files of one's own as good as the packaged ones?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from service.cli.codes import FAILED
from service.cli.help import Command, Group
from service.cli.options import json_option, lang_option, shared_options, store_url, user_queries
from service.cli.speech import Say

if TYPE_CHECKING:
    from queries.check import Checked


def command(say: Say) -> click.Command:
    """``zhize catalog check``."""
    return Group(
        "catalog",
        say=say,
        subcommand_metavar=say("命令 …", "COMMAND …"),
        params=[lang_option(say)],
        commands=[_check(say)],
        short_help=say("检查自己的查询文件。", "Check query files of your own."),
        help=say(
            """自己的查询文件：写法见文档 docs/queries.md，放进 ZHIZE_QUERIES 指定的文件夹即可使用。

            例：
              zhize catalog check 我的查询
            """,
            """Query files of your own: docs/queries.md says how to write them; put them into a folder of ZHIZE_QUERIES.

            Examples:
              zhize catalog check MY_QUERIES
            """,
        ),
    )


def _check(say: Say) -> click.Command:
    return Command(
        "check",
        say=say,
        callback=lambda **given: check(say, **given),
        params=[
            click.Argument(
                ["folders"], nargs=-1, metavar=say("[文件夹]…", "[FOLDER]…"), type=click.Path(path_type=Path)
            ),
            click.Option(
                ["--against"],
                metavar="URL",
                help=say(
                    "另一个存储：两边的行与次序必须相同。", "Another store, which must give the same rows in order."
                ),
            ),
            click.Option(
                ["--files-only"],
                is_flag=True,
                help=say("只检查文件，不在存储上运行例子。", "Check the files only, run no example on the store."),
            ),
            json_option(say),
            *shared_options(say),
        ],
        short_help=say("检查查询文件并运行其例子。", "Check query files and run their examples."),
        help=say(
            """检查文件夹中的查询文件；不给文件夹时取 ZHIZE_QUERIES。每个文件都要有正确的文件头与语句，
            例子要能在存储上运行；给出 --against 时，两个存储的结果必须逐行相同。有错误时退出码为 1。

            例：
              zhize catalog check 我的查询
              zhize catalog check 我的查询 --files-only
              zhize catalog check 我的查询 --against neo4j://localhost:7687
            """,
            """Check the query files of FOLDER; without one, of ZHIZE_QUERIES. Each needs a sound header and statement,
            and its example must run on the store; with --against, row by row the same on both. Exit code 1 with errors.

            Examples:
              zhize catalog check MY_QUERIES
              zhize catalog check MY_QUERIES --files-only
              zhize catalog check MY_QUERIES --against neo4j://localhost:7687
            """,
        ),
    )


def check(say: Say, folders: tuple[Path, ...], against: str | None, files_only: bool, as_json: bool) -> int:
    """Print a line for each file; 1 when one is wrong."""
    from queries.check import read
    from service.cli.output import print_json

    found = list(read(folders or user_queries()))
    if not files_only and any(one.query for one in found):
        found = _tried(found, store_url(click.get_current_context()), against)
    if as_json:
        print_json({"ok": not any(one.problem for one in found), "files": [_plain(one) for one in found]})
    else:
        _print(found, say, ran=not files_only)
    return FAILED if any(one.problem for one in found) else 0


def _tried(found: list[Checked], url: str, against: str | None) -> list[Checked]:
    from contextlib import AsyncExitStack

    from graph.store import Store
    from queries.check import tried
    from service.cli.session import opened, with_store

    async def work(store: Store) -> list[Checked]:
        async with AsyncExitStack() as stack:
            other = await stack.enter_async_context(opened(against)) if against else None
            return [await tried(one, store, other) for one in found]

    return with_store(url, work)


def _plain(one: Checked) -> dict[str, object]:
    return {
        "path": one.path,
        "name": one.query.name if one.query else None,
        "rows": one.rows,
        "seconds": round(one.seconds, 3),
        "problem": one.problem,
    }


def _print(found: list[Checked], say: Say, *, ran: bool) -> None:
    if not found:
        click.echo(say("没有查询文件。", "No query files."))
    for one in found:
        if one.problem:
            click.echo(f"✗ {one.problem[say.lang]}")
        elif one.query and ran:
            rows, time = one.rows, f"{one.seconds:.2f}"
            click.echo(f"✓ {one.query.name}  " + say(f"例子 {rows} 行，{time} 秒", f"example: {rows} rows, {time} s"))
        elif one.query:
            click.echo(f"✓ {one.query.name}")
