"""``zhize migrate``: bring a store's schema up to date."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from service.cli.help import Command
from service.cli.options import shared_options, store_url
from service.cli.speech import Say

if TYPE_CHECKING:
    from graph.store import Store


def command(say: Say) -> click.Command:
    """``zhize migrate``."""
    return Command(
        "migrate",
        say=say,
        callback=lambda: migrate(say),
        params=shared_options(say),
        short_help=say("更新存储的结构。", "Bring the store's schema up to date."),
        help=say(
            """更新存储的约束、索引与全文索引；可重复运行。不存在的嵌入式存储会新建。

            例：
              zhize migrate --store neo4j://127.0.0.1:7687
            """,
            """Bring constraints, indexes and full text up to date; may be run again. Makes a missing embedded store.

            Example:
              zhize migrate --store neo4j://127.0.0.1:7687
            """,
        ),
    )


def migrate(say: Say) -> int:
    """Run what is missing of the migrations and say where the store stands."""
    from service.cli.session import with_store

    async def work(store: Store) -> tuple[str, int]:
        return store.url, await store.schema()

    url, version = with_store(store_url(click.get_current_context()), work, create=True)
    click.echo(say(f"{url} 的结构版本为 {version}。", f"{url} is at schema version {version}."))
    return 0
