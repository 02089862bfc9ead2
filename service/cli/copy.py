"""``zhize copy``: all of one store into another."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import click

from service.cli.codes import INTERRUPTED
from service.cli.help import Command
from service.cli.options import json_option, shared_options, store_url
from service.cli.speech import Say

if TYPE_CHECKING:
    from graph.copying import Copied


def command(say: Say) -> click.Command:
    """``zhize copy --to URL``."""
    return Command(
        "copy",
        say=say,
        callback=lambda to, replace, as_json: copy(say, to, replace, as_json),
        params=[
            click.Option(["--to"], required=True, metavar="URL", help=say("目标存储。", "The target store.")),
            click.Option(
                ["--replace"],
                is_flag=True,
                help=say("目标已有文件时，以源为准改写。", "Make a target that has documents the same as the source."),
            ),
            json_option(say),
            *shared_options(say),
        ],
        short_help=say("把整个存储复制到另一个存储。", "Copy all of a store into another one."),
        help=say(
            """把整个存储（图、原文、来源、审核决定）复制到另一个存储，嵌入式与 Neo4j 之间均可；最后比对两边的图指纹。

            目标须为空，除非加 --replace：此时源里没有的文件会从目标中删除，审核决定从不删除。
            中断后，再次运行同一命令即可接着复制。
            两边都是 Neo4j 时，用户和密码相同（ZHIZE_NEO4J_USER、ZHIZE_NEO4J_PASSWORD）。

            例：
              zhize copy --to neo4j://127.0.0.1:7687
              zhize copy --store neo4j://127.0.0.1:7687 --to embedded:副本
            """,
            """Copy all of a store (graph, texts, originals, sources, decisions) into another one, embedded or Neo4j;
            both graph hashes are compared at the end.

            The target must be empty, unless --replace is given: documents the source does not have are then removed
            from it, decisions never. After an interruption the same command goes on. Two Neo4j stores have one user
            and password (ZHIZE_NEO4J_USER, ZHIZE_NEO4J_PASSWORD).

            Examples:
              zhize copy --to neo4j://127.0.0.1:7687
              zhize copy --store neo4j://127.0.0.1:7687 --to embedded:copy
            """,
        ),
    )


def copy(say: Say, to: str, replace: bool, as_json: bool) -> int:
    """Copy and say what it came to; 130 when Ctrl-C ended the run early."""
    from service.cli.output import print_json

    found = asyncio.run(_copied(say, store_url(click.get_current_context()), to, replace))
    if as_json:
        print_json(found)
    elif not found.stopped:
        click.echo(_sentence(found, say))
    if found.stopped:
        click.echo(
            say("已中止；再次运行同一命令即可接着复制。", "Stopped. Run the same command again to go on."), err=True
        )
        return INTERRUPTED
    return 0


async def _copied(say: Say, url: str, to: str, replace: bool) -> Copied:
    from graph.copying import check_apart
    from graph.copying import copy as copy_store
    from ingest.interrupt import stop_on_interrupt
    from service.cli.output import progress_bar
    from service.cli.session import opened

    check_apart(url, to)
    async with opened(url) as source, opened(to, create=True) as target:
        with progress_bar(say("复制", "Copying")) as on_progress, stop_on_interrupt() as stop:
            return await copy_store(source, target, replace=replace, on_progress=on_progress, stop=stop)


def _sentence(found: Copied, say: Say) -> str:
    gone = say(f"，删除 {found.removed} 份", f", {found.removed} removed") if found.removed else ""
    return say(
        f"已写入 {found.documents} 份文件{gone}，用时 {found.seconds:.1f} 秒。两边的图指纹相同：{found.graph_hash}",
        f"{found.documents} documents written{gone} in {found.seconds:.1f} s. Both stores have the graph hash "
        f"{found.graph_hash}",
    )
