"""``zhize remove``: take a document out again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from service.cli.help import Command
from service.cli.options import shared_options, store_url
from service.cli.speech import Say

if TYPE_CHECKING:
    from graph.store import Store


def command(say: Say) -> click.Command:
    """``zhize remove SOURCE…``."""
    return Command(
        "remove",
        say=say,
        callback=lambda sources: remove(say, sources),
        params=[
            click.Argument(["sources"], nargs=-1, required=True, metavar=say("来源…", "SOURCE…")),
            *shared_options(say),
        ],
        short_help=say("从存储中移除文件。", "Take documents out of the store."),
        help=say(
            """从存储中移除文件及其全部事实。来源名见 zhize documents。

            例：
              zhize remove 方案.txt
            """,
            """Take documents and all their facts out of the store. Source names: zhize documents.

            Example:
              zhize remove plan.txt
            """,
        ),
    )


def remove(say: Say, sources: tuple[str, ...]) -> int:
    """Remove each source in turn; an unknown one ends the command with its sentence."""
    from ingest.load import remove as remove_source
    from service.cli.session import with_store

    async def work(store: Store) -> None:
        for source in sources:
            await remove_source(store, source)
            click.echo(say(f"已移除 {source}。", f"Removed {source}."))

    with_store(store_url(click.get_current_context()), work)
    return 0
